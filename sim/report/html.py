"""HTML from templates: whatever is put into one is escaped, and what one names must be there."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup, escape

TEMPLATES = Path(__file__).with_name("templates")


def render_html(template: str, values: Mapping[str, Any], *, folder: Path = TEMPLATES) -> str:
    """Fill a template, which may import the macros of `tables.html.j2`.

    Parameters
    ----------
    template : file in the folder.
    values : numbers, texts, lists and mappings by name.
    folder : where the template lies.
    """
    pages = Environment(
        loader=FileSystemLoader([folder, TEMPLATES]),
        undefined=StrictUndefined,
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    pages.filters |= {"number": number, "breakable": breakable}
    return pages.get_template(template).render(values) + "\n"


def number(value: float) -> str:
    """Write a number with four digits, with a true minus; nothing where it is not known.

    >>> number(50.123456), number(-0.5), number(1e-7), number(12345.6), number(2040)
    ('50.12', '−0.5', '0.0000001', '12350', '2040')
    """
    if value != value:
        return ""
    if isinstance(value, int):
        return str(value)
    short = f"{value:.4g}"
    plain = f"{float(short):.10f}".rstrip("0").rstrip(".") if "e" in short else short
    return "0" if plain in ("-0", "0") else plain.replace("-", "−")


def breakable(name: str) -> Markup:
    """Let a long name be broken after its dots and slashes, as a phone needs.

    >>> breakable("policy.japan.osa_budget")
    Markup('policy.<wbr>japan.<wbr>osa_<wbr>budget')
    """
    return Markup(re.sub(r"([./_])", r"\1<wbr>", str(escape(name))))
