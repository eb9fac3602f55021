"""The region in Mesa: same seed same history, nobody's luck moves another's, and any world runs."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
import xarray as xr

from sim.config import Settings, build
from sim.config.settings import EVENT_KINDS
from sim.engines.context import build_context
from sim.engines.region import Region, simulate
from sim.errors import UserError
from sim.outcomes import compute_outcomes
from sim.world.draws import draws
from sim.world.roster import ASEAN_10, ASEAN_11, DEFAULT_PARTNERS

YEARS = {"first": 2024, "last": 2028}
SHUFFLED = ["SGP", "VNM", "BRN", "THA", "KHM", "PHL", "IDN", "MMR", "LAO", "MYS"]
OTHERS = {"AUS": {"security_aid": 0.5, "economic_aid": 1.0, "camp": 0.7}}


def _told(**given: Any) -> xr.Dataset:
    return simulate(build({"years": YEARS, **given}))


def _simulated(history: xr.Dataset) -> xr.Dataset:
    return history.sel(year=slice(YEARS["first"], None))


def _assert_same(one: xr.Dataset, other: xr.Dataset, *, rtol: float, atol: float = 0.0) -> None:
    for name in one.data_vars:
        first, second = xr.align(one[name], other[name], join="exact")
        np.testing.assert_allclose(
            first.values,
            second.transpose(*first.dims).values,
            err_msg=str(name),
            rtol=rtol,
            atol=atol,
        )


def _moved(one: xr.Dataset, other: xr.Dataset, *names: str) -> bool:
    return all((_simulated(one)[n].values != _simulated(other)[n].values).any() for n in names)


def _whole(history: xr.Dataset, settings: Settings) -> xr.Dataset:
    """Judge a history; nothing simulated may be missing where all three great powers are there."""
    outcomes = compute_outcomes(history, settings.rules.observation)
    later = outcomes.sel(year=slice(settings.years.first, None))
    no_lanes = () if history["littoral"].any() else ("weakest_lane",)
    for name in later.data_vars:
        if name not in ("forced_choice_observed", "survey_size", *no_lanes):
            assert not later[name].isnull().any(), f"{name} is missing"
    return later


def test_the_same_seed_tells_the_same_history() -> None:
    """To the last digit; another seed, or another run, tells another."""
    first, again = _told(), _told()
    xr.testing.assert_identical(first, again)
    assert _moved(first, _told(seed=7), "trust", "gdp", "rivalry")
    other_run = simulate(build({"years": YEARS}), run=5)
    assert _moved(first, other_run, "trust", "gdp", "rivalry")
    assert int(other_run["run"]) == 5


def test_another_seed_leaves_the_past_alone() -> None:
    """What was observed does not depend on chance."""
    past = slice(None, YEARS["first"] - 1)
    one, other = _told().sel(year=past), _told(seed=7).sel(year=past)
    xr.testing.assert_equal(one, other)


def test_the_order_of_states_and_powers_does_not_matter() -> None:
    """Listed otherwise, each state and power has the same history: draws go by name, moves are simultaneous."""
    usual = _told()
    other = _told(states=SHUFFLED, partners=["JPN", "USA", "CHN"])
    _assert_same(
        usual,
        other.sel({d: usual[d] for d in ("state", "partner", "option")}),
        rtol=1e-9,
        atol=1e-14,
    )


def test_the_order_of_the_states_alone_changes_not_a_digit_that_counts() -> None:
    """Sums over states are taken in another order, so equality is to rounding."""
    usual, other = _told(), _told(states=SHUFFLED)
    _assert_same(usual, other.sel(state=usual["state"]), rtol=1e-12, atol=1e-14)


def test_the_order_in_which_agents_act_does_not_matter() -> None:
    """Everybody decides, then everybody settles: shuffling Mesa's agents changes nothing at all."""
    stage = build_context(build({"years": YEARS}))
    usual, shuffled = Region(stage), Region(stage)
    for _ in stage.years:
        shuffled.agents.shuffle(inplace=True)
        usual.step()
        shuffled.step()
    for name in ("trust", "capacity", "security_tie", "pressure", "incidents"):
        assert np.array_equal(getattr(usual.memory, name), getattr(shuffled.memory, name))


def test_a_newcomer_moves_nobody_elses_luck() -> None:
    """With Timor-Leste the other ten draw the same numbers, and their governments lean the same."""
    ten, eleven = (
        draws(seed=1, states=states, partners=DEFAULT_PARTNERS, year=2030, runs=3)
        for states in (ASEAN_10, ASEAN_11)
    )
    for mechanism, block in ten.items():
        assert np.array_equal(eleven[mechanism][:, : block.shape[1]], block)
    small, large = _told(), _told(world="asean11")
    assert list(large["state"].values) == list(ASEAN_11)
    shared = large["lean"].sel(state=small["state"])
    assert np.array_equal(shared, small["lean"], equal_nan=True)


def test_a_policy_moves_nobodys_luck() -> None:
    """More aid is another history with the same governments and the same growth."""
    none = _told(policy={"japan": {"osa_budget": 0}})
    much = _told(policy={"japan": {"osa_budget": 100}})
    for name in ("lean", "gdp"):
        assert np.array_equal(none[name], much[name], equal_nan=True)
    assert _moved(none, much, "capacity", "trust")


def test_ties_are_shares_of_one_in_every_year(default_history: xr.Dataset) -> None:
    """Observed and simulated alike."""
    for domain in ("security", "economic"):
        tie = default_history[f"{domain}_tie"]
        assert (tie >= 0.0).all()
        np.testing.assert_allclose(tie.sum("option"), 1.0)


