"""The charts of a sensitivity study, one an outcome: shares of variance, a screening, or a tornado."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import pandas as pd


def draw_sensitivity(
    method: str,
    main: pd.DataFrame,
    noise: pd.DataFrame,
    folder: Path | str,
    *,
    words: Mapping[str, Mapping[Any, Any]],
    attrs: Mapping[Any, Any],
    about: str,
) -> list[Path]:
    """Draw one figure an outcome, as PNG and SVG.

    Parameters
    ----------
    method : sobol, morris or tornado. main : a row a setting (and value) and outcome. noise : a row an
        outcome. words : outcome -> its units and long_name. attrs : version and seed. about : where and when.

    Raises
    ------
    UserError : the folder cannot be written.
    """
    from sim.plots import style
    from sim.studies.sensitivity.figures import morris, sobol, tornado

    module = {"sobol": sobol, "morris": morris, "tornado": tornado}[method]
    written = []
    for outcome, part in main.groupby("outcome", sort=False):
        row: Any = noise[noise["outcome"] == outcome].iloc[0] if len(noise) else {}
        about_outcome = {**words[str(outcome)], "name": str(outcome), "about": about}
        with style.context():
            figure = module.draw(part, row, about_outcome, attrs)
            written += style.save(figure, Path(folder), f"{method}_{outcome}")
    return written
