"""Facts about the charts: Plotly accepts them, they say what they show in which unit, and they tell the model's numbers."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import plotly.graph_objects as go
import pytest

from sim.config.settings import Event
from sim.dashboard import differences, engine, tables, words
from sim.dashboard.answers import Answers, middle
from sim.dashboard.charts import fan, spread, tiles, triangle, waterfall
from sim.dashboard.measures import MEASURES
from sim.dashboard.readings import Reading, join, partial_reading
from sim.dashboard.setup import BASELINE, START, Setup, Side, settings_of
from sim.dashboard.share import REGION, View
from sim.dashboard.workers import EnsemblePool
from sim.engines.ensemble import run_and_reduce, simulate
from sim.outcomes import compute_outcomes
from sim.outcomes.definitions import OUTCOMES
from sim.plots.style import CHOICES
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
    assert MEASURES[measure].scale in layout["yaxis"]["title"]["text"]
    named = " ".join(note["text"] for note in layout["annotations"])
    assert all(f"<b>{word}</b>" in named for word in ("A", "B", "baseline"))


def test_the_measures_are_outcomes_of_the_model() -> None:
    assert set(MEASURES) <= set(OUTCOMES)


def test_the_lines_are_the_medians_of_the_ensemble(readings: Readings) -> None:
    settings = settings_of(SHORT, "b", runs=7)
    outcomes = compute_outcomes(simulate(settings), settings.rules.observation)
    ours = outcomes["alignment"].sel(state="PHL", year=slice(2024, None))
    middles = ours.median("run").values
    line = next(t for t in drawn(readings, place="PHL")["data"] if t["name"] == "B")
    assert line["x"] == list(range(2023, 2029))
    np.testing.assert_allclose(line["y"][1:], middles, atol=1e-3)


def test_a_difference_is_taken_run_by_run(readings: Readings) -> None:
    found = spread.fans(readings, "pressure", "PHL", difference=True)["b"]
    apart = readings["b"].of("pressure", "PHL") - readings[BASELINE].of("pressure", "PHL")
    np.testing.assert_allclose(found[2], np.median(apart, axis=-1), atol=1e-6)
    same = readings | {"b": readings[BASELINE]}
    assert (spread.fans(same, "pressure", "PHL", difference=True)["b"] == 0.0).all()


def test_below_the_levels_stands_what_each_side_changes(readings: Readings) -> None:
    figure = drawn(readings, "capacity", "PHL")
    below = {t["name"]: t for t in figure["data"] if t.get("yaxis") == "y2" and "y" in t}
    alone = {t["name"]: t for t in drawn(readings, "capacity", "PHL", difference=True)["data"]}
    for name in ("A less the baseline", "B less the baseline"):
        assert below[name]["y"] == alone[name]["y"]
    low, high = figure["layout"]["yaxis2"]["range"]
    assert low < 0.0 < high and high >= max(below["A less the baseline"]["y"])
    assert figure["layout"]["yaxis2"]["domain"][1] < figure["layout"]["yaxis"]["domain"][0]
    assert figure["layout"]["xaxis"]["anchor"] == "y2"


def test_a_small_difference_is_not_blown_up(readings: Readings) -> None:
    same = readings | {"a": readings[BASELINE], "b": readings[BASELINE]}
    low, high = drawn(same, "alignment")["layout"]["yaxis2"]["range"]
    assert high >= 0.2 and low <= -0.2  # points


@pytest.mark.parametrize("panel", ["y", "y2"])
def test_labels_at_the_ends_keep_apart(readings: Readings, panel: str) -> None:
    layout = drawn(readings)["layout"]
    axis = layout[panel.replace("y", "yaxis")]
    low, high = axis["range"]
    part = axis["domain"][1] - axis["domain"][0]
    notes = [n for n in layout["annotations"] if n["text"].startswith("<b>") and n["yref"] == panel]
    ends = sorted(note["y"] for note in notes)
    assert len(ends) == (3 if panel == "y" else 2)
    assert np.diff(ends).min() >= 0.07 / part * (high - low)
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
    codes = [code for row in trace["z"] for code in row if code is not None]
    assert len(codes) == 10 and set(codes) <= set(range(6))
    assert len(figure["layout"]["shapes"]) == 1 and len(trace["colorscale"]) == 12


def test_a_tile_says_in_words_what_its_colour_and_number_say(readings: Readings) -> None:
    buttons = tiles.tile_buttons(readings["b"], side="b", year=2027, chosen="MYS")
    assert [one["state"] for one in buttons] == list(readings["b"].states)
    assert [one["state"] for one in buttons if one["chosen"]] == ["MYS"]
    assert len({tuple(one["cell"]) for one in buttons}) == 10
    postures = {name for name, _ in tiles.key()}
    for one, code in zip(buttons, readings["b"].posture(2027), strict=True):
        name = readings["b"].names[one["state"]]
        said = one["called"]
        assert said.startswith(f"{name} in B: ") and one["number"] in said
        assert any(posture in said for posture in postures)
        assert one["face"] == tiles.COLOURS[code]


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


def test_the_reasons_of_a_waterfall_sum_to_the_change(crew: EnsemblePool) -> None:
    settings = settings_of(SHORT, "a")
    whys = crew.reasons(settings, 3, "VNM", 2027)
    figure = waterfall.draw(whys, title="why", seed=1)
    go.Figure(figure)
    for why, bars in zip(whys, figure["data"], strict=True):
        assert bars["x"][-1] == pytest.approx(why.ends[1] - why.ends[0])
        *terms, whole = bars["x"]
        assert whole == pytest.approx(sum(terms), abs=0.5)  # small terms are left out
    assert [why.kind for why in whys] == ["posture", "structure"]


def test_the_middle_run_has_the_middle_alignment(readings: Readings) -> None:
    run = middle(readings["a"], "THA", 2028)
    values = readings["a"].of("alignment", "THA")[-1]
    assert values[run] == np.median(values)


def test_why_is_told_of_states_and_not_of_the_region_or_the_past(crew: EnsemblePool) -> None:
    answers = Answers(crew)
    assert answers.why(SHORT, View(), "a") is None
    assert answers.why(SHORT, View(place="PHL", year=2023), "a") is None
    told = answers.why(SHORT, View(place="PHL", year=2027), "b")
    assert told is not None and "Philippines" in told["title"] and " in B" in told["title"]


def test_what_is_looked_at_year_by_year_is_what_a_history_is_judged_by() -> None:
    settings = replace(settings_of(Setup(b=Side(choices={"scenario": "cold_war"})), "b"), runs=9)
    stage, never = engine.stage_of(settings)
    seen = run_and_reduce(
        stage, [settings], replicates=9, look=engine.Shown(stage.partners), fixed=never
    )
    history = simulate(settings)
    outcomes = compute_outcomes(history, settings.rules.observation).sel(year=slice(2024, None))
    for name in (*MEASURES, "posture"):
        told = outcomes[name].transpose("year", "state", "run").values
        np.testing.assert_allclose(seen[name][:, 0], told, rtol=1e-12, atol=1e-13)
    ties = history["security_tie"].sel(year=slice(2024, None))
    whole = ties.transpose("run", "year", "state", "option").values.sum(axis=0)
    np.testing.assert_allclose(partial_reading(seen).ties["security"], whole, rtol=1e-12)


def test_pieces_put_together_are_the_whole() -> None:
    settings = settings_of(SHORT, "a")
    whole = engine.some_runs(settings, 0, 7)
    parts = join([engine.some_runs(settings, 0, 3), engine.some_runs(settings, 3, 4)])
    for name in MEASURES:
        np.testing.assert_allclose(parts.levels[name], whole.levels[name], rtol=1e-5, atol=1e-6)
    assert (parts.postures == whole.postures).all()
    np.testing.assert_allclose(parts.ties["security"], whole.ties["security"])


def test_who_asks_twice_gets_the_same_answer_without_a_run(crew: EnsemblePool) -> None:
    settings = settings_of(SHORT, "a")
    assert crew.reading(settings) is crew.reading(replace(settings))


def test_a_crew_that_fails_tells_who_asked_and_forgets(crew: EnsemblePool) -> None:
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
    parts = words.headline(readings, START, REGION, 2028)
    assert [part[0] for part in parts] == ["A", "B"] and "OSA expanded" in parts[0][1]
    assert all(part[2].startswith("In 2028 ") for part in parts)


def test_the_headline_says_what_a_side_changes_most(readings: Readings) -> None:
    said = words.changed(readings, "a", "PHL", 2028)
    most = max(differences.of_side(readings, "a", "PHL", 2028), key=lambda gap: abs(gap.size))
    assert said.startswith("Against the baseline, in the Philippines: ")
    assert f"{MEASURES[most.measure].word} {most.number}" in said
    same = readings | {"a": readings[BASELINE]}
    assert words.changed(same, "a", "PHL", 2028) == "No difference to the baseline here."
    assert words.changed(readings, "a", "PHL", 2023) == ""


def test_the_headline_names_who_leans_otherwise_than_in_the_baseline(readings: Readings) -> None:
    base = readings[BASELINE]
    moved = {name: levels.copy() for name, levels in base.levels.items()}
    moved["alignment"][base.place("KHM")] = 60.0  # far from where it stands
    said = words.changed(readings | {"b": replace(base, levels=moved)}, "b", "KHM", 2028)
    assert said.endswith("Unlike there, Cambodia leans to the United States.")


def test_a_gap_is_the_mean_paired_difference(readings: Readings) -> None:
    found = differences.gap(readings["b"], readings[BASELINE], "incidents", REGION, 2028)
    apart = readings["b"].of("incidents", REGION) - readings[BASELINE].of("incidents", REGION)
    assert found.mean == pytest.approx(float(apart[-1].mean()), abs=1e-4)
    states = readings[BASELINE].at("incidents", 2028)[:-1]
    assert found.scale == pytest.approx(10 * float(states.std()), rel=1e-5)  # the region's is a sum


@pytest.mark.parametrize(
    ("mean", "half", "told"),
    [
        (0.0, 0.0, "none"),
        (0.0894, 0.001, "+0.09 ± 0.00"),
        (-5.72, 0.1, "−5.7 ± 0.1"),
        (0.3, 0.4, "not clear"),
    ],
)
def test_a_gap_says_no_more_than_is_known(mean: float, half: float, told: str) -> None:
    assert differences.Gap(measure="alignment", mean=mean, half=half, scale=7.0).told == told


def test_tables_say_what_the_charts_show(readings: Readings, crew: EnsemblePool) -> None:
    changed = tables.of_gaps(readings, REGION, 2028)
    assert len(changed["rows"]) == len(MEASURES)
    assert all(-1.0 <= size <= 1.0 for row in changed["rows"] for size, _ in row[1:])
    assert tables.of_gaps(readings, REGION, 2023) is None

    years = tables.of_fan(readings, "capacity", "VNM")
    line = next(t for t in drawn(readings, "capacity", "VNM")["data"] if t["name"] == "A")
    assert years["rows"][-1][0] == "2028"
    assert years["rows"][-1][2].startswith(f"{line['y'][-1]:.2f} (")

    states = tables.of_states(readings, "capacity", 2027)
    assert len(states["rows"]) == 11 and states["rows"][-1][0] == "The region"
    assert tables.of_states(readings, "incidents", 2023)["rows"][0][1] == "not observed"

    shares = tables.of_triangle(readings, 2028)["rows"]
    assert [sum(map(int, cell.split(" / "))) for row in shares for cell in row[1:]] == (
        pytest.approx([100] * 40, abs=1)
    )

    whys = crew.reasons(settings_of(SHORT, "a"), 3, "VNM", 2027)
    motives = tables.of_reasons(whys)["rows"]
    assert [motives[0][0], motives[-1][0]] == ["in 2024", "in 2027"]
    assert len(motives) == len(waterfall.moved(whys)) + 2
    for each in (changed, years, states, tables.of_reasons(whys)):
        assert {len(row) for row in each["rows"]} == {len(each["head"])} and each["caption"]
