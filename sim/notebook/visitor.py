"""The few names a visitor needs, in a notebook or at a prompt: settings as on the command line, tables and charts as answers.

`import sim` offers them as `sim.simulate`, `sim.compute_outcomes` and so on, and loads them when they are first asked for.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

import pandas as pd
import xarray as xr

from sim.config import Settings, build
from sim.engines.own_rule import Rule, own_rules
from sim.errors import UserError
from sim.notebook.tables import paired, series, settings_of, table, terms, unknown

if TYPE_CHECKING:
    from sim.plots.chart import Chart

COMMANDS_ONLY = ("out", "figures")  # options of commands that a call in Python has no use for
_FIGURES = "sim.studies.scenario.figures"
PICTURES = ("paths", "readings", "triangle", "forced_choice", "tiles", "sea", "scorecard")
__all__ = [
    "bars",
    "draw",
    "compute_outcomes",
    "lines",
    "paired",
    "series",
    "settings",
    "simulate",
    "table",
    "terms",
]


def settings(*changes: str, runs: int | None = None, seed: int | None = None) -> Settings:
    """Return settings, changed as on the command line: ``settings("scenario=cold_war", "years.last=2030")``.

    Parameters
    ----------
    changes : as on the command line. runs, seed : the same as "runs=..." and "seed=..." among the changes.

    Raises
    ------
    UserError : an unknown name or choice, a value that is not allowed, or two that contradict each other.
    """
    return _compose_settings(changes, {"runs": runs, "seed": seed})[0]


def _compose_settings(
    changes: Sequence[str], keywords: Mapping[str, int | None]
) -> tuple[Settings, str | None]:
    """Return the settings, and the engine if one is asked for."""
    from sim.composition.check import check_names, check_overrides
    from sim.composition.compose import CONF, Source, compose, parse
    from sim.composition.multirun import expand
    from sim.composition.options import take_options
    from sim.composition.stacked import with_drawn_theory

    source = Source(folder=CONF, name="config")
    given = parse(changes)
    for override in given:
        _check_word(override.key_or_group, override.value(), keywords)
    further = [f"{name}={value}" for name, value in keywords.items() if value is not None]
    overrides = [*given, *parse(further)]
    check_overrides(overrides, source)
    options, rest = take_options(compose(source, expand(overrides, many=False)[0]))
    asked = any(override.key_or_group == "engine" for override in given)
    chosen = with_drawn_theory(
        check_names(build(rest)), lambda drawn: _compose_settings([*changes, drawn], keywords)[0]
    )
    return chosen, options.engine if asked else None


def _check_word(name: str, value: Any, keywords: Mapping[str, int | None]) -> None:
    if name in COMMANDS_ONLY:
        raise UserError(
            given=f"{name}={value} is given",
            allowed="a call in Python writes and draws nothing of itself",
            hint=f"Leave {name} out; sim.draw draws, and python experiments/run.py writes.",
        )
    keyword = keywords.get(name)
    if keyword is not None and keyword != value:
        raise UserError(
            given=f"{name}={value} and {name}={keyword} are both given",
            allowed=f"{name} may be given as a change or as a keyword, not differently in both",
            where="in the call",
        )


def simulate(
    *changes: str,
    runs: int | None = None,
    seed: int | None = None,
    rules: Mapping[str, Rule] | None = None,
    past: bool = True,
) -> xr.Dataset:
    """Run the model and return its history: one run with every term of every choice, or many runs without them.

    Parameters
    ----------
    changes : as on the command line, such as "policy.japan.osa_budget=20".
    runs : how many futures, as "runs=..." among the changes; 1 if None.
    seed : of all chance, as "seed=..." among the changes; the declared one if None.
    rules : rules of one's own by the name of the one each replaces, such as {"threat.perceived_threat": mine}; the
        history says so in its attribute `own_rules`.
    past : put the observed years first; without them thousands of runs take half the time.

    Raises
    ------
    UserError : an unknown name or choice, a value or a rule that is not allowed.
    """
    from sim.studies.scenario.engine import simulate as run

    chosen, engine = _compose_settings(changes, {"runs": runs, "seed": seed})
    engine = engine or ("region" if chosen.runs == 1 else "ensemble")
    with own_rules(rules or {}):
        history = run(chosen, engine=engine, label="", past=past)
    return history.assign_attrs(own_rules=", ".join(rules)) if rules else history


def compute_outcomes(history: xr.Dataset) -> xr.Dataset:
    """Return the outcomes of a history: alignment, hedging, posture and so on, with their units."""
    from sim.studies.scenario.engine import judged

    return judged(history, settings_of(history))


def draw(
    picture: str,
    history: xr.Dataset,
    outcomes: xr.Dataset | None = None,
    *,
    baseline: xr.Dataset | None = None,
    label: str = "baseline",
) -> Chart:
    """Draw one of the charts of a run: paths, readings, triangle, forced_choice, tiles, sea, scorecard.

    Parameters
    ----------
    picture : its name. history : of one run or many. outcomes : judged anew if None.
    baseline : a second history (same states and years), drawn dashed and called `label`.

    Raises
    ------
    UserError : no such picture.
    """
    from sim.plots import style
    from sim.plots.chart import Chart
    from sim.plots.story import Story
    from sim.studies.scenario.figures import draw_picture

    if picture not in PICTURES:
        raise unknown("picture", picture, PICTURES)
    value = compute_outcomes(history) if outcomes is None else outcomes
    base = None if baseline is None else compute_outcomes(baseline).assign_attrs(label=label)
    with style.context():
        return Chart(draw_picture(picture, Story(history=history, outcomes=value, baseline=base)))


def lines(
    table: pd.DataFrame, *, title: str, unit: str, across: str = "year", least: float = 1e-3
) -> Chart:
    """Draw the columns of a table as lines over its index; the value axis is at least `least` high."""
    from sim.plots.chart import lines as drawn

    return drawn(
        table, title=title, unit=unit, across=across, attrs=_footer_attributes(), least=least
    )


def bars(table: pd.DataFrame | pd.Series, *, title: str, unit: str) -> Chart:
    """Draw the rows of a table as groups of horizontal bars, one colour a column."""
    from sim.plots.chart import bars as drawn

    return drawn(table, title=title, unit=unit, attrs=_footer_attributes())


def _footer_attributes() -> dict[str, Any]:
    from sim.provenance import version

    return {"version": version()}
