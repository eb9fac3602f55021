"""All outcomes at once: within bounds, run by run, on the observed past too, and never inventing what is missing."""

from __future__ import annotations

import numpy as np
import pytest
import xarray as xr
from hypothesis import given
from hypothesis import settings as profile

from sim.config import Settings, build
from sim.engines.region import simulate
from sim.outcomes import compute_outcomes
from sim.outcomes.definitions import OUTCOMES
from tests.outcomes.made import PARTNERS, RUNS, history
from tests.rules.properties import seeds

NUMBERS = Settings().rules.observation
BOUNDS = {
    name: (one.low, one.high) for name, one in OUTCOMES.items() if one.compute is not None
} | {"effective_partners": (1.0, float(len(PARTNERS)))}


def _within(outcomes: xr.Dataset) -> None:
    for name, (low, high) in BOUNDS.items():
        value = outcomes[name]
        assert not value.isnull().any(), f"{name} is missing"
        assert float(value.min()) >= low - 1e-9, name
        assert float(value.max()) <= high + 1e-9, name


@given(seed=seeds)
@profile(max_examples=25)
def test_every_outcome_lies_within_its_bounds(seed: int) -> None:
    """On histories of any ties, trust and pressure."""
    _within(compute_outcomes(history(seed), NUMBERS))


def test_the_outcomes_of_the_default_history_lie_within_theirs(
    default_outcomes: xr.Dataset,
) -> None:
    """Every simulated year; the observed past wherever it is known."""
    _within(default_outcomes.sel(year=slice(2024, None)))
    assert default_outcomes.attrs["band_low"] == 45.0
    assert default_outcomes.attrs["band_high"] == 55.0


@given(seed=seeds)
@profile(max_examples=10)
def test_many_runs_are_judged_as_each_alone(seed: int) -> None:
    """A leading run dimension rides along."""
    many = history(seed, runs=RUNS)
    together = compute_outcomes(many, NUMBERS)
    for run in (0, RUNS - 1):
        alone = compute_outcomes(many.sel(run=run), NUMBERS)
        for name in BOUNDS:
            mine = together[name].sel(run=run)
            assert mine.dims == alone[name].dims
            np.testing.assert_allclose(mine, alone[name], rtol=1e-12)


def test_two_runs_of_the_region_are_judged_together() -> None:
    """Stacked along a new first dimension, they are judged as they were one by one."""
    settings = build({"years": {"last": 2027}})
    runs = [simulate(settings, run=run) for run in range(2)]
    stacked = xr.concat(
        runs,
        "run",
        data_vars="different",
        coords="minimal",
        compat="equals",
        join="exact",
        combine_attrs="drop",
    )
    together = compute_outcomes(stacked, settings.rules.observation)
    assert together["alignment"].dims[0] == "run"
    for run, alone in enumerate(runs):
        outcomes = compute_outcomes(alone, settings.rules.observation)
        for name in ("alignment", "hedging", "autonomy", "deterrence", "cohesion"):
            np.testing.assert_allclose(together[name].sel(run=run), outcomes[name], rtol=1e-12)


def test_the_past_is_judged_without_any_future(
    default_history: xr.Dataset, default_outcomes: xr.Dataset
) -> None:
    """Observed years alone give the outcomes they have beside the simulated ones."""
    past = slice(None, 2023)
    alone = compute_outcomes(default_history.sel(year=past), NUMBERS)
    xr.testing.assert_allclose(alone, default_outcomes.sel(year=past))
    assert not alone["alignment"].isnull().any()
    assert alone["deterrence"].isnull().all()


@given(seed=seeds)
@profile(max_examples=10)
def test_judging_leaves_the_history_as_it_was(seed: int) -> None:
    """Dataset in, Dataset out."""
    given_ = history(seed)
    before = given_.copy(deep=True)
    compute_outcomes(given_, NUMBERS)
    xr.testing.assert_identical(given_, before)


SPOILS = {
    "security_tie": (
        "alignment_security",
        "alignment",
        "forced_choice",
        "hedging",
        "effective_partners",
        "contradiction",
        "autonomy",
    ),
    "economic_tie": ("alignment_economic", "alignment", "hedging", "effective_partners"),
    "trust": ("forced_choice", "trust_japan"),
    "dependence": ("autonomy",),
    "capacity": ("autonomy", "capacity"),
    "pressure": ("pressure",),
    "incidents": ("incidents",),
    "resolve": ("resolve",),
}


@pytest.mark.parametrize("name", SPOILS)
def test_what_is_missing_stays_missing_and_spoils_nothing_else(name: str) -> None:
    """A state's unknown year is unknown in all that rests on it, for that state and year alone."""
    here = {"year": 2026, "state": "PHL"}
    whole, spoilt = history(3), history(3)
    spoilt[name].loc[here] = np.nan
    told, full = compute_outcomes(spoilt, NUMBERS), compute_outcomes(whole, NUMBERS)
    for outcome in SPOILS[name]:
        assert bool(told[outcome].sel(here).isnull().all()), outcome
        elsewhere = told[outcome].drop_sel(year=2026)
        np.testing.assert_allclose(elsewhere, full[outcome].drop_sel(year=2026))


@pytest.mark.parametrize(
    ("name", "regional"),
    [
        ("security_tie", ("cohesion", "soft_power")),
        ("pressure", ("deterrence",)),
        ("encroachment", ("deterrence",)),
        ("safety", ("sea_lanes",)),
        ("resolve", ("collective_resolve",)),
        ("trust", ("soft_power",)),
    ],
)
def test_the_regions_outcome_is_unknown_where_a_members_is(
    name: str, regional: tuple[str, ...]
) -> None:
    """A mean over states that leaves one out would be another number under the same name."""
    spoilt = history(3)
    spoilt[name].loc[{"year": 2026, "state": "PHL"}] = np.nan
    told = compute_outcomes(spoilt, NUMBERS)
    for outcome in regional:
        assert np.isnan(float(told[outcome].sel(year=2026))), outcome
        assert not told[outcome].sel(year=2025).isnull().any()


def test_an_unknown_alignment_has_no_posture() -> None:
    """It is marked unknown rather than hedging."""
    spoilt = history(3)
    spoilt["security_tie"].loc[{"year": 2026, "state": "PHL"}] = np.nan
    assert int(compute_outcomes(spoilt, NUMBERS)["posture"].sel(year=2026, state="PHL")) == -1


def test_without_the_united_states_nobody_is_asked_to_choose() -> None:
    """The survey's question is about China and the United States."""
    told = compute_outcomes(
        history(3).sel(partner=["CHN", "JPN"], option=["CHN", "JPN", "self"]), NUMBERS
    )
    assert told["forced_choice"].isnull().all()
    assert not told["alignment"].isnull().any()


def test_without_japan_there_is_no_soft_power_to_score() -> None:
    """Nor any trust in it."""
    told = compute_outcomes(
        history(3).sel(partner=["CHN", "USA"], option=["CHN", "USA", "self"]), NUMBERS
    )
    assert told["soft_power"].isnull().all()
    assert told["trust_japan"].isnull().all()


def test_every_outcome_has_a_unit_and_a_meaning(default_outcomes: xr.Dataset) -> None:
    """A reader of the file knows what each number is."""
    for name in OUTCOMES:
        assert {"units", "long_name"} <= set(default_outcomes[name].attrs), name
    assert "not a forecast" in default_outcomes.attrs["title"]
