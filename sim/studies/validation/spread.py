"""Does the simulated past move as the record did? Size of changes, still years, jumps, tails and memory; and how futures move."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.special import logit

from sim.axes import Array
from sim.studies.validation.past_runs import (
    PastContexts,
    arms_on_record,
    arms_part,
    observed,
    run_past,
)
from sim.studies.validation.weights import Weights
from sim.world.panels import opinion_panels

HORIZONS, LAGS = (1, 5, 10, 17), (1, 5, 10, 15)
STILL, JUMP = 0.5, 3.0  # points a year
FIRST, LAST = 2001, 2023
RULERS = ("alignment_security", "alignment_structural")
BARE = "security without arms"
CHOICE = "forced_choice"
SURVEYS = (2020, 2023)
TORN = (
    "KHM",
    "MMR",
)  # whose answers swing by half of the scale (small samples; a coup): left out of the rms, as published
NINETY = (5, 95)


@dataclass(frozen=True, kw_only=True)
class Moment:
    """One quantity: on record, mean of the runs, and the 90 % range over runs (each a history of all states)."""

    of: str
    name: str
    record: float
    model: float
    low: float
    high: float

    @property
    def ratio(self) -> float:
        """The model's mean over the record's."""
        return self.model / self.record if self.record else float("nan")


def moments_of(levels: Array) -> dict[str, Array]:
    """Moments of yearly levels (run, year, state), name -> (run,)."""
    result = {
        f"sd of {h}-year changes": (levels[:, h:] - levels[:, :-h]).std(axis=(1, 2))
        for h in HORIZONS
        if levels.shape[1] > h
    }
    yearly = np.diff(levels, axis=1).reshape(len(levels), -1)
    centred = yearly - yearly.mean(axis=1, keepdims=True)
    result["share of still years"] = (np.abs(yearly) < STILL).mean(axis=1)
    result["share of jumps"] = (np.abs(yearly) >= JUMP).mean(axis=1)
    result["kurtosis"] = (centred**4).mean(axis=1) / (centred**2).mean(axis=1) ** 2
    for lag in LAGS:
        if levels.shape[1] > lag:
            result[f"lag-{lag} correlation"] = _correlation(levels[:, lag:], levels[:, :-lag])
    return result


def _correlation(first: Array, second: Array) -> Array:
    one, two = (x.reshape(len(x), -1) for x in (first, second))
    one, two = (x - x.mean(axis=1, keepdims=True) for x in (one, two))
    return (one * two).sum(axis=1) / np.sqrt((one**2).sum(axis=1) * (two**2).sum(axis=1))


def past_spread(
    contexts: PastContexts, weights: Weights, *, replicates: int, seed: int
) -> list[Moment]:
    """Moments of histories simulated from 2000 with observed drivers, beside those of the record."""
    stage = contexts(FIRST, LAST)
    runs = run_past(stage, weights.draws, replicates=replicates, keep=(*RULERS, CHOICE, "arms"))
    result = []
    for name in RULERS:
        years, record = observed(stage, name)
        kept = [years.index(year) for year in runs.years]
        known = moments_of(record[np.newaxis, kept])
        for moment, values in moments_of(runs.values[name]).items():
            result.append(_moment(name, moment, float(known[moment][0]), values))
    years, record = observed(stage, RULERS[0])
    kept = [years.index(year) for year in runs.years]
    bare = record[kept] - arms_on_record(stage, runs.years)
    simulated = runs.values[RULERS[0]] - arms_part(stage, runs.values["arms"])
    known = moments_of(bare[np.newaxis])
    for moment, values in moments_of(simulated).items():
        if "correlation" not in moment:
            result.append(_moment(BARE, moment, float(known[moment][0]), values))
    panel = next(p for p in opinion_panels(stage.states, last=LAST) if p.source == "iseas")
    first, last = SURVEYS
    answers = runs.values[CHOICE][:, runs.years.index(first) : runs.years.index(last) + 1]
    errors = np.random.default_rng(seed).standard_normal(answers.shape) * panel.noise
    asked = panel.values[:, panel.years.index(first) : panel.years.index(last) + 1].T
    calm = [k for k, state in enumerate(stage.states) if state not in TORN]
    result.append(
        _moment(
            CHOICE,
            "yearly rms of log-odds, as surveyed",
            float(_yearly_rms(asked[np.newaxis, :, calm])[0]),
            _yearly_rms((answers + errors)[..., calm]),
        )
    )
    result.append(
        _moment(
            CHOICE,
            "yearly rms of log-odds, without the surveys' error",
            np.nan,
            _yearly_rms(answers),
        )
    )
    return result


def _yearly_rms(shares: Array) -> Array:
    changes = np.diff(logit(np.clip(shares, 0.02, 0.98)), axis=1)
    return np.sqrt(np.nanmean(changes**2, axis=(1, 2)))


def _moment(of: str, name: str, record: float, values: Array) -> Moment:
    low, high = np.percentile(values, NINETY)
    return Moment(
        of=of,
        name=name,
        record=record,
        model=float(values.mean()),
        low=float(low),
        high=float(high),
    )


def future_spread(contexts: PastContexts, *, runs: int) -> dict[str, float]:
    """How security alignment moves in 2024-40 under the declared settings: sd, largest move, share of still years."""
    stage = contexts.future()
    one = {"rules.ties.arms": np.array([stage.settings.rules.ties.arms])}  # the declared weights
    levels = run_past(stage, one, replicates=runs, keep=RULERS[:1]).values[RULERS[0]]
    changes = np.diff(levels, axis=1)
    return {
        "runs": runs,
        "first": stage.years[0],
        "last": stage.years[-1],
        "sd": float(changes.std()),
        "largest": float(np.abs(changes).max()),
        "still": 100.0 * float((np.abs(changes) < STILL).mean()),
    }
