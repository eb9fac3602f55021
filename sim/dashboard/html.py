"""Small pieces of page that several parts need."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any


def heard(**words: str) -> Any:
    """What a screen reader is told of an element.

    >>> heard(label="Skip")
    {'aria-label': 'Skip'}
    """
    return {f"aria-{name}": entry for name, entry in words.items()}


def marked(**words: str) -> Any:
    """What the page's own script is told of an element.

    >>> marked(side="a")
    {'data-side': 'a'}
    """
    return {f"data-{name}": entry for name, entry in words.items()}


def table(head: Sequence[str], rows: Sequence[Sequence[Any]], caption: str = "") -> Any:
    """A table as data, which the page's own script draws: hundreds of cells as components would slow every move.

    Parameters
    ----------
    head : a heading a column. rows : a heading, then cells: text, or a bar with its text (size from -1 to 1, text).

    Returns
    -------
    Nothing where there is nothing to tell.
    """
    return {"caption": caption, "head": list(head), "rows": rows} if rows else None
