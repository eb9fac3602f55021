"""The few names a visitor needs, in a notebook or at a prompt: settings as on the command line, tables and charts as answers.

`import sim` offers them as `sim.simulate`, `sim.judge` and so on, and loads them when they are first asked for.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

import pandas as pd
import xarray as xr
import yaml

from sim.axes import DOMAINS, OPTION, RUN, SELF, STATE, TERM, YEAR
from sim.config import Settings, build
from sim.engines.own_rule import Rule, own_rules
from sim.errors import UserError, nearest
from sim.world.roster import POWERS, names, roster, state_codes

if TYPE_CHECKING:
    from sim.figures.chart import Chart

PICTURES = ("paths", "triangle", "forced_choice", "tiles", "sea", "scorecard")
SHOWN = {
    "name": "state",
    "alignment_start": "alignment at start",
    "alignment_end": "alignment at end",
    "posture_end": "posture at end",
    "hedging_end": "hedging at end",
    "capacity_end": "capacity at end",
    "incidents_total": "incidents",
    "left_band_year": "left the band in",
}


def settings(*changes: str, runs: int = 1, seed: int | None = None) -> Settings:
    """Return settings, changed as on the command line: ``settings("scenario=cold_war", "years.last=2030")``.

    Raises
    ------
    UserError : an unknown name or choice, or a value that is not allowed.
    """
    from sim.door.check import check_names, check_overrides
    from sim.door.compose import CONF, Source, compose, expand, parse
    from sim.door.options import take_options

    source = Source(folder=CONF, name="config")
    further = [f"runs={runs}"] + ([] if seed is None else [f"seed={seed}"])
    overrides = parse([*changes, *further])
    check_overrides(overrides, source)
    found = build(take_options(compose(source, expand(overrides, many=False)[0]))[1])
    check_names(found)
    return found


def simulate(
    *changes: str,
    runs: int = 1,
    seed: int | None = None,
    rules: Mapping[str, Rule] | None = None,
    past: bool = True,
) -> xr.Dataset:
    """Run the model and return its history: one run with every term of every choice, or many runs without them.

    Parameters
    ----------
    changes : as on the command line, such as "policy.japan.osa_budget=20". runs : how many futures.
    seed : of all chance; the declared one if None. rules : rules of one's own by the name of the one each replaces, such as
        {"threat.perceived_threat": mine}; the history says so in its attribute `own_rules`.
    past : put the observed years first; without them thousands of runs take half the time.

    Raises
    ------
    UserError : an unknown name or choice, a value or a rule that is not allowed.
    """
    from sim.door.engine import simulate as run

    chosen = settings(*changes, runs=runs, seed=seed)
    with own_rules(rules or {}):
        history = run(chosen, engine="region" if runs == 1 else "ensemble", label="", past=past)
    return history.assign_attrs(own_rules=", ".join(rules)) if rules else history


def judge(history: xr.Dataset) -> xr.Dataset:
    """Return the outcomes of a history: alignment, hedging, posture and so on, with their units."""
    from sim.door.engine import judged

    return judged(history, _settings_of(history))


def table(outcomes: xr.Dataset) -> pd.DataFrame:
    """Return one row a state and one for the region: where each starts and ends, rounded to one or two digits."""
    from sim.outcomes.summary import summarise

    summary = summarise(outcomes, first=_settings_of(outcomes).years.first)
    shown = summary[[name for name in SHOWN if name in summary]].rename(columns=SHOWN)
    told = [label for label in map(str, shown) if label != "left the band in"]
    digits = {label: 1 if "alignment" in label else 2 for label in told}
    return shown.round(digits).set_index("state")


def terms(history: xr.Dataset, *, state: str, year: int, domain: str = "security") -> pd.DataFrame:
    """Return why a state chose as it did: a row a motive, a column an option, signed as it enters the option's value.

    Parameters
    ----------
    history : of a single run. state : code or name. year : a simulated one. domain : security or economic.

    Raises
    ------
    UserError : a history of many runs, or a state, year or domain that is not in it.
    """
    if domain not in DOMAINS:
        raise _unknown("domain", domain, DOMAINS)
    if f"{domain}_term" not in history:
        raise UserError(
            given="this history keeps no terms",
            allowed="one run keeps every term of every choice, many runs do not",
            where="with runs=1",
        )
    code = _state_in(history, state)
    found = history[f"{domain}_term"].sel({STATE: code}).dropna(YEAR, how="all")
    if year not in found[YEAR].values:
        raise _unknown("year", year, [str(one) for one in found[YEAR].values])
    options = POWERS | {SELF: "unaligned"}
    named = pd.DataFrame(
        found.sel({YEAR: year}).transpose(TERM, OPTION).values,
        index=pd.Index(found[TERM].values, name=TERM),
        columns=[options[str(one)] for one in found[OPTION].values],
    )
    return named.loc[(named != 0.0).any(axis=1)]


def draw(
    picture: str,
    history: xr.Dataset,
    outcomes: xr.Dataset | None = None,
    *,
    baseline: xr.Dataset | None = None,
    label: str = "baseline",
) -> Chart:
    """Draw one of the charts of a run: paths, triangle, forced_choice, tiles, sea, scorecard.

    Parameters
    ----------
    picture : its name. history : of one run or many. outcomes : judged anew if None.
    baseline : a second history (same states and years), drawn dashed and called `label`.

    Raises
    ------
    UserError : no such picture.
    """
    import importlib

    from sim.figures import style
    from sim.figures.chart import Chart
    from sim.figures.story import Story

    if picture not in PICTURES:
        raise _unknown("picture", picture, PICTURES)
    told = judge(history) if outcomes is None else outcomes
    base = None if baseline is None else judge(baseline).assign_attrs(label=label)
    with style.context():
        module = importlib.import_module(f"sim.figures.{picture}")
        return Chart(module.draw(Story(history=history, outcomes=told, baseline=base)))


def lines(
    table: pd.DataFrame, *, title: str, unit: str, across: str = "year", least: float = 1e-3
) -> Chart:
    """Draw the columns of a table as lines over its index; the value axis is at least `least` high."""
    from sim.figures.chart import lines as drawn

    return drawn(table, title=title, unit=unit, across=across, attrs=_attrs(), least=least)


def bars(table: pd.DataFrame | pd.Series, *, title: str, unit: str) -> Chart:
    """Draw the rows of a table as groups of horizontal bars, one colour a column."""
    from sim.figures.chart import bars as drawn

    return drawn(table, title=title, unit=unit, attrs=_attrs())


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
        str(one)
        for one in outcomes.data_vars
        if set(map(str, outcomes[one].dims)) <= {RUN, YEAR, STATE}
    ]
    if name not in known:
        raise _unknown("name", name, known)
    values = outcomes[name]
    values = values.median(RUN) if RUN in values.dims else values
    if STATE not in values.dims:
        return pd.DataFrame({name: values.values}, index=_years(values))
    codes = [_state_in(outcomes, state) for state in states] or list(outcomes[STATE].values)
    rows = values.sel({STATE: codes}).transpose(YEAR, STATE).values
    return pd.DataFrame(rows, index=_years(values), columns=list(names(codes).values()))


def paired(outcomes: xr.Dataset, baseline: xr.Dataset, name: str = "alignment") -> pd.DataFrame:
    """Return the difference in the last year, run by run with the same luck: mean, and the ends of its 95 % interval.

    Parameters
    ----------
    outcomes, baseline : of the same runs, states and years. name : an outcome that each state has.
    """
    gap = (outcomes[name] - baseline[name]).isel({YEAR: -1})
    mean = gap.mean(RUN)
    half = 1.96 * gap.std(RUN, ddof=1) / gap.sizes[RUN] ** 0.5
    parts = {"difference": mean, "from": mean - half, "to": mean + half}
    rows = {label: part.values for label, part in parts.items()}
    return pd.DataFrame(rows, index=pd.Index(outcomes["state_name"].values, name="state"))


def _years(values: xr.DataArray) -> pd.Index[int]:
    return pd.Index(values[YEAR].values, name=YEAR)


def _settings_of(dataset: xr.Dataset) -> Settings:
    return build(yaml.safe_load(dataset.attrs["config"]))


def _attrs() -> dict[str, Any]:
    from sim.provenance import version

    return {"version": version(), "seed": "as in the run"}


def _state_in(history: xr.Dataset, state: str) -> str:
    code = state_codes([state])[0]
    present = [str(one) for one in history[STATE].values]
    if code not in present:
        raise _unknown("state", state, [roster()[one].name for one in present])
    return code


def _unknown(what: str, given: object, valid: Any) -> UserError:
    return UserError(
        given=f"{what} is {given!r}",
        allowed=nearest(str(given), list(valid)),
        where=f"in the call: {what}=...",
    )
