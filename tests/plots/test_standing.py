"""Where states stand at every point: drawn for any design, its title says whom the points move most."""

from __future__ import annotations

import numpy as np
import pytest
import xarray as xr

from sim.plots import style
from sim.studies.sweep.figures import draw_report, standing


def outcomes(points: int, *, lacking: bool = False) -> xr.Dataset:
    """Alignment of three states: VNM moves by 4 points from first to last, the others not."""
    luck = np.linspace(-1.0, 1.0, 7)
    moved = np.linspace(0.0, 4.0, points)[:, np.newaxis] if points > 1 else np.zeros((1, 1))
    values = np.stack(
        [base + luck + moved * (place == 2) for place, base in enumerate((55, 35, 48))], axis=-1
    )
    if lacking:
        values[..., 1] = np.nan
    dims = ("point", "replicate", "state")
    coords = {"point": range(points), "replicate": range(7), "state": ["PHL", "KHM", "VNM"]}
    return xr.Dataset({"alignment": (dims, values)}, coords, {"version": "0", "seed": 1})


@pytest.mark.parametrize("points", [1, 2, 5])
def test_it_draws_a_row_a_state_and_a_dot_a_point(points):
    with style.context():
        (axes,) = standing.draw(outcomes(points)).axes
    assert [label.get_text() for label in axes.get_yticklabels()] == [
        "Philippines",
        "Cambodia",
        "Vietnam",
    ]
    assert [len(dots.get_offsets()) for dots in axes.collections] == [points, 1] * 3
    ends = axes.collections[4].get_offsets()[:, 0]
    assert ends[[0, -1]].tolist() == pytest.approx([48.0, 48.0 + (4.0 if points > 1 else 0.0)])


def test_a_state_that_is_nowhere_is_left_out():
    with style.context():
        (axes,) = standing.draw(outcomes(3, lacking=True)).axes
    assert [label.get_text() for label in axes.get_yticklabels()] == ["Philippines", "Vietnam"]


def test_a_report_has_pdf_svg_and_png_with_title_and_note(tmp_path):
    ((png, title, note),) = draw_report(outcomes(5), tmp_path)
    assert title == "Over 5 points, Vietnam is moved most: from 48.0 to 52.0 in alignment"
    assert "one of 5 points over 7 runs" in note and png.name == "standing.png"
    first = {path.name: path.read_bytes() for path in tmp_path.iterdir()}
    assert set(first) == {"standing.pdf", "standing.png", "standing.svg"}
    assert (
        first["standing.pdf"].startswith(b"%PDF") and b"CreationDate" not in first["standing.pdf"]
    )
    draw_report(outcomes(5), tmp_path)
    assert first == {path.name: path.read_bytes() for path in tmp_path.iterdir()}
