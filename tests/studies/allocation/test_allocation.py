"""Dividing a budget: the search finds a front that is known, shares stay shares, and random numbers are never used twice."""

from __future__ import annotations

import dataclasses
import importlib.util
import sys

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from sim.composition.check import check_overrides
from sim.composition.compose import CONF, Source, compose, parse
from sim.composition.options import take_options
from sim.config import Settings, build
from sim.config.optimised import shipped
from sim.engines.context import build_context
from sim.engines.ensemble import run_block
from sim.errors import UserError
from sim.studies._pages import render_page
from sim.studies.allocation import compare, table
from sim.studies.allocation.command import ROOM
from sim.studies.allocation.divisions import (
    PURPOSES,
    RULES,
    by_rule,
    by_shares,
    measure,
    named,
    on_simplex,
    shares_given,
    who_may_receive,
)
from sim.studies.allocation.options import AllocateOptions
from sim.studies.allocation.report import report_values
from sim.studies.allocation.search import (
    balanced,
    challenger,
    hypervolume,
    non_dominated,
    search,
    start,
)
from sim.studies.allocation.trial import Trial, allocate

YEARS = {"first": 2024, "last": 2027}
FEW = AllocateOptions(population=9, generations=3, runs=5, fresh=7, elsewhere=6)
SETTINGS = build({"years": YEARS})
COLD = build({"years": YEARS, "scenario": {"name": "cold_war", "rivalry": 0.9}})
RECIPIENTS = ("KHM", "IDN", "MYS", "PHL", "THA", "VNM")
needs_optimiser = pytest.mark.skipif(
    importlib.util.find_spec("pymoo") is None, reason="pymoo is an optional library"
)


@pytest.fixture(scope="module")
def trial() -> Trial:
    pytest.importorskip("pymoo")
    return allocate(SETTINGS, FEW, others={"cold_war": COLD})


@needs_optimiser
def test_the_search_finds_a_front_that_is_known():
    """Two of four recipients are worth something, to different purposes: unbeaten is what goes to these two alone."""

    def toy(shares):
        return np.stack([shares[:, 0], shares[:, 1], shares[:, 0] + shares[:, 1]], axis=-1)

    found = search(toy, recipients=4, population=20, generations=35, seed=3)
    useful = found.shares[:, :2].sum(axis=1)
    assert useful.min() > 0.9 and useful.mean() > 0.97
    assert found.values[0, 0] == 1.0 and found.values[:, 1].max() == 1.0
    assert len(found.shares) >= 10
    assert np.diff(np.sort(found.shares[:, 0])).max() < 0.25
    middle = found.shares[balanced(found.values)]
    assert abs(middle[0] - 0.5) < 0.1


@needs_optimiser
def test_waste_is_never_on_the_front_where_every_purpose_has_its_own_recipient():
    """Diminishing returns, three useful recipients: the fifth and fourth get nothing, the middle is even."""
    found = search(
        lambda shares: np.sqrt(shares[:, :3]), recipients=5, population=30, generations=40, seed=11
    )
    assert found.shares[:, 3:].max() < 0.1 and found.shares[:, 3:].mean() < 0.02
    assert np.abs(found.shares[balanced(found.values), :3] - 1 / 3).max() < 0.15


@needs_optimiser
def test_the_same_seed_is_the_same_front_and_another_is_another():
    def toy(shares):
        return shares[:, :3] * (1.0 + shares[:, 3:4])

    one, again, other = (
        search(toy, recipients=4, population=12, generations=5, seed=seed)
        for seed in (8, 8, 2**63 - 1)
    )
    np.testing.assert_array_equal(one.shares, again.shares)
    np.testing.assert_array_equal(one.values, again.values)
    assert one.shares.shape != other.shares.shape or (one.shares != other.shares).any()


@needs_optimiser
@pytest.mark.parametrize("recipients", [2, 5, 12])
def test_every_division_tried_is_on_the_simplex(recipients):
    tried = []

    def toy(shares):
        tried.append(shares)
        return np.stack([shares[:, 0], shares[:, -1], -(shares**2).sum(axis=1)], axis=-1)

    search(toy, recipients=recipients, population=10, generations=4, seed=1)
    seen = np.concatenate(tried)
    assert len(tried) == 4 and seen.shape[1] == recipients
    assert (seen >= 0.0).all()
    np.testing.assert_allclose(seen.sum(axis=1), 1.0, atol=1e-5)


