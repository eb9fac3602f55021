"""Likelihood of the dated acts: for every pair and year a step up, a step down, or neither.

The chances are the model's own hazards. Each partner's courtship, which drifts and reaches all states alike, is integrated out:
its walk is put on a grid (Rouwenhorst's, which keeps the walk's variance and persistence) and filtered year by year.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import xarray as xr
from numpy.typing import NDArray

from sim.axes import Array
from sim.engines.forced import Responses

FROM = {
    "CHN": 2001,
    "USA": 2001,
    "JPN": 2006,
}  # the first year counted; earlier zeros are no evidence
GRID = 7
FAINT = 1e-6  # odds below which a recorded step counts as an error of coding


@dataclass(frozen=True, kw_only=True)
class ActsRecord:
    """What was observed, (year, state, partner) each: a net step up, a net step down, and whether it counts."""

    years: tuple[int, ...]
    up: NDArray[np.bool_]
    down: NDArray[np.bool_]
    counts: NDArray[np.bool_]


def read_acts(
    observed: xr.Dataset, years: Sequence[int], *, states: Sequence[str], partners: Sequence[str]
) -> ActsRecord:
    """Read net steps off the record for the states that count."""
    steps = observed["steps"].transpose("year", "state", "partner").sel(year=list(years)).values
    first = np.array([FROM.get(code, 2001) for code in partners])
    counts = (np.asarray(years)[:, None, None] >= first) & np.isin(
        observed["state"].values, list(states)
    )[:, None]
    return ActsRecord(years=tuple(years), up=steps > 0, down=steps < 0, counts=counts)


def grid(keep: float, drift: Array) -> tuple[Array, Array, Array]:
    """A walk ``c' = keep c + drift e`` on a grid: points (run, point), chances to move (point, point), and to start."""
    odds = (1.0 + keep) / 2.0
    move = np.array([[odds, 1.0 - odds], [1.0 - odds, odds]])
    for size in range(3, GRID + 1):
        wider = np.zeros((size, size))
        wider[:-1, :-1] += odds * move
        wider[:-1, 1:] += (1.0 - odds) * move
        wider[1:, :-1] += (1.0 - odds) * move
        wider[1:, 1:] += odds * move
        wider[1:-1] /= 2.0
        move = wider
    start = np.linalg.matrix_power(move, 512)[0]
    reach = np.asarray(drift) / np.sqrt(1.0 - keep**2) * np.sqrt(GRID - 1.0)
    return reach[:, np.newaxis] * np.linspace(-1.0, 1.0, GRID), move, start


def acts_log_likelihood(
    responses: Responses, record: ActsRecord, *, keep: float, drift: Array
) -> Array:
    """Log likelihood of the acts of all counted pairs, (run,)."""
    return _filter(responses, record, keep=keep, drift=drift)[0]


def acts_predictive(
    responses: Responses, record: ActsRecord, *, keep: float, drift: Array
) -> Mapping[str, Array]:
    """Chance of a step up and of one down, given the acts of earlier years, (year, run, state, partner) each."""
    return _filter(responses, record, keep=keep, drift=drift)[1]


def _filter(
    responses: Responses, record: ActsRecord, *, keep: float, drift: Array
) -> tuple[Array, Mapping[str, Array]]:
    points, move, start = grid(keep, drift)
    runs, partners = responses.up.shape[1], responses.up.shape[-1]
    weight = np.broadcast_to(start, (runs, partners, GRID))
    tilt = np.exp(points)[:, np.newaxis, np.newaxis, :]
    rest = 1.0 - responses.up - responses.down
    rise, fall = responses.up / rest, responses.down / rest
    total = np.zeros(runs)
    ahead: dict[str, list[Array]] = {"up": [], "down": []}
    for t in range(len(record.years)):
        bulk = 1.0 / (1.0 + rise[t][..., np.newaxis] * tilt + fall[t][..., np.newaxis])
        drawn = weight[:, np.newaxis]
        ahead["up"].append((rise[t][..., np.newaxis] * tilt * bulk * drawn).sum(axis=-1))
        ahead["down"].append((fall[t][..., np.newaxis] * bulk * drawn).sum(axis=-1))
        up, down = record.counts[t] & record.up[t], record.counts[t] & record.down[t]
        logs = np.where(record.counts[t][..., np.newaxis], np.log(bulk), 0.0).sum(axis=1)
        logs += up.sum(axis=0)[:, np.newaxis] * points[:, np.newaxis, :]
        logs += np.where(up, np.log(np.maximum(rise[t], FAINT)), 0.0).sum(axis=1)[..., np.newaxis]
        logs += np.where(down, np.log(np.maximum(fall[t], FAINT)), 0.0).sum(axis=1)[..., np.newaxis]
        most = logs.max(axis=-1, keepdims=True)
        joint = weight * np.exp(logs - most)
        mass = joint.sum(axis=-1, keepdims=True)
        total += (np.log(mass) + most)[..., 0].sum(axis=-1)
        weight = (joint / mass) @ move
    return total, {name: np.stack(rows) for name, rows in ahead.items()}
