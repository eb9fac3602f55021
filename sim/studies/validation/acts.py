"""Are steps up and down predicted better than by rates? Log scores of dated acts, one year ahead.

Each year is predicted from the record of the years before (`sim.ensemble.fitting.predict`) by weights that knew nothing later
than their own cut-off. A pair-year is a state, a partner and a year: a net step up, a net step down, or neither. Rates are
counted over the same pair-years; every forecaster's chances sum to one.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from sim.axes import Array
from sim.config import Settings
from sim.ensemble.fitting.predict import acts_predictions
from sim.studies.validation.baselines import smoothed_rates
from sim.studies.validation.scores import log_score, mean_difference
from sim.studies.validation.weights import Weights

FIRST, CUT, LAST = 2001, 2015, 2023
WAYS = ("up", "down", "none")
STEP = {"up": 1, "down": -1, "none": 0}
STRENGTHS = (1.0, 2.0, 4.0, 8.0, 16.0, 32.0, 64.0)  # years of the base rate in a state's own
JEFFREYS = 0.5


@dataclass(frozen=True, kw_only=True)
class ActForecasts:
    """What happened, and what the model gave it.

    Parameters
    ----------
    years, states, partners : the axes.
    happened : (year, state, partner, way) 0 or 1, all 0 where steps were not recorded. chances : same shape, of the model.
    """

    years: tuple[int, ...]
    states: tuple[str, ...]
    partners: tuple[str, ...]
    happened: Array
    chances: Array

    @property
    def counted(self) -> Array:
        """1 where steps were recorded, (year, state, partner, 1)."""
        return self.happened.sum(axis=-1, keepdims=True)

    def between(self, first: int, last: int) -> ActForecasts:
        """The same for the years from `first` to `last`."""
        rows = [k for k, year in enumerate(self.years) if first <= year <= last]
        return ActForecasts(
            years=tuple(self.years[k] for k in rows),
            states=self.states,
            partners=self.partners,
            happened=self.happened[rows],
            chances=self.chances[rows],
        )

    def score(self, chances: Array) -> Array:
        """Log score of chances, (year, state, partner) in nats, blank where steps were not recorded."""
        said = (chances * self.happened).sum(axis=-1)
        known = self.counted[..., 0] > 0.0
        return np.where(known, log_score(np.where(known, said, 1.0), np.ones(known.shape)), np.nan)


def predict_acts(weights: Weights, settings: Settings) -> ActForecasts:
    """Predict every pair-year from the record of the years before it, by the same weights."""
    return _as_arrays(_predicted(weights, settings, None))


def predict_left_out(by_state: Mapping[str, Weights], settings: Settings) -> ActForecasts:
    """Predict every state by weights fitted to the others alone; as `predict_acts`.

    Parameters
    ----------
    by_state : code of the state that the weights never saw -> weights. settings : that were fitted.
    """
    return _as_arrays(
        pd.concat([_predicted(weights, settings, [code]) for code, weights in by_state.items()])
    )


def _predicted(weights: Weights, settings: Settings, states: Sequence[str] | None) -> pd.DataFrame:
    draws = pd.DataFrame(dict(weights.draws))
    return acts_predictions(draws, range(FIRST, LAST + 1), states, settings=settings)


def _as_arrays(table: pd.DataFrame) -> ActForecasts:
    axes = {name: tuple(dict.fromkeys(table[name])) for name in ("state", "partner")}
    axes["year"] = tuple(sorted(set(table["year"])))
    places = tuple(
        pd.Index(axes[name]).get_indexer(table[name]) for name in ("year", "state", "partner")
    )
    shape = tuple(len(axes[name]) for name in ("year", "state", "partner"))
    happened, chances = np.zeros((*shape, len(WAYS))), np.zeros((*shape, len(WAYS)))
    none = 1.0 - table["up"] - table["down"]
    for k, way in enumerate(WAYS):
        happened[..., k][places] = table["step"] == STEP[way]
        chances[..., k][places] = none if way == "none" else table[way]
    return ActForecasts(
        years=axes["year"],
        states=axes["state"],
        partners=axes["partner"],
        happened=happened,
        chances=chances,
    )


def base_rates(past: ActForecasts, *, without: str = "") -> Array:
    """Rate of each way and partner over all pair-years, or those of all states but one, (partner, way)."""
    kept = [k for k, state in enumerate(past.states) if state != without]
    count = past.happened[:, kept].sum(axis=(0, 1)) + JEFFREYS
    return count / count.sum(axis=-1, keepdims=True)


def own_rates(past: ActForecasts) -> Array:
    """Each state's own rates, drawn to the base rate as far as served best within these years, (state, partner, way)."""
    base, seen = base_rates(past), past.happened
    count, years = seen.sum(axis=0), past.counted.sum(axis=0)

    def lost_without_own_year(strength: float) -> float:
        rest = smoothed_rates(count - seen, years - past.counted, base, strength)
        return float(np.nansum(past.score(rest)))

    best = min(STRENGTHS, key=lost_without_own_year)
    return smoothed_rates(count, years, base, best)


def out_of_time(every: ActForecasts) -> dict[str, Array]:
    """Scores of 2016-23 by name, (year, state, partner); rates counted up to 2015."""
    past, ahead = every.between(FIRST, CUT), every.between(CUT + 1, LAST)
    return {
        "model": ahead.score(ahead.chances),
        "base rate": ahead.score(base_rates(past)),
        "own rate": ahead.score(own_rates(past)),
    }


def left_out(every: ActForecasts) -> dict[str, Array]:
    """Scores of every state by weights that never saw it, (year, state, partner).

    The base rate is that of the other states in the same years; the state's own rate, counted in the other years, is a rival that
    has seen it.
    """
    others = np.stack([base_rates(every, without=state) for state in every.states])
    own = np.stack([own_rates(_without_year(every, year)) for year in every.years])
    return {
        "model": every.score(every.chances),
        "base rate": every.score(others),
        "own rate": every.score(own),
    }


def _without_year(every: ActForecasts, year: int) -> ActForecasts:
    keep = [k for k, other in enumerate(every.years) if other != year]
    return ActForecasts(
        years=tuple(every.years[k] for k in keep),
        states=every.states,
        partners=every.partners,
        happened=every.happened[keep],
        chances=every.chances[keep],
    )


def summary(scores: Mapping[str, Array]) -> dict[str, dict[str, float]]:
    """Mean score of each forecaster a pair-year in nats, and how far the model is below it with its standard error."""
    result = {}
    for name, values in scores.items():
        gain, error = mean_difference(values.swapaxes(1, 2), scores["model"].swapaxes(1, 2))
        result[name] = {"score": float(np.nanmean(values)), "gain": gain, "error": error}
    return result


def reliability(
    forecasts: ActForecasts, *, way: str, edges: Sequence[float]
) -> list[dict[str, float]]:
    """Mean chance given and share that happened, in bins of the chance given; empty bins are left out."""
    known, k = forecasts.counted[..., 0] > 0.0, WAYS.index(way)
    chances, happened = (x[..., k][known] for x in (forecasts.chances, forecasts.happened))
    bins = np.digitize(chances, edges)
    return [
        {
            "chance": float(chances[bins == one].mean()),
            "share": float(happened[bins == one].mean()),
            "cases": int((bins == one).sum()),
        }
        for one in np.unique(bins)
    ]
