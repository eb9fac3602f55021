"""The game is the model with some choices taken over: unplayed it is the model, played it keeps to the model's pace."""

from __future__ import annotations

import json

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sim.config import build
from sim.engines.region import simulate
from sim.errors import UserError
from sim.game.debrief import compare_with_baseline, unplayed_baseline
from sim.game.log import log_of, read_log, replay_log
from sim.game.orders import may_order, order_steps, read_order
from sim.game.turn import Game

SETTINGS = build({"states": ["PHL", "VNM", "KHM", "MYS"], "years": {"last": 2028}})
SEATS = ("CHN", "USA", "JPN", "PHL", "VNM", "KHM")


def played(*turns, seats=SEATS):
    game = Game(SETTINGS, seats)
    for orders in turns:
        game.turn(orders)
    return game


def test_unplayed_the_game_is_the_models_own_history():
    game, own = played({}, {}, {}, {}, {}), simulate(SETTINGS)
    told = game.history()
    for name in own.data_vars:
        if own[name].dtype.kind == "f":
            np.testing.assert_allclose(told[name], own[name], rtol=1e-12, err_msg=str(name))
    assert not told["played"].any()
    assert game.year is None


def test_the_debrief_of_an_unplayed_game_finds_no_difference():
    game = played({}, {}, {})
    table = compare_with_baseline(game.outcomes(), unplayed_baseline(game, 21), start=2023)
    assert np.nan_to_num(table["difference"]).max() == pytest.approx(0.0, abs=1e-9)
    assert not table["beyond"].any()


@settings(max_examples=7)
@given(
    aim=st.floats(-1.0, 1.0),
    act=st.sampled_from(["none", "up_china", "up_united_states", "down_japan"]),
    resolve=st.floats(0.0, 1.0),
    effort=st.floats(0.0, 0.6),
)
def test_whatever_a_state_orders_its_ties_stay_shares_and_it_moves_at_the_rules_pace(
    aim, act, resolve, effort
):
    order = {"stance": aim, "act": act, "resolve": resolve, "effort": effort}
    game = Game(SETTINGS, ["PHL"])
    before = game.memory
    record = game.turn({"PHL": order})
    after, row = record.passed.memory, game.stage.states.index("PHL")
    for name in ("security_tie", "economic_tie"):
        shares = getattr(after, name)[row]
        assert shares.sum() == pytest.approx(1.0) and (shares >= 0.0).all()
    numbers = SETTINGS.rules
    moved = before.stance[row] + numbers.stance.speed * (aim - before.stance[row])
    np.testing.assert_allclose(after.stance[row], moved, rtol=1e-12)
    step = numbers.resolve.adjustment * (resolve - before.resolve[row])
    np.testing.assert_allclose(after.resolve[row], before.resolve[row] + step, rtol=1e-12)
    wanted = np.zeros(3)
    if act != "none":
        place, way = order_steps(game.stage)[act]
        wanted[place] = way
    np.testing.assert_array_equal(record.passed.choice.acts.steps[row], wanted)


def test_an_act_is_ordered_for_the_year_alone():
    game = played({"PHL": {"act": "up_japan", "effort": 0.3}}, {})
    assert game.standing["PHL"] == {"effort": 0.3}


def test_one_states_order_moves_no_other_states_choice_that_year():
    free, bound = Game(SETTINGS, ["PHL"]), Game(SETTINGS, ["PHL"])
    one, other = (
        free.turn({}),
        bound.turn({"PHL": {"act": "up_china", "stance": -1.0, "resolve": 0.0}}),
    )
    np.testing.assert_array_equal(
        one.passed.memory.security_tie[1:], other.passed.memory.security_tie[1:]
    )
    assert (one.passed.memory.security_tie[0] != other.passed.memory.security_tie[0]).any()


def test_orders_stand_until_they_are_taken_back():
    game = played({"PHL": {"effort": 0.6}}, {}, {"PHL": {"effort": "model"}})
    told = game.history()["played"].sel(state="PHL", year=[2024, 2025, 2026])
    assert told.values.tolist() == [1, 1, 0]
    assert game.records[1].passed.choice.effort[0] == 0.6
    assert game.records[2].passed.choice.effort[0] != 0.6


def test_japans_spending_is_what_was_ordered_year_by_year():
    game = played({}, {"JPN": {"osa_budget": 30.0}}, {})
    assert game.history()["osa_spent"].sel(year=[2024, 2025, 2026]).values.tolist() == [2, 30, 30]
    assert json.loads(game.history().attrs["played"]) == {
        "2024": {},
        "2025": {"JPN": {"osa_budget": 30.0}},
        "2026": {},
    }


