"""What experiments/landscape.py and experiments/bargaining.py share: arithmetic on a table, without a run of the model."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pandas as pd

from sim.composition.context import StudyContext
from sim.config import Settings
from sim.config.settings import as_mapping
from sim.errors import UserError
from sim.provenance import version
from sim.results.files import write_config, write_table
from sim.results.result_folder import result_folder

if TYPE_CHECKING:
    from matplotlib.figure import Figure

FOOTER = "A theory's arithmetic on the table given, not a run of the model · Straits {version}"


def refuse_settings(job: StudyContext, taken: str, *, seed: bool = False) -> None:
    """Refuse settings of the model; `seed` is let pass where lots are drawn.

    Raises
    ------
    UserError : saying what the experiment takes.
    """
    given = replace(job.settings, seed=Settings().seed) if seed else job.settings
    if as_mapping(given) != as_mapping(Settings()):
        raise UserError(
            given=f"settings of the model are given for {job.name}",
            allowed=f"it runs no model and takes {taken}, out and figures only",
            where="on the command line, or by the command run, theory=NAME, for the theory in the model",
        )


def write_result(
    job: StudyContext,
    tables: Mapping[str, pd.DataFrame],
    draw: Callable[[Mapping[str, str]], Figure],
) -> None:
    """Write tables, figure and configuration, whole or not at all.

    Parameters
    ----------
    tables : name -> table. draw : makes the figure, given what its footer says.
    """
    with result_folder(job.folder, kind=job.name) as folder:
        for name, table in tables.items():
            write_table(folder / f"{name}.csv", table)
        if job.options.figures:
            _save_figure(draw, folder / "figures", job.name)
        write_config(folder, job.mapping())


def _save_figure(draw: Callable[[Mapping[str, str]], Any], folder: Path, name: str) -> None:
    from sim.plots import style

    with style.context():
        style.save(draw({"footer": FOOTER.format(version=version())}), folder, name)
