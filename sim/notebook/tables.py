"""What a visitor reads off a history: a table, the terms of a choice, a course over the years, a paired difference."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pandas as pd
import xarray as xr
import yaml

from sim.axes import PARTNER, RUN, STATE, YEAR
from sim.config import Settings, build
from sim.config.labels import term_label
from sim.errors import UserError, nearest
from sim.outcomes.definitions import computed
from sim.outcomes.outcome import SUM
from sim.outcomes.summary import summarise
from sim.statistics import mean_interval
from sim.world.roster import names, powers, roster, state_codes

LEFT = "left the band in"
OF_TERMS = ("stance", "opinion", "act", "arms", "economic")
WEST = "towards the United States"


def _shown_columns() -> dict[str, str]:
    """Columns of a summary -> what the table calls them: of each main outcome where it ends, or what it adds up to."""
    result = {"name": "state", "alignment_start": "alignment at start"}
    for name, value in computed(STATE).items():
        if value.main:
            summed = any(column.reduce == SUM for column in value.columns)
            result[f"{name}_total" if summed else f"{name}_end"] = (
                value.word if summed else f"{value.word} at end"
            )
    return result | {"posture_end": "posture at end", "left_band_year": LEFT}


def table(outcomes: xr.Dataset) -> pd.DataFrame:
    """Return one row a state and one for the region: where each starts and ends, rounded to one or two digits.

    Raises
    ------
    UserError : outcomes without the year before the first simulated one.
    """
    first = settings_of(outcomes).years.first
    if first - 1 not in outcomes[YEAR].values:
        raise UserError(
            given=f"these outcomes begin in {int(outcomes[YEAR].values[0])}",
            allowed=f"a table needs the start, {first - 1}",
            where="in the call of sim.simulate: past=True",
        )
    summary = summarise(outcomes, first=first)
    called = _shown_columns()
    shown = summary[[name for name in called if name in summary]].rename(columns=called)
    items = [label for label in map(str, shown) if label != LEFT]
    digits = {label: 1 if "alignment" in label else 2 for label in items}
    return shown.round(digits).set_index("state")


def terms(history: xr.Dataset, *, state: str, year: int, of: str = "stance") -> pd.DataFrame:
    """Return why a state did as it did: a row a motive, a column a partner (or the way towards the United States).

    Parameters
    ----------
    history : of a single run. state : code or name. year : a simulated one.
    of : stance, opinion, act, arms or economic.

    Raises
    ------
    UserError : a history of many runs, or a state, year or choice that is not in it.
    """
    if of not in OF_TERMS:
        raise unknown("of", of, OF_TERMS)
    if f"{of}_term" not in history:
        raise UserError(
            given="this history keeps no terms",
            allowed="one run keeps every term of every choice, many runs do not",
            where="in the call of sim.simulate: runs=1",
        )
    code = _state_in(history, state)
    found = history[f"{of}_term"].sel({STATE: code}).dropna(YEAR, how="all")
    if year not in found[YEAR].values:
        raise unknown("year", year, [str(item) for item in found[YEAR].values])
    motives = str(found.dims[-1])
    now = found.sel({YEAR: year})
    columns = (
        [powers()[str(item)] for item in now[PARTNER].values] if PARTNER in now.dims else [WEST]
    )
    named = pd.DataFrame(
        now.transpose(motives, ...).values.reshape(len(now[motives]), len(columns)),
        index=pd.Index([term_label(str(term), of) for term in now[motives].values], name="motive"),
        columns=columns,
    )
    return named.loc[(named != 0.0).any(axis=1)]


def series(
    outcomes: xr.Dataset, name: str = "alignment", *, states: Sequence[str] = ()
) -> pd.DataFrame:
    """Return one outcome by year, a column a state (the median over runs), or one column of the region's.

    Parameters
    ----------
    outcomes : or a history. name : of a variable over year, perhaps over state. states : codes or names; all if none.

    Raises
    ------
    UserError : no such outcome, or a state that is not in it.
    """
    known = [
        str(variable)
        for variable in outcomes.data_vars
        if set(map(str, outcomes[variable].dims)) <= {RUN, YEAR, STATE}
    ]
    if name not in known:
        raise unknown("name", name, known)
    values = outcomes[name]
    values = values.median(RUN) if RUN in values.dims else values
    if STATE not in values.dims:
        return pd.DataFrame({name: values.values}, index=_year_index(values))
    codes = [_state_in(outcomes, state) for state in states] or list(outcomes[STATE].values)
    rows = values.sel({STATE: codes}).transpose(YEAR, STATE).values
    return pd.DataFrame(rows, index=_year_index(values), columns=list(names(codes).values()))


def paired(outcomes: xr.Dataset, baseline: xr.Dataset, name: str = "alignment") -> pd.DataFrame:
    """Return the difference in the last year, run by run with common random numbers: mean, and the ends of its 95 % interval.

    Parameters
    ----------
    outcomes, baseline : of the same runs, states and years. name : an outcome that each state has.

    Raises
    ------
    UserError : fewer than two runs, or not the same ones; no such outcome.
    """
    known = [str(variable) for variable in outcomes.data_vars if STATE in outcomes[variable].dims]
    if name not in known:
        raise unknown("name", name, known)
    sizes = [
        [data[name].sizes.get(axis, 1) for axis in (RUN, STATE)] for data in (outcomes, baseline)
    ]
    if sizes[0] != sizes[1] or sizes[0][0] < 2:
        raise _unpaired_error()
    gap = (outcomes[name] - baseline[name]).isel({YEAR: -1}).transpose(STATE, RUN)
    mean, half = mean_interval(gap.values)
    rows = {"difference": mean, "from": mean - half, "to": mean + half}
    return pd.DataFrame(rows, index=pd.Index(outcomes["state_name"].values, name="state"))


def _year_index(values: xr.DataArray) -> pd.Index[int]:
    return pd.Index(values[YEAR].values, name=YEAR)


def settings_of(dataset: xr.Dataset) -> Settings:
    """Return the settings a history or its outcomes were made with.

    Raises
    ------
    UserError : a Dataset that does not say so.
    """
    if "config" not in dataset.attrs:
        raise UserError(
            given="this Dataset does not say which settings it was made with",
            allowed="it must come from sim.simulate or sim.compute_outcomes, its attributes kept",
            hint="Hand over what these gave.",
        )
    return build(yaml.safe_load(dataset.attrs["config"]))


def _state_in(history: xr.Dataset, state: str) -> str:
    code = state_codes([state])[0]
    present = [str(item) for item in history[STATE].values]
    if code not in present:
        raise unknown("state", state, [roster()[item].name for item in present])
    return code


def _unpaired_error() -> UserError:
    return UserError(
        given="the two outcomes are not of the same runs and states, two runs at least",
        allowed="paired differences need the same random draws in both",
        where="in the calls of sim.simulate: the same runs=... and states in both",
    )


def unknown(what: str, given: object, valid: Any) -> UserError:
    """Say that a name in a call is not there, and offer the nearest."""
    return UserError(
        given=f"{what} is {given!r}",
        allowed=nearest(str(given), list(valid)),
        where=f"in the call: {what}=...",
    )
