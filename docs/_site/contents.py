"""The site's table of contents, put under the index of the documentation, which stays plain Markdown where it is."""

from __future__ import annotations

from pathlib import Path
from typing import Any

CONTENTS = Path(__file__).with_suffix(".md")


def add_contents(app: Any, name: str, source: list[str]) -> None:
    """Append the table of contents to the page the site opens with."""
    if name == app.config.root_doc:
        source[0] += CONTENTS.read_text(encoding="utf-8")


def setup(app: Any) -> dict[str, bool]:
    """Register with Sphinx."""
    app.connect("source-read", add_contents)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