@given(arrays(float, (7, 5), elements=st.floats(0.0, 1.0)))
def test_anything_can_be_put_on_the_simplex(given_):
    before = given_.copy()
    shares = on_simplex(given_)
    np.testing.assert_allclose(shares.sum(axis=1), 1.0)
    assert ((shares == 0.0) | (shares >= 0.01)).all()
    np.testing.assert_allclose(on_simplex(shares), shares)
    np.testing.assert_array_equal(given_, before)


def test_nothing_at_all_is_shared_equally():
    np.testing.assert_allclose(on_simplex(np.zeros((1, 4))), 0.25)
    np.testing.assert_allclose(on_simplex(np.ones((1, 200))), 0.005)


def test_the_first_generation_holds_the_plain_divisions():
    first = start(3, 8, np.random.default_rng(5))
    np.testing.assert_allclose(first[:4], [*np.eye(3), [1 / 3] * 3])
    assert first.shape == (8, 3)


@given(arrays(float, (6, 3), elements=st.integers(0, 4).map(float)))
def test_the_front_is_what_nobody_beats(values):
    def beats(one, other):
        return all(one >= other) and any(one > other)

    expected = [not any(beats(other, one) for other in values) for one in values]
    assert non_dominated(values).tolist() == expected and any(expected)


def test_the_challenger_beats_by_most_where_it_beats_least():
    front = np.array([[9.0, 0.0, 0.0], [2.0, 2.0, 2.0], [0.0, 5.0, 5.0]])
    assert challenger(front, np.array([1.0, 1.0, 1.0])) == 1


@needs_optimiser
@given(arrays(float, (1, 3), elements=st.floats(0.1, 9.0)))
def test_one_points_hypervolume_is_its_box(point):
    assert hypervolume(point, np.zeros(3)) == pytest.approx(float(point.prod()))
    assert hypervolume(point, point[0]) == 0.0
    twice = np.concatenate([point, 0.5 * point])
    assert hypervolume(twice, np.zeros(3)) == pytest.approx(float(point.prod()))


def test_a_ratio_of_exact_pairs_is_exact():
    below = np.array([1.0, 2.0, 4.0])
    rate, half = compare.ratio(3.0 * below, below)
    assert rate == pytest.approx(3.0) and half == pytest.approx(0.0, abs=1e-12)
    assert np.isnan(compare.ratio(below, np.zeros(3))).all()


def test_recipients_are_those_designated_in_time():
    assert who_may_receive(SETTINGS) == RECIPIENTS
    early = build({"years": {"first": 2024, "last": 2025}})
    assert who_may_receive(early) == ("IDN", "MYS", "PHL", "THA")


@pytest.mark.parametrize(
    ("given_", "told"),
    [
        ({"policy": {"japan": {"osa_budget": 0}}}, "above 0"),
        ({"partners": ["CHN", "USA"]}, "Japan must be"),
        ({"states": ["SGP", "BRN"]}, "nobody may receive"),
        ({"states": ["PHL", "SGP"]}, "PHL may receive"),
    ],
)
def test_there_must_be_something_to_divide(given_, told):
    with pytest.raises(UserError, match=told):
        who_may_receive(build({"years": YEARS, **given_}))


def test_a_division_reaches_the_recipients_and_nobody_else():
    """The whole budget, by the shares asked for, once all are designated."""
    shares = {"MYS": 0.6, "VNM": 0.4, "PHL": 0.0}
    point = by_shares(SETTINGS, shares)
    stage = build_context(point)
    *_, last = run_block(stage, [point], replicates=3)
    japan = last.passed.offers.security_aid[..., stage.partners.index("JPN")]
    share = japan / japan.sum(axis=-1, keepdims=True)
    for place, code in enumerate(stage.states):
        np.testing.assert_allclose(share[:, place], shares.get(code, 0.0))
    given_ = shares_given([by_rule(SETTINGS, "equal"), point], RECIPIENTS, first=0, replicates=3)
    np.testing.assert_allclose(given_[0], 1 / 6)
    np.testing.assert_allclose(given_[1], [0.0, 0.0, 0.6, 0.0, 0.0, 0.4])


