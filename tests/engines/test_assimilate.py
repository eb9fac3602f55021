"""What runs start from: draws of the filtered state of the year before, or the record as it stands; either is in the record."""

from __future__ import annotations

import dataclasses

import numpy as np
import pytest

from sim.config import Settings, build
from sim.engines import region
from sim.engines.context import build_context
from sim.engines.ensemble import first_memory
from sim.outcomes import compute_outcomes
from sim.rules.record import Memory
from sim.world.impute import ASSUMED, DERIVED
from sim.world.latent_table import WIDTH

RUNS = 2000


def begun(given: dict[str, object], runs: int = 2) -> tuple[Settings, Memory]:
    settings = build(given)
    return settings, first_memory(build_context(settings), [settings], replicates=runs)


def test_runs_spread_round_the_record_s_reading() -> None:
    """The mean of the draws is what the record shows for the year; stances spread by some tenths, no two runs alike."""
    settings, drawn = begun({"years": {"first": 2024, "last": 2024}}, RUNS)
    observed = build_context(settings).observed.sel(year=2023)
    np.testing.assert_allclose(drawn.stance.mean(axis=0)[:, 0], observed["stance"], atol=0.015)
    np.testing.assert_allclose(drawn.trust.mean(axis=0), observed["trust"], atol=0.01)
    assert ((drawn.stance.std(axis=0) > 0.15) & (drawn.stance.std(axis=0) < 0.30)).all()
    assert (np.unique(drawn.stance[:, 0, 0]).size, np.unique(drawn.trust[:, 3, 2]).size) == (
        RUNS,
        RUNS,
    )


def test_cambodia_and_laos_do_not_start_where_they_answered_in_2023() -> None:
    settings = build({"years": {"first": 2024, "last": 2024}})
    outcomes = compute_outcomes(region.simulate(settings), settings.rules.observation).sel(
        year=2023
    )
    apart = (outcomes["forced_choice"] - outcomes["forced_choice_observed"]).to_series()
    assert apart["KHM"] > 0.2 and apart["LAO"] > 0.1
    assert apart.drop(["KHM", "LAO"]).abs().max() < 0.12


def test_the_record_of_a_year_is_the_start_of_runs_that_follow_it() -> None:
    """Whatever year runs start in, a year before it reads the same; nothing later has a say."""
    late = build_context(build({"years": {"first": 2024, "last": 2024}})).observed
    for year in (2005, 2012, 2021):
        settings, drawn = begun({"years": {"first": year + 1, "last": year + 1}}, RUNS)
        own = build_context(settings).observed
        for name in ("stance", "trust"):
            np.testing.assert_array_equal(own[name].sel(year=year), late[name].sel(year=year))
        mean = drawn.stance.mean(axis=0)[:, 0]
        np.testing.assert_allclose(mean, own["stance"].sel(year=year), atol=0.02)


def test_started_as_observed_all_runs_are_the_record() -> None:
    """Ties as read and the latest answers as they stand; no filter, no draw."""
    settings, begun_at = begun({"start": "observed"})
    stage = build_context(settings)
    np.testing.assert_array_equal(begun_at.stance[0], begun_at.stance[1])
    np.testing.assert_array_equal(begun_at.trust[0], stage.world["trust"].sel(year=2023).values)
    observed = stage.observed.sel(year=2023)
    np.testing.assert_allclose(begun_at.stance[0, :, 0], observed["stance"], rtol=1e-12)
    camp = stage.conduct(2024).camp
    leaning = (observed["security_tie"].values[:, :-1] * camp).sum(axis=-1)
    np.testing.assert_allclose(begun_at.stance[0, :, 0], leaning, rtol=1e-12)


def test_who_was_never_asked_starts_from_ties_wide_open() -> None:
    settings, drawn = begun(
        {"world": "osa_recipients", "years": {"first": 2024, "last": 2024}}, RUNS
    )
    stage = build_context(settings)
    at = stage.states.index("FJI")
    tie = stage.observed["security_tie"].sel(year=2023, state="FJI").values[:-1]
    leaning = float((tie * stage.conduct(2024).camp[0]).sum())
    assert drawn.stance[:, at].mean() == pytest.approx(leaning, abs=0.02)
    assert drawn.stance[:, at].std() == pytest.approx(settings.rules.assimilation.width, rel=0.06)
    assert drawn.trust[:, at].std(axis=0) == pytest.approx(WIDTH, rel=0.1)
    flags = stage.observed[["stance_flag", "trust_flag"]].sel(year=2023)
    assert flags["stance_flag"].sel(state="FJI") == ASSUMED
    assert (flags["trust_flag"].sel(state="FJI") == ASSUMED).all()
    assert (flags["stance_flag"].sel(state=["VNM", "PHL"]) == DERIVED).all()


@pytest.mark.parametrize("partners", [["USA", "JPN"], ["CHN", "JPN"], ["CHN", "USA", "AUS", "IND"]])
def test_any_powers_will_do(partners: list[str]) -> None:
    """Without one of the two nobody chose between, so ties and trust speak alone; who is not surveyed is wide open."""
    _, drawn = begun({"partners": partners, "states": ["PHL", "KHM"]}, RUNS)
    assert np.isfinite(drawn.trust).all() and np.isfinite(drawn.stance).all()
    narrow = drawn.stance.std(axis=0)[:, 0] < 0.26
    assert narrow.all() == ({"CHN", "USA"} <= set(partners))
    if "AUS" in partners:
        assert drawn.trust[..., 2].std(axis=0).min() > 0.15


def test_points_with_observation_models_of_their_own_start_as_they_would_alone() -> None:
    plain = build({})
    numbers = dataclasses.replace(plain.rules.observation, trust=3.0, intercept=0.4)
    other = dataclasses.replace(plain, rules=dataclasses.replace(plain.rules, observation=numbers))
    together = first_memory(build_context(plain), [plain, other], replicates=3)
    alone = first_memory(build_context(other), [other], replicates=3)
    np.testing.assert_allclose(together.trust[3:], alone.trust, rtol=1e-12)
    np.testing.assert_allclose(together.stance[3:], alone.stance, rtol=1e-12)
    assert np.abs(together.stance[3:] - together.stance[:3]).max() > 0.01


def test_a_run_starts_as_itself_in_either_engine_and_in_any_block() -> None:
    settings = build({"years": {"first": 2024, "last": 2024}})
    stage = build_context(settings)
    several = first_memory(stage, [settings], first=4, replicates=3)
    np.testing.assert_array_equal(several.stance[2], region.Region(stage, run=6).memory.stance)
    np.testing.assert_array_equal(several.trust[2], region.Region(stage, run=6).memory.trust)


@pytest.mark.parametrize("world", ["asean10", "asean11", "osa_recipients"])
@pytest.mark.parametrize("first", [2001, 2011])
def test_every_world_begins_in_every_year(world: str, first: int) -> None:
    for start in ("assimilated", "observed"):
        years = {"first": first, "last": first}
        _, drawn = begun({"world": world, "years": years, "start": start})
        for field in dataclasses.fields(drawn):
            assert np.isfinite(getattr(drawn, field.name)).all(), field.name
        assert (np.abs(drawn.stance) < 1.0).all() and (drawn.trust >= 0.0).all()
