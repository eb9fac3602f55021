"""Pages from templates: the `report.md.j2` beside a study, filled with the values that it found."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from sim.plots.text import listed

TEMPLATE = "report.md.j2"


def render_page(
    room: Path, values: Mapping[str, Any], template: str = TEMPLATE, block: str | None = None
) -> str:
    """Fill a study's template; what it names must be there.

    Parameters
    ----------
    room : the study's folder, `Path(__file__).parent` of its command.
    values : numbers, texts and lists by name; a template formats them (`{{ "%.2f" | format(gain) }}`) and computes nothing.
    template : file in that folder.
    block : a `{% block %}` of the template to fill alone, for the terminal.

    Returns
    -------
    Markdown, ending in one line break.
    """
    pages = Environment(
        loader=FileSystemLoader(room),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        autoescape=False,  # Markdown; what becomes HTML is escaped there
    )
    pages.filters["listed"] = listed  # "a, b and c"
    page = pages.get_template(template)
    if block is None:
        return page.render(values).rstrip() + "\n"
    return "".join(page.blocks[block](page.new_context(dict(values)))).strip() + "\n"
