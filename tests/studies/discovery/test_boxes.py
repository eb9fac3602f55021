"""A box is found where it was planted and not where there is none; chance limits go; resamples say how sure."""

from __future__ import annotations

import sys

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import binomtest

from sim.errors import UserError
from sim.provenance import ROOT
from sim.studies._pages import render_page
from sim.studies.discovery import workbench
from sim.studies.discovery.boxes import Box, measure, words
from sim.studies.discovery.choose import choose
from sim.studies.discovery.cover import Found, cover, part
from sim.studies.discovery.prune import pruned, quasi_p
from sim.studies.discovery.report import report_values
from sim.studies.discovery.stability import Stability, resampled
from sim.studies.discovery.tables import limits, tradeoff
from tests.studies.discovery.planted import ONE, OTHER, THIRD, planted, table, twice_planted

INF = float("inf")


@pytest.fixture(scope="module")
def found():
    pytest.importorskip("ema_workbench")
    cases = planted()
    return cases, choose(workbench.peeled(cases.table, cases.interest), cases, density=0.8)


def test_a_planted_box_is_found_with_its_limits_and_no_others(found):
    _, chosen = found
    assert set(chosen.box.limits) == {ONE, OTHER}
    assert chosen.box.limits[ONE] == (pytest.approx(0.6, abs=0.04), INF)
    assert chosen.box.limits[OTHER] == (-INF, pytest.approx(0.5, abs=0.1))
    assert chosen.dense and chosen.measure.density >= 0.8 and chosen.measure.coverage > 0.95
    assert max(chosen.box.p.values()) < 0.05
    assert words(chosen.box).startswith("China's gray-zone pressure is above 0.")


def test_a_tree_finds_it_too_choices_included(found):
    cases, _ = found
    leaves = workbench.leaves(cases.table, cases.interest)
    assert sum(box.holds(cases.table).astype(int) for box in leaves).tolist() == [1] * 240
    best = max(leaves, key=lambda box: measure(box, cases).coverage)
    assert measure(best, cases).density > 0.9
    commerce = (cases.table["theory"] == "commerce").to_numpy()
    (only,) = [
        box for box in workbench.leaves(cases.table, commerce) if measure_of(box, cases, commerce)
    ]
    assert only.limits == {"theory": frozenset({"commerce"})}


def page(found, figures=True):
    """The page of some boxes, as the runner writes it."""
    values = report_values(found, [], outcome="hedging", density=0.8, figures=figures)
    return render_page(ROOT / "sim/studies/discovery", values | {"store": "s", "asked": ""})


def measure_of(box, cases, interest):
    return bool((box.holds(cases.table) & interest).any())


def test_a_limit_on_choices_is_found(found):
    cases, _ = found
    commerce = (cases.table["theory"] == "commerce").to_numpy()
    best = pruned(workbench.peeled(cases.table, commerce)[-1], cases.table, commerce)
    assert best.limits == {"theory": frozenset({"commerce"})}
    assert words(best) == "theory is commerce"


def test_resamples_find_it_again_and_beat_chance_on_what_they_did_not_see(found):
    cases, chosen = found
    heard = []
    stable = resampled(cases, density=0.8, resamples=5, seed=2, told=lambda *now: heard.append(now))
    sides = stable.sides.set_index("side")
    assert heard[-1] == (5, 5) and stable.holds and min(stable.lift) > 2.0
    assert sides.loc[f"{ONE} low", "share"] == 1.0
    assert sides.loc[f"{ONE} low", "low"] <= 0.65 and sides.loc[f"{ONE} low", "high"] >= 0.55
    text = page([Found(cases=cases, chosen=chosen, stable=stable)], figures=False)
    assert (
        "Hedging below 0.45 where China's gray-zone pressure is above" in text
        and "| 100% |" in text
    )
    assert set(limits(chosen, cases, stable)["setting"]) == {ONE, OTHER}
    assert tradeoff(chosen)["chosen"].sum() == 1


