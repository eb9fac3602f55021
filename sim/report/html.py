"""Pieces of a page: everything that is told is escaped here."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape
from typing import Any

Cell = str | float | int | None


class Markup(str):
    """Text that is already HTML."""


def text(value: Any) -> str:
    """Write a value as HTML: markup as it is, numbers with four digits, the rest escaped.

    >>> text("a < b"), text(0.123456), text(float("nan")), text(2040), text(Markup("<b>"))
    ('a &lt; b', '0.1235', '', '2040', '<b>')
    """
    if isinstance(value, Markup):
        return str(value)
    if value is None:
        return ""
    return number(value) if isinstance(value, float) else escape(str(value))


def number(value: float) -> str:
    """Write a number with four digits, with a true minus; nothing where it is not known.

    >>> number(50.123456), number(-0.5), number(1e-7), number(12345.6)
    ('50.12', '−0.5', '0.0000001', '12350')
    """
    if value != value:
        return ""
    short = f"{value:.4g}"
    plain = f"{float(short):.10f}".rstrip("0").rstrip(".") if "e" in short else short
    return "0" if plain in ("-0", "0") else plain.replace("-", "−")


def tag(name: str, inside: Any, **attributes: str) -> Markup:
    """Put something between tags.

    >>> tag("p", "1 < 2", id="a")
    '<p id="a">1 &lt; 2</p>'
    """
    given = "".join(f' {key.rstrip("_")}="{escape(told)}"' for key, told in attributes.items())
    return Markup(f"<{name}{given}>{text(inside)}</{name}>")


def joined(parts: Iterable[Any], between: str = "\n") -> Markup:
    """Put pieces one after another."""
    return Markup(between.join(text(part) for part in parts))


def items(parts: Iterable[Any]) -> Markup:
    """Make a list of points."""
    return tag("ul", joined(tag("li", part) for part in parts))


def section(name: str, heading: str, *parts: Any) -> Markup:
    """Make a section with its heading, which a link can lead to."""
    inside = joined([tag("h2", heading, id=f"{name}-heading"), *parts])
    return tag("section", inside, id=name, **{"aria-labelledby": f"{name}-heading"})


def folded(summary: str, *parts: Any) -> Markup:
    """Hide something long until it is asked for."""
    return tag("details", joined([tag("summary", summary), *parts]))


def table(
    caption: str, head: Sequence[Any], rows: Iterable[Sequence[Any]], *, labels: int = 1
) -> Markup:
    """Make a table that scrolls sideways where it is too wide.

    Parameters
    ----------
    caption : says what it holds. head : of the columns. rows : cells; `labels` of them name the row.
    """
    top = tag("tr", joined((tag("th", each, scope="col") for each in head), ""))
    body = joined(_row(row, labels) for row in rows)
    inside = joined([tag("caption", caption), tag("thead", top), tag("tbody", body)])
    holder = {"role": "region", "aria-label": caption, "tabindex": "0", "class": "wide"}
    return tag("div", tag("table", inside), **holder)


def _row(cells: Sequence[Any], labels: int) -> Markup:
    told = [
        tag("th", cell, scope="row") if place < labels else _cell(cell)
        for place, cell in enumerate(cells)
    ]
    return tag("tr", joined(told, ""))


def _cell(cell: Any) -> Markup:
    numeric = isinstance(cell, float | int)
    return tag("td", cell, class_="number") if numeric else tag("td", cell)
