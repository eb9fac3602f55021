"""The task of experiments/difference.py: policy minus baseline over a sweep's store, run by run."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pandas as pd
import yaml

from sim.axes import STATE
from sim.composition.commands import task
from sim.composition.context import StudyContext
from sim.ensemble.store.contents import DIFFERENCES
from sim.ensemble.store.files import exclusive_lock, storage_error
from sim.ensemble.store.folder import Store
from sim.ensemble.store.opening import open_store
from sim.ensemble.store.points import read_points
from sim.ensemble.store.rows import read_table
from sim.errors import UserError
from sim.outcomes.definitions import averaged
from sim.outcomes.headline import CLOSING
from sim.outcomes.summary import REGION
from sim.results.files import write_config
from sim.results.result_folder import result_folder
from sim.studies.difference.baseline import baselines, column
from sim.studies.difference.paths import path_of
from sim.studies.difference.table import TABLE, Written, write_differences

if TYPE_CHECKING:
    from sim.studies.difference.figures.points import Compared

COLUMNS = ("difference", "low95", "high95", "baseline_mean", "variance_reduction")


@task("difference", "What did the policy change?")
def difference(job: StudyContext) -> Mapping[str, Any]:
    """Measure a store's points against a baseline, write the table and its charts, print the largest.

    Raises
    ------
    UserError : no store, no such baseline, nothing run yet.
    """
    where, given = Path(job.options.store), job.options.baseline
    store = open_store(where)
    points = read_points(where, store.manifest)
    bases = baselines(given, points)
    with result_folder(job.folder, kind="difference") as folder:
        result, table = write(store, points, bases, folder)
        if job.options.figures:
            draw(store, table, points, given, folder / "figures")
        write_config(folder, {"store": str(where), "baseline": given})
    print(in_words(table, result, called(given, points)))
    print(f"{CLOSING}\nTable: {job.folder / TABLE}")
    return {"points": result.points, "found": int(table["found"].sum())}


def write(
    store: Store, points: pd.DataFrame, bases: Any, folder: Path
) -> tuple[Written, pd.DataFrame]:
    """Write the table of differences and read it back.

    Raises
    ------
    UserError : no point of the store has been run together with its baseline.
    """
    result = write_differences(store, points, bases, folder)
    if not result.points:
        raise UserError(
            given=f"of {store.folder} no point has been run together with its baseline",
            allowed="both must have runs in common",
            hint="Finish the sweep (its command again), or take another baseline.",
        )
    return result, read_table(folder / TABLE)


def measured(where: Path, points: pd.DataFrame, given: Any, bases: Any, *, figures: bool) -> str:
    """Write the differences of a finished sweep into its own folder, and say the largest.

    Raises
    ------
    UserError : the folder cannot be written.
    """
    try:
        with exclusive_lock(where):
            store = open_store(where)
            store.claim(DIFFERENCES, baseline=given)
            result, table = write(store, points, bases, where)
            store.note(name for name in DIFFERENCES if (where / name).is_file())
    except OSError as error:
        raise storage_error(where, error) from error
    if figures:
        draw(store, table, points, given, where / "figures")
    return f"\n{in_words(table, result, called(given, points))}\nTable: {where / TABLE}"


def draw(store: Store, table: pd.DataFrame, points: pd.DataFrame, given: Any, folder: Path) -> None:
    """Draw the differences of a store."""
    from sim.studies.difference.figures import draw_differences
    from sim.studies.difference.figures.points import Compared, far_point

    settings = store.manifest["bases"][0]["settings"]
    attrs = {"version": store.manifest["version"], "seed": settings["seed"]}
    compared = Compared(
        table=table,
        points=points,
        levers=levers_of(given, points),
        baseline=called(given, points),
        year=int(settings["years"]["last"]),
        attrs=attrs | {"config": yaml.safe_dump(settings)},
    )
    draw_differences(compared, folder, _draw_paths(store, compared, far_point))


def _draw_paths(store: Store, compared: Compared, choose: Any) -> Any:
    """Yearly alignment of a far point and of its baseline, where the sweep kept paths."""
    if not store.manifest["options"]["paths"]:
        return None
    point, base, name = choose(compared)
    sides = [path_of(store, "alignment_path", each) for each in (point, base)]
    return (*sides, name)


def levers_of(given: Any, points: pd.DataFrame) -> list[str]:
    """Columns in which a point may differ from its baseline."""
    if isinstance(given, Mapping):
        return [column(str(name), points, "baseline") for name in given]
    return [str(name) for name in points]


def called(given: Any, points: pd.DataFrame) -> str:
    """What the baseline is called in print."""
    from sim.plots.levers import changing_names, described

    if isinstance(given, Mapping):
        named = {column(str(name), points, "baseline"): value for name, value in given.items()}
        return described(named, list(named))
    row = points.loc[int(str(given).removeprefix("point:"))]
    return described(row, changing_names(points, [str(name) for name in points])) or str(given)


def in_words(table: pd.DataFrame, told: Written, named: str) -> str:
    """Say how many differences are told from zero, and which are largest, an outcome a line."""
    lines = [
        f"Policy minus baseline, {named}, run by run: {told.points:,} points, "
        f"{int(table['pairs'].max()):,} pairs of runs at most"
    ]
    if told.blank or told.without:
        lines.append(
            f"left out: {told.blank} points not run yet (or their baseline), {told.without} without a baseline"
        )
    tested = table.dropna(subset="low95")
    part = tested["found"].mean() if len(tested) else 0.0
    lines.append(
        f"{int(tested['found'].sum()):,} of {len(tested):,} differences ({part:.0%}) leave zero out of their "
        "95 % interval; of those that are none, chance gives 5 %\n"
    )
    lines.append(
        "Largest difference of each outcome (state, or the region where it has no states):"
    )
    return "\n".join(
        [*lines, largest(table).to_string(index=False, na_rep="", float_format=_short_names)]
    )


def largest(table: pd.DataFrame) -> pd.DataFrame:
    """Return the row with the largest difference of each outcome that is a number."""
    rows = []
    for name in averaged():
        part = table[table["outcome"] == name]
        local = part[part[STATE] != REGION]
        part = local if len(local) else part
        if len(part):
            rows.append(part.iloc[int(part["difference"].abs().to_numpy().argmax())])
    result = pd.DataFrame(rows)
    return result[["outcome", "units", STATE, "point", *COLUMNS]]


def _short_names(value: float) -> str:
    return f"{value:.3g}" if abs(value) < 1e5 else f"{value:.1e}"
