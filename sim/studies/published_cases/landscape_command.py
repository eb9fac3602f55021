"""The task of experiments/landscape.py: local minima of any actors' landscape, exhaustively or by sampling."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas as pd
from scipy.stats import binomtest

from sim.composition.commands import task
from sim.composition.context import StudyContext
from sim.studies.published_cases.options import LandscapeCommand
from sim.studies.published_cases.shared import refuse_settings, write_result
from sim.studies.published_cases.tables import Society, read_case, read_society
from sim.theories.descent import Minima, find_minima
from sim.theories.sampling import sample_minima

MOST_ROWS = 12
MOST_CONFIGURATIONS = 2**15  # written out one by one
SIDES = {"side_a": 1.0, "side_b": -1.0}


@task("landscape", "Who ends up with whom?")
def write_landscape(job: StudyContext) -> Mapping[str, Any]:
    """Find the minima of a landscape; print them, write tables and a figure.

    Raises
    ------
    UserError : tables that cannot be used, too many actors, or settings of the model.
    """
    asked: LandscapeCommand = job.options
    starts = asked.starts
    refuse_settings(job, "case, sizes, propensities, starts", seed=starts is not None)
    propensities = asked.propensities or None
    society = (
        read_case(asked.case)
        if asked.sizes is None and propensities is None
        else read_society(asked.sizes, propensities)
    )
    result = _find_minima(job, society, starts)
    table = minima_table(society, result, sampled=starts is not None)
    tables = {"minima": table, "frustrations": frustration_table(society, result)}
    if starts is None and len(result.energies) <= MOST_CONFIGURATIONS:
        tables["energies"] = energy_table(society, result)
    write_result(
        job, tables, lambda footer: _draw_figure(society, result, footer, starts is not None)
    )
    print(_result_text(society, result, table, starts is not None))
    print(f"Results: {job.folder}")
    return {
        "minima": len(table),
        "energy": float(result.energy[0]),
        "basin": float(result.basin[0]),
    }


def _find_minima(job: StudyContext, society: Society, starts: int | None) -> Minima:
    actors = {"sizes": society.sizes, "propensities": society.propensities}
    if starts is None:
        return find_minima(**actors)
    return sample_minima(**actors, starts=starts, chance=np.random.default_rng(job.settings.seed))


def minima_table(society: Society, found: Minima, *, sampled: bool) -> pd.DataFrame:
    """One row a minimum: energy, basin, its share (of draws: with a 95 % interval), whether flat, and the two sides."""
    sides = {
        name: [
            "; ".join(n for n, x in zip(society.names, row, strict=True) if x == camp)
            for row in found.sides
        ]
        for name, camp in SIDES.items()
    }
    total = found.basin.sum()
    known = {
        "minimum": np.arange(1, len(found.energy) + 1),
        "energy": found.energy,
        "basin": found.basin,
        "share": found.basin / total,
    }
    if sampled:
        ends = [
            binomtest(int(count), int(total)).proportion_ci(method="wilson")
            for count in found.basin
        ]
        known |= {f"share_{end}": [getattr(item, end) for item in ends] for end in ("low", "high")}
    return pd.DataFrame(known | {"flat": found.flat} | sides)


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


def energy_table(society: Society, found: Minima) -> pd.DataFrame:
    """One row a configuration: its energy, and who is apart from the first actor."""
    places = np.arange(len(found.energies))
    apart = [
        "; ".join(name for at, name in enumerate(society.names[1:]) if position >> at & 1)
        for position in places
    ]
    return pd.DataFrame({"energy": found.energies, "apart_from_the_first": apart})


def _result_text(society: Society, found: Minima, table: pd.DataFrame, sampled: bool) -> str:
    drawn = " drawn at random" if sampled else ""
    lines = [
        f"{len(society.names)} actors, {len(found.energies):,} configurations{drawn}, {len(table)} local minima\n"
    ]
    for row in table.head(MOST_ROWS).to_dict("records"):
        flat = ", flat: some move changes nothing" if row["flat"] else ""
        share = f"{row['share']:.0%}"
        if sampled:
            share = f"{row['share']:.1%}, {row['share_low']:.1%} to {row['share_high']:.1%}"
        lines.append(
            f"{row['minimum']:>3}  energy {row['energy']:,.1f}, reached from {row['basin']:,.6g} ({share}){flat}"
        )
        lines += [f"       {row[side] or '(nobody)'}" for side in SIDES]
    if len(table) > MOST_ROWS:
        lines.append(f"... {len(table) - MOST_ROWS:,} more in minima.csv")
    if sampled:
        lines.append(
            f"\nOthers may be missed: a minimum that {3 / len(found.energies):.2g} of all configurations lead to "
            "has a chance of 95 % of being found."
        )
    elif found.tied:
        lines.append(
            f"\nIn {found.tied:,} configurations several moves are equally steep: each is taken with equal chance."
        )
    if not np.allclose(society.propensities, society.propensities.T):
        lines.append("\nPropensities are not mutual: each pair counts by its mean.")
    return "\n".join(lines)


def _draw_figure(society: Society, found: Minima, footer: Mapping[str, str], sampled: bool) -> Any:
    from sim.studies.published_cases.figures import landscape

    drawn = landscape.Landscape(
        names=society.names,
        sizes=society.sizes,
        sides=found.sides,
        frustration=found.frustration,
        energy=found.energy,
        basin=found.basin,
        energies=found.energies,
        sampled=sampled,
    )
    return landscape.draw(drawn, footer)
