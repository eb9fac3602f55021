"""The few names a visitor needs, in a notebook or at a prompt: settings as on the command line, tables and charts as answers.

`import sim` offers them as `sim.simulate`, `sim.judge` and so on, and loads them when they are first asked for.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import pandas as pd
import xarray as xr

from sim.config import Settings, build
from sim.door.tables import paired, series, settings_of, table, terms, unknown
from sim.engines.own_rule import Rule, own_rules

if TYPE_CHECKING:
    from sim.figures.chart import Chart

PICTURES = ("paths", "triangle", "forced_choice", "tiles", "sea", "scorecard")
__all__ = [
    "bars",
    "draw",
    "judge",
    "lines",
    "paired",
    "series",
    "settings",
    "simulate",
    "table",
    "terms",
]


def settings(*changes: str, runs: int = 1, seed: int | None = None) -> Settings:
    """Return settings, changed as on the command line: ``settings("scenario=cold_war", "years.last=2030")``.

    Raises
    ------
    UserError : an unknown name or choice, or a value that is not allowed.
    """
    from sim.door.check import check_names, check_overrides
    from sim.door.compose import CONF, Source, compose, parse
    from sim.door.multirun import expand
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

    return judged(history, settings_of(history))


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
        raise unknown("picture", picture, PICTURES)
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


def _attrs() -> dict[str, Any]:
    from sim.provenance import version

    return {"version": version()}
