"""What happened in a run: every act, turn and episode once, dated, with a reason and the chance that it had."""

from __future__ import annotations

import numpy as np
import pytest
import xarray as xr

from sim.errors import UserError
from sim.outcomes.act_lines import act_lines, acts_of_run
from sim.outcomes.chronicle import KINDS, UNUSUAL, chronicle
from sim.outcomes.compute import compute_outcomes
from sim.outcomes.wording import one_in
from tests.outcomes.futures import FIRST, LAST, RUNS, STATES, ask, future, settings

DEMAND = (("year", 2026), ("kind", "demand"), ("partner", "CHN"), ("size", 1.0))
CLASH = (("year", 2027), ("kind", "incident"), ("state", "PHL"), ("partner", "CHN"), ("size", 30.0))
LIVELY = ask(
    policy__china__coercion=1.0, rules__coercion__rate=0.6, scenario__events=(DEMAND, CLASH)
)


def events(run, **kwargs):
    return chronicle(future(LIVELY), settings(LIVELY).rules, run=run, **kwargs)


def cells(run, name):
    """The variable in the simulated years of a run."""
    return future(LIVELY)[name].sel(run=run, year=slice(FIRST, LAST))


@pytest.mark.parametrize("run", range(RUNS))
def test_every_act_turn_episode_and_concession_is_told_once(run):
    found = events(run)
    for kind, name in (
        ("act", "steps"),
        ("turnover", "turned"),
        ("episode", "outbreak"),
        ("concession", "conceded"),
        ("demand", "accepted"),
    ):
        told = [event for event in found if event.kind == kind]
        count = int((cells(run, name) != 0.0).sum())
        if kind == "demand":
            count += int((cells(run, "refused") != 0.0).sum())
        assert len(told) == count, kind
    for event in found:
        if event.kind == "act":
            here = {"state": event.state, "partner": event.partner, "year": event.year}
            assert float(cells(run, "steps").sel(here)) == event.size
            assert ("up" if event.size > 0 else "down") in event.text


def test_every_kind_happens_and_every_event_has_its_words():
    every = [event for run in range(RUNS) for event in events(run)]
    assert {event.kind for event in every} == set(KINDS)
    for event in every:
        assert event.sentence.startswith(f"{event.year}: ") and event.sentence.endswith(".")
        assert 0.0 <= event.chance <= 1.0 and one_in(event.chance) in event.sentence
        assert "  " not in event.sentence and "nan" not in event.sentence
        assert bool(event.partner) == (event.kind != "turnover")
    answered = [event for event in every if event.kind == "act" and event.year == 2026]
    assert any("answering a demand by China" in event.reason for event in answered)


def test_years_are_in_order_and_states_may_be_chosen():
    found = events(1)
    assert [event.year for event in found] == sorted(event.year for event in found)
    assert {event.state for event in found} == set(STATES)
    alone = events(1, states=["VNM"])
    assert alone == [event for event in found if event.state == "VNM"]


def test_a_bad_year_at_sea_is_one_that_is_rarely_as_bad():
    for run in range(RUNS):
        told = [event for event in events(run) if event.kind == "incidents"]
        assert all(event.chance <= UNUSUAL for event in told)
        assert any((event.year, event.state) == (2027, "PHL") for event in told)


def test_a_history_without_terms_has_no_reasons_to_tell():
    bare = future(LIVELY).drop_vars("act_term")
    with pytest.raises(UserError, match="act_term"):
        chronicle(bare, settings(LIVELY).rules, run=0)


@pytest.mark.parametrize(
    ("chance", "said"),
    [
        (1.0, "certain"),
        (0.7, "more likely than not"),
        (1.0 / 3.0, "one in three"),
        (0.001, "one in 1000"),
        (0.0, "beyond all chance"),
    ],
)
def test_luck_is_said_in_words(chance, said):
    assert one_in(chance) == said


def outcomes(run=None):
    numbers = settings(LIVELY).rules.observation
    told = compute_outcomes(future(LIVELY).sel(year=slice(FIRST, None)), numbers)
    return told if run is None else told.sel(run=run)


def test_the_acts_of_one_run_are_named_with_their_dates():
    acts = acts_of_run(outcomes(1))
    assert len(acts) == int((cells(1, "steps") != 0.0).sum())
    lines = act_lines(outcomes(1), first=FIRST)
    up = sum(act.steps > 0 for act in acts)
    assert lines[0].startswith(f"Acts: {up} steps up and {len(acts) - up} down")
    assert all(line.strip() in {act.words for act in acts} for line in lines[1:])
    downs = [act for act in acts if act.steps < 0]
    if len(downs) < 12:
        assert {f"  {act.words}" for act in downs} <= set(lines)


def test_many_runs_are_counted():
    lines = act_lines(outcomes(), first=FIRST)
    assert f"of {RUNS} runs" in lines[0] and len(lines) == 2 + len(STATES)
    steps = future(LIVELY)["steps"].sel(year=slice(FIRST, None), state="VNM", partner="JPN")
    up, down = (int(((sign * steps) > 0.0).any("year").sum()) for sign in (1, -1))
    vietnam = next(line for line in lines if "Vietnam" in line)
    assert vietnam.split()[-3:] == [str(up), "/", str(down)]


def test_where_nothing_was_done_that_is_said():
    quiet = outcomes(0)
    still = quiet.assign(
        {name: 0.0 * quiet[name] for name in quiet if str(name).startswith("acts_")}
    )
    assert act_lines(still, first=FIRST) == ["No state steps up or down with anybody."]
    assert act_lines(xr.Dataset(), first=FIRST) == []
    assert np.isfinite(quiet["acts_up_china"]).all()