def test_later_futures_are_others_and_the_same_in_any_block():
    points = [by_rule(SETTINGS, rule) for rule in ("historical", "equal", "none")]
    whole = measure(points, first=0, replicates=12)
    np.testing.assert_array_equal(measure(points[1:], first=7, replicates=5), whole[1:, 7:])
    assert (whole[:, :5] != whole[:, 7:]).all()


def test_scores_may_be_of_the_last_year_or_of_all():
    points = [by_rule(SETTINGS, "equal")]
    last, mean = (measure(points, first=0, replicates=5, judged=how) for how in ("last", "mean"))
    assert last.shape == mean.shape == (1, 5, 3) and (last != mean).any()
    assert ((last >= 0) & (last <= 100)).all()


def test_divisions_without_money_are_all_the_same():
    """The measure reads nothing but what the money does."""
    poor = build({"years": YEARS, "policy": {"japan": {"osa_budget": 0}}})
    points = [by_shares(poor, one) for one in named(np.eye(6), RECIPIENTS)]
    found = measure(points, first=0, replicates=5)
    assert (found == found[:1]).all()


def test_a_trial_tests_everything_on_futures_it_never_searched(trial):
    assert trial.names[:7] == ("none", *RULES)
    assert set(trial.chosen.values()) <= set(trial.front) and trial.own == "baseline"
    assert list(trial.fresh) == ["baseline", "cold_war"]
    assert trial.searched.shape == (len(trial.names), 5, 3)
    assert trial.fresh["baseline"].shape == (len(trial.names), 7, 3)
    assert trial.fresh["cold_war"].shape == (len(trial.names), 6, 3)
    overlap = trial.fresh["baseline"][:, :5] == trial.searched
    assert not overlap.any()
    again = measure([by_rule(SETTINGS, "equal")], first=5, replicates=7)[0]
    np.testing.assert_array_equal(trial.scores("equal"), again)


@needs_optimiser
def test_the_last_bits_of_a_value_do_not_lead_the_search_elsewhere():
    def here(shares):
        return np.minimum(shares[:, :3], 0.3)  # many are equally good

    def on_another_processor(shares):
        return here(shares) * (1.0 + 1e-14 * np.sin(1e4 * shares[:, :3]))

    found = [
        search(measured, recipients=4, population=20, generations=12, seed=3).shares
        for measured in (here, on_another_processor)
    ]
    assert np.array_equal(*found)


def test_what_was_chosen_was_best_in_the_search(trial):
    means = trial.searched.mean(axis=1)[-len(trial.front) :]
    for at, label in enumerate(list(trial.chosen)[:3]):
        place = trial.front.index(trial.chosen[label])
        assert means[place, at] == means[:, at].max()
    assert non_dominated(means).all()


def test_optimism_is_the_gain_in_sample_less_that_out_of_sample(trial):
    before, after = compare.optimism(trial)["balanced"]
    name, base = trial.chosen["balanced"], trial.names.index("historical")
    seen = trial.searched[trial.names.index(name)] - trial.searched[base]
    np.testing.assert_allclose(before, seen.mean(axis=0))
    np.testing.assert_allclose(after, [one.mean for one in compare.gains(trial, name)])


def test_verdicts_follow_the_intervals(trial):
    """A front that is better by a wide margin everywhere beats all rules; one that is worse beats none."""
    shift = np.zeros((len(trial.names), 1, 1))
    shift[-len(trial.front) :] = 30.0
    better, worse = (
        dataclasses.replace(trial, fresh={"baseline": trial.fresh["baseline"] + sign * shift})
        for sign in (1.0, -1.0)
    )
    assert set(compare.verdicts(better).values()) == {"dominated"}
    assert set(compare.verdicts(worse).values()) == {"not dominated"}
    assert report_values(worse)["rules"] == {
        "dominated": [],
        "dominated on average": [],
        "not dominated": list(RULES),
    }
    assert compare.volumes(worse)["front"] == 0.0 < compare.volumes(better)["front"]


def test_an_exchange_counts_what_is_lost_and_gained(trial):
    for one in compare.exchanges(trial):
        after, before = trial.chosen[one.end], trial.chosen[one.start]
        gained = dict(
            zip(
                ("deterrence", "sea_lanes", "soft_power"),
                compare.gains(trial, after, before),
                strict=True,
            )
        )
        assert one.gained.mean == pytest.approx(gained[one.bought].mean)
        assert one.lost.mean == pytest.approx(-gained[one.given_up].mean)
        assert np.isnan(one.rate) or one.rate == pytest.approx(one.gained.mean / one.lost.mean)
    assert len(compare.exchanges(trial)) == 9


