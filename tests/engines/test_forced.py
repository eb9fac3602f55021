"""The forced pass is the model's own year on the observed memory, and nothing later reaches it."""

from __future__ import annotations

import dataclasses

import numpy as np
import pytest

import sim.world.load as loading
from sim.config import Settings
from sim.engines.course import RecordCourse, still
from sim.engines.forced import CARRIED, respond
from sim.engines.free import free_run
from sim.engines.past import past_context, rivalry_level
from sim.engines.planes import state_partner_array
from sim.rules import year as the_year

RUNS = 3


@pytest.fixture(scope="module")
def course():
    return RecordCourse(past_context(Settings(), known=2012))


def _rules(stage, stances):
    rules = stage.settings.rules
    weight = np.array(stances, dtype=float)[:, np.newaxis, np.newaxis]
    return dataclasses.replace(rules, acts=dataclasses.replace(rules.acts, stance=weight))


def test_the_observed_memory_is_put_in_each_year(course):
    observed = course.stage.observed
    for year, memory in zip(course.years, course.memories, strict=True):
        then = observed.sel(year=year - 1)
        for name in ("rung", "use", "arms", "dependence"):
            expected = np.nan_to_num(state_partner_array(then[name]))
            assert np.array_equal(getattr(memory, name), expected)
        assert np.array_equal(memory.economic_tie, then["economic_tie"].values)


def test_pressure_salience_and_resolve_are_the_models(course):
    first, last = course.memories[0], course.memories[-1]
    assert last.pressure.max() > first.pressure.max() > 0.0  # ambition at sea rose to 2012
    assert (last.salience >= 0.0).all()
    assert (last.pressure[:, 1:] == 0.0).all()  # only China claims waters


def test_every_year_is_the_models_own(course):
    """With the carried opinion and stance in place, a year passed in the ordinary way has the same chances."""
    rules = course.stage.settings.rules
    responses = respond(course, rules, RUNS)
    k = 4
    year = course.years[k]
    conduct, outlook = course.drivers[year]
    memory = dataclasses.replace(course.memories[k], **_carried(course, k))
    passed = the_year.simulate_year(
        memory=memory,
        structure=course.stage.structure,
        conduct=conduct,
        outlook=outlook,
        luck=still(memory),
        rules=rules,
    )
    assert passed.choice.acts.up == pytest.approx(responses.up[k, 0], rel=1e-9)
    assert passed.choice.stance.stance == pytest.approx(responses.stance[k, 0], rel=1e-9)
    assert passed.choice.opinion.trust == pytest.approx(responses.trust[k, 0], rel=1e-9)


def _carried(course, k):
    """What the pass carries into year k, by passing the years before it one by one."""
    rules, stage = course.stage.settings.rules, course.stage
    memory = course.memories[0]
    carried = {name: getattr(memory, name) for name in CARRIED}
    for year, observed in zip(course.years[:k], course.memories[:k], strict=True):
        conduct, outlook = course.drivers[year]
        passed = the_year.simulate_year(
            memory=dataclasses.replace(observed, **carried),
            structure=stage.structure,
            conduct=conduct,
            outlook=outlook,
            luck=still(observed),
            rules=rules,
        )
        carried = {name: getattr(passed.memory, name) for name in CARRIED}
    return carried


def test_rules_side_by_side_are_rules_one_by_one(course):
    together = respond(course, _rules(course.stage, [0.5, 1.0, 2.0]), 3)
    alone = respond(course, _rules(course.stage, [2.0, 2.0]), 2)
    assert together.up[:, 2] == pytest.approx(alone.up[:, 0], rel=1e-12)
    assert not np.allclose(together.up[:, 0], together.up[:, 2])


def test_nothing_after_what_was_known_reaches_the_pass(course, monkeypatch):
    before = respond(course, course.stage.settings.rules, RUNS)
    true = loading.read_table

    def false(name, folder):
        table = true(name, folder)
        later = (table["year"] > 2012).fillna(False)
        table["value"] = table["value"].where(~later, 0.37 * table["value"] + 0.011)
        return table

    _forget()
    monkeypatch.setattr(loading, "read_table", false)
    again = RecordCourse(past_context(Settings(), known=2012))
    after = respond(again, again.stage.settings.rules, RUNS)
    assert np.array_equal(before.up, after.up)
    assert np.array_equal(before.trust, after.trust)
    _forget()


def _forget():
    loading._load_all.cache_clear()
    loading._series_tables.cache_clear()


def test_free_runs_share_chance_across_points(course):
    rules = _rules(course.stage, np.repeat([1.0, 1.0, 3.0], 2))
    run = free_run(course, rules, points=3, replicates=2)
    assert run.years == tuple(range(2000, 2013))
    assert np.array_equal(run.security[:, :2], run.security[:, 2:4])  # equal numbers, equal chance
    assert not np.array_equal(run.security[:, 0], run.security[:, 1])  # replicates differ
    assert not np.array_equal(run.security[:, :2], run.security[:, 4:])


def test_rivalry_rose_by_stretches():
    assert [rivalry_level(year) for year in (2001, 2011, 2012, 2022)] == [0.3, 0.3, 0.5, 0.6]
