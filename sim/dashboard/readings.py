"""What is read off an ensemble: a few measures of the region and each state by year, in plain arrays."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import xarray as xr
from numpy.typing import NDArray

from sim.axes import DOMAINS, OPTION, RUN, STATE, YEAR
from sim.figures import triangle
from sim.figures.tiles import NAMES

Single = NDArray[np.float32]


@dataclass(frozen=True, kw_only=True)
class Measure:
    """One outcome: what the page calls it, its unit, its two ends in words, and how the region's is made of its states'."""

    title: str
    unit: str
    low: str
    high: str
    region: str = "mean"
    digits: int = 2

    @property
    def axis(self) -> str:
        """What its axis says."""
        return f"{self.title.lower()}, {self.unit}"


MEASURES = {
    "alignment": Measure(
        title="Alignment", unit="points", low="China", high="United States", digits=1
    ),
    "hedging": Measure(title="Hedging", unit="index 0 to 1", low="one side", high="hedges"),
    "forced_choice": Measure(
        title="Would choose China",
        unit="share of elites",
        low="United States",
        high="China",
    ),
    "capacity": Measure(
        title="Capacity at sea",
        unit="of need",
        low="none",
        high="polices its waters",
    ),
    "pressure": Measure(title="Pressure at sea", unit="index 0 to 1", low="none", high="full"),
    "autonomy": Measure(title="Autonomy", unit="index 0 to 1", low="little room", high="much room"),
    "incidents": Measure(
        title="Incidents at sea",
        unit="a year",
        low="none",
        high="more",
        region="sum",
        digits=1,
    ),
}


@dataclass(frozen=True, kw_only=True)
class Piece:
    """Some runs of an ensemble, simulated years only.

    levels : measure -> (run, year, place), place the states and then the region. postures : runs by
    code, (code, year, state). ties : summed over runs, domain -> (year, state, option).
    """

    levels: dict[str, Single]
    postures: NDArray[np.int64]
    ties: dict[str, NDArray[np.float64]]


def piece(history: xr.Dataset, outcomes: xr.Dataset) -> Piece:
    """Read some runs off their history and outcomes, both with a run dimension."""
    codes = outcomes["posture"].transpose(RUN, YEAR, STATE).values
    return Piece(
        levels={name: places(outcomes[name], name) for name in MEASURES},
        postures=np.stack([(codes == code).sum(axis=0) for code in range(len(NAMES))]),
        ties={
            domain: history[f"{domain}_tie"].transpose(RUN, YEAR, STATE, OPTION).values.sum(axis=0)
            for domain in DOMAINS
        },
    )


def places(values: xr.DataArray, name: str) -> Single:
    """One measure as (..., year, place): the states, then the region made of them."""
    dims = [dim for dim in (RUN, YEAR, STATE) if dim in values.dims]
    states = values.transpose(*dims).values.astype(np.float32)
    whole = states.sum(axis=-1) if MEASURES[name].region == "sum" else states.mean(axis=-1)
    return np.concatenate([states, whole[..., np.newaxis]], axis=-1)


@dataclass(frozen=True, kw_only=True)
class Past:
    """What was observed up to the start: years, levels (year, place), postures (year, state), ties."""

    years: tuple[int, ...]
    levels: dict[str, Single]
    postures: NDArray[np.int64]
    ties: xr.Dataset


@dataclass(frozen=True, kw_only=True)
class Reading:
    """An ensemble as the charts want it: simulated years, with the observed past kept beside them."""

    states: tuple[str, ...]
    names: dict[str, str]
    years: tuple[int, ...]
    seed: int
    band: tuple[float, float]
    past: Past
    levels: dict[str, Single]
    postures: NDArray[np.int64]
    ties: dict[str, NDArray[np.float64]]

    @property
    def runs(self) -> int:
        """How many runs."""
        return len(self.levels["alignment"])

    @property
    def start(self) -> int:
        """The year the projection starts from."""
        return self.years[0] - 1

    def place(self, name: str) -> int:
        """Where a state, or the region, stands along the axis of places."""
        return self.states.index(name) if name in self.states else len(self.states)

    def of(self, measure: str, place: str) -> Single:
        """One measure at one place, (run, year)."""
        return self.levels[measure][..., self.place(place)]

    def at(self, measure: str, year: int) -> Single:
        """The middle run's value of every place in one year, (place,); the observed one before the first."""
        if year >= self.years[0]:
            return np.median(self.levels[measure][:, self.years.index(year)], axis=0)  # type: ignore[no-any-return]
        return self.past.levels[measure][self.past.years.index(year)]

    def posture(self, year: int) -> NDArray[np.int64]:
        """The posture most runs take in one year, (state,), -1 where unknown."""
        if year < self.years[0]:
            return self.past.postures[self.past.years.index(year)]
        counts = self.postures[:, self.years.index(year)]
        return np.where(counts.max(axis=0) > 0, counts.argmax(axis=0), -1)

    @cached_property
    def shares(self) -> NDArray[np.float64]:
        """Ties shared out among Japan, China and the United States, (year, state, corner), from the start year on."""
        mean = xr.Dataset(
            {f"{d}_tie": ((YEAR, STATE, OPTION), t / self.runs) for d, t in self.ties.items()},
            {OPTION: self.past.ties[OPTION], STATE: list(self.states), YEAR: list(self.years)},
        )
        whole = xr.concat([self.past.ties.sel({YEAR: [self.start]}), mean], YEAR)
        return np.asarray(triangle.shares(whole).values)


def join(pieces: Sequence[Piece]) -> Piece:
    """Put the runs of pieces together, in the order given."""
    first = pieces[0]
    return Piece(
        levels={name: np.concatenate([p.levels[name] for p in pieces]) for name in first.levels},
        postures=np.sum([p.postures for p in pieces], axis=0),
        ties={name: np.sum([p.ties[name] for p in pieces], axis=0) for name in first.ties},
    )
