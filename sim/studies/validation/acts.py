"""Are steps up and down predicted better than by rates? Log scores of dated acts, one year ahead.

Each year is predicted from the record of the year before by weights that knew nothing later than their own cut-off; rates are
counted up to the same year. A pair-year is a state, a partner and a year, scored once for a step up and once for a step down.
Records of steps begin in 2000, with Japan in 2006.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from sim.axes import Array
from sim.studies.validation.baselines import smoothed_rates
from sim.studies.validation.past_runs import PastContexts, run_past
from sim.studies.validation.scores import log_score, mean_difference
from sim.studies.validation.weights import Weights

FIRST_RECORDED = {"JPN": 2006}  # other partners: all years of the record
FIRST, CUT, LAST = 2001, 2015, 2023
WAYS = ("up", "down")
STRENGTHS = (1.0, 2.0, 4.0, 8.0, 16.0, 32.0, 64.0)  # years of the base rate in a state's own
JEFFREYS = 0.5


@dataclass(frozen=True, kw_only=True)
class ActRecord:
    """What happened, and what the model gives it, by way (up, down).

    Parameters
    ----------
    years : predicted. happened : (way, year, state, partner) 0 or 1. counted : (year, partner) 1 where steps were recorded.
    chances : (draw, way, year, state, partner) of the model.
    """

    years: tuple[int, ...]
    states: tuple[str, ...]
    happened: Array
    counted: Array
    chances: Array

    def rows(self, first: int, last: int) -> list[int]:
        """Indices of the years from `first` to `last`."""
        return [k for k, year in enumerate(self.years) if first <= year <= last]


def predict_acts(
    contexts: PastContexts, weights: Weights, *, replicates: int, first: int = FIRST
) -> ActRecord:
    """Predict every year from the record of the year before.

    Parameters
    ----------
    contexts : of the past. weights : draws, all years predicted by the same. replicates : histories a draw.
    first : first year predicted.
    """
    years = tuple(range(first, LAST + 1))
    chances, happened = [], []
    for year in years:
        stage = contexts(year, min(year + 1, LAST))
        runs = run_past(stage, weights.draws, replicates=replicates, keep=WAYS)
        drawn = [runs.at(way, year) for way in WAYS]
        shape = (-1, replicates, *drawn[0].shape[1:])
        chances.append([chance.reshape(shape).mean(axis=1) for chance in drawn])
        record = stage.world.sel(year=year).transpose("state", "partner", ...)
        happened.append([record[f"act_{way}"].values > 0 for way in WAYS])
    counted = [[FIRST_RECORDED.get(p, 0) <= year for p in stage.partners] for year in years]
    return ActRecord(
        years=years,
        states=stage.states,
        happened=np.array(happened, dtype=float).swapaxes(0, 1),
        counted=np.array(counted, dtype=float),
        chances=np.array(chances).transpose(2, 1, 0, 3, 4),
    )


def scored(record: ActRecord, chances: Array, rows: Sequence[int]) -> Array:
    """Log score of a pair-year, up and down together, blank where steps were not recorded, (year, partner, state)."""
    kept = list(rows)
    both = log_score(chances, record.happened[:, kept]).sum(axis=0)
    counted = record.counted[kept][:, np.newaxis]
    return np.where(counted > 0, both, np.nan).swapaxes(1, 2)


def base_rates(record: ActRecord, rows: Sequence[int], states: Sequence[int]) -> Array:
    """Rate of each way and partner over some years and states, (way, 1, 1, partner)."""
    kept, who = list(rows), list(states)
    counted = record.counted[kept][:, np.newaxis] * np.ones((1, len(who), 1))
    count = (record.happened[:, kept][:, :, who] * counted).sum(axis=(1, 2))
    rates = (count + JEFFREYS) / (counted.sum(axis=(0, 1)) + 2.0 * JEFFREYS)
    return rates[:, np.newaxis, np.newaxis]


def own_rates(record: ActRecord, rows: Sequence[int]) -> Array:
    """Each state's own rate over some years, drawn to the base rate as far as served best within these years.

    Returns
    -------
    (way, 1, state, partner).
    """
    kept = list(rows)
    base = base_rates(record, kept, range(len(record.states)))[:, 0]
    counted = record.counted[kept][:, np.newaxis] * np.ones_like(record.happened[0, kept])
    seen = record.happened[:, kept] * counted
    count, years = seen.sum(axis=1), counted.sum(axis=0)

    def without_own_year(strength: float) -> float:
        rest = smoothed_rates(
            count[:, np.newaxis] - seen, years - counted, base[:, np.newaxis], strength
        )
        return float((log_score(rest, seen) * counted).sum())

    best = min(STRENGTHS, key=without_own_year)
    return smoothed_rates(count, years, base, best)[:, np.newaxis]


def out_of_time(record: ActRecord) -> dict[str, Array]:
    """Scores of 2016-23 by name, (year, partner, state); rates counted up to 2015."""
    past, ahead = record.rows(FIRST, CUT), record.rows(CUT + 1, LAST)
    shape = record.happened[:, ahead].shape
    everyone = range(len(record.states))
    forecasts = {
        "model": record.chances[:, :, ahead].mean(axis=0),
        "base rate": np.broadcast_to(base_rates(record, past, everyone), shape),
        "own rate": np.broadcast_to(own_rates(record, past), shape),
    }
    return {name: scored(record, chances, ahead) for name, chances in forecasts.items()}


def leave_one_out(record: ActRecord, rows: Sequence[int]) -> dict[str, Array]:
    """Scores of every state by weights that forgot its acts, (year, partner, state).

    The draws are reweighted by the inverse of what they give the state's acts. The base rate is that of the other states in the
    same years; the state's own rate, counted in the other years, is a rival that has seen it.
    """
    kept = list(rows)
    counted = record.counted[kept][:, np.newaxis]
    happened = record.happened[:, kept]
    lost = (log_score(record.chances[:, :, kept], happened) * counted).sum(axis=(1, 2, 4))
    model, base = np.empty_like(happened), np.empty_like(happened)
    for index in range(len(record.states)):
        logs = lost[:, index] - lost[:, index].max()
        weights = np.exp(logs) / np.exp(logs).sum()
        model[:, :, index] = np.tensordot(weights, record.chances[:, :, kept, index], axes=1)
        others = [k for k in range(len(record.states)) if k != index]
        base[:, :, index] = base_rates(record, kept, others)[:, 0]
    own = np.empty_like(happened)
    for place, row in enumerate(kept):
        own[:, place] = own_rates(record, [k for k in kept if k != row])[:, 0]
    forecasts = {"model": model, "base rate": base, "own rate": own}
    return {name: scored(record, chances, kept) for name, chances in forecasts.items()}


def summary(scores: dict[str, Array]) -> dict[str, dict[str, float]]:
    """Mean score of each forecaster a pair-year in nats, and how far the model is below it with its standard error."""
    known = {name: _known_cases(values) for name, values in scores.items()}
    result = {}
    for name, values in known.items():
        gain, error = mean_difference(values, known["model"])
        result[name] = {"score": float(values.mean()), "gain": gain, "error": error}
    return result


def _known_cases(scores: Array) -> Array:
    flat = scores.reshape(-1, scores.shape[-1])
    return flat[~np.isnan(flat).any(axis=1)]


def reliability(
    record: ActRecord, rows: Sequence[int], *, way: int, edges: Sequence[float]
) -> list[dict[str, float]]:
    """Mean chance given and share that happened, in bins of the chance given; empty bins are left out."""
    kept = list(rows)
    counted = np.broadcast_to(
        record.counted[kept][:, np.newaxis] > 0, record.happened[way, kept].shape
    )
    chances = record.chances[:, way, kept].mean(axis=0)[counted]
    happened = record.happened[way, kept][counted]
    bins = np.digitize(chances, edges)
    return [
        {
            "chance": float(chances[bins == k].mean()),
            "share": float(happened[bins == k].mean()),
            "cases": int((bins == k).sum()),
        }
        for k in np.unique(bins)
    ]
