"""Small pieces of page that several parts need."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from dash import html


def heard(**words: str) -> Any:
    """What a screen reader is told of an element.

    >>> heard(label="Skip")
    {'aria-label': 'Skip'}
    """
    return {f"aria-{name}": told for name, told in words.items()}


def grid(head: Sequence[str], rows: Sequence[Sequence[str]], caption: str = "") -> Any:
    """A table with row and column headings; nothing where there is nothing to tell."""
    if not rows:
        return None
    return html.Table(
        [
            html.Caption(caption),
            html.Thead(html.Tr([html.Th(cell, scope="col") for cell in head])),
            html.Tbody(
                [
                    html.Tr([html.Th(row[0], scope="row"), *[html.Td(cell) for cell in row[1:]]])
                    for row in rows
                ]
            ),
        ]
    )
