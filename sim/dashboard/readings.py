"""What is read off an ensemble: a few measures of the region and each state by year, in plain arrays."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sim.axes import DOMAINS
from sim.dashboard.measures import MEASURES
from sim.plots.ternary import CORNERS
from sim.plots.tiles import NAMES

Single = NDArray[np.float32]
Ties = Mapping[str, NDArray[np.float64]]


@dataclass(frozen=True, kw_only=True)
class Piece:
    """Some runs of an ensemble, simulated years only.

    levels : measure -> (place, year, run), place the states and then the region. postures : runs by
    code, (code, year, state). ties : summed over runs, domain -> (year, state, option).
    """

    levels: dict[str, Single]
    postures: NDArray[np.int64]
    ties: Ties


def partial_reading(seen: Mapping[str, NDArray[Any]]) -> Piece:
    """Read some runs off what was seen of each year: name -> (year, option or 1, state, run)."""
    codes = seen["posture"][:, 0]
    return Piece(
        levels={name: places(seen[name][:, 0].swapaxes(0, 1), name) for name in MEASURES},
        postures=np.stack([(codes == code).sum(axis=-1) for code in range(len(NAMES))]),
        ties={domain: seen[f"{domain}_tie"].sum(axis=-1).transpose(0, 2, 1) for domain in DOMAINS},
    )


def places(states: NDArray[Any], name: str) -> Single:
    """One measure as (place, ...): the states, (state, ...), then the region made of them."""
    whole = states.sum(axis=0) if MEASURES[name].over_states == "sum" else states.mean(axis=0)
    return np.concatenate([states, whole[np.newaxis]], dtype=np.float32)


def join(pieces: Sequence[Piece]) -> Piece:
    """Put the runs of pieces together, in the order given."""
    first = pieces[0]
    return Piece(
        levels={
            name: np.concatenate([p.levels[name] for p in pieces], axis=-1) for name in first.levels
        },
        postures=np.sum([p.postures for p in pieces], axis=0),
        ties={name: np.sum([p.ties[name] for p in pieces], axis=0) for name in first.ties},
    )


@dataclass(frozen=True, kw_only=True)
class Past:
    """What was observed up to the start: years, levels (place, year), postures (year, state), ties (year, state, option)."""

    years: tuple[int, ...]
    levels: dict[str, Single]
    postures: NDArray[np.int64]
    ties: Ties


@dataclass(frozen=True, kw_only=True)
class Scene:
    """What no run changes: the states, their names, the partners, the hedging band, the observed past."""

    states: tuple[str, ...]
    names: dict[str, str]
    partners: tuple[str, ...]
    band: tuple[float, float]
    past: Past


@dataclass(frozen=True, kw_only=True)
class Reading(Scene, Piece):
    """An ensemble as the charts want it: simulated years, with the observed past kept beside them."""

    years: tuple[int, ...]
    seed: int

    @property
    def runs(self) -> int:
        """How many runs."""
        return self.levels["alignment"].shape[-1]

    @property
    def start(self) -> int:
        """The year the projection starts from."""
        return self.years[0] - 1

    def place(self, name: str) -> int:
        """Where a state, or the region, stands along the axis of places."""
        return self.states.index(name) if name in self.states else len(self.states)

    def of(self, measure: str, place: str) -> Single:
        """One measure at one place, (year, run)."""
        return self.levels[measure][self.place(place)]

    def at(self, measure: str, year: int) -> Single:
        """The middle run's value of every place in one year, (place,); the observed one before the first."""
        if year >= self.years[0]:
            return np.median(self.levels[measure][:, self.years.index(year)], axis=-1)  # type: ignore[no-any-return]
        return self.past.levels[measure][:, self.past.years.index(year)]

    def posture(self, year: int) -> NDArray[np.int64]:
        """The posture most runs take in one year, (state,), -1 where unknown."""
        if year < self.years[0]:
            return self.past.postures[self.past.years.index(year)]
        counts = self.postures[:, self.years.index(year)]
        return np.where(counts.max(axis=0) > 0, counts.argmax(axis=0), -1)

    @cached_property
    def shares(self) -> NDArray[np.float64]:
        """Ties shared out among Japan, China and the United States, (year, state, corner), from the start year on."""
        corners = [self.partners.index(code) for code in CORNERS]
        before = self.past.years.index(self.start)
        whole = sum(
            np.concatenate([self.past.ties[name][[before]], self.ties[name] / self.runs])
            for name in DOMAINS
        )
        chosen = np.asarray(whole)[..., corners]
        total = chosen.sum(axis=-1, keepdims=True)
        return chosen / np.where(total > 0, total, np.nan)
