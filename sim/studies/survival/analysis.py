"""Survival curves and paired differences of restricted mean times: how long hedging lasts, and what makes it last longer.

The runs of two choices share common random numbers, so the difference is taken run by run. Between states of one run nothing is
taken for independent either: the region's number of a run is the mean of its states.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from sim.axes import STATE, Array
from sim.ensemble.store.finished import Stored
from sim.ensemble.summary import LASTING
from sim.outcomes.summary import REGION
from sim.outcomes.survival import (
    Curve,
    Durations,
    kaplan_meier,
    restricted,
    to_durations,
)
from sim.statistics import paired_difference, summary
from sim.studies.survival.groups import Groups, dates_of

Key = tuple[str, str]


@dataclass(frozen=True, kw_only=True)
class SurvivalSample:
    """One outcome, followed: years each state lasts under each choice, and who was out from the first year on.

    cases : (over, between) -> years (run, state). states : codes of the columns. left_out : states that in most runs were out
    from the first year on. within : years that are known of every run.
    """

    outcome: str
    cases: dict[Key, Durations]
    states: tuple[str, ...]
    left_out: tuple[str, ...]
    within: float

    @property
    def varies(self) -> bool:
        """Whether any state that was in at first ever goes out, and not always in the same year."""
        ends = np.concatenate(
            [np.where(one.reached, one.years, np.inf).ravel() for one in self.cases.values()]
        )
        return bool(self.states) and np.unique(ends).size > 1


def collect(
    stored: Stored, groups: Groups, outcome: str, *, threshold: float | None = None
) -> SurvivalSample:
    """Follow one outcome under every choice.

    Raises
    ------
    UserError : no such outcome, or years that differ.
    """
    first, last = stored.years
    dates = dates_of(stored, outcome, threshold)
    codes = [str(code) for code in dates[STATE].values]
    found = {
        key: to_durations(groups.dates(dates, key), first=first, last=last, in_a_row=LASTING)
        for key in groups.points
    }
    at_once = np.mean(
        [(one.reached & (one.years <= 1.0)).mean(axis=0) for one in found.values()], axis=0
    )
    kept = [place for place, share in enumerate(at_once) if share <= 0.5]
    return SurvivalSample(
        outcome=outcome,
        cases={key: one[:, kept] for key, one in found.items()},
        states=tuple(codes[place] for place in kept),
        left_out=tuple(code for place, code in enumerate(codes) if place not in kept),
        within=float(last - LASTING + 1 - (first - 1)),
    )


def curves(followed: SurvivalSample) -> dict[tuple[Key, str], Curve]:
    """Kaplan-Meier curves, ((over, between), state) -> curve; the region's is in `regional`."""
    return {
        (key, state): kaplan_meier(one[:, place])
        for key, one in followed.cases.items()
        for place, state in enumerate(followed.states)
    }


def regional(cases: Durations, within: float) -> Curve:
    """The mean over states of the share that still lasts, by run, with the 95 % interval of its mean over runs.

    As no run is cut off before the horizon this is the mean of the states' Kaplan-Meier curves; the interval takes runs, not
    states, for independent.
    """
    years = np.arange(0.0, within + 1.0)
    still = np.stack([_still(cases, year).mean(axis=-1) for year in years])
    told = summary(still)
    states = cases.years.shape[-1]
    risk = [(cases.years >= max(year, 1.0)).sum() / states for year in years]
    return Curve(
        year=years,
        share=told["mean"],
        low=np.clip(told["low95"], 0.0, 1.0),
        high=np.clip(told["high95"], 0.0, 1.0),
        at_risk=np.array(risk),
    )


def _still(cases: Durations, year: float) -> Any:
    return (cases.years > year) | ~cases.reached


def by_run(followed: SurvivalSample, key: Key) -> Array:
    """Years that a state lasts on average in each run, counted to the horizon, (run,)."""
    return restricted(followed.cases[key], within=followed.within).mean(axis=-1)


def restricted_mean_table(followed: SurvivalSample) -> pd.DataFrame:
    """One row a choice and state (and the region): restricted mean years with their interval, share that lasts to the end."""
    rows = []
    for key, cases in followed.cases.items():
        each = restricted(cases, within=followed.within)
        columns = [
            (state, each[:, place], cases[:, place]) for place, state in enumerate(followed.states)
        ]
        for state, years, part in [*columns, (REGION, each.mean(axis=-1), cases)]:
            told = summary(years)
            rows.append(
                (
                    followed.outcome,
                    *key,
                    state,
                    float(told["mean"]),
                    float(told["low95"]),
                    float(told["high95"]),
                    1.0 - float(part.reached.mean()),
                )
            )
    names = ["outcome", "over", "between", STATE, "years", "low", "high", "lasts"]
    return pd.DataFrame(rows, columns=names)


def differences(followed: SurvivalSample, groups: Groups) -> pd.DataFrame:
    """Paired difference of restricted mean times: every choice against the first of its kind.

    Returns
    -------
    A row a pair and state (and the region): years gained with their 95 % interval, and runs; no row where nothing is compared.
    """
    frames = [_compared(followed, one, other) for one, other in pairs(groups)]
    return pd.concat(frames, ignore_index=True) if frames else pd.DataFrame()


def pairs(groups: Groups) -> list[tuple[Key, Key]]:
    """What is compared: within each `over` every `between` with the first, within each `between` every `over` with the first."""
    within = [
        ((one, other), (one, groups.betweens[0]))
        for one in groups.overs
        for other in groups.betweens[1:]
    ]
    across = [
        ((one, other), (groups.overs[0], other))
        for one in groups.overs[1:]
        for other in groups.betweens
    ]
    return [*within, *across]


def _compared(followed: SurvivalSample, key: Key, against: Key) -> pd.DataFrame:
    one, other = (
        restricted(followed.cases[each], within=followed.within) for each in (key, against)
    )
    states = enumerate(followed.states)
    rows = [(state, *_paired(one[:, index], other[:, index])) for index, state in states]
    rows.append((REGION, *_paired(one.mean(axis=-1), other.mean(axis=-1))))
    names = [STATE, "gained", "low", "high", "runs"]
    head = {"outcome": followed.outcome, "choice": " / ".join(key), "against": " / ".join(against)}
    return pd.DataFrame(rows, columns=names).assign(**head)[[*head, *names]]


def _paired(one: Array, other: Array) -> tuple[float, float, float, int]:
    found = paired_difference(one, other)
    return found.mean, found.low, found.high, found.runs


def sensitivity(stored: Stored, groups: Groups, thresholds: Sequence[float]) -> pd.DataFrame:
    """Years gained by each `over` against the first, under the first `between`, at other thresholds of the hedging index."""
    rows = []
    for threshold in thresholds:
        followed = collect(stored, groups, "time_to_choice", threshold=threshold)
        for one in groups.overs[1:]:
            keys = [(each, groups.betweens[0]) for each in (one, groups.overs[0])]
            if not followed.states:
                continue
            gained = _paired(by_run(followed, keys[0]), by_run(followed, keys[1]))
            years = float(by_run(followed, keys[1]).mean())
            rows.append((threshold, one, groups.overs[0], len(followed.states), years, *gained))
    names = [
        "threshold",
        "choice",
        "against",
        "states",
        "years_against",
        "gained",
        "low",
        "high",
        "runs",
    ]
    return pd.DataFrame(rows, columns=names)