def test_in_pure_noise_there_is_no_box():
    pytest.importorskip("ema_workbench")
    cases = planted(points=150, likely=0.4, else_=0.4)
    chosen = choose(workbench.peeled(cases.table, cases.interest), cases, density=0.8)
    stable = resampled(cases, density=0.8, resamples=6, seed=2)
    assert not stable.holds
    assert "No box was found" in page([Found(cases=cases, chosen=chosen, stable=stable)])
    assert len(cover(cases, density=0.8, resamples=6, seed=2, most=3)) == 1


def test_a_second_planted_box_is_found_among_what_the_first_left():
    pytest.importorskip("ema_workbench")
    cases = twice_planted()
    found = cover(cases, density=0.8, resamples=6, seed=2, most=4)
    assert len(found) == 2 and all(one.told for one in found)
    first, second = (one.chosen.box.limits for one in found)
    assert first == {"theory": frozenset({"commerce"})}
    assert set(second) == {ONE, OTHER}
    assert second[ONE] == (pytest.approx(0.6, abs=0.06), INF)
    assert "commerce" not in found[1].cases.table["theory"].cat.categories
    text = page(found)
    assert "Of the " in text and "## Box 2: China's gray-zone pressure is above" in text
    assert "discovery_scatter_2.png" in text and "discovery_scatter.png" not in text


def test_what_no_longer_varies_among_some_points_is_no_setting_there():
    cases = planted()
    left = part(cases, (cases.table["theory"] == "commerce").to_numpy())
    assert list(left.table) == [ONE, OTHER, THIRD]
    assert len(left.table) == len(left.runs) < 240


def test_replicates_are_no_cases_of_their_own():
    cases = planted()
    again = cases.replicates(np.tile(np.arange(7), 3))
    assert again.runs.shape == (240, 21)
    np.testing.assert_array_equal(again.interest, cases.interest)
    np.testing.assert_allclose(again.shares, cases.shares)


@given(st.integers(0, 2**32 - 1))
def test_quasi_p_is_a_binomial_test_of_the_box_without_the_limit(seed):
    chance = np.random.default_rng(seed)
    outside, interest = chance.random((60, 3)) < 0.3, chance.random(60) < 0.5
    inside = ~outside.any(axis=1)
    without = ~outside[:, 1:].any(axis=1)
    hits, size = int((inside & interest).sum()), int(inside.sum())
    if hits:
        share = (without & interest).sum() / without.sum()
        expected = binomtest(hits, size, share, alternative="greater").pvalue
        assert quasi_p(outside, interest)[0] == pytest.approx(expected)


@given(st.floats(0, 1), st.floats(0, 1))
def test_a_box_with_fewer_limits_holds_no_fewer_points(low, high):
    made = table(50)
    one = Box(limits={ONE: (low, INF), OTHER: (-INF, high)})
    wider = Box(limits={ONE: (low, INF)})
    assert (one.holds(made) <= wider.holds(made)).all()
    assert Box(limits={}).holds(made).all()


def test_measures_are_of_points_and_of_runs():
    cases = planted(points=60)
    found = measure(Box(limits={}), cases)
    assert (found.coverage, found.mass, found.runs_coverage) == (1.0, 1.0, 1.0)
    assert found.density == cases.interest.mean()
    assert found.runs_density == pytest.approx(cases.runs.mean())
    nothing = measure(Box(limits={THIRD: (2.0, INF)}), cases)
    assert nothing.points == 0 and np.isnan(nothing.density)


def test_no_resample_is_no_stability():
    empty = Stability(resamples=0, sides=pd.DataFrame(), unseen=(), lift=())
    assert not empty.holds


@pytest.mark.parametrize("newer", [False, True])
def test_both_versions_of_the_library_are_called_as_they_want(newer):
    class Old:
        def __init__(self, x, y, threshold, mass_min=0.05):
            self.asked = threshold

    class New:
        def __init__(self, x, y, mass_min=0.05):
            self.asked = None

    class Module:
        Prim = New if newer else Old

    assert workbench._prim(Module, None, None).asked == (None if newer else workbench.ANY)


def test_without_the_library_it_is_told_which_extra_brings_it(monkeypatch):
    monkeypatch.setitem(sys.modules, "ema_workbench.analysis.prim", None)
    with pytest.raises(UserError, match=r"\.\[analysis\]"):
        workbench.peeled(table(50), np.zeros(50, dtype=bool))
