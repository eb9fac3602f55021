"""The phase map: which posture leads, how surely, and what the title says of it."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
import xarray as xr
from hypothesis import given
from hypothesis import strategies as st

from sim.plots import style
from sim.studies.sweep.figures import draw_sweep, effects, leaving
from sim.studies.sweep.figures.grid import is_grid, varied_names
from sim.studies.sweep.figures.phase import draw_postures, leading_postures, title


def made(levels: int = 3, runs: int = 7) -> xr.Dataset:
    """A sweep of two levers: the second state's posture turns where the second lever is high."""
    chance = np.random.default_rng(0)
    aid, pressure = (
        x.ravel() for x in np.meshgrid(np.arange(float(levels)), np.linspace(0, 1, levels))
    )
    points, states = levels * levels, ["PHL", "VNM"]
    posture = np.full((points, runs, 2), 2)
    posture[pressure > 0.6, :, 1] = 1
    values = {
        name: (("point", "replicate"), chance.normal(size=(points, runs)))
        for name in ("sea_lanes",)
    }
    of_state = {
        name: (("point", "replicate", "state"), chance.normal(size=(points, runs, 2)))
        for name in ("alignment", "trust_china", "acts_down_china", "capacity")
    }
    left = np.where(pressure[:, None, None] > 0.6, 2031.0, np.nan) * np.ones((points, runs, 2))
    left[:, :, 0] = np.nan  # the first state never leaves
    of_state["left_band"] = (("point", "replicate", "state"), left)
    of_state["capacity"] = (
        ("point", "replicate", "state"),
        np.broadcast_to(0.1 * aid[:, None, None], (points, runs, 2)).copy(),
    )
    return xr.Dataset(
        {**values, **of_state, "posture": (("point", "replicate", "state"), posture)},
        {
            "state": states,
            "policy.japan.osa_budget": ("point", aid),
            "policy.china.gray_zone": ("point", pressure),
        },
        {"seed": 1},
    )


def test_two_varied_numbers_over_a_full_grid_are_a_map(tmp_path: Path) -> None:
    data = made()
    assert varied_names(data) == ["policy.japan.osa_budget", "policy.china.gray_zone"]
    assert is_grid(data)
    written = draw_sweep(data, tmp_path)
    assert {path.name for path in written} == {
        "phase.png",
        "phase.svg",
        "leaving.png",
        "leaving.svg",
        "effects.png",
        "effects.svg",
        "along_alignment.png",
        "along_alignment.svg",
    }
    assert all(path.stat().st_size > 1000 for path in written)


def test_no_map_is_drawn_of_anything_else(tmp_path: Path) -> None:
    written = draw_sweep(made().isel(point=slice(0, 8)), tmp_path)
    assert not {path.stem for path in written} & {"phase", "leaving", "effects"}


@given(st.lists(st.lists(st.integers(0, 5), min_size=9, max_size=9), min_size=1, max_size=5))
def test_the_leading_posture_has_the_most_runs(codes: list[list[int]]) -> None:
    lead, share, sure = leading_postures(np.array(codes), 6)
    for row, code, part in zip(codes, lead, share, strict=True):
        assert row.count(code) == max(row.count(one) for one in range(6))
        assert part == pytest.approx(row.count(code) / 9)
    assert ((sure >= 0) & (sure <= 1)).all()


def test_a_posture_all_runs_share_is_sure_and_a_tie_is_not() -> None:
    _, _, sure = leading_postures(np.array([[1] * 10, [1] * 5 + [2] * 5]), 6)
    assert sure[0] == 1.0
    assert sure[1] < 0.95


def test_a_lever_that_moves_one_outcome_alone_is_said_to_move_it() -> None:
    data = made()
    names = ("policy.japan.osa_budget", "policy.china.gray_zone")
    mean, half = effects.difference(data, "capacity", names)
    np.testing.assert_allclose(mean, 0.1 * data[names[0]].values, atol=1e-12)
    assert half == pytest.approx(0.0)
    with style.context():
        said = effects.draw_effects(data).get_label()
    assert "moves capacity at sea by +0.20 of need" in said
    assert said.split(";")[1].startswith(
        " China's gray-zone pressure moves capacity at sea by 0.00"
    )


def test_the_share_of_runs_that_leave_is_counted_and_its_widest_state_named() -> None:
    data = made()
    levers = ("aid", "pressure")
    found = {code: leaving.shares(data, code) for code in ("PHL", "VNM")}
    assert (found["PHL"] == 0.0).all()
    np.testing.assert_array_equal(found["VNM"], data["policy.china.gray_zone"].values > 0.6)
    told = leaving.title(found, {"PHL": "Philippines", "VNM": "Vietnam"}, levers)
    assert told.startswith("Vietnam leaves the hedging band in 0 to 100 % of runs")
    still = leaving.title({"PHL": found["PHL"]}, {"PHL": "Philippines"}, levers)
    assert still.startswith("In no state does the share")


def test_the_title_counts_the_states_that_change() -> None:
    assert title(0, 10, ("aid", "pressure")).startswith("No state ends in another posture")
    assert title(2, 10, ("aid", "pressure")).startswith("Two of ten states end in another")


def test_cells_stand_evenly_and_say_their_own_values_however_the_levels_are_spaced() -> None:
    data = made()
    aid = data["policy.japan.osa_budget"].to_series().replace({1.0: 5.0, 2.0: 40.0})
    with style.context():
        figure = draw_postures(
            data.assign_coords({"policy.japan.osa_budget": ("point", aid.to_numpy())})
        )
    axes = figure.axes[0]
    assert [label.get_text() for label in axes.get_xticklabels()] == ["0", "5", "40"]
    assert list(axes.get_xticks()) == [0, 1, 2] and axes.get_xlim() == (-0.5, 2.5)
    said = [text.get_text() for text in figure.texts]
    assert (
        "Japan's OSA budget (JPY bn a year)" in said
        and "China's gray-zone pressure (0 to 1)" in said
    )
