"""The pages of docs/ as HTML: the little Markdown they use, without pictures and with links as plain words."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import escape

from sim.report.html import Markup, items, joined, table, tag

SPAN = re.compile(r"`([^`]+)`|\*\*(.+?)\*\*|\*(\S[^*]*)\*")
LINK = re.compile(r"\[([^\]]+)\]\([^)]*\)")
HEADING = re.compile(r"^(#+) (.*)$")


def to_html(markdown: str, *, below: int = 2) -> Markup:
    """Turn Markdown into HTML.

    Parameters
    ----------
    markdown : headings, paragraphs, lists with * or -, tables, code, bold, italic. below : headings are
        set so many levels lower; that of the page itself is left out.

    >>> to_html("# Page\\n\\n## Part\\nSee [this](page.md): `a < b`.\\n* one\\n  and more\\n* two")
    '<h4>Part</h4>\\n<p>See this: <code>a &lt; b</code>.</p>\\n<ul><li>one and more</li>\\n<li>two</li></ul>'
    """
    return joined(part for part in (_block(lines, below) for lines in _blocks(markdown)) if part)


def part_of(markdown: str, heading: str) -> str:
    """Return what stands below a heading of the second level; nothing where there is none."""
    found = re.search(rf"^## {re.escape(heading)}$(.*?)(?=^## |\Z)", markdown, re.M | re.S)
    return found[1].strip() if found else ""


def rows_of(markdown: str) -> list[list[str]]:
    """Return the cells of the first table, its head first.

    >>> rows_of("| a | b |\\n|---|---|\\n| 1 |  |")
    [['a', 'b'], ['1', '']]
    """
    lines = next((block for block in _blocks(markdown) if block[0].startswith("|")), [])
    cells = [[cell.strip() for cell in line.strip().strip("|").split("|")] for line in lines]
    return [row for row in cells if set("".join(row)) - set("-: ")]


def _blocks(markdown: str) -> Iterator[list[str]]:
    """Part into lines that belong together."""
    held: list[str] = []
    for line in [*markdown.splitlines(), ""]:
        kind = _kind(line)
        if held and (kind != _kind(held[0]) and kind != "more" or kind == "heading"):
            yield held
            held = []
        if line.strip():
            held.append(line)


def _kind(line: str) -> str:
    if not line.strip():
        return "nothing"
    if line.startswith(("* ", "- ")):
        return "item"
    if line.startswith("  "):
        return "more"
    return "table" if line.startswith("|") else "heading" if HEADING.match(line) else "words"


def _block(lines: list[str], below: int) -> Markup | None:
    kind = _kind(lines[0])
    if kind == "heading":
        level, words = HEADING.match(lines[0]).groups()  # type: ignore[union-attr]
        return tag(f"h{len(level) + below}", inline(words)) if len(level) > 1 else None
    if kind == "table":
        head, *rows = rows_of("\n".join(lines))
        shown = [[inline(cell) for cell in row] for row in rows]
        return table(head[0] if len(head) == 1 else f"By {head[0]}", head, shown)
    if kind == "item":
        whole = re.sub(r"\n\s+", " ", "\n".join(lines))
        return items(inline(line[2:]) for line in whole.splitlines())
    words = " ".join(line.strip() for line in lines)
    return None if words.startswith("![") else tag("p", inline(words))


def inline(words: str) -> Markup:
    """Turn the marks within a line into HTML.

    >>> inline("*so* **much** `x<y`")
    '<em>so</em> <strong>much</strong> <code>x&lt;y</code>'
    """
    return Markup(SPAN.sub(_marked, escape(LINK.sub(r"\1", words), quote=False)))


def _marked(found: re.Match[str]) -> str:
    code, bold, italic = found.groups()
    if code is not None:
        return f"<code>{code}</code>"
    return f"<strong>{bold}</strong>" if bold is not None else f"<em>{italic}</em>"
