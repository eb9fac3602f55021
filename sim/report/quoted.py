"""Pages of docs/ quoted in the report: found in a clone and in an installed package, and turned into HTML."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from markdown_it import MarkdownIt
from markdown_it.token import Token
from markdown_it.tree import SyntaxTreeNode
from markupsafe import Markup, escape

import sim
from sim.provenance import ROOT

PLACES = (Path(sim.__file__).with_name("_docs"), ROOT / "docs")  # in a wheel; in a clone
COMMENT = re.compile(r"<!--.*?-->\n?", re.DOTALL)


def quote(name: str) -> Markup:
    """Return a page of docs/ as HTML, for a section of the report; a sentence where it is missing."""
    path = next((folder / name for folder in PLACES if (folder / name).is_file()), None)
    text = path.read_text(encoding="utf-8") if path else f"docs/{name} is not here."
    return to_html(COMMENT.sub("", text))


def to_html(markdown: str) -> Markup:
    r"""Turn CommonMark with tables into HTML that stands below a heading of the second level.

    Left out: the page's own title, pictures, and what links lead to. HTML in it is shown as text.

    >>> print(to_html("# Page\n\n## Part\nSee [this](page.md): `a < b`.\n\n![Chart](a.png)\n\n<b>"))
    <h3>Part</h3>
    <p>See this: <code>a &lt; b</code>.</p>
    <p>&lt;b&gt;</p>
    """
    parser = MarkdownIt("commonmark", {"html": False}).enable("table")
    for kind in ("image", "link_open", "link_close"):
        parser.add_render_rule(kind, lambda *_: "")
    parser.add_render_rule("table_open", _open_table)
    parser.add_render_rule("table_close", lambda *_: "</table></div>\n")
    blocks = SyntaxTreeNode(parser.parse(markdown)).children
    tokens = [token for block in blocks for token in _quoted(block)]
    return Markup(parser.renderer.render(tokens, parser.options, {}).strip())


def _quoted(block: SyntaxTreeNode) -> Iterator[Token]:
    """Yield a block's tokens: headings a level lower, cells that head a column or row marked so; no title, no lone picture."""
    inside = block.children[0].children if block.type == "paragraph" else []
    if block.tag == "h1" or inside and all(each.type == "image" for each in inside):
        return
    for cell in block.walk():
        if cell.type == "heading":
            _retag(cell, f"h{int(cell.tag[1]) + 1}")
        elif cell.type == "th":
            _retag(cell, "th", scope="col")
        elif cell.type == "td" and cell.previous_sibling is None:
            _retag(cell, "th", scope="row")
    yield from block.to_tokens()


def _retag(node: SyntaxTreeNode, tag: str, **attributes: str) -> None:
    assert node.nester_tokens is not None
    opening, closing = node.nester_tokens
    opening.tag = closing.tag = tag
    opening.attrs |= attributes


def _open_table(_: object, tokens: list[Token], index: int, *__: object) -> str:
    caption = escape(f"By {next(each.content for each in tokens[index:] if each.type == 'inline')}")
    holder = f'<div role="region" aria-label="{caption}" tabindex="0" class="wide">'
    return f"{holder}<table>\n<caption>{caption}</caption>\n"
