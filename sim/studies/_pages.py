"""Pages from templates: the `report.md.j2` beside a study, filled with the values that it found."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined

TEMPLATE = "report.md.j2"


def render_page(room: Path, values: Mapping[str, Any], template: str = TEMPLATE) -> str:
    """Fill a study's template; what it names must be there.

    Parameters
    ----------
    room : the study's folder, `Path(__file__).parent` of its command.
    values : numbers, texts and lists by name; a template formats them (`{{ "%.2f" | format(gain) }}`) and computes nothing.
    template : file in that folder.

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
    return pages.get_template(template).render(values).rstrip() + "\n"
