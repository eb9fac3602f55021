"""Points that differ in anything that points may differ in tell side by side what each tells alone in Mesa."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from benchmarks.parity import assert_same, in_mesa, side_by_side
from sim.axes import RUN
from sim.config import build
from sim.config.settings import EVENT_SIZES
from sim.config.theories import ALIGNMENTS
from sim.engines.context import build_context
from sim.engines.ensemble import run_lean
from sim.engines.variables import FOR_OUTCOMES

YEARS = {"first": 2024, "last": 2027}
EVENTS = [
    {"events": [{"year": 2025, "kind": kind, "size": 0.4 * size, "partner": "CHN"}]}
    for kind, size in EVENT_SIZES.items()
]
INDIA = {"partners": ["CHN", "USA", "JPN", "IND"]}
DIFFERING: dict[str, list[dict[str, Any]]] = {
    "hindcast": [
        {"years": {"first": 2003, "last": 2007}},
        {"years": {"first": 2003, "last": 2007}, "policy": {"japan": {"osa_budget": 9.0}}},
    ],
    "past and future": [{"years": {"first": 2021, "last": 2025}}],
    "rivalry": [{"scenario": {"rivalry": level}} for level in (0.2, 0.9)],
    "events": [{}, *({"scenario": scenario} for scenario in EVENTS)],
    "rules": [
        {"rules": {"courtship": {"sharpening": 2.0}, "acts": {"up_china": -1.0}}},
        {},
        {"rules": {"opinion": {"swing": 0.9}, "stance": {"persistence": 0.8}}},
    ],
    "starts": [{"start": "observed"}, {"start": "assimilated"}],
    "theories": [{"rules": {"theory": {"alignment": one}}} for one in ALIGNMENTS],
    "a fourth power": [
        {**INDIA, "policy": {"others": {"IND": {"presence": 0.3, "security_aid": aid}}}}
        for aid in (0.1, 0.9)
    ],
    "other states": [{"world": "asean11"}],
}


@pytest.mark.parametrize("named", DIFFERING)
def test_points_side_by_side_are_each_alone(named: str) -> None:
    """Every variable and every term of the year, at a relative 1e-12."""
    points = [build({"years": YEARS, **given}) for given in DIFFERING[named]]
    together = side_by_side(points, first=3, replicates=1)
    for place, point in enumerate(points):
        assert_same(in_mesa(point, 3), together.isel({RUN: place}, drop=True))


def test_the_compiled_year_tells_the_same_of_years_on_record_and_after() -> None:
    """With every kind of event and with rules that differ by point; to rounding."""
    pytest.importorskip("jax")
    years = {"first": 2022, "last": 2026}
    points = [
        build({"years": years, **given})
        for name in ("events", "rules")
        for given in DIFFERING[name]
    ]
    stage = build_context(points[0])
    plain, compiled = (
        run_lean(stage, points, first=5, replicates=3, compiled=fast) for fast in (False, True)
    )
    for name in FOR_OUTCOMES:
        np.testing.assert_allclose(
            compiled[name].values, plain[name].values, rtol=1e-12, atol=1e-13, err_msg=name
        )


def test_runs_that_start_as_observed_start_from_one_point() -> None:
    """What is drawn in the first year apart, they differ in nothing; drawn starts differ in stance and trust."""
    shut, drawn = (
        run_lean(build_context(point), [point], replicates=5, keep=("stance", "trust"))
        for point in (
            build({"years": {"last": 2024}, "start": start, "rules": _calm()})
            for start in ("observed", "assimilated")
        )
    )
    for name in ("stance", "trust"):
        assert shut[name].std("run").max() < 1e-12
        assert drawn[name].std("run").min() > 0.0


def _calm() -> dict[str, Any]:
    """Nothing drawn in the year itself that would reach stance and trust."""
    return {
        "opinion": {"noise": 0.0},
        "leadership": {"realigned": 0.0, "ordinary": 0.0},
        "rivalry": {"noise": 0.0},
    }
