"""The ensemble: blocks and neighbours change nothing, runs lie side by side, and only what is asked for is kept."""

from __future__ import annotations

import importlib.util

import numpy as np
import pytest
import xarray as xr
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from sim.axes import RUN
from sim.config import Settings, build
from sim.config.levers import ALLOCATIONS
from sim.config.theories import ALIGNMENTS
from sim.engines.context import build_context
from sim.engines.ensemble import run_block, run_lean, simulate
from sim.engines.points import stage_key
from sim.engines.variables import FOR_OUTCOMES
from sim.errors import UserError

YEARS = {"first": 2024, "last": 2026}
BASE = build({"years": YEARS})
STAGE = build_context(BASE)


def _point(budget: float = 2.0, pressure: float = 0.6, rule: str = "historical") -> Settings:
    japan = {"osa_budget": budget, "allocation": rule}
    policy = {"japan": japan, "china": {"gray_zone": pressure}}
    return build({"years": YEARS, "policy": policy})


def _custom(shares: dict[str, float]) -> Settings:
    japan = {"allocation": "custom", "custom": shares}
    return build({"years": YEARS, "policy": {"japan": japan}})


def _same(one: xr.Dataset, other: xr.Dataset) -> None:
    for name in FOR_OUTCOMES:
        np.testing.assert_array_equal(one[name].values, other[name].values, err_msg=name)


@hypothesis_settings(max_examples=15)
@given(first=st.integers(0, 10**9), size=st.integers(1, 9))
def test_a_run_is_itself_in_any_block(first: int, size: int) -> None:
    """Its number decides, not where its block begins or ends."""
    whole = run_lean(STAGE, [BASE], first=first, replicates=9)
    part = run_lean(STAGE, [BASE], first=first, replicates=size)
    rest = run_lean(STAGE, [BASE], first=first + size, replicates=1)
    _same(part, whole.isel({RUN: slice(0, size)}))
    if size < 9:
        _same(rest, whole.isel({RUN: slice(size, size + 1)}))


@hypothesis_settings(max_examples=15)
@given(
    budget=st.floats(0.0, 200.0),
    pressure=st.floats(0.0, 1.0),
    rule=st.sampled_from(ALLOCATIONS),
)
def test_a_point_is_itself_beside_any_other(budget: float, pressure: float, rule: str) -> None:
    """Points with different levers, side by side, equal each alone."""
    point = _point(budget, pressure, rule)
    both = run_lean(STAGE, [BASE, point, BASE], replicates=2)
    _same(run_lean(STAGE, [point], replicates=2), both.isel({RUN: slice(2, 4)}))
    _same(both.isel({RUN: slice(0, 2)}), both.isel({RUN: slice(4, 6)}))


def test_shares_written_out_may_differ_by_run() -> None:
    """Each point gives by its own custom shares, beside others as alone."""
    one, other = (_custom({"MYS": 1.0}), _custom({"PHL": 3.0, "IDN": 1.0}))
    both = run_lean(STAGE, [one, BASE, other], replicates=3)
    _same(run_lean(STAGE, [one], replicates=3), both.isel({RUN: slice(0, 3)}))
    _same(run_lean(STAGE, [other], replicates=3), both.isel({RUN: slice(6, 9)}))
    assert (both["capacity"].values[:3] != both["capacity"].values[6:]).any()


def test_a_rule_may_differ_by_run() -> None:
    """Weights of the rules, too, not only levers."""
    timid = build({"years": YEARS, "rules": {"stance": {"protection": 9.0}}})
    both = run_lean(STAGE, [BASE, timid], replicates=3)
    _same(run_lean(STAGE, [timid], replicates=3), both.isel({RUN: slice(3, 6)}))
    first, second = both["stance"].values[:3], both["stance"].values[3:]
    assert (first != second).any()


def test_runs_lie_side_by_side_in_memory() -> None:
    """The first stride of whatever differs by run is one number long, all through the year."""
    for record in run_block(STAGE, [BASE], replicates=7):
        passed = record.passed
        for group in (passed.memory, passed.offers, passed.at_sea):
            for name, values in vars(group).items():
                assert values.shape[0] in (1, 7), name
                assert values.strides[0] in (0, values.itemsize), name


def test_a_lean_history_keeps_what_was_asked_for() -> None:
    """And the whole one the same numbers."""
    settings = build({"years": YEARS, "runs": 3})
    whole = simulate(settings).sel(year=slice(YEARS["first"], None))
    lean = run_lean(STAGE, [settings], replicates=3, keep=("trust", "rivalry"))
    assert {"trust", "rivalry"} <= set(lean.data_vars)
    assert "capacity" not in lean
    for name in ("trust", "rivalry"):
        np.testing.assert_array_equal(
            lean[name].values, whole[name].transpose(*lean[name].dims).values
        )


def test_runs_are_numbered_on_from_the_first() -> None:
    """So that a run can be found again."""
    assert run_lean(STAGE, [BASE], first=40, replicates=2)[RUN].values.tolist() == [40, 41]


def test_the_compiled_year_is_the_same_year() -> None:
    """Where JAX is installed, to rounding; where not, it says what is missing."""
    points = [BASE, _point(30.0, 1.0, "need")]
    if importlib.util.find_spec("jax") is None:
        with pytest.raises(UserError, match="jax is not installed"):
            run_lean(STAGE, points, compiled=True)
        return
    compiled = run_lean(STAGE, points, first=3, replicates=70, compiled=True)
    plain = run_lean(STAGE, points, first=3, replicates=70)
    for name in FOR_OUTCOMES:
        np.testing.assert_allclose(
            compiled[name].values, plain[name].values, rtol=1e-12, atol=1e-14, err_msg=name
        )


@pytest.mark.parametrize("theory", ALIGNMENTS[1:])
def test_the_compiled_year_is_the_same_year_under_rival_theories(theory: str) -> None:
    """A choice among names is compiled for itself; points of one theory may still differ in numbers."""
    pytest.importorskip("jax")
    rules = {"theory": {"alignment": theory}}
    points = [
        build({"years": YEARS, "rules": rules | {"room": {"ample": ample}}}) for ample in (1.0, 2.0)
    ]
    stage = build_context(points[0])
    compiled = run_lean(stage, points, first=5, replicates=3, compiled=True)
    plain = run_lean(stage, points, first=5, replicates=3)
    for name in FOR_OUTCOMES:
        np.testing.assert_allclose(
            compiled[name].values, plain[name].values, rtol=1e-12, atol=1e-14, err_msg=name
        )


def test_rival_theories_are_not_laid_side_by_side() -> None:
    """Points that find targets by different rules share no stage, so that sweeps part them."""
    keys = {
        stage_key(build({"years": YEARS, "rules": {"theory": {"alignment": one}}}))
        for one in ALIGNMENTS
    }
    assert len(keys) == len(ALIGNMENTS)


@pytest.mark.parametrize("rule", ALLOCATIONS)
def test_rules_that_nobody_follows_are_left_out(rule: str) -> None:
    """The ensemble's year meets only allocation rules that some power follows, and gives what all would."""
    records = run_block(STAGE, [_point(rule=rule)], replicates=1)
    given_aid = next(records).passed.offers.security_aid
    assert given_aid.sum() > 0.0
