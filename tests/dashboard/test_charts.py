"""Facts about the charts: Plotly accepts them, they say what they show in which unit, and they tell the model's numbers."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import plotly.graph_objects as go
import pytest

from sim.config.settings import Event
from sim.dashboard import engine, words
from sim.dashboard.answers import Answers, middle
from sim.dashboard.charts import fan, tiles, triangle, waterfall
from sim.dashboard.crew import Crew
from sim.dashboard.readings import MEASURES, Reading, join
from sim.dashboard.setup import BASELINE, SIDES, START, Setup, Side, settings_of
from sim.dashboard.share import REGION, View
from sim.engines.ensemble import simulate
from sim.figures.style import CHOICES
from sim.outcomes import judge
from sim.outcomes.judge import UNITS
from tests.dashboard.conftest import SHORT

Readings = dict[str, Reading]


def drawn(
    readings: Readings, measure: str = "alignment", place: str = REGION, **how: object
) -> dict:
    told = {"difference": False, "title": "a finding", **how}
    return fan.draw(readings, measure=measure, place=place, **told)  # type: ignore[arg-type]


@pytest.mark.parametrize("measure", list(MEASURES))
@pytest.mark.parametrize("difference", [False, True])
def test_a_fan_has_a_title_a_unit_both_sides_and_the_baseline(
    readings: Readings, measure: str, difference: bool
) -> None:
    figure = drawn(readings, measure, "VNM", difference=difference)
    go.Figure(figure)
    layout = figure["layout"]
    assert layout["meta"]["title"] == "a finding" and "not a forecast" in layout["meta"]["footer"]
    assert MEASURES[measure].unit in layout["yaxis"]["title"]["text"]
    named = " ".join(note["text"] for note in layout["annotations"])
    assert all(f"<b>{word}</b>" in named for word in ("A", "B", "baseline"))


def test_the_measures_are_outcomes_of_the_model() -> None:
    assert set(MEASURES) <= set(UNITS)


def test_the_lines_are_the_medians_of_the_ensemble(readings: Readings) -> None:
    settings = settings_of(SHORT, "b", runs=7)
    outcomes = judge(simulate(settings), settings.rules.observation)
    ours = outcomes["alignment"].sel(state="PHL", year=slice(2024, None))
    middles = ours.median("run").values
    line = next(t for t in drawn(readings, place="PHL")["data"] if t["name"] == "B")
    assert line["x"] == list(range(2023, 2029))
    np.testing.assert_allclose(line["y"][1:], middles, atol=1e-3)


def test_a_difference_is_taken_run_by_run(readings: Readings) -> None:
    found = fan.fan(readings["b"], "pressure", "PHL", less=readings[BASELINE])
    apart = readings["b"].of("pressure", "PHL") - readings[BASELINE].of("pressure", "PHL")
    np.testing.assert_allclose(found[2], np.median(apart, axis=0), atol=1e-6)
    same = fan.fan(readings[BASELINE], "pressure", "PHL", less=readings[BASELINE])
    assert (same == 0.0).all()


def test_labels_at_the_ends_keep_apart(readings: Readings) -> None:
    layout = drawn(readings)["layout"]
    low, high = layout["yaxis"]["range"]
    ends = sorted(note["y"] for note in layout["annotations"] if note["text"].startswith("<b>"))
    assert len(ends) == 3 and np.diff(ends).min() >= 0.07 * (high - low)
    assert low < ends[0] and ends[-1] < high


def test_events_are_marked_in_the_year_they_befall(readings: Readings) -> None:
    events = {"b": (Event(year=2026, kind="rivalry", size=0.2, note="a crisis"),)}
    marks = next(t for t in drawn(readings, events=events)["data"] if t["name"] == "events")
    assert marks["x"] == [2026] and "a crisis" in marks["customdata"][0]


def test_sides_and_baseline_differ_in_more_than_colour() -> None:
    from sim.dashboard.charts import look

    assert len(set(look.DASHES.values())) == 3
    assert {look.COLOURS["a"], look.COLOURS["b"]} <= set(CHOICES)


@pytest.mark.parametrize("year", [2023, 2026])
def test_a_map_gives_every_state_one_tile_with_its_posture(readings: Readings, year: int) -> None:
    figure = tiles.draw(readings["a"], year=year, title="where", chosen="PHL")
    go.Figure(figure)
    [trace] = figure["data"]
    told = [cell for row in trace["customdata"] for cell in row if cell]
    assert sorted(cell[0] for cell in told) == sorted(readings["a"].states)
    codes = [code for row in trace["z"] for code in row if code is not None]
    assert len(codes) == 10 and set(codes) <= set(range(6))
    assert len(figure["layout"]["shapes"]) == 1 and len(trace["colorscale"]) == 12


def test_the_triangle_shares_out_all_ties(readings: Readings) -> None:
    figure = triangle.draw(readings, year=2027, title="between whom")
    go.Figure(figure)
    paths = [t for t in figure["data"] if "lines" in t["mode"]]
    assert [trace["a"].count(None) for trace in paths] == [10, 10]
    assert all(len(trace["a"]) == len(trace["text"]) == 10 * 6 for trace in paths)
    for trace in figure["data"]:
        known = [[v for v in trace[letter] if v is not None] for letter in "abc"]
        np.testing.assert_allclose(np.array(known).sum(axis=0), 1.0, atol=2e-4)
    corners = [figure["layout"]["ternary"][f"{letter}axis"]["title"]["text"] for letter in "abc"]
    assert [corner.split(",")[0].replace("<br>", " ") for corner in corners] == [
        "more Japan",
        "more China",
        "more United States",
    ]


def test_a_chosen_state_stands_out_in_the_triangle(readings: Readings) -> None:
    figure = triangle.draw(readings, year=2028, title="between whom", chosen="MYS")
    strong = [t for t in figure["data"] if t.get("opacity") == 1.0]
    assert len(strong) == 3 and {name for t in strong for name in t["text"]} == {"Malaysia"}


def test_the_reasons_of_a_waterfall_sum_to_the_change(crew: Crew) -> None:
    settings = settings_of(SHORT, "a")
    whys = crew.reasons(settings, 3, "VNM", 2027)
    figure = waterfall.draw(whys, title="why", seed=1)
    go.Figure(figure)
    for bars in figure["data"]:
        values = bars["x"]
        assert values[-1] == pytest.approx(sum(values[:-1]), abs=0.03)  # small terms are left out
    assert [why.domain for why in whys] == ["security", "economic"]


def test_every_motive_has_words() -> None:
    from sim.rules.alignment import PARTNER_TERMS, SELF_TERMS

    motives = {*PARTNER_TERMS, *SELF_TERMS, "protection", "market"} - {"attraction"}
    assert motives <= set(waterfall.TERMS)


def test_the_middle_run_has_the_middle_alignment(readings: Readings) -> None:
    run = middle(readings["a"], "THA", 2028)
    values = readings["a"].of("alignment", "THA")[:, -1]
    assert values[run] == np.median(values)


def test_why_is_told_of_states_and_not_of_the_region_or_the_past(crew: Crew) -> None:
    answers = Answers(crew)
    assert answers.why(SHORT, View(), "a") is None
    assert answers.why(SHORT, View(place="PHL", year=2023), "a") is None
    told = answers.why(SHORT, View(place="PHL", year=2027), "b")
    assert told is not None and "Philippines" in told["title"] and " in B" in told["title"]


def test_pieces_put_together_are_the_whole() -> None:
    settings = settings_of(SHORT, "a")
    whole = engine.some_runs(settings, 0, 7)
    parts = join([engine.some_runs(settings, 0, 3), engine.some_runs(settings, 3, 4)])
    for name in MEASURES:
        np.testing.assert_allclose(parts.levels[name], whole.levels[name], rtol=1e-5, atol=1e-6)
    assert (parts.postures == whole.postures).all()
    np.testing.assert_allclose(parts.ties["security"], whole.ties["security"])


def test_who_asks_twice_gets_the_same_answer_without_a_run(crew: Crew) -> None:
    settings = settings_of(SHORT, "a")
    assert crew.reading(settings) is crew.reading(replace(settings))


def test_a_quick_answer_is_the_first_few_runs() -> None:
    big = Crew(runs=203, workers=1)
    settings = settings_of(SHORT, "b")
    few = big.reading(settings, quick=True)
    whole = big.reading(settings)
    assert (few.runs, whole.runs) == (200, 203)
    first = whole.of("alignment", "PHL")[:200]
    np.testing.assert_allclose(few.of("alignment", "PHL"), first, rtol=1e-5)
    assert big.reading(settings, quick=True) is whole
    big.close()


def test_a_crew_that_fails_tells_who_asked_and_forgets(crew: Crew) -> None:
    from sim.errors import UserError

    spoilt = replace(settings_of(Setup(), "a"), states=("XXX",))
    for _ in range(2):
        with pytest.raises(UserError):
            crew.reading(spoilt)


def test_words_say_what_was_changed_and_who_leans_where(readings: Readings) -> None:
    changed = Side(choices={"scenario": "taiwan_crisis"}, changes={"policy.japan.osa_budget": 40.0})
    said = words.described(changed)
    assert "Taiwan crisis" in said and "40 JPY bn a year" in said
    assert words.described(Side()) == words.NOTHING
    parts = words.headline(readings, START, 2028)
    assert [part[0] for part in parts] == ["A", "B"] and "OSA expanded" in parts[0][1]
    assert all(part[2].startswith("In 2028 ") for part in parts)


def test_a_gap_is_the_mean_paired_difference(readings: Readings) -> None:
    found = words.gap(readings["b"], readings[BASELINE], "incidents", REGION, 2028)
    apart = readings["b"].of("incidents", REGION) - readings[BASELINE].of("incidents", REGION)
    assert found.mean == pytest.approx(float(apart[:, -1].mean()), abs=1e-4)
    head, rows = words.gaps(readings, REGION, 2028)
    assert len(head) == len(rows[0]) == len(MEASURES) + 1 and len(rows) == len(SIDES)
    assert words.gaps(readings, REGION, 2023)[1] == []


def test_the_table_has_a_row_a_state_and_the_region(readings: Readings) -> None:
    head, rows = words.table(readings, "capacity", 2027)
    assert len(rows) == 11 and {len(row) for row in rows} == {len(head)}
    assert rows[-1][0] == "The region"
    assert words.table(readings, "incidents", 2023)[1][0][1] == "not observed"
