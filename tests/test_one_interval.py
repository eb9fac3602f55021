"""The same runs give the same interval, through whichever door they are looked at."""

from __future__ import annotations

from collections.abc import Callable
from types import SimpleNamespace

import numpy as np
import pandas as pd
import pytest
import xarray as xr
from scipy import stats

from sim.axes import RUN, STATE, YEAR
from sim.dashboard.differences import gap
from sim.ensemble.summary import POINT, REPLICATE
from sim.notebook import tables
from sim.outcomes import headline
from sim.plots import story
from sim.statistics import mean_interval, paired_difference, paired_summary, summary
from sim.studies.allocation.compare import ratio
from sim.studies.claims.decide import Part, measure
from sim.studies.difference import compare
from sim.studies.levers import analysis as levers
from sim.studies.sweep.figures import effects, swept

POLICY = np.array([50.31, 49.87, 51.02])
BASELINE = np.array([50.20, 49.79, 50.88])
GAP = POLICY - BASELINE
Ends = tuple[float, float]


def _history(runs: np.ndarray) -> xr.Dataset:
    values = xr.DataArray(runs[:, np.newaxis, np.newaxis], dims=(RUN, YEAR, STATE))
    coords = {YEAR: [2040], STATE: ["PHL"], "state_name": (STATE, ["Philippines"])}
    return xr.Dataset({"alignment": values}).assign_coords(coords)


def _swept(*points: np.ndarray) -> xr.Dataset:
    runs = xr.DataArray(np.array(points)[..., np.newaxis], dims=(POINT, REPLICATE, STATE))
    return xr.Dataset({"alignment": runs, "x": (POINT, [0.0, 1.0]), "y": (POINT, [0.0, 0.0])})


def _table() -> Ends:
    row = tables.paired(_history(POLICY), _history(BASELINE)).iloc[0]
    return row["from"], row["to"]


def _story() -> Ends:
    mean, half = story.paired(xr.DataArray(POLICY, dims=RUN), xr.DataArray(BASELINE, dims=RUN))
    return mean - half, mean + half


def _phase() -> Ends:
    mean, half = effects.difference(_swept(BASELINE, POLICY), "alignment", ("x", "y"))
    return mean[1] - half[1], mean[1] + half[1]


def _along_a_lever() -> Ends:
    values = xr.DataArray(GAP[np.newaxis, :, np.newaxis], dims=(POINT, REPLICATE, STATE))
    levels = swept._levels(
        values.assign_coords({STATE: ["PHL"]}), pd.DataFrame({"x": [1.0]}), "x", []
    )
    return levels["low"].item(), levels["high"].item()


def _lever() -> Ends:
    effect = levers._effect("alignment", 2, GAP)
    return effect.change - effect.half, effect.change + effect.half


def _claim() -> Ends:
    effect = measure(Part(name="x", unit="", expect="rise", smallest=1.0), GAP)
    return effect.low, effect.high


def _dashboard() -> Ends:
    sides = [
        SimpleNamespace(
            years=(2040,), of=lambda *_, v=v: v[np.newaxis], at=lambda *_: np.array([1.0, 2.0, 3.0])
        )
        for v in (POLICY, BASELINE)
    ]
    found = gap(*sides, "alignment", "PHL", 2040)
    return found.mean - found.half, found.mean + found.half


def _headline() -> Ends:
    text = headline._gain(_history(POLICY), _history(BASELINE), "alignment", 0.0)
    low, high = text.split("95 % ")[1].rstrip(")").split(" to ")
    return float(low), float(high)


def _exchange() -> Ends:
    rate, half = ratio(GAP, np.ones(3))
    return rate - half, rate + half


def _paired() -> Ends:
    found = paired_difference(POLICY, BASELINE)
    return found.low, found.high


def _paired_table() -> Ends:
    found = paired_summary(POLICY, BASELINE)
    return float(found["low95"]), float(found["high95"])


def _differences() -> Ends:
    found = compare._of_region("alignment", {"alignment": POLICY}, {"alignment": BASELINE})
    return found["low95"].item(), found["high95"].item()


def _one_sample() -> Ends:
    found = summary(GAP)
    return float(found["low95"]), float(found["high95"])


def _plain() -> Ends:
    mean, half = mean_interval(GAP)
    return float(mean - half), float(mean + half)


DOORS = (
    *(_table, _story, _phase, _along_a_lever, _lever, _claim, _dashboard, _headline, _exchange),
    *(_paired, _paired_table, _one_sample, _differences, _plain),
)


@pytest.mark.parametrize("door", DOORS, ids=lambda door: door.__name__.strip("_"))
def test_the_same_three_runs_give_the_same_interval(door: Callable[[], Ends]) -> None:
    """Student's, with two degrees of freedom: as SciPy works it out."""
    expected = stats.ttest_rel(POLICY, BASELINE).confidence_interval(0.95)
    assert door() == pytest.approx(
        (expected.low, expected.high), rel=1e-9, abs=0.006 if door is _headline else 0.0
    )
