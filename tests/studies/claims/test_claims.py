"""Claims: the rule of decision, what the readings measure, and the page."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pytest
import xarray as xr
from hypothesis import given
from hypothesis import strategies as st

from sim.config import Settings, build
from sim.config.settings import THEORIES, declared
from sim.errors import UserError
from sim.plots import style
from sim.provenance import ROOT
from sim.studies._pages import render_page
from sim.studies.claims import CLAIMS, command, try_claims
from sim.studies.claims import figures as figure
from sim.studies.claims.command import check_world, rival_theories
from sim.studies.claims.counterfactuals import WORLDS, counterfactual_settings
from sim.studies.claims.dated_acts import EAST, WEST, aftermath
from sim.studies.claims.decide import (
    DEPENDS,
    FAILS,
    HOLDS,
    NOT_REPRODUCED,
    REPRODUCED,
    UNCLEAR,
    Effect,
    Part,
    judge_claim,
    judge_part,
    measure,
    verdict,
)
from sim.studies.claims.measures import (
    correlation,
    last,
    mean_of,
    members,
    rank_correlation,
    years_until,
)
from sim.studies.claims.parameters import from_prior, other_parameters, varied
from sim.studies.claims.reader import run_counterfactual
from sim.studies.claims.registry import READINGS

SHORT = build({"years": {"last": 2028}})
FINITE = st.floats(-50, 50, allow_nan=False)
SIZE = st.floats(0.01, 10)


def part(expect: str, smallest: float = 1.0, **more: object) -> Part:
    return Part(name="x", unit="", expect=expect, smallest=smallest, **more)  # type: ignore[arg-type]


@pytest.fixture(scope="module")
def findings():
    parameters = from_prior(SHORT, 2)
    rivals = {"commerce": rival_theories(SHORT)["commerce"]}
    return try_claims(SHORT, runs=6, parameters=parameters, theories=rivals, replicates=3)


# The rule of decision


@given(FINITE, st.floats(0, 20), SIZE)
def test_a_rise_of_a_quantity_is_a_fall_of_its_negative(middle, half, smallest):
    up = Effect(mean=middle, low=middle - half, high=middle + half)
    down = Effect(mean=-middle, low=-middle - half, high=-middle + half)
    assert judge_part(part("rise", smallest), up) == judge_part(part("fall", smallest), down)


@given(FINITE, st.floats(0, 20), SIZE, st.sampled_from(["rise", "fall", "within", "at most"]))
def test_a_wider_interval_never_settles_what_a_narrow_one_left_open(middle, half, smallest, expect):
    narrow = Effect(mean=middle, low=middle - half, high=middle + half)
    wide = Effect(mean=middle, low=middle - 2 * half, high=middle + 2 * half)
    told = judge_part(part(expect, smallest), narrow), judge_part(part(expect, smallest), wide)
    assert told[1] in (told[0], UNCLEAR)


def test_a_real_but_small_effect_fails_and_an_interval_across_the_edge_is_unclear():
    assert judge_part(part("rise"), Effect(mean=0.5, low=0.4, high=0.6)) == FAILS
    assert judge_part(part("rise"), Effect(mean=1.0, low=0.9, high=1.1)) == UNCLEAR
    assert judge_part(part("rise"), Effect(mean=2.0, low=1.5, high=2.5)) == HOLDS
    assert judge_part(part("fall"), Effect(mean=2.0, low=1.5, high=2.5)) == FAILS


def test_a_claim_needs_all_its_parts():
    assert judge_claim([HOLDS, HOLDS]) == HOLDS
    assert judge_claim([HOLDS, UNCLEAR]) == UNCLEAR
    assert judge_claim([UNCLEAR, FAILS, HOLDS]) == FAILS


def test_only_a_verdict_that_parameters_and_theories_share_is_firm():
    assert verdict(HOLDS, 0.8, {"a": True}) == REPRODUCED
    assert verdict(FAILS, 0.2, {"a": False}) == NOT_REPRODUCED
    for held, share, rival in [(HOLDS, 0.9, False), (FAILS, 0.0, True)]:
        assert verdict(held, share, {"a": rival}) == DEPENDS
    for held, share, rival in [
        (HOLDS, 0.79, True),
        (FAILS, 0.21, False),
        (UNCLEAR, 0.9, True),
        (UNCLEAR, 0.0, False),
        (FAILS, 0.9, False),
    ]:
        assert verdict(held, share, {"a": rival}) == UNCLEAR


@given(st.lists(st.booleans(), min_size=2, max_size=60))
def test_the_interval_of_a_share_stays_within_0_and_1_and_has_width(runs):
    found = measure(part("at most", share=True), np.array(runs, dtype=float))
    assert 0.0 <= found.low <= found.mean + 1e-12 and found.mean - 1e-12 <= found.high <= 1.0
    assert found.high > found.low


def test_one_run_gives_no_interval():
    with pytest.raises(UserError, match="runs=400"):
        measure(part("rise"), np.ones(1))


# What is measured


@given(st.lists(st.booleans(), min_size=5, max_size=12))
def test_a_choice_takes_three_years_in_a_row(years):
    ended = xr.DataArray(np.array(years)[None, :, None], dims=("run", "year", "state"))
    found = float(years_until(ended.assign_coords(state=["VNM"]))[0, 0])
    at = [place for place in range(len(years) - 2) if all(years[place : place + 3])]
    assert found == (at[0] if at else len(years))


def test_correlations_ignore_scale_and_are_zero_where_nothing_varies():
    left = np.arange(12.0).reshape(2, 6)
    assert np.allclose(correlation(left, 3 - 2 * left), -1.0)
    assert correlation(left, np.ones((2, 6))).tolist() == [0.0, 0.0]
    wide = xr.DataArray(left**3, dims=("run", "state"), coords={"state": list("abcdef")})
    chosen = xr.DataArray(np.arange(6) < 4, dims="state", coords={"state": list("abcdef")})
    assert np.allclose(rank_correlation(wide, wide**2, chosen), 1.0)


def made_up_steps(east: np.ndarray, west: np.ndarray) -> SimpleNamespace:
    """A world of one state in which steps with China and the United States are as given, (run, year)."""
    steps = np.stack([east, west, 0 * east], axis=-1)[:, :, None]
    data = xr.DataArray(
        steps.astype(float),
        dims=("run", "year", "state", "partner"),
        coords={"state": ["VNM"], "partner": ["CHN", "USA", "JPN"]},
    )
    return SimpleNamespace(history=xr.Dataset({"steps": data}))


def test_an_answer_to_every_major_step_is_all_above_base_and_none_where_none_is_taken():
    west, east = np.zeros((4, 6)), np.zeros((4, 6))
    west[:2, 1], east[:2, 3] = (
        2,
        1,
    )  # two of four runs step to the west, and two years later to China
    sides = {"VNM": (WEST, EAST)}
    result = aftermath(made_up_steps(east, west), sides)
    assert result.steps == 2 and result.after == 1.0 and result.base == 0.5
    assert result.excess.tolist() == [1.0, 1.0, 0.0, 0.0]
    late = aftermath(made_up_steps(np.roll(east, 1, axis=1), west), sides)
    assert late.after == late.base == 0.0
    assert not aftermath(made_up_steps(east, west / 2), sides).excess.any()  # no step was major


def test_a_trend_that_all_runs_share_is_no_answer():
    chance = np.random.default_rng(3)
    west = 2.0 * (chance.random((400, 12)) < 0.3)
    east = np.broadcast_to(np.arange(12) % 3 == 0, west.shape).astype(float)
    result = aftermath(made_up_steps(east, west), {"VNM": (WEST, EAST)})
    assert result.after > 0.5 and abs(result.after - result.base) < 1e-12


def test_a_world_against_itself_moves_nothing_and_points_do_not_disturb_each_other():
    other = from_prior(SHORT, 1).points[0]
    alone = next(run_counterfactual(["as it is"], [SHORT], 3))["as it is"]
    beside = list(run_counterfactual(["as it is"], [other, SHORT], 3))[1]["as it is"]
    for name in ("alignment", "hedging", "capacity", "deterrence"):
        np.testing.assert_allclose(alone.outcomes[name], beside.outcomes[name], rtol=1e-12)
    gap = last(alone.outcomes["alignment"]) - last(beside.outcomes["alignment"])
    assert np.allclose(mean_of(gap, members(alone)), 0.0)


def test_events_that_would_come_after_the_last_year_come_in_it():
    short = build({"years": {"last": 2026}})
    for name, (_, events) in WORLDS.items():
        world = counterfactual_settings(short, name)
        assert len(world.scenario.events) == len(events)
        assert all(2024 <= one.year <= one.until <= 2026 for one in world.scenario.events)


def test_every_world_is_within_the_declared_ranges_and_changes_what_it_says():
    base = Settings()
    for name, (values, events) in WORLDS.items():
        world = counterfactual_settings(base, name)
        assert (world == base) == (not values and not events), name
        assert len(world.scenario.events) == len(base.scenario.events) + len(events)


def test_what_a_world_changes_in_the_rules_comes_with_the_first_year():
    seen = next(run_counterfactual(["no OSA", "joint resolve"], [SHORT], 3))
    calm, joint = (seen[name].outcomes for name in ("no OSA", "joint resolve"))
    firm, first = joint["resolve"] - calm["resolve"], {"year": 0}
    assert (firm.isel(first).sel(state=["PHL", "VNM", "MYS"]) > 0.0).all()  # stands up at once
    pressure = joint["pressure"] - calm["pressure"]
    np.testing.assert_allclose(
        pressure.isel(first), 0.0, atol=1e-12
    )  # the record was reached without
    assert float(last(pressure).sel(state="PHL").max()) < 0.0  # and then it deters


def test_pacts_are_those_of_the_philippines_and_thailand():
    seen = next(run_counterfactual(["as it is"], [SHORT], 2))["as it is"]
    assert set(seen.ally["state"].values[seen.ally.values > 0]) == {"PHL", "THA"}


# The claims


def test_the_ten_claims_and_the_four_switches_are_there_each_with_a_rule_and_a_reading():
    assert [claim.key for claim in CLAIMS if claim.key.isdigit()] == [str(n) for n in range(1, 11)]
    assert {claim.key for claim in CLAIMS} - set(map(str, range(1, 11))) == {"L1", "L2", "L3", "L4"}
    assert {claim.key for claim in CLAIMS} == set(READINGS)
    for claim in CLAIMS:
        assert claim.parts and set(claim.worlds) <= set(WORLDS)
        assert all(one.smallest > 0 for one in claim.parts)
        assert claim.mechanism and claim.compares and claim.built_in and claim.source


def test_every_claim_gives_one_finite_number_a_run_and_part(findings):
    assert [one.claim.key for one in findings] == [claim.key for claim in CLAIMS]
    for finding in findings:
        assert len(finding.effects) == len(finding.parts) == len(finding.claim.parts)
        assert all(np.isfinite([e.mean, e.low, e.high]).all() for e in finding.effects)
        assert 0.0 <= finding.share <= 1.0 and set(finding.theories) == {"commerce"}
        assert finding.share <= min(finding.shares)
        assert all(low <= high for low, high in finding.ranges)


def test_the_page_holds_every_claim_its_rule_and_its_verdict(findings):
    values = {"runs": 6, "replicates": 3, "origin": "two", "first": 2024, "last": 2028}
    values |= {"theories": ["commerce"]} | command.report_values(findings)
    text = render_page(Path(command.__file__).parent, values)
    for finding in findings:
        assert f"## {finding.claim.key}. {finding.claim.says}" in text
        assert finding.explanation.startswith(finding.verdict.split()[0])
        assert finding.explanation in text and finding.aside in text
        assert all(one.rule in text for one in finding.claim.parts)


def test_the_figure_draws_every_part_and_counts_every_claim(findings):
    rows = figure.effect_rows(findings)
    assert len(rows) == sum(len(claim.parts) for claim in CLAIMS)
    assert figure.title(rows).startswith(f"Of {len(CLAIMS)} claims")
    with style.context():
        drawing = figure.draw(rows, {"version": "0", "seed": 1})
    said = [text.get_text() for text in drawing.axes[0].texts]
    assert all(f"{claim.key}. {claim.says}" in said for claim in CLAIMS)


def test_the_committed_page_states_the_rules_that_stand_in_the_code():
    text = (ROOT / "docs" / "claims.md").read_text(encoding="utf-8")
    for claim in CLAIMS:
        assert claim.says in text and claim.built_in in text
        assert all(one.rule in text for one in claim.parts)


# Parameters, theories, and worlds that do not fit


def test_the_prior_varies_rules_alone_within_their_ranges_and_is_the_same_twice():
    one, two = from_prior(SHORT, 3), from_prior(SHORT, 3)
    assert one == two and len(set(map(str, one.points))) == 3
    known = declared()
    for name in varied():
        for point in one.points:
            value: object = point
            for step in name.split("."):
                value = getattr(value, step)
            assert known[name].low <= value <= known[name].high
    assert all(point.policy == SHORT.policy and point.years == SHORT.years for point in one.points)


def test_other_parameters_say_where_they_come_from_and_change_no_policy():
    found = other_parameters(SHORT, 3)
    assert len(found.points) == 3 and found.origin.startswith("3 draws from")
    assert all(point.policy == SHORT.policy for point in found.points)
    assert any(point.rules != SHORT.rules for point in found.points)


def test_rival_theories_are_all_the_others_and_differ_in_rules_alone():
    rivals = rival_theories(SHORT)
    assert set(rivals) == set(THEORIES) - {SHORT.theory}
    assert all(one.rules != SHORT.rules and one.policy == SHORT.policy for one in rivals.values())


@pytest.mark.parametrize(
    ("given_", "hint"),
    [
        ({"states": ["PHL", "VNM"]}, "world=asean10"),
        ({"partners": ["CHN", "USA"]}, r"partners=\[CHN,USA,JPN\]"),
        ({"years": {"first": 2024, "last": 2025}}, "years.last=2040"),
    ],
)
def test_a_world_in_which_claims_mean_nothing_is_refused(given_, hint):
    with pytest.raises(UserError, match=hint):
        check_world(build(given_))
