"""The task of experiments/bargaining.py: whose position prevails, for any table of actors and any number of issues."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas as pd

from sim.composition.commands import task
from sim.composition.context import StudyContext
from sim.studies.published_cases.shared import refuse_settings, write_result
from sim.studies.published_cases.tables import KTAB, Bargainers, read_bargainers
from sim.theories.bargaining import Turn, turn_zero

MOST_PRINTED = 12  # actors, whose tables of pairs are printed
PAIRS = {
    "utilities": "Utility of each position (column) to each actor (row), 1 for its own:",
    "victories": "Chance that the row's position beats the column's:",
}


@task("bargaining", "Whose position prevails?")
def write_bargaining(job: StudyContext) -> Mapping[str, Any]:
    """Work out turn 0 of a bargain; print it, write tables and a figure.

    Raises
    ------
    UserError : a table that cannot be used, or settings of the model.
    """
    refuse_settings(job, "actors")
    actors = read_bargainers(job.options.actors or str(KTAB))
    turn = turn_zero(
        capability=actors.capability, position=actors.position, salience=actors.salience
    )
    tables = {
        "actors": actors_table(actors, turn),
        "utilities": square_table(actors, turn.utility),
        "victories": square_table(actors, turn.victory),
    }
    write_result(job, tables, lambda footer: _draw_figure(actors, turn, footer))
    print(_result_text(actors, turn, tables))
    print(f"Results: {job.folder}")
    best = int(np.argmax(turn.probability))
    return {"likeliest": actors.names[best], "probability": float(turn.probability[best])}


def actors_table(actors: Bargainers, turn: Turn) -> pd.DataFrame:
    """One row an actor: capability, positions and saliences in percent, risk, and its position's chance."""
    result: dict[str, Any] = {"actor": list(actors.names), "capability": actors.capability}
    for at in range(actors.position.shape[1]):
        result[f"position_{at + 1}"] = 100.0 * actors.position[:, at]
        result[f"salience_{at + 1}"] = 100.0 * actors.salience[:, at]
    return pd.DataFrame(result | {"risk": turn.risk, "probability": turn.probability})


def square_table(actors: Bargainers, values: Any) -> pd.DataFrame:
    """A row and a column an actor."""
    table = pd.DataFrame(values, columns=list(actors.names))
    table.insert(0, "actor", list(actors.names), allow_duplicates=True)
    return table


def _result_text(actors: Bargainers, turn: Turn, tables: Mapping[str, pd.DataFrame]) -> str:
    parts = [_column_headings(tables["actors"])]
    if len(actors.names) <= MOST_PRINTED:
        parts += [f"{entry}\n{_column_headings(tables[name])}" for name, entry in PAIRS.items()]
    else:
        parts.append("Utilities and chances of every pair: utilities.csv, victories.csv.")
    expected = ", ".join(f"{100 * value:.1f}" for value in turn.expected)
    parts.append(
        f"Expected position, percent: {expected}. Turn 0 only: later turns are not worked out, since the published\n"
        "log gives where they lead and not the steps between."
    )
    return "\n\n".join(parts)


def _column_headings(table: pd.DataFrame) -> str:
    return table.to_string(index=False, float_format=lambda value: f"{value:.4g}")


def _draw_figure(actors: Bargainers, turn: Turn, footer: Mapping[str, str]) -> Any:
    from sim.studies.published_cases.figures import bargaining

    drawn = bargaining.Bargain(
        names=actors.names,
        capability=actors.capability,
        position=actors.position,
        victory=turn.victory,
        probability=turn.probability,
        risk=turn.risk,
        expected=turn.expected,
    )
    return bargaining.draw(drawn, footer)
