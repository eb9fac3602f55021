"""Budgets bind: what a power cannot pay is refused and changes nothing; what it saves on one lever it may spend on another."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.config import build, declared
from sim.config.declare import declarations
from sim.engines.context import build_context
from sim.errors import UserError
from sim.game.budget import check_paid, costs, limit_of
from sim.game.log import log_of, read_log, replay_log
from sim.game.orders import LEVERS, POLICY, ordered_settings
from sim.game.prices import Budgets
from sim.game.turn import Game
from sim.notebook.visitor import settings as settings_of

SETTINGS = build({"states": ["PHL", "VNM", "LAO", "MYS"], "years": {"last": 2027}})
STAGE = build_context(SETTINGS)
FREE = {"allocation", "export_rule"}  # rules, not money
NAMED = [
    *(f"policy/japan={name}" for name in ("none", "osa_2023", "osa_expanded", "lethal_exports")),
    *(f"policy/china={name}" for name in ("restrained", "status_quo", "assertive", "charm")),
    *(f"policy/united_states={name}" for name in ("engaged", "transactional", "retrenched")),
]


def game(budgets=None, seats=("CHN", "USA", "JPN", "PHL")):
    return Game(SETTINGS, seats, budgets or Budgets())


@pytest.mark.parametrize("seat", LEVERS)
def test_every_lever_that_takes_money_has_a_cost_and_costs_more_when_there_is_more_of_it(seat):
    known = declared()
    assert set(costs(seat, SETTINGS, Budgets(), STAGE)) == set(LEVERS[seat]) - FREE
    for lever in set(LEVERS[seat]) - FREE:
        most = known[f"policy.{POLICY[seat]}.{lever}"].high
        none, all_of_it = (
            costs(seat, ordered_settings(SETTINGS, {seat: {lever: value}}), Budgets(), STAGE)
            for value in (0.0, most)
        )
        assert none[lever] == 0.0 < all_of_it[lever], lever
        assert {name for name in none if none[name] != all_of_it[name]} == {lever}


@pytest.mark.parametrize("change", NAMED)
def test_every_named_policy_can_be_paid(change):
    settings = settings_of(change)
    for seat in LEVERS:
        check_paid(seat, settings, Budgets(), build_context(settings))


def test_japans_aid_costs_what_it_is_in_yen_and_training_is_for_coastal_states_alone():
    japan, price = SETTINGS.policy.japan, Budgets().japan
    cost = costs("JPN", SETTINGS, Budgets(), STAGE)
    assert cost["oda"] == japan.oda * japan.exchange_rate
    assert cost["osa_budget"] == japan.osa_budget
    assert cost["capacity_building"] == pytest.approx(3 * 2 * price.capacity_building)
    assert cost["exercises"] == pytest.approx(4 * 2 * price.exercises)


def test_what_cannot_be_paid_is_refused_and_leaves_the_game_as_it_was():
    one = game()
    with pytest.raises(UserError, match="Japan would spend .* oda 252.9.*its budget is 300"):
        one.turn({"JPN": {"osa_budget": 60.0}, "PHL": {"effort": 0.5}})
    assert one.year == 2024 and not one.turns and not one.standing["PHL"]
    one.turn({"JPN": {"osa_budget": 60.0, "oda": 1.5}})
    with pytest.raises(UserError, match="Japan would spend"):
        one.turn({"JPN": {"oda": 1.8}})  # what was ordered before is still to be paid


def test_a_game_that_begins_beyond_its_means_is_refused():
    rich = build({"policy": {"japan": {"oda": 9.0}}, "states": ["PHL"], "years": {"last": 2025}})
    with pytest.raises(UserError, match="game.budgets.japan.limit"):
        Game(rich, ["JPN"], Budgets())
    Game(rich, ["PHL"], Budgets())  # nobody plays Japan, so nothing binds it
    Game(rich, ["JPN"])


@given(st.floats(0.0, 200.0))
def test_a_budget_is_met_exactly_or_not_at_all(osa):
    settings = ordered_settings(SETTINGS, {"JPN": {"osa_budget": osa}})
    total = sum(costs("JPN", settings, Budgets(), STAGE).values())
    assert limit_of("JPN", Budgets()) == 300.0
    for limit, fits in ((total, True), (total - 0.01, False)):
        bound = replace(Budgets(), japan=replace(Budgets().japan, limit=limit))
        if fits:
            check_paid("JPN", settings, bound, STAGE)
        else:
            with pytest.raises(UserError, match="less"):
                check_paid("JPN", settings, bound, STAGE)


def test_budgets_that_do_not_bind_change_nothing():
    orders = {"CHN": {"gray_zone": 0.7}, "PHL": {"resolve": 1.0}}
    bound, free = game(), Game(SETTINGS, ("CHN", "USA", "JPN", "PHL"))
    for one in (bound, free):
        one.turn(orders)
    np.testing.assert_array_equal(
        bound.outcomes()["alignment"].values, free.outcomes()["alignment"].values
    )


def test_a_log_keeps_its_budgets_and_an_older_one_without_them_is_played_without(tmp_path):
    path = tmp_path / "log.json"
    mine = replace(Budgets(), japan=replace(Budgets().japan, limit=280.0))
    for budgets in (mine, None):
        one = Game(SETTINGS, ["JPN"], budgets)
        one.turn({"JPN": {"osa_budget": 20.0}})
        path.write_bytes(log_of(one))
        again = replay_log(read_log(path), path)
        assert again.budgets == budgets and log_of(again) == path.read_bytes()


def test_every_price_has_a_unit_a_range_and_a_source():
    for name, one in declarations(Budgets):
        assert one.unit and one.source and one.low <= one.default <= one.high, name
