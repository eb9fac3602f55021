"""The page of the observed history: two readings, their changes, other conventions, and the chart."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
import pytest
import xarray as xr

from sim.config import Settings
from sim.studies._pages import render_page
from sim.studies.record import analysis, figures
from sim.world.roster import ASEAN_10, names

DOCS = Path(__file__).resolve().parents[3] / "docs"


@pytest.fixture(scope="module")
def world() -> xr.Dataset:
    return analysis.read_record()


@pytest.fixture(scope="module")
def after(world: xr.Dataset) -> dict[str, pd.DataFrame]:
    return analysis.read_after(world, Settings().rules.ties, Settings())


@pytest.fixture(scope="module")
def values() -> dict[str, object]:
    return analysis.answer(Settings())


def test_what_the_old_ruler_read_is_whole() -> None:
    """Ten states, 2000 to 2023; and by it the region's largest realignment did not show."""
    before = analysis.read_before("security")
    assert before.shape == (24, 10) and before.notna().all().all()
    assert before.loc[2020, "PHL"] == pytest.approx(before.loc[2023, "PHL"], abs=1.0)


def test_the_new_reading_is_that_of_a_run(after: dict[str, pd.DataFrame]) -> None:
    """The same ties and camps as the history of a run that begins where the record ends."""
    from sim.engines.region import simulate
    from sim.outcomes import compute_outcomes

    settings = Settings()
    outcomes = compute_outcomes(simulate(settings), settings.rules.observation)
    run = outcomes["alignment_security"].sel(year=slice(2000, 2023), state=list(ASEAN_10))
    np.testing.assert_allclose(run.values, after["security"].to_numpy())


def test_the_philippine_turns_show(after: dict[str, pd.DataFrame]) -> None:
    """Up with EDCA and its four more sites, down from the turn of 2016 to the notice of 2020."""
    line = after["security"]["PHL"]
    assert line[2014] > line[2013] and line[2023] > line[2020] + 5.0
    assert line[2020] < line[2014] - 10.0


def test_changes_are_those_of_a_series_that_is_known() -> None:
    """A state that moves one point a year beside one that stands still."""
    series = pd.DataFrame({"A": np.arange(6.0), "B": np.zeros(6)}, index=range(2000, 2006))
    told = analysis.changes(series, 2)
    assert told["mean"] == told["size"] == 1.0 and told["p95"] == 2.0
    assert told["sd"] == pytest.approx(np.std([2.0, 0.0] * 4, ddof=1))
    assert analysis.pace(series) == {"still": 0.5, "jump": 0.0, "largest": 1.0}


def test_each_convention_moves_the_reading_and_the_declared_one_does_not(values) -> None:
    apart = {row["name"]: row["apart"] for row in values["variants"]}
    declared = ("as declared", "agreements 0.4", "bend 5 rungs", "fading over 15 years")
    assert all(apart.pop(name) == 0.0 for name in declared)
    assert len(apart) == 8 and min(apart.values()) > 0.1


def test_a_step_of_two_counted_as_one_moves_use_less(world: xr.Dataset) -> None:
    ties = Settings().rules.ties
    whole, single = (analysis._with_use(world, ties, largest=cut)["use"] for cut in (2.0, 1.0))
    edca = {"state": "PHL", "partner": "USA"}
    rise = [
        float(use.sel(**edca, year=2014) - use.sel(**edca, year=2013)) for use in (whole, single)
    ]
    assert rise == pytest.approx([0.2, 0.1])


def test_the_counts_of_acts_and_levels_are_whole(values) -> None:
    assert sum(values["totals"].values()) == sum(sum(row[2:]) for row in values["coded"])
    assert sum(values["levels"].values()) == 24 * 30


def test_acts_of_a_state_are_signed(world: xr.Dataset) -> None:
    acts = analysis.acts_of(world, "PHL")
    american = {year: steps for year, partner, steps in acts if partner == "USA"}
    assert american[2014] == 2.0 and american[2020] == -2.0


def test_the_chart_has_a_panel_a_state_and_says_its_finding(
    world: xr.Dataset, after: dict[str, pd.DataFrame], tmp_path: Path
) -> None:
    before = analysis.read_before("security")
    figures.draw_record(tmp_path, before, after["security"], world, (45.0, 55.0))
    assert (tmp_path / "record.png").stat().st_size > 20_000
    figure = figures.draw(before, after["security"], world, (45.0, 55.0))
    assert {axes.get_title(loc="left") for axes in figure.axes} == set(names(ASEAN_10).values())
    drift = (after["security"].iloc[-1] - after["security"].iloc[0]).mean()
    assert f"{abs(drift):.0f} points" in figures.title(before, after["security"])


def test_the_page_is_written_anew_the_same(values) -> None:
    page = (DOCS / "record.md").read_text(encoding="utf-8")
    assert page.startswith(render_page(analysis.ROOM, values)), (
        "run: python experiments/record.py publish=true"
    )
