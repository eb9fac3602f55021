"""The site's table of contents, and names for its links, so that pages stay plain Markdown where they are."""

from __future__ import annotations

import posixpath
from pathlib import Path
from typing import Any

from docutils import nodes

CONTENTS = Path(__file__).with_suffix(".md")


def add_contents(app: Any, name: str, source: list[str]) -> None:
    """Append the table of contents to the page the site opens with."""
    if name == app.config.root_doc:
        source[0] += CONTENTS.read_text(encoding="utf-8")


def name_links(app: Any, doctree: nodes.document, name: str) -> None:
    """Give a link that is called after its file the title of the page it leads to."""
    titles = {f"{page}.html": title.astext() for page, title in app.env.titles.items()}
    here = posixpath.dirname(name)
    for link in doctree.findall(nodes.reference):
        if link.astext().endswith(".md") and link.get("internal"):
            target = posixpath.normpath(posixpath.join(here, link["refuri"].partition("#")[0]))
            link[:] = [nodes.Text(titles[target])] if target in titles else link[:]


def setup(app: Any) -> dict[str, bool]:
    """Register with Sphinx."""
    app.connect("source-read", add_contents)
    app.connect("doctree-resolved", name_links)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
