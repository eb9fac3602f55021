"""One history or many, by the engine asked for."""

from __future__ import annotations

import xarray as xr

from sim.axes import RUN, STATE, YEAR
from sim.config import Settings
from sim.door.progress import Progress
from sim.errors import UserError
from sim.provenance import provenance
from sim.world.roster import names

MOST_RUNS_ONE_BY_ONE = 1000
SHARED = ("simulated", "forced_choice_observed", "survey_size")  # the same in every run


def simulate(
    settings: Settings, *, engine: str = "region", label: str = "simulating"
) -> xr.Dataset:
    """Run the model, with progress on the error stream, and say in the result where it comes from.

    Parameters
    ----------
    settings : validated. engine : one of `sim.door.options.ENGINES`.
    label : what progress calls it.

    Returns
    -------
    Dataset over year, state, partner ...; with a leading `run` dimension for several runs.

    Raises
    ------
    UserError : more runs than this engine takes one by one, or data that are missing or unfit.
    """
    if settings.runs > MOST_RUNS_ONE_BY_ONE:
        raise UserError(
            given=f"runs is {settings.runs}",
            allowed=f"the {engine} engine takes runs one by one, at most {MOST_RUNS_ONE_BY_ONE}",
            where=f"on the command line: runs={MOST_RUNS_ONE_BY_ONE}",
        )
    progress = Progress(label)
    try:
        history = _histories(settings, progress)
    finally:
        progress.close()
    named = history.assign_coords(state_name=(STATE, list(names(history[STATE].values).values())))
    return named.assign_attrs(
        provenance(settings, title=history.attrs.get("title", ""), data=history.attrs)
    )


def _histories(settings: Settings, progress: Progress) -> xr.Dataset:
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
    from sim.outcomes import judge

    outcomes = judge(history, settings.rules.observation)
    return outcomes.assign_coords(state_name=history["state_name"]).assign_attrs(
        history.attrs | outcomes.attrs
    )
