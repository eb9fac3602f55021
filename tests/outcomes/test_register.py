"""The register of outcomes: each row whole and alone, each number within its range, and a new row known everywhere at once."""

from __future__ import annotations

import itertools
import math
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import xarray as xr

from sim.axes import STATE
from sim.config import build
from sim.dashboard.measures import MEASURES
from sim.engines.context import build_context
from sim.engines.ensemble import run_lean, simulate
from sim.ensemble.executors.options import ExecutorOptions
from sim.ensemble.option_kinds import kept as told
from sim.ensemble.options import read_keep
from sim.ensemble.run import sweep
from sim.ensemble.store.opening import open_store
from sim.ensemble.store.points import read_points
from sim.ensemble.store.rows import read_table
from sim.ensemble.store.values import check_outcome, values
from sim.errors import UserError
from sim.game import debrief
from sim.outcomes import compute_outcomes
from sim.outcomes.definitions import (
    OUTCOMES,
    averaged,
    columns,
    computed,
    dates,
    grouped,
    kept,
    label_of,
    main_columns,
    paths,
)
from sim.outcomes.outcome import DOWN, LANE, NONE, REDUCTIONS, REGION, SUM, UP, Column, Outcome
from sim.outcomes.summary import summarise
from sim.report.data import load_report_data
from sim.report.measures import measures
from sim.report.outcomes import outcome_tables
from sim.studies.difference.baseline import baselines
from sim.studies.difference.table import write_differences
from sim.studies.levers import analysis as levers
from sim.studies.robustness.inputs import higher_is_better
from sim.studies.sensitivity.study import refuse_constant
from tests.ensemble.small import TINY, plan

SERIAL = ExecutorOptions(kind="serial")
ROWS = list(OUTCOMES.values())
EXPOSURE = Outcome(
    name="exposure",
    of=STATE,
    label="Exposure at sea",
    unit="1",
    meaning="pressure that capacity does not meet, 0 to 1",
    group="at sea",
    better=DOWN,
    ends=("none", "full"),
    main=True,
    compute=lambda known: known["pressure"] * np.maximum(1.0 - known.seen["capacity"], 0.0),
)


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.name)
def test_a_row_is_whole(row: Outcome) -> None:
    assert OUTCOMES[row.name] is row and row.of in (STATE, REGION, LANE)
    assert row.label and row.unit and row.meaning and row.group
    assert row.label[0].isupper() and not row.meaning.endswith(".")
    assert row.better in (UP, DOWN, NONE)
    assert row.over_states in ("mean", "sum")
    assert row.low < row.high and row.decimals >= 0
    assert bool(row.ends[0]) == bool(row.ends[1])


def test_no_two_outcomes_or_columns_share_a_name_or_a_label() -> None:
    assert len({row.label for row in ROWS}) == len(ROWS)
    every = [column for row in ROWS for column in row.columns]
    assert len({column.name for column in every}) == len(every)
    assert len({column.label for column in every}) == len(every)
    for column in every:  # a column by the name of another outcome would be taken for it
        assert column.name not in OUTCOMES or column.name == column.source


def test_every_outcome_of_states_or_the_region_can_be_kept_and_stands_in_one_group() -> None:
    for row in ROWS:
        assert row.columns or row.of == LANE, row.name
        assert all(column.reduce in REDUCTIONS for column in row.columns)
    assert [row for group in grouped().values() for row in group] != []
    assert sorted(row.name for group in grouped().values() for row in group) == sorted(OUTCOMES)


def test_a_column_says_all_that_a_file_and_a_chart_need() -> None:
    for name, column in columns().items():
        assert column.unit and column.meaning and column.label == label_of(name)
        assert column.better in (UP, DOWN, NONE) and column.of in (STATE, REGION)
        assert column.is_number or not column.main
        assert not column.is_date or (column.until and all(column.still))
        assert column.unit == OUTCOMES[column.source].unit or column.reduce == SUM or column.is_date


