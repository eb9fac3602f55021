"""The tasks of experiments/landscape.py and experiments/bargaining.py."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from sim.config import Settings
from sim.config.settings import as_mapping
from sim.door.job import Job
from sim.errors import UserError
from sim.explore.output import result_folder, write_config, write_table
from sim.explore.rivals.tables import (
    KTAB,
    Bargainers,
    Society,
    read_bargainers,
    read_case,
    read_society,
)
from sim.provenance import version
from sim.theories.bargaining import Turn, turn_zero
from sim.theories.descent import Minima, find_minima

MOST_ROWS = 12
FOOTER = "A theory's arithmetic on the table given, not a run of the model · Straits {version}"
SIDES = {"side_a": 1.0, "side_b": -1.0}


def write_landscape(job: Job) -> Mapping[str, Any]:
    """Find the minima of a landscape; print them, write tables and a figure.

    Raises
    ------
    UserError : tables that cannot be used, too many actors, or settings of the model.
    """
    given = job.options.sections
    _refuse_settings(job, "case, sizes and propensities")
    both = given.get("sizes"), given.get("propensities")
    society = read_case(given.get("case", "")) if both == (None, None) else read_society(*both)
    found = find_minima(sizes=society.sizes, propensities=society.propensities)
    table = minima_table(society, found)
    with result_folder(job.folder) as folder:
        write_table(folder / "minima.csv", table)
        write_table(folder / "frustrations.csv", frustration_table(society, found))
        if job.options.figures:
            _draw_landscape(society, found, folder / "figures")
        write_config(folder, job.mapping() | dict(given))
    print(_landscape_told(society, found, table))
    print(f"Results: {job.folder}")
    return {"minima": len(table), "energy": float(found.energy[0]), "basin": float(found.basin[0])}


def minima_table(society: Society, found: Minima) -> pd.DataFrame:
    """One row a minimum: energy, basin, its share, whether flat, and the two sides."""
    sides = {
        name: [
            "; ".join(n for n, x in zip(society.names, row, strict=True) if x == camp)
            for row in found.sides
        ]
        for name, camp in SIDES.items()
    }
    return pd.DataFrame(
        {
            "minimum": np.arange(1, len(found.energy) + 1),
            "energy": found.energy,
            "basin": found.basin,
            "share": found.basin / found.basin.sum(),
            "flat": found.flat,
            **sides,
        }
    )


def frustration_table(society: Society, found: Minima) -> pd.DataFrame:
    """One row an actor in a minimum: its size, side and frustration."""
    rows = [
        (number, name, size, "a" if side > 0 else "b", felt)
        for number, sides, frustration in zip(
            range(1, len(found.energy) + 1), found.sides, found.frustration, strict=True
        )
        for name, size, side, felt in zip(
            society.names, society.sizes, sides, frustration, strict=True
        )
    ]
    return pd.DataFrame(rows, columns=["minimum", "actor", "size", "side", "frustration"])


def _landscape_told(society: Society, found: Minima, table: pd.DataFrame) -> str:
    lines = [
        f"{len(society.names)} actors, {len(found.energies):,} configurations, {len(table)} local minima\n"
    ]
    for row in table.head(MOST_ROWS).to_dict("records"):
        flat = ", flat: some move changes nothing" if row["flat"] else ""
        lines.append(
            f"{row['minimum']:>3}  energy {row['energy']:,.1f}, reached from {row['basin']:,.6g} ({row['share']:.0%}){flat}"
        )
        lines += [f"       {row[side] or '(nobody)'}" for side in SIDES]
    if len(table) > MOST_ROWS:
        lines.append(f"... {len(table) - MOST_ROWS:,} more in minima.csv")
    if found.tied:
        lines.append(
            f"\nIn {found.tied:,} configurations several moves are equally steep: each is taken with equal chance."
        )
    if not np.allclose(society.propensities, society.propensities.T):
        lines.append("\nPropensities are not mutual: each pair counts by its mean.")
    return "\n".join(lines)


def _draw_landscape(society: Society, found: Minima, folder: Path) -> None:
    from sim.figures import landscape, style

    drawn = landscape.Landscape(
        names=society.names,
        sizes=society.sizes,
        sides=found.sides,
        frustration=found.frustration,
        energy=found.energy,
        basin=found.basin,
        energies=found.energies,
    )
    with style.context():
        style.save(
            landscape.draw(drawn, {"footer": FOOTER.format(version=version())}), folder, "landscape"
        )


def write_bargaining(job: Job) -> Mapping[str, Any]:
    """Work out turn 0 of a bargain; print it, write tables and a figure.

    Raises
    ------
    UserError : a table that cannot be used, or settings of the model.
    """
    given = job.options.sections
    _refuse_settings(job, "actors")
    path = given.get("actors")
    actors = read_bargainers(str(KTAB) if path is None else path)
    turn = turn_zero(
        capability=actors.capability, position=actors.position, salience=actors.salience
    )
    table = actors_table(actors, turn)
    with result_folder(job.folder) as folder:
        write_table(folder / "actors.csv", table)
        for name, values in (("utilities", turn.utility), ("victories", turn.victory)):
            square = pd.DataFrame(values, columns=list(actors.names))
            square.insert(0, "actor", list(actors.names))
            write_table(folder / f"{name}.csv", square)
        if job.options.figures:
            _draw_bargaining(actors, turn, folder / "figures")
        write_config(folder, job.mapping() | dict(given))
    print(table.to_string(index=False, float_format=lambda value: f"{value:.4g}"))
    expected = ", ".join(f"{100 * value:.1f}" for value in turn.expected)
    print(f"\nExpected position, percent: {expected}. Turn 0 only: later turns are not worked out.")
    print(f"Results: {job.folder}")
    best = int(np.argmax(turn.probability))
    return {"likeliest": actors.names[best], "probability": float(turn.probability[best])}


def actors_table(actors: Bargainers, turn: Turn) -> pd.DataFrame:
    """One row an actor: capability, positions and saliences in percent, risk, and its position's chance."""
    found: dict[str, Any] = {"actor": list(actors.names), "capability": actors.capability}
    for at in range(actors.position.shape[1]):
        found[f"position_{at + 1}"] = 100.0 * actors.position[:, at]
        found[f"salience_{at + 1}"] = 100.0 * actors.salience[:, at]
    return pd.DataFrame(found | {"risk": turn.risk, "probability": turn.probability})


def _draw_bargaining(actors: Bargainers, turn: Turn, folder: Path) -> None:
    from sim.figures import bargaining, style

    drawn = bargaining.Bargain(
        names=actors.names,
        capability=actors.capability,
        position=actors.position,
        victory=turn.victory,
        probability=turn.probability,
        risk=turn.risk,
        expected=turn.expected,
    )
    with style.context():
        style.save(
            bargaining.draw(drawn, {"footer": FOOTER.format(version=version())}),
            folder,
            "bargaining",
        )


def _refuse_settings(job: Job, taken: str) -> None:
    if as_mapping(job.settings) != as_mapping(Settings()):
        raise UserError(
            given=f"settings of the model are given for {job.name}",
            allowed=f"it runs no model and takes {taken}, out and figures only",
            where="on the command line, or by experiments/run.py theory=NAME for the theory in the model",
        )
