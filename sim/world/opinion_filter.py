"""One pass of a Kalman filter through panels of opinion: see `sim.world.filtering` for what it means.

The state vector holds, by state, base, swing, both a year ago and the own departure; then, by source other than the one that
sets the scale, a house effect for each state; then the offsets of these sources; last the region's mean.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from sim.axes import Array
from sim.world.panels import Panel

BASE_HALF_LIFE = 7.0  # years
SWING_HALF_LIFE = 0.5  # years; published 0.3-1
SCALE = "iseas"  # the source whose offset is 0 and slope 1
MEAN_SD, OFFSET_SD = 0.5, 0.5  # of the region's mean and of offsets, in log-odds; assumed
FLOOR = 0.1  # shares nearer than this to 0 or 1 get no more noise on the log-odds than at this


class OpinionFilter:
    """Mean and covariance of the state vector, year by year.

    Parameters
    ----------
    panels : share panels over the same states and years.
    settings : sds "base", "swing", "own" and "house", and "slope_<source>" for every source but the one of the scale.
    """

    def __init__(self, panels: Sequence[Panel], settings: Mapping[str, float]) -> None:
        self.panels, self.settings = panels, settings
        others = [panel.source for panel in panels if panel.source != SCALE]
        self.states = n = len(panels[0].states)
        self.house_at = {source: (5 + k) * n for k, source in enumerate(others)}
        self.offset_at = {source: (5 + len(others)) * n + k for k, source in enumerate(others)}
        size = (5 + len(others)) * n + len(others) + 1
        self.decay, self.drift = np.ones(size), np.zeros(size)
        for k, (name, half_life) in enumerate(
            (("base", BASE_HALF_LIFE), ("swing", SWING_HALF_LIFE))
        ):
            self.decay[k * n : (k + 1) * n] = 0.5 ** (1 / half_life)
            self.drift[k * n : (k + 1) * n] = settings[name] ** 2
        self.source_of = np.arange(size)  # where each element comes from, a year ago
        self.source_of[2 * n : 4 * n] = np.arange(2 * n)
        at_rest = self.drift[: 2 * n] / (1 - self.decay[: 2 * n] ** 2)
        fixed = [settings["own"]] * n + [settings["house"]] * (n * len(others))
        fixed += [OFFSET_SD] * len(others) + [MEAN_SD]
        self.cov = np.diag(np.concatenate([at_rest, at_rest, np.square(fixed)]))
        self.mean = np.zeros(size)
        self.read, self.read_turn = np.zeros((n, size)), np.zeros((n, size))
        for i in range(n):
            self.read[i, [i, n + i, 4 * n + i, -1]] = 1
            self.read_turn[i, [i, n + i, 2 * n + i, 3 * n + i]] = 0.5
            self.read_turn[i, [4 * n + i, -1]] = 1

    def run(self) -> tuple[Array, Array, float]:
        """Pass through the years; returns means and sds (state, year) and the log likelihood of the answers."""
        years = len(self.panels[0].years)
        means, sds, total = np.empty((self.states, years)), np.empty((self.states, years)), 0.0
        for t in range(years):
            self.predict()
            for panel in self.panels:
                for i in np.flatnonzero(panel.known()[:, t]):
                    total += self.update(panel, int(i), float(panel.values[i, t]))
            means[:, t] = self.read @ self.mean
            sds[:, t] = np.sqrt(np.einsum("is,st,it->i", self.read, self.cov, self.read))
        return means, sds, total

    def predict(self) -> None:
        """Go on by a year."""
        at, decay = self.source_of, self.decay
        self.mean = decay * self.mean[at]
        self.cov = decay[:, None] * self.cov[np.ix_(at, at)] * decay + np.diag(self.drift)

    def expect(self, panel: Panel, i: int) -> tuple[Array, float, float]:
        """Read the row of an answer, and the mean and variance expected of it on the log-odds."""
        row = (self.read_turn if panel.lead else self.read)[i].copy()
        if panel.source != SCALE:
            row *= self.settings[f"slope_{panel.source}"]
            row[[self.offset_at[panel.source], self.house_at[panel.source] + i]] = 1
        mean = float(row @ self.mean)
        share = np.clip(expit(np.array(mean)), FLOOR, 1 - FLOOR)
        noise = float(panel.noise[i] / (share * (1 - share)))
        return row, mean, float(row @ self.cov @ row) + noise**2

    def update(self, panel: Panel, i: int, answer: float) -> float:
        """Learn from one answer; returns its log density."""
        row, mean, variance = self.expect(panel, i)
        surprise = float(logit(np.array(answer))) - mean
        gain = self.cov @ row / variance
        self.mean = self.mean + gain * surprise
        self.cov = self.cov - np.outer(gain, gain) * variance
        return float(-0.5 * (np.log(2 * np.pi * variance) + surprise**2 / variance))


def expit(value: Array) -> Array:
    """Log-odds to share."""
    return 1 / (1 + np.exp(-value))


def logit(share: Array) -> Array:
    """Share to log-odds, shares of nought and one moved in by a hundredth."""
    inside = np.clip(share, 0.01, 0.99)
    return np.log(inside / (1 - inside))
