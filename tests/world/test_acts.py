"""A raw table of acts or levels that cannot be used is refused in one message."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from sim.world.compile import INPUTS, main
from sim.world.recipes.acts import read_acts, read_levels
from sim.world.recipes.raw import Raw
from tests.world.coded import ACTS, level_rows, write_coded, write_raw


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_raw(tmp_path_factory.mktemp("whole"))


@pytest.fixture
def raw_folder(whole: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(whole, tmp_path / "raw"))


def raw_of(folder: Path, last: int = 2023) -> Raw:
    return Raw(folder=folder, inputs=INPUTS, hand=folder, last=last)


def act(**changed: object) -> tuple[object, ...]:
    usual = {"year": 2010, "month": 5, "state": "VNM", "partner": "USA", "domain": "security"}
    return tuple({**usual, "step": 1, "by": "joint", "status": "seen", **changed}.values())


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"state": "VNN"}, "line 2 has the unknown state 'VNN'; did you mean VNM"),
        ({"partner": "EUU"}, "line 2 has the unknown partner 'EUU'"),
        ({"partner": "VNM"}, "unknown partner 'VNM'"),
        ({"step": 3}, "line 2 has the step '3'; it must be a whole number from -2 to 2"),
        ({"step": -3}, "whole number from -2 to 2"),
        ({"step": 0.5}, "whole number from -2 to 2"),
        ({"step": "up"}, "a number must stand there"),
        ({"year": 1990}, "line 2 has the year '1990'"),
        ({"by": "them"}, "unknown by 'them'"),
        ({"domain": "securty"}, "unknown domain 'securty'; did you mean security"),
        ({"status": "sure"}, "unknown status 'sure'"),
    ],
)
def test_an_act_that_cannot_be_is_refused(
    changed: dict[str, object], said: str, raw_folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write_coded(raw_folder, acts=[act(**changed)])
    error = refusal(raw_folder, capsys)
    assert said in error and "acts.csv" in error


def refusal(raw_folder: Path, capsys: pytest.CaptureFixture[str]) -> str:
    """What the command says; nothing is written."""
    made = raw_folder.parent / "made"
    assert main([str(raw_folder), "--out", str(made)]) == 2
    assert not made.exists()
    error = capsys.readouterr().err
    assert len(error.strip().splitlines()) == 1 and "Traceback" not in error
    return error


Rows = list[tuple[object, ...]]
FAULTS: list[tuple[Callable[[Rows], Rows], str]] = [
    (lambda rows: [*rows, rows[3]], "line 60 gives PHL, USA, 1998 again"),
    (lambda rows: [r for r in rows if r[2] != 2007], "PHL and USA have no level in 2007"),
    (lambda rows: [(*r[:4], "", r[5]) for r in rows], "line 2 gives a level without evidence"),
    (lambda rows: [(*r[:3], 6, *r[4:]) for r in rows], "a whole number from 0 to 5"),
    (lambda rows: [(*r[:3], 2.5, *r[4:]) for r in rows], "a whole number from 0 to 5"),
    (lambda rows: [("Atlantis", *r[1:]) for r in rows], "unknown state 'Atlantis'"),
    (lambda rows: [(*r[:5], "heard") for r in rows], "unknown status 'heard'"),
]


@pytest.mark.parametrize(("spoil", "said"), FAULTS)
def test_levels_that_cannot_be_are_refused(
    spoil: Callable[[Rows], Rows],
    said: str,
    raw_folder: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    write_coded(raw_folder, levels=spoil(level_rows()))
    assert said in refusal(raw_folder, capsys)


def test_a_missing_file_is_told(raw_folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    shutil.rmtree(raw_folder / "acts")
    assert "acts.csv is unfit: it is missing" in refusal(raw_folder, capsys)


def test_acts_at_one_table_count_once_and_a_yielding_not_at_all(tmp_path: Path) -> None:
    acts = read_acts(raw_of(write_coded(tmp_path)))
    edca = acts[(acts["year"] == 2014) & (acts["partner"] == "USA")]
    assert edca["step"].tolist() == [2]
    assert 0 not in set(acts["step"]) and acts["year"].max() == 2019
    assert (acts["year"] == 2016).sum() == 4  # of two sides, or in different months
    assert (acts["year"] == 2018).sum() == 3  # the month is not known: never one act
    assert len(acts) == len(ACTS) - 3  # the one at the same table, the yielding, 2024's


def test_names_serve_as_well_as_codes_and_later_years_are_hidden(tmp_path: Path) -> None:
    named = [("Vietnam", "China", *row[2:]) for row in level_rows() if row[0] == "VNM"]
    levels = read_levels(raw_of(write_coded(tmp_path, levels=named), last=2005))
    assert set(levels["state"]) == {"VNM"} and levels["year"].max() == 2005
