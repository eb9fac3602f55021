"""One history or many, by the engine asked for."""

from __future__ import annotations

import xarray as xr

from sim.axes import RUN, STATE, YEAR
from sim.config import Settings
from sim.errors import UserError
from sim.provenance import provenance
from sim.studies._progress import Progress
from sim.world.roster import names

MOST_RUNS = {"region": 1000, "ensemble": 20_000}  # whose years are kept in memory at once
BLOCK = 1000
SHARED = ("simulated", "forced_choice_observed", "survey_size")  # the same in every run


def simulate(
    settings: Settings, *, engine: str = "region", label: str = "simulating", past: bool = True
) -> xr.Dataset:
    """Run the model, with progress on the error stream, and say in the result where it comes from.

    Parameters
    ----------
    settings : validated. engine : one of `sim.composition.options.ENGINES`.
    label : what progress calls it; blank for no progress.
    past : put the observed years first (of the ensemble alone; the region always does).

    Returns
    -------
    Dataset over year, state, partner ...; with a leading `run` dimension for several runs.

    Raises
    ------
    UserError : more runs than this engine takes one by one, or data that are missing or unfit.
    """
    _refuse_too_many(settings.runs, engine)
    progress = Progress(label)
    try:
        history = (
            _side_by_side(settings, progress, past=past)
            if engine == "ensemble"
            else _joined_histories(settings, progress)
        )
    finally:
        progress.close()
    named = history.assign_coords(state_name=(STATE, list(names(history[STATE].values).values())))
    return named.assign_attrs(
        provenance(settings, title=history.attrs.get("title", ""), data=history.attrs)
    )


def _refuse_too_many(runs: int, engine: str) -> None:
    most = MOST_RUNS[engine]
    if runs <= most:
        return
    other = "engine=ensemble" if engine == "region" and runs <= MOST_RUNS["ensemble"] else ""
    raise UserError(
        given=f"runs is {runs}",
        allowed=f"the {engine} engine keeps every year of every run, of at most {most} runs; "
        "more are for the command sweep, which writes as it goes",
        where=f"on the command line: runs={most}{f', or {other}' if other else ''}",
    )


def _side_by_side(settings: Settings, progress: Progress, *, past: bool = True) -> xr.Dataset:
    """Run the ensemble block by block, keeping what outcomes need."""
    from sim.engines.context import build_context
    from sim.engines.ensemble import run_block
    from sim.engines.history import to_dataset
    from sim.engines.variables import FOR_OUTCOMES

    stage, parts = build_context(settings), []
    for first in range(0, settings.runs, BLOCK):
        runs = min(BLOCK, settings.runs - first)
        records = run_block(stage, [settings], first=first, replicates=runs)
        parts.append(
            to_dataset(stage, records, run=first, keep=FOR_OUTCOMES, terms=False, past=past)
        )
        progress(first + runs, settings.runs)
    if len(parts) == 1:
        return parts[0].squeeze(RUN) if settings.runs == 1 else parts[0]
    return xr.concat(
        parts, RUN, data_vars="minimal", coords="minimal", compat="override", join="exact"
    )


def _joined_histories(settings: Settings, progress: Progress) -> xr.Dataset:
    from sim.engines.region import simulate as one_history

    if settings.runs == 1:
        return one_history(settings, run=0, progress=lambda done, total: progress(done, total))
    histories = []
    for run in range(settings.runs):
        histories.append(one_history(settings, run=run))
        progress(run + 1, settings.runs)
    return joined(histories)


def joined(histories: list[xr.Dataset]) -> xr.Dataset:
    """Join single histories along a leading `run` dimension; what no run can change keeps none."""
    varying = [
        str(name)
        for name, variable in histories[0].data_vars.items()
        if YEAR in variable.dims and name not in SHARED and not str(name).endswith("_flag")
    ]
    bare = [history.drop_vars(RUN, errors="ignore") for history in histories]
    stacked = xr.concat(
        [history[varying] for history in bare],
        dim=xr.Variable(RUN, list(range(len(bare)))),
        join="exact",
        combine_attrs="override",
    )
    return (
        bare[0]
        .drop_vars(varying)
        .merge(stacked, join="exact", compat="equals")
        .assign_attrs(bare[0].attrs)
    )


def judged(history: xr.Dataset, settings: Settings) -> xr.Dataset:
    """Judge a history, keeping the states' names and where it comes from."""
    from sim.outcomes import compute_outcomes

    outcomes = compute_outcomes(history, settings.rules.observation)
    return outcomes.assign_coords(state_name=history["state_name"]).assign_attrs(
        history.attrs | outcomes.attrs
    )