def test_the_order_of_what_is_kept_stays() -> None:
    """Tables and stores that are read by place stay readable; what is asked for further comes in between, never first."""
    always = (
        *("alignment", "alignment_security", "alignment_economic", "forced_choice", "hedging"),
        *("autonomy", "capacity", "pressure", "incidents", "left_band", "time_to_choice"),
        *("posture", "cohesion", "collective_resolve", "deterrence", "sea_lanes", "soft_power"),
        *("rivalry", "deterrence_mean", "sea_lanes_mean", "hedging_share"),
    )
    assert tuple(name for name in kept() if name in always) == always
    assert [name for name in dates() if name in always] == ["left_band", "time_to_choice"]
    assert set(paths()) >= {"alignment", "hedging", "pressure", "capacity", "forced_choice"}
    assert kept(reversed(columns())) == tuple(columns())


def test_what_is_asked_for_further_is_named_once_and_must_be_there() -> None:
    assert read_keep([]) == read_keep(["hedging"]) == ()
    assert read_keep(["trust_japan", "contradiction", "trust_japan"]) == (
        "trust_japan",
        "contradiction",
    )
    assert kept(read_keep("all")) == tuple(columns())
    for given_, said in (
        (["trust_japn"], "did you mean trust_japan"),
        ({"trust_japan": 1}, "must be a list"),
        ([1], "must be a list"),
    ):
        with pytest.raises(ValueError, match=said):
            read_keep(given_)


def test_every_outcome_of_random_runs_lies_within_its_range() -> None:
    """At random points and at the corners of what powers may do."""
    lots = np.random.default_rng(11)
    ends = {"osa_budget": (0.0, 200.0), "gray_zone": (0.0, 1.0), "rivalry": (0.0, 1.0)}
    rows = [
        *itertools.product(*ends.values()),
        *zip(*(lots.uniform(*e, 12) for e in ends.values()), strict=True),
    ]
    points = [
        build(
            {
                "policy": {"japan": {"osa_budget": budget}, "china": {"gray_zone": gray_zone}},
                "scenario": {"rivalry": rivalry},
                "years": {"last": 2027},
            }
        )
        for budget, gray_zone, rivalry in rows
    ]
    history = run_lean(build_context(points[0]), points, replicates=2)
    found = compute_outcomes(history, points[0].rules.observation)
    for name, row in OUTCOMES.items():
        assert found[name].notnull().all(), name
        assert float(found[name].min()) >= row.low - 1e-9, name
        assert float(found[name].max()) <= row.high + 1e-9, name


def test_every_row_is_computed_of_the_record_too(default_outcomes: xr.Dataset) -> None:
    past = default_outcomes.sel(year=slice(None, 2023))
    for name, row in OUTCOMES.items():
        assert default_outcomes[name].attrs["units"] == row.unit
        assert set(past[name].dims) <= {"year", "state", "lane"}
    assert past["alignment"].notnull().all() and past["outside_band"].notnull().all()
    assert past["deterrence"].isnull().all()  # what needs the sea is not observed


def _of(partner: str) -> tuple[str, ...]:
    return f"trust_{partner}", f"acts_up_{partner}", f"acts_down_{partner}"


def test_without_a_partner_what_needs_it_is_unknown_and_the_rest_is_not() -> None:
    for partners, unknown in (
        (["CHN", "JPN"], {"forced_choice", *_of("united_states")}),
        (["CHN", "USA"], {"soft_power", *_of("japan")}),
    ):
        settings = build(TINY | {"partners": partners})
        found = compute_outcomes(simulate(settings), settings.rules.observation).sel(year=2027)
        blank = {name for name in OUTCOMES if bool(found[name].isnull().any())}
        assert blank == unknown


def test_outside_the_band_is_the_posture_s_own_band(default_outcomes: xr.Dataset) -> None:
    low, high = (default_outcomes.attrs[f"band_{end}"] for end in ("low", "high"))
    alignment = default_outcomes["alignment"]
    xr.testing.assert_equal(
        default_outcomes["outside_band"].drop_attrs(),
        ((alignment < low) | (alignment > high)).astype(float).drop_attrs().rename("outside_band"),
    )


def test_the_weakest_lane_is_the_least_of_those_that_somebody_holds(
    default_outcomes: xr.Dataset, default_history: xr.Dataset
) -> None:
    held = default_history["littoral"].sum("state") > 0
    least = default_outcomes["lane_security"].where(held).min("lane").sel(year=slice(2024, None))
    told = default_outcomes["weakest_lane"].sel(year=slice(2024, None))
    np.testing.assert_array_equal(told.values, least.values)


