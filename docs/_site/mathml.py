"""Mathematics as MathML, which browsers draw by themselves: no script, no font, no internet."""

from __future__ import annotations

from typing import Any

from docutils import nodes
from latex2mathml.converter import convert


def write_inline(translator: Any, node: nodes.math) -> None:
    """Write an expression within a line."""
    translator.body.append(convert(node.astext()))
    raise nodes.SkipNode


def write_block(translator: Any, node: nodes.math_block) -> None:
    """Write equations, each on a line of its own, with room to scroll on a narrow screen."""
    rows = [convert(row, display="block") for row in node.astext().splitlines() if row.strip()]
    translator.body.append(f'<div class="equations">{"".join(rows)}</div>')
    raise nodes.SkipNode


def setup(app: Any) -> dict[str, bool]:
    """Register with Sphinx."""
    app.add_html_math_renderer(
        "mathml", inline_renderers=(write_inline, None), block_renderers=(write_block, None)
    )
    return {"parallel_read_safe": True, "parallel_write_safe": True}