def test_flags_tell_the_observed_from_the_simulated(default_history: xr.Dataset) -> None:
    """Up to 2023 values come from the data, from 2024 from the model; each flag says so."""
    year = default_history["year"]
    assert np.array_equal(default_history["simulated"], (year >= 2024).astype(np.int8))
    flags = [str(name) for name in default_history if str(name).endswith("_flag")]
    assert flags
    for name in flags:
        flag = default_history[name]
        simulated = flag.attrs["flag_meanings"].split().index("simulated")
        assert (flag.sel(year=slice(2024, None)) == simulated).all()
        assert (flag.sel(year=slice(None, 2023)) != simulated).all()
        assert len(flag.attrs["flag_values"]) == len(flag.attrs["flag_meanings"].split())


def test_the_terms_on_record_explain_every_stance_and_opinion_exactly(
    default_history: xr.Dataset,
) -> None:
    """Motives over the room are the log-odds of the stance aimed at; those of opinion sum to the change of trust."""
    told = default_history.sel(year=slice(2024, None))
    aim = np.tanh(told["stance_term"].sum("stance_motive") / told["room"])
    np.testing.assert_allclose(aim.transpose(*told["aim"].dims), told["aim"], atol=1e-10)
    change = told["trust"].diff("year")
    terms = told["opinion_term"].sum("opinion_motive").sel(year=change["year"])
    np.testing.assert_allclose(terms.transpose(*change.dims), change, atol=1e-12)


def test_every_value_on_record_has_a_unit_and_a_name(default_history: xr.Dataset) -> None:
    """What a history holds of the model says what it is and in what."""
    for name in ("trust", "capacity", "security_tie", "rivalry", "room", "gdp", "threat"):
        assert {"units", "long_name"} <= set(default_history[name].attrs), name


@pytest.mark.parametrize(
    ("given", "names"),
    [
        ({"states": ["PHL", "XYZ"]}, "XYZ"),
        ({"partners": ["CHN", "ATL"]}, "ATL"),
        ({"world": "atlantis"}, "atlantis"),
        ({"policy": {"japan": {"custom": {"XYZ": 1}}}}, "XYZ"),
        (
            {"scenario": {"events": [{"year": 2025, "kind": "growth", "size": 1, "state": "XYZ"}]}},
            "XYZ",
        ),
    ],
)
def test_what_does_not_exist_is_refused_by_name(given: dict[str, Any], names: str) -> None:
    """An unknown state, power or world ends in an error that says what was given and what may be."""
    with pytest.raises(UserError, match=names) as refused:
        _told(**given)
    assert refused.value.allowed
    assert refused.value.where


def test_one_power_is_no_contest() -> None:
    """At least two powers are needed."""
    with pytest.raises(UserError, match="two partners"):
        _told(partners=["CHN"])


@pytest.mark.parametrize(
    "given",
    [
        {"states": ["PHL"]},
        {"states": ["LAO"]},
        {"world": "asean11"},
        {"world": "osa_recipients"},
        {"years": {"first": 2001, "last": 2022}},
        {"years": {"first": 2020, "last": 2025}},
        {"partners": ["CHN", "USA", "JPN", "AUS"], "policy": {"others": OTHERS}},
        {"partners": ["CHN", "USA", "JPN", "IND"]},
        {"partners": ["CHN", "USA", "JPN", "KOR"]},
    ],
    ids=["one", "landlocked", "eleven", "recipients", "hindcast", "recent", "AUS", "IND", "KOR"],
)
def test_any_world_runs_by_configuration_alone(given: dict[str, Any]) -> None:
    """One state, sixteen states, another power, another beginning: nothing comes out missing."""
    settings = build({"years": YEARS, **given})
    later = _whole(simulate(settings), settings)
    assert later["alignment"].min() >= 0.0
    assert later["alignment"].max() <= 100.0


def test_what_a_fourth_power_gives_counts() -> None:
    """Australia's security aid builds capacity and makes itself felt in trust, and its camp places ties with it."""
    partners = ["CHN", "USA", "JPN", "AUS"]
    idle = _told(partners=partners)
    active = _told(partners=partners, policy={"others": OTHERS})
    assert not np.isnan(_simulated(active)["capacity"]).any()
    assert _moved(idle, active, "capacity", "trust", "stance")
    assert float(active["camp"].sel(partner="AUS")) == 0.7


@pytest.mark.parametrize("kind", EVENT_KINDS)
def test_every_kind_of_event_moves_the_history(kind: str) -> None:
    """And only from its year on; of one state alone where it names one."""
    event = {"year": 2026, "kind": kind, "size": 0.3, "state": "PHL", "partner": "CHN"}
    calm, struck = _told(), _told(scenario={"events": [event]})
    before, after = slice(None, 2025), slice(2026, None)
    xr.testing.assert_equal(calm.sel(year=before), struck.sel(year=before))
    assert not calm.sel(year=after).equals(struck.sel(year=after))


def test_an_event_of_a_power_that_is_not_modelled_is_passed_over() -> None:
    """A scenario may speak of India in a world without India."""
    event = {"year": 2026, "kind": "ambition", "size": 0.3, "partner": "IND"}
    xr.testing.assert_equal(_told(), _told(scenario={"events": [event]}))


def test_fewer_incidents_than_none_do_not_happen() -> None:
    """An event that takes incidents away leaves zero, not less."""
    event = {"year": 2026, "kind": "incident", "size": -100}
    told = _told(scenario={"events": [event]}).sel(year=2026)
    assert (told["incidents"] == 0.0).all()
    assert (told["salience"] >= 0.0).all()


def test_progress_is_told_year_by_year() -> None:
    """Once a year, with the number of years in all."""
    told: list[tuple[int, int]] = []
    simulate(build({"years": YEARS}), progress=lambda done, total: told.append((done, total)))
    assert told == [(done, 5) for done in range(1, 6)]
