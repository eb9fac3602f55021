"""What is missed is printed as missed, on the page, in the table that ships and wherever that is shown."""

from __future__ import annotations

import dataclasses
from pathlib import Path

import numpy as np
import pytest

from sim.plots import style
from sim.studies._pages import render_page
from sim.studies.validation import acts, bars, command, scorebook
from sim.studies.validation.hindcasts import LEVELS
from tests.studies.validation.made import findings, forecasts, hindcast

ROOM = Path(command.__file__).parent


@pytest.fixture(scope="module")
def good():
    return findings()


@pytest.fixture(scope="module")
def bad():
    return findings(off=20.0)


def _page(found):
    return render_page(ROOM, command.page_values(found, seed=1, draws=7))


def test_a_forecast_beside_the_record_misses_its_bars_and_an_honest_one_meets_them(good, bad):
    verdicts = [
        {bar.key: bar.met for bar in bars.bars_of_hindcasts(found.hindcasts)}
        for found in (good, bad)
    ]
    assert not any(verdicts[1].values())
    assert verdicts[0]["walk_two"] and verdicts[0]["walk_worst"]


def test_every_missed_bar_is_printed_as_missed_with_what_is_said_of_it(bad):
    page = _page(bad)
    missed = [bar for bar in bad.bars() if not bar.met]
    assert len(missed) >= 6
    assert page.count("**MISSED**") == len(missed)
    assert page.count("| met |") == len(bad.bars()) - len(missed)
    told = page.partition("## What is missed, and why")[2].partition("\n## ")[0]
    assert sum(line.startswith("* ") for line in told.splitlines()) == len(missed)
    for bar in missed:
        assert f"| {bar.test} | {bar.bar} | {bar.figure} | **MISSED** |" in page
        assert f"* {bar.test}: {bar.bar} ({bar.figure})." in told


def test_a_bar_without_a_reason_says_that_it_was_not_looked_for(bad):
    odd = dataclasses.replace(bad.bars()[0], key="no_such_key", met=False)
    values = command.page_values(bad, seed=1, draws=7) | {"bars": [odd], "missed": [odd]}
    assert "The reason has not been looked for." in render_page(ROOM, values)


def test_bars_written_are_bars_read(tmp_path, bad):
    (tmp_path / "bars.csv").write_text(scorebook.as_csv(bad.bars()), encoding="utf-8")
    again = scorebook.read(tmp_path / "bars.csv")
    assert again == tuple(bad.bars())
    assert scorebook.as_csv(again).count("MISSED") == sum(not bar.met for bar in again) > 0


def test_keys_of_bars_are_unique(good):
    keys = [bar.key for bar in good.bars()]
    assert len(keys) == len(set(keys))


def test_chances_near_the_truth_beat_every_rate_and_chances_of_a_rate_beat_none():
    rng = np.random.default_rng(3)
    sure, none = forecasts(rng, told=0.9), forecasts(rng, told=1 / 3)
    for every, better in ((sure, True), (none, False)):
        for scores in (acts.out_of_time(every), acts.left_out(every)):
            table = acts.summary(scores)
            assert all((table[rival]["gain"] > 0) == better for rival in ("base rate", "own rate"))


def test_rates_of_the_past_are_chances_and_never_read_what_they_predict():
    every = forecasts(np.random.default_rng(4))
    past = every.between(acts.FIRST, acts.CUT)
    changed = every.happened.copy()
    changed[len(past.years) :] = np.eye(3)[0]
    other = dataclasses.replace(every, happened=changed).between(acts.FIRST, acts.CUT)
    for rates in (acts.base_rates, acts.own_rates):
        assert np.allclose(rates(past).sum(axis=-1), 1.0)
        assert np.array_equal(rates(past), rates(other))
    alone = acts.base_rates(past, without="PHL")
    index = past.states.index("PHL")
    scrambled = past.happened.copy()
    scrambled[:, index] = np.eye(3)[1]
    again = acts.base_rates(dataclasses.replace(past, happened=scrambled), without="PHL")
    assert np.array_equal(alone, again)


def test_charts_of_the_validation_can_be_drawn(tmp_path, good):
    from sim.studies.validation import figures

    main, ahead = good.hindcasts, good.steps.between(2016, 2023)
    record = (range(2005, 2024), hindcast(2004, rng=np.random.default_rng(1)).record[1:])
    with style.context():
        drawn = [
            figures.draw_reliability(
                {str(one.start): one.curve() for one in main},
                LEVELS,
                [acts.reliability(ahead, way=way, edges=(0.1, 0.5)) for way in ("up", "down")],
                {},
            ),
            figures.draw_hindcasts(
                [(one.start, one.years, one.samples) for one in main],
                record,
                dict.fromkeys(main[0].states, "Somewhere"),
                {},
            ),
            figures.draw_heldout(command._answers(good.surveys), {}),
        ]
        for place, figure in enumerate(drawn):
            assert all(path.is_file() for path in style.save(figure, tmp_path, str(place)))
