"""Made-up histories and outcomes, random walks of the right shape, for drawing without a model."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest
import xarray as xr

from sim.plots import style

ASEAN = ("BRN", "KHM", "IDN", "LAO", "MYS", "MMR", "PHL", "SGP", "THA", "VNM")
ALL = (*ASEAN, "TLS", "BGD", "FJI", "PNG", "MNG", "DJI")
CLAIMANTS = {"BRN", "MYS", "PHL", "VNM"}
LANES = ("malacca", "south_china_sea", "luzon", "lombok_makassar", "sunda")
Pair = tuple[xr.Dataset, xr.Dataset]


class Walks:
    """Random walks over the years; observed years are the same in all runs."""

    def __init__(self, seed: int, years: np.ndarray, observed: np.ndarray, runs: int) -> None:
        self.lots, self.years, self.observed, self.runs = (
            np.random.default_rng(seed),
            years,
            observed,
            runs,
        )

    def walk(self, low: float, high: float, *shape: int) -> np.ndarray:
        """(run, year, *shape) between low and high; no run axis where runs is 0."""
        size = (max(self.runs, 1), len(self.years), *shape)
        start = self.lots.uniform(-0.8, 0.8, size=(1, 1, *shape))
        steps = 0.12 * self.lots.normal(size=size)
        steps[:, self.observed] = steps[:1, self.observed]
        value = low + (high - low) / (1.0 + np.exp(-(start + steps.cumsum(axis=1))))
        return value if self.runs else value[0]

    def coin(self, *shape: int) -> np.ndarray:
        """(run, year, *shape) 1 in a quarter of all places, else 0."""
        size = (max(self.runs, 1), len(self.years), *shape)
        value = (self.lots.uniform(size=size) < 0.25).astype(float)
        return value if self.runs else value[0]


def synthetic(
    states: tuple[str, ...] = ASEAN,
    *,
    runs: int = 0,
    first: int = 2000,
    last: int = 2040,
    partners: tuple[str, ...] = ("CHN", "USA", "JPN"),
    seed: int = 5,
    osa: float = 8.0,
) -> Pair:
    """History and outcomes as random walks; observed to 2023; `osa` JPY bn a year from 2024."""
    years = np.arange(first, last + 1)
    walks = Walks(seed, years, years <= 2023, runs)
    lead = ("run",) if runs else ()
    coords = {
        "year": years,
        "state": list(states),
        "partner": list(partners),
        "option": [*partners, "self"],
        "lane": list(LANES),
    }
    if runs:
        coords["run"] = np.arange(runs)
    attrs = {"version": "0.1.0", "seed": 20231216}
    history = xr.Dataset(_history(walks, lead, states, len(partners) + 1), coords, attrs)
    band = {**attrs, "band_low": 45.0, "band_high": 55.0}
    return history, xr.Dataset(_outcomes(walks, lead, states, osa), coords, band)


def _history(walks: Walks, lead: tuple[str, ...], states: tuple[str, ...], options: int) -> dict:
    n, years = len(states), walks.years
    asked = np.isin(years, range(2020, 2024))[:, None] & np.array([s in ASEAN for s in states])
    survey = np.where(asked, walks.lots.uniform(0.2, 0.8, (len(years), n)), np.nan)
    size = np.where(asked & (years >= 2021)[:, None], 120.0, np.nan)
    return {
        **{
            name: ((*lead, "year", "state", "option"), _simplex(walks.walk(0.1, 0.9, n, options)))
            for name in ("security_tie", "economic_tie")
        },
        "steps": (
            (*lead, "year", "state", "partner"),
            np.round(walks.walk(-2.4, 2.4, n, options - 1)) * walks.coin(n, options - 1),
        ),
        "claimant": ("state", np.array([float(s in CLAIMANTS) for s in states])),
        "simulated": ("year", (years > 2023).astype("int8")),
        "forced_choice_observed": (("year", "state"), survey),
        "survey_size": (("year", "state"), size),
    }


def _simplex(values: np.ndarray) -> np.ndarray:
    return values / values.sum(axis=-1, keepdims=True)


def _outcomes(walks: Walks, lead: tuple[str, ...], states: tuple[str, ...], osa: float) -> dict:
    n, years, of_state, of_year = (
        len(states),
        walks.years,
        (*lead, "year", "state"),
        (*lead, "year"),
    )
    alignment = walks.walk(10, 90, n)
    pressure = walks.walk(0, 0.9, n)
    pressure[..., years < 2019, :] = np.nan
    codes = np.digitize(-alignment, [-75, -60, -45, -35, -20]).astype("int8")
    spent = np.broadcast_to(np.where(years > 2023, osa, 0.0), alignment.shape[:-1])
    return {
        "alignment": (of_state, alignment),
        "alignment_posture": (of_state, np.clip(alignment + walks.walk(-15, 15, n), 0, 100)),
        "alignment_structural": (of_state, np.clip(alignment + walks.walk(-9, 9, n), 0, 100)),
        "forced_choice": (of_state, 1 - alignment / 100),
        "posture": (of_state, codes),
        "autonomy": (of_state, walks.walk(0.2, 0.8, n)),
        "pressure": (of_state, pressure),
        "incidents": (of_state, np.floor(walks.walk(0, 12, n))),
        **{
            name: (of_year, walks.walk(20, 90))
            for name in ("deterrence", "sea_lanes", "soft_power")
        },
        **{name: (of_year, walks.walk(0.1, 0.9)) for name in ("cohesion", "collective_resolve")},
        "osa_spent": (of_year, spent),
        "lane_security": ((*lead, "year", "lane"), walks.walk(0.2, 0.95, len(LANES))),
    }


def without(
    outcomes: xr.Dataset, *, size: float = 0.06, seed: int = 1, osa: float = 0.0
) -> xr.Dataset:
    """A paired baseline: the same past, a growing difference after 2023, `osa` JPY bn a year."""
    lots, after = np.random.default_rng(seed), (outcomes["year"] - 2023).clip(min=0)
    base = outcomes.copy(deep=True)
    for name in sorted(set(outcomes) - {"posture", "osa_spent"}):
        values = outcomes[name]
        own = [dim for dim in values.dims if dim not in ("run", "year")]
        push = xr.DataArray(size * lots.normal(size=[values.sizes[dim] for dim in own]), dims=own)
        base[name] = (values * (1 + push * after / 17)).transpose(*values.dims)
    base["osa_spent"] = outcomes["osa_spent"] * 0 + osa * (after > 0)
    return base


@pytest.fixture(autouse=True)
def coarse(monkeypatch: pytest.MonkeyPatch) -> None:
    """Coarse pixels are enough to test with."""
    monkeypatch.setitem(style.SETTINGS, "savefig.dpi", 40)


@pytest.fixture
def make() -> Callable[..., Pair]:
    """The maker of synthetic histories."""
    return synthetic
