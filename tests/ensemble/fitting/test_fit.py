"""The fit from end to end, in miniature; what it may not see; and what it is asked for afterwards."""

from __future__ import annotations

import dataclasses

import numpy as np
import pandas as pd
import pytest

import sim.world.load as loading
from sim.config import Settings
from sim.ensemble.fitting.check import coverage
from sim.ensemble.fitting.narrowing import narrowing, proposed_defaults
from sim.ensemble.fitting.numbers import fitted_numbers, values_of
from sim.ensemble.fitting.record import read_record
from sim.ensemble.fitting.steps import count_steps
from sim.studies.calibration import acts_log_score, acts_predictions, fit

SMALL = {"walkers": 80, "steps": 2, "draws": 40, "moments": False}
PATHS = ("rules.acts.up_china", "rules.acts.size", "rules.acts.gap", "error.offset_gallup")


@pytest.fixture(scope="module")
def found():
    return fit(until=2007, **SMALL)


@pytest.fixture(scope="module")
def middle():
    numbers = fitted_numbers()
    return values_of(numbers, np.zeros((2, len(numbers))))


def test_every_number_is_drawn_within_its_range(found):
    assert len(found.draws) == 40
    for number in found.numbers:
        assert found.draws[number.path].between(number.low, number.high).all()
    for name in ("double", "climb", "leap", "slip"):
        assert found.draws[f"rules.acts.{name}"].between(0.0, 1.0).all()


def test_what_the_record_cannot_tell_is_told(found):
    assert "rules.capacity.effectiveness" in found.silent
    assert "rules.acts.stance" not in found.silent
    table = narrowing(found).set_index("path")
    assert set(table.loc[list(found.silent), "record_says"]) == {"nothing"}
    assert set(proposed_defaults(found)) == {
        path for path in found.draws if not path.startswith("error.")
    }


def test_the_parts_are_those_of_the_draws(found):
    values = {n.path: found.draws[n.path].to_numpy() for n in found.numbers}
    again = read_record(found.settings, until=found.until).parts(values)
    assert found.log_likelihood_parts["acts"].to_numpy() == pytest.approx(again["acts"])


def test_a_state_left_out_says_nothing(middle):
    """The acts and answers of the state left out may be anything."""
    whole = read_record(Settings(), until=2012).parts(middle)
    states = [
        code for code in read_record(Settings(), until=2012).course.stage.states if code != "PHL"
    ]
    record = read_record(Settings(), until=2012, states=states)
    without = record.parts(middle)
    place = record.course.stage.states.index("PHL")
    other = dataclasses.replace(record.acts, up=record.acts.up.copy())
    other.up[:, place] = ~other.up[:, place]
    changed = dataclasses.replace(record, acts=other).parts(middle)
    assert changed["acts"] == pytest.approx(without["acts"])
    assert (without["acts"] > whole["acts"]).all()
    assert (without["net_trust"] == 0.0).all()  # only the Philippines were asked


def test_nothing_of_later_years_reaches_the_fit(middle, monkeypatch):
    before = read_record(Settings(), until=2012).parts(middle)
    true = loading.read_table

    def false(name, folder):
        table = true(name, folder)
        later = (table["year"] > 2012).fillna(False)
        table["value"] = table["value"].where(~later, 0.37 * table["value"] + 0.011)
        return table

    loading._load_all.cache_clear()
    loading._series_tables.cache_clear()
    monkeypatch.setattr(loading, "read_table", false)
    after = read_record(Settings(), until=2012).parts(middle)
    loading._load_all.cache_clear()
    loading._series_tables.cache_clear()
    assert {name: value.tolist() for name, value in before.items()} == {
        name: value.tolist() for name, value in after.items()
    }


def test_steps_are_counted_as_the_record_has_them():
    record = read_record(Settings(), until=2012)
    counts = count_steps(record.course.stage.observed, record.acts)
    for some, whole in counts.values():
        assert 0 <= some <= whole
    assert counts["double"][1] == (record.acts.up | record.acts.down)[record.acts.counts].sum()
    assert counts["leap"][1] == counts["climb"][0]


def test_acts_are_predicted_from_earlier_years_alone(found, monkeypatch):
    table = acts_predictions(found.draws, [2013, 2014], ["PHL", "VNM"])
    assert set(table["state"]) == {"PHL", "VNM"}
    assert len(table) == 2 * 2 * 3
    assert ((table["up"] > 0) & (table["down"] >= 0) & (table["up"] + table["down"] < 1)).all()
    only = acts_predictions(found.draws, [2013], ["PHL", "VNM"])
    assert only["up"].to_numpy() == pytest.approx(table.loc[table["year"] == 2013, "up"].to_numpy())


def test_the_log_score_is_that_of_the_predictions(found):
    table = acts_predictions(found.draws, [2013], None)
    none = 1 - table["up"] - table["down"]
    chance = pd.concat([table["down"], none, table["up"]], axis=1).to_numpy()
    expected = np.log([row[int(step) + 1] for row, step in zip(chance, table["step"], strict=True)])
    assert acts_log_score(found.draws, [2013]) == pytest.approx(expected.mean())
    assert found.acts_log_score([2013]) == pytest.approx(expected.mean())


def test_known_numbers_come_back():
    """Four replicates of four numbers: 16 ranges of 90 % hold at least 11 but once in ten thousand."""
    table = coverage(replicates=4, seed=7, walkers=32, steps=10, paths=PATHS)
    assert tuple(table["path"].sort_values()) == tuple(sorted(PATHS))
    assert table["inside"].mean() * 16 >= 11
    assert table.set_index("path").loc["rules.acts.up_china", "correlation"] > 0.3
