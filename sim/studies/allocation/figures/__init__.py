"""Charts of divisions of a budget: which are not beaten, and who gets what under each."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pandas as pd

from sim.plots import style
from sim.studies.allocation.figures.front import draw_front
from sim.studies.allocation.figures.shares import draw_shares


def draw_allocation(
    table: pd.DataFrame, recipients: Sequence[str], attrs: Mapping[str, Any], folder: Path | str
) -> list[Path]:
    """Draw what divisions of a budget gain, and who gets what, as PNG and SVG.

    Parameters
    ----------
    table : one row a candidate. recipients : codes. attrs : for the footer.

    Raises
    ------
    UserError : the folder cannot be written.
    """
    with style.context():
        front = style.save(draw_front(table, attrs), Path(folder), "allocation_front")
        shares = draw_shares(table, recipients, attrs)
        return front + style.save(shares, Path(folder), "allocation_shares")