def test_a_step_up_with_the_united_states_calls_for_reassuring_china():
    game = played({"VNM": {"act": "up_united_states"}})
    free = played({"VNM": {"act": "none"}})
    china, row = list(game.stage.partners).index("CHN"), game.stage.states.index("VNM")
    one, other = (g.records[0].passed.choice.reassurance[row, china] for g in (game, free))
    assert one >= other
    used = [g.records[0].passed.memory.renewed[row, 1] for g in (game, free)]
    assert used[0] == 0.0 < used[1]


def test_a_state_without_a_claim_is_not_asked_for_resolve():
    game = Game(SETTINGS, ["KHM", "PHL"])
    assert "resolve" in may_order("PHL", game.stage)
    assert "resolve" not in may_order("KHM", game.stage)


def test_a_log_plays_the_same_game_again(tmp_path):
    game = played({"PHL": {"act": "up_japan", "resolve": 0.9}, "CHN": {"gray_zone": 0.1}}, {})
    path = tmp_path / "log.json"
    path.write_bytes(log_of(game))
    again = replay_log(read_log(path), path)
    assert log_of(again) == path.read_bytes()
    assert again.history().identical(game.history())
    assert again.year == 2026


@pytest.mark.parametrize(
    ("seat", "text", "part"),
    [
        ("JPN", "osa_budget=-3", "between 0 and 200"),
        ("JPN", "osa_budget=nan", "between 0 and 200"),
        ("JPN", "osa_budgt=3", "osa_budget"),
        ("JPN", "osa_budget", "name=value"),
        ("JPN", "=3", "name=value"),
        ("JPN", "osa_budget=3 osa_budget=4", "twice"),
        ("JPN", "allocation=custom", "historical"),
        ("CHN", "osa_budget=3", "gray_zone"),
        ("CHN", "gray_zone=model", "between 0 and 1"),
        ("PHL", "act=nowhere", "up_united_states"),
        ("PHL", "resolve=2", "between 0 and 1"),
        ("PHL", "effort=lots", "between 0 and 0.6"),
        ("KHM", "resolve=1", "KHM cannot order"),
    ],
)
def test_an_order_that_is_not_allowed_is_told(seat, text, part):
    with pytest.raises(UserError, match=part):
        read_order(text, seat, Game(SETTINGS, SEATS).stage)


def test_a_seat_that_is_not_in_the_game_is_refused():
    for seats in ([], ["PHL", "Philippines"], ["XXX"], ["IND"], ["THA"]):
        with pytest.raises(UserError, match="seat"):
            Game(SETTINGS, seats)
    with pytest.raises(UserError, match="MYS"):
        played({"MYS": {"effort": 0.1}})


def test_after_the_last_year_there_is_no_turn():
    with pytest.raises(UserError, match="ends in 2028"):
        played(*[{}] * 6)


BROKEN = {
    "nothing": lambda log: {},
    "another form": lambda log: log | {"straits_game": 3},
    "budgets it does not have": lambda log: log | {"straits_game": 2},
    "a form that is no number": lambda log: log | {"straits_game": [1]},
    "budgets out of range": lambda log: (
        log | {"straits_game": 2, "budgets": {"japan": {"limit": -1}}}
    ),
    "a budget overspent": lambda log: (
        log | {"straits_game": 2, "budgets": {}, "turns": {"2024": {"JPN": {"osa_budget": 200.0}}}}
    ),
    "something more": lambda log: log | {"cheat": 1},
    "seats": lambda log: log | {"seats": "PHL"},
    "unknown seat": lambda log: log | {"seats": ["XXX"]},
    "settings": lambda log: log | {"settings": {"seed": -1}},
    "a year left out": lambda log: log | {"turns": {"2025": {}}},
    "too many years": lambda log: log | {"turns": {str(2024 + n): {} for n in range(9)}},
    "no turn": lambda log: log | {"turns": {}},
    "a list": lambda log: log | {"turns": [1]},
    "an order": lambda log: log | {"turns": {"2024": {"PHL": {"act": "mars"}}}},
    "orders": lambda log: log | {"turns": {"2024": {"PHL": 3}}},
    "a stranger": lambda log: log | {"turns": {"2024": {"MYS": {"effort": 0.1}}}},
}


@pytest.mark.parametrize("broken", BROKEN)
def test_a_broken_log_is_refused_by_name(broken, tmp_path):
    path = tmp_path / "log.json"
    path.write_text(json.dumps(BROKEN[broken](json.loads(log_of(played({}))))), encoding="utf-8")
    with pytest.raises(UserError, match=r"log\.json cannot be used"):
        replay_log(read_log(path), path)


@pytest.mark.parametrize("text", ["", "{", "[]", "\x00"])
def test_what_is_no_log_is_refused(text, tmp_path):
    path = tmp_path / "log.json"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(UserError, match="cannot be used"):
        read_log(path)
    with pytest.raises(UserError, match="cannot be used"):
        read_log(tmp_path / "nowhere.json")
