"""Likelihood of the record: for every target a prediction and an error.

* Forced choice (2020-22): log-odds, with the sampling error of the survey (binomial; sizes of 2022 stand in for 2020-21,
  which are not published by state), a swing from survey to survey (elites' samples differ by more than chance) and a lasting
  difference of each state from what its data predict. The lasting difference is integrated out, never fitted.
* Trust (2022): binomial error and an assumed swing of 0.1. The first survey by state also stands in for earlier years, so
  this target only says that trust should not drift away from it.
* Trade shares and security ties (arms supply, bonds in use, agreements): means of each window's last three years. A state
  counts once a window, not once a partner and year, for its errors go together.
* Patrol days (2019-22): their order among states whose waters are claimed, since days are minima from transponders.

Votes in the General Assembly are an input (affinity): they put all of Southeast Asia near China and are no target.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from scipy.special import log_expit, logit

from sim.axes import Array
from sim.studies.calibration.hindcast import WINDOWS, Window
from sim.studies.calibration.hindcast_runs import WindowPredictions
from sim.studies.calibration.targets import LAST_YEARS, SURVEY_YEARS, Mask, Targets

SHARPNESS = 10.0  # log-odds that an order holds, per unit of pressure (assumed)
TRUST_SWING = 0.1  # assumed
LEAST = 0.02  # shares nearer to 0 or 1 than this are moved there before taking log-odds
PAIR_WEIGHT = 0.5


@dataclass(frozen=True, kw_only=True)
class Predictions:
    """What the model predicts of the same, with a leading axis of draws.

    security_lean, economic_lean : (draw, year, state) -1 to 1. favour : (draw, year, state) trust in the
    United States less trust in China. The rest as in `Targets`.
    """

    security_lean: Array
    economic_lean: Array
    favour: Array
    trust: Array
    security: Array
    trade: Array
    patrols: Array


def predict(
    runs: Sequence[WindowPredictions], camp: Array, windows: Sequence[Window] = WINDOWS
) -> Predictions:
    """Read the predictions off the runs of the windows; camp is (1, partner)."""
    opinion = runs[-1]
    surveys = [opinion.at(year) for year in SURVEY_YEARS]
    trust = opinion.trust[:, surveys]
    spans = [slice(-LAST_YEARS, None)] * len(windows)
    return Predictions(
        security_lean=(opinion.security[:, surveys, :, :-1] * camp).sum(axis=-1),
        economic_lean=(opinion.economic[:, surveys, :, :-1] * camp).sum(axis=-1),
        favour=trust[..., 1] - trust[..., 0],
        trust=trust[:, -1],
        security=np.stack(
            [t.security[:, s].mean(axis=1) for t, s in zip(runs, spans, strict=True)], 1
        ),
        trade=np.stack(
            [t.dependence[:, s].mean(axis=1) for t, s in zip(runs, spans, strict=True)], 1
        ),
        patrols=runs[-2].pressure[:, -1, :, 0] if len(runs) > 1 else opinion.pressure[:, -1, :, 0],
    )


def log_odds(
    security_lean: Array, economic_lean: Array, favour: Array, draws: Mapping[str, Array]
) -> Array:
    """Log-odds of choosing China, (draw, year, state); the survey model of `sim.outcomes.alignment`."""
    part = _by_draw(draws["rules.observation.economic_part"])
    lean = (1.0 - part) * security_lean + part * economic_lean
    slope = _by_draw(draws["rules.observation.slope"])
    return -(slope * lean + _by_draw(draws["rules.observation.trust"]) * favour)


def _by_draw(values: Array) -> Array:
    return np.asarray(values)[:, np.newaxis, np.newaxis]


def parts(
    predicted: Predictions,
    draws: Mapping[str, Array],
    targets: Targets,
    *,
    states: Mask | None = None,
    years: Mask | None = None,
) -> dict[str, Array]:
    """Log-likelihood of each kind of target, name -> (draw,).

    Parameters
    ----------
    predicted, draws, targets : as above. states : (state,) True for those kept. years : (year,) surveys kept.
    """
    kept = np.ones(targets.choice.shape[1], bool) if states is None else states
    asked = np.ones(targets.choice.shape[0], bool) if years is None else years
    eta = log_odds(predicted.security_lean, predicted.economic_lean, predicted.favour, draws)
    return {
        "forced_choice": _choice(eta[:, asked][..., kept], draws, targets, asked, kept),
        "trust": _trust(predicted, targets, kept) if asked[-1] else np.zeros(len(eta)),
        "security": _shares(predicted.security, targets.security, draws["error.security"], kept),
        "trade": _shares(predicted.trade, targets.trade, draws["error.trade"], kept),
        "patrols": _order(predicted.patrols, targets, kept),
    }


def _choice(
    eta: Array, draws: Mapping[str, Array], targets: Targets, asked: Mask, kept: Mask
) -> Array:
    share = np.clip(targets.choice[asked][:, kept], LEAST, 1.0 - LEAST)
    sampling = 1.0 / (targets.size[asked][:, kept] * share * (1.0 - share))
    rest = logit(share) - eta
    own = _by_draw(draws["error.swing"]) ** 2 + sampling
    common = np.asarray(draws["error.persistent"])[:, np.newaxis] ** 2
    precision = (1.0 / own).sum(axis=1)
    pulled = (rest / own).sum(axis=1)
    bulk = 1.0 + common * precision
    fit = (rest**2 / own).sum(axis=1) - common * pulled**2 / bulk
    return -0.5 * (np.log(own).sum(axis=1) + np.log(bulk) + fit).sum(axis=-1)


def _trust(predicted: Predictions, targets: Targets, kept: Mask) -> Array:
    asked = list(targets.asked)
    observed = targets.trust[kept][:, asked]
    size = targets.size[-1][kept][:, np.newaxis]
    spread = observed * (1.0 - observed) / size + TRUST_SWING**2
    rest = predicted.trust[:, kept][..., asked] - observed
    return -0.5 * (rest**2 / spread).mean(axis=-1).sum(axis=-1)


def _shares(predicted: Array, observed: Array, error: Array, kept: Mask) -> Array:
    rest = predicted[:, :, kept] - observed[:, kept]
    count = rest.shape[1] * rest.shape[2]
    squares = (rest**2).mean(axis=-1).sum(axis=(1, 2))
    return -count * np.log(error) - 0.5 * squares / np.asarray(error) ** 2


def _order(predicted: Array, targets: Targets, kept: Mask) -> Array:
    who = np.flatnonzero(kept & targets.staked)
    total = np.zeros(len(predicted))
    for index, state in enumerate(who):
        for other in who[index + 1 :]:
            sign = np.sign(targets.patrols[state] - targets.patrols[other])
            gap = predicted[:, state] - predicted[:, other]
            total += PAIR_WEIGHT * np.abs(sign) * log_expit(SHARPNESS * sign * gap)
    return total
