"""In years on record every run meets what the record says of the powers, and the first of them can be a start."""

from __future__ import annotations

import dataclasses

import numpy as np
import pytest

from sim.config import Settings
from sim.config.settings import Event, Years
from sim.engines.context import build_context
from sim.engines.drivers import drivers
from sim.engines.ensemble import first_memory, run_block

STATES = ("PHL", "KHM", "VNM")


def _settings(first, last, **changes):
    return Settings(states=STATES, years=Years(first=first, last=last), **changes)


def _shocked(settings):
    event = Event(year=2018, kind="incident", size=3.0, state="PHL", partner="CHN")
    return dataclasses.replace(
        settings, scenario=dataclasses.replace(settings.scenario, events=(event,))
    )


@pytest.mark.parametrize("events", [False, True])
def test_conduct_of_an_observed_year_is_shifted_as_the_record_says(events):
    settings = _settings(2016, 2026)
    settings = _shocked(settings) if events else settings
    stage = build_context(settings)
    for year, (conduct, _) in drivers(stage, [settings] * 2, 3):
        for name in ("credibility", "ambition"):
            assert np.array_equal(getattr(conduct, name), getattr(stage.conduct(year), name))
    shift = stage.world["credibility_shift"].sel(year=2017, partner="USA").item()
    assert shift < 0.0
    usual = settings.policy.united_states.credibility
    assert stage.conduct(2017).credibility[0, 1] == pytest.approx(usual + shift)


def test_a_run_may_start_from_the_first_year_on_record():
    settings = _settings(2001, 2003)
    records = list(run_block(build_context(settings), [settings], replicates=2))
    assert [record.year for record in records] == [2001, 2002, 2003]


def test_draws_with_chances_of_their_own_are_the_same_runs_numbered_on():
    settings = _settings(2022, 2023)
    stage = build_context(settings)
    (*_, both), (*_, later) = (
        run_block(stage, [settings] * 2, replicates=3, common=False),
        run_block(stage, [settings], first=3, replicates=3),
    )
    rung, again = both.passed.memory.trust, later.passed.memory.trust
    assert np.array_equal(rung[3:], again)
    assert not np.array_equal(rung[:3], rung[3:])


def test_the_first_memory_is_where_the_first_year_begins():
    settings = _settings(2023, 2023)
    stage = build_context(settings)
    start = first_memory(stage, [settings], replicates=5)
    assert start.stance.shape == (5, 3, 1)
    assert np.array_equal(start.rung[0], stage.start.rung)


def test_opinion_rests_where_the_powers_stood_at_the_start():
    for first in (2005, 2019):  # the United States were less believed than usual in the year before
        stage = build_context(_settings(first, first))
        before = stage.world["credibility_shift"].sel(year=first - 1, partner="USA").item()
        assert before < 0.0
        assert np.array_equal(stage.structure.credibility, stage.conduct(first).credibility)