def test_each_label_and_unit_stands_in_the_register_alone() -> None:
    """A second list of what outcomes are called would go its own way."""
    labels = [f'"{row.label}"' for row in ROWS if " " in row.label]
    for path in sorted(Path("sim").rglob("*.py")):
        if not path.name.startswith("register_") and path.name != "controls.py":  # names settings
            text = path.read_text(encoding="utf-8")
            assert not [label for label in labels if label in text], path


@pytest.fixture
def exposed(monkeypatch: pytest.MonkeyPatch) -> Outcome:
    monkeypatch.setitem(OUTCOMES, "exposure", EXPOSURE)
    return EXPOSURE


def test_a_new_row_is_known_everywhere(exposed: Outcome, tmp_path: Path) -> None:
    settings = build(TINY | {"runs": 3})
    found = compute_outcomes(simulate(settings), settings.rules.observation)
    assert found["exposure"].attrs == {"units": "1", "long_name": exposed.meaning}
    summary = summarise(found.assign_coords(state_name=("state", ["P", "K"])), first=2024)
    assert {"exposure_start", "exposure_end", "exposure_end_q95"} <= set(summary)
    compared = debrief.compare_with_baseline(found.isel(run=0), found, start=2023)
    assert "exposure" in set(compared["measure"])
    assert "exposure" in levers.read_off() and "exposure" in computed(STATE)
    assert MEASURES["exposure"].axis == "exposure at sea, 0 to 1" and "exposure" in list(MEASURES)
    check_outcome("exposure", "PHL")
    assert "exposure" in told() and not higher_is_better("exposure", {})
    assert "exposure" in main_columns() and "exposure" in averaged(STATE)

    folder = tmp_path / "store"
    sweep(plan(levels=2, replicates=3), folder, executor=SERIAL)
    table = read_table(folder / "table.csv")
    assert {"exposure_mean", "exposure_low95"} <= set(table)
    store = open_store(folder)
    assert values(store, "exposure").mean(axis=1) == pytest.approx(table["exposure_mean"], rel=1e-5)
    points = read_points(folder, store.manifest)
    write_differences(store, points, baselines("point:0", points), tmp_path)
    gaps = read_table(tmp_path / "differences.csv")
    assert set(gaps[gaps["outcome"] == "exposure"]["state"]) == {"PHL", "KHM", "REGION"}
    shown = measures(load_report_data(folder))
    (own,) = [one for one in shown if one.name == "exposure"]
    assert (own.title, own.unit) == (f"{exposed.meaning}; last year", "1")
    tables = outcome_tables(load_report_data(folder), shown)
    assert any(
        "exposure" in str(column) or own.title in str(column)
        for one in tables
        for column in one["head"]
    )


def test_a_number_kept_on_demand_can_be_analysed_where_it_was_and_is_refused_where_not(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    seldom = replace(EXPOSURE, keep=(Column(name="exposure", default=False),))
    monkeypatch.setitem(OUTCOMES, "exposure", seldom)
    asked = plan(levels=2, replicates=2, keep=("exposure", "osa_spent"))
    for name, one in (("without", plan(levels=2, replicates=2)), ("with", asked)):
        sweep(one, tmp_path / name, executor=SERIAL)
    there = values(open_store(tmp_path / "with"), "exposure", "PHL")
    assert there.shape == (4, 2) and (there >= 0.0).all()
    spent = values(open_store(tmp_path / "with"), "osa_spent")
    np.testing.assert_allclose(spent, [[0, 0], [0, 0], [160, 160], [160, 160]])
    with pytest.raises(UserError, match=r"did not keep.*sweep\.keep=\[exposure\]"):
        values(open_store(tmp_path / "without"), "exposure")


def test_ranges_without_an_end_are_said_to_have_none() -> None:
    assert OUTCOMES["capacity"].scale == "of need" and math.isinf(OUTCOMES["capacity"].high)
    assert OUTCOMES["hedging"].axis == "hedging, 0 to 1"


def test_an_outcome_that_some_runs_lack_is_not_analysed_as_if_they_had_it() -> None:
    """Without Japan nobody trusts it, and no variance of blanks has a cause."""
    with pytest.raises(UserError, match="trust_japan of PHL is unknown in 1 of 4 runs"):
        refuse_constant(np.array([[np.nan, 1.0], [2.0, 3.0]]), "trust_japan", "PHL")