def test_tables_hold_every_candidate_once(trial):
    found = table.candidates(trial)
    assert list(found["name"]) == list(trial.names)
    front, rest = table.front(found), table.rules(trial, found)
    assert len(front) + len(rest) == len(found)
    np.testing.assert_allclose(front.filter(like="share_").sum(axis=1), 1.0, atol=1e-5)
    assert (rest.loc[rest["name"] == "historical", "deterrence_gain"] == 0.0).all()
    assert set(rest.loc[rest["kind"] == "rule", "verdict"]) <= {
        compare.SURELY,
        compare.ON_AVERAGE,
        compare.NOT,
    }
    assert set(table.scenarios(trial)["scenario"]) == {"baseline", "cold_war"}
    assert len(table.trade_offs(trial)) == 9


def test_what_is_printed_to_be_pasted_is_the_division(trial):
    name = trial.chosen["balanced"]
    rule, *parts = table.command_snippet(trial, name).split()
    assert rule == "policy.japan.allocation=custom"
    pasted = {part.split("=")[0][-3:]: float(part.split("=")[1]) for part in parts}
    for code, part in trial.split(name).items():
        assert pasted.get(code, 0.0) == pytest.approx(part, abs=6e-4)


def test_what_is_printed_composes_into_these_settings(trial):
    pasted = table.command_snippet(trial, trial.chosen["best in soft power"]).split()
    made = build(take_options(compose(Source(folder=CONF, name="config"), pasted))[1])
    check_overrides(parse(pasted), Source(folder=CONF, name="config"))
    assert made.policy.japan.allocation == "custom"
    assert sum(made.policy.japan.custom.values()) == pytest.approx(1.0, abs=0.01)


def test_the_table_to_ship_sums_to_one_and_says_where_it_comes_from(trial):
    made = table.optimised_division(trial)
    assert sum(made.shares.values()) == pytest.approx(1.0) and set(made.shares) == set(RECIPIENTS)
    assert {"version", "world", "osa_budget", "seed", "rule"} <= set(made.found)


def test_the_page_says_the_size_first(trial):
    text = render_page(ROOM, report_values(trial))
    answer = text.index("**Answer.**")
    assert text.index("points of 100") < text.index("The balanced division") and answer < 600
    assert text.count("](figures/") == 2
    for part in ("Optimism", "Hypervolume", "cold_war", "Ready to paste", "## Limitations"):
        assert part in text


def test_where_else_rules_stay_beaten_is_said(trial):
    beaten = sum(one == compare.SURELY for one in compare.verdicts(trial, "cold_war").values())
    assert f"{beaten} in cold_war." in _answer(trial)
    alone = dataclasses.replace(trial, fresh={"baseline": trial.fresh["baseline"]})
    assert "Tested elsewhere" in _answer(trial) and "Tested elsewhere" not in _answer(alone)


def _answer(trial):
    return render_page(ROOM, report_values(trial), block="answer")


def test_a_small_and_a_large_matter_are_told_apart(trial):
    assert "this is a small effect" in _answer(trial)
    wide = trial.fresh["baseline"].copy()
    wide[-1, :, 0] += 50.0
    large = dataclasses.replace(trial, fresh={"baseline": wide})
    assert "This is a substantial effect" in _answer(large)


def test_the_table_that_ships_still_gains_what_it_says():
    """On the model as it is now; if not, run: python experiments/allocate.py publish=true."""
    points = [by_rule(Settings(), rule) for rule in ("optimised", "historical")]
    found = measure(points, first=AllocateOptions().runs, replicates=60)
    gains = (found[0] - found[1]).mean(axis=0)
    said = [shipped().gain[name] for name in PURPOSES]
    np.testing.assert_array_less(np.abs(gains - said), [0.03, 0.03, 0.006])


def test_without_the_optimiser_it_says_what_to_install(monkeypatch):
    monkeypatch.setitem(sys.modules, "pymoo", None)
    with pytest.raises(UserError, match=r"\.\[analysis\]"):
        allocate(SETTINGS, FEW, others={})
