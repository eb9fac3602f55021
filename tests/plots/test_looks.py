"""The main figures look as they did when somebody last looked at them.

Compared pixel by pixel with small stored pictures; the tolerance lets another release of the font's renderer pass, not another
drawing. Changed on purpose? `python -m tests.plots.looks`, and look.
"""

from __future__ import annotations

from pathlib import Path

import pytest
from matplotlib.testing.compare import compare_images

from .looks import FOLDER, NAMES, draw

TOLERANCE = 6.0  # root of the mean squared difference, of 255
LARGEST = 50_000  # bytes


@pytest.fixture(scope="module")
def drawn(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("looks")
    draw(folder)
    return folder


@pytest.fixture(scope="module")
def otherwise(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("other")
    draw(folder, seed=6)
    return folder


@pytest.mark.parametrize("name", NAMES)
def test_a_figure_looks_as_it_did(name, drawn):
    said = compare_images(str(FOLDER / f"{name}.png"), str(drawn / f"{name}.png"), TOLERANCE)
    assert said is None, f"{said}\nChanged on purpose? python -m tests.plots.looks"


@pytest.mark.parametrize("name", ["triangle", "paths", "tiles", "sea", "scorecard", "comparison"])
def test_other_data_would_not_pass(name, otherwise, tmp_path):
    stored = tmp_path / f"{name}.png"
    stored.write_bytes((FOLDER / f"{name}.png").read_bytes())
    found = compare_images(
        str(stored), str(otherwise / f"{name}.png"), TOLERANCE, in_decorator=True
    )
    assert found is not None


def test_the_stored_pictures_are_those_and_small():
    assert {path.stem for path in FOLDER.glob("*.png")} == set(NAMES)
    assert all(path.stat().st_size <= LARGEST for path in FOLDER.iterdir())
