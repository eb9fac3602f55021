"""A result folder comes to be only when it is whole, and nobody else's files are touched."""

from __future__ import annotations

import io
import os

import numpy as np
import pytest
import xarray as xr
from hypothesis import given
from hypothesis import strategies as st

from sim.door.progress import Progress
from sim.errors import UserError
from sim.explore.output import result_folder, strangers_in, write_config, write_dataset


def whole(out, text="first"):
    with result_folder(out) as folder:
        (folder / "summary.csv").write_text(text, encoding="utf-8")
        (folder / "figures").mkdir()
        (folder / "figures" / "paths.png").write_bytes(b"png")
        write_config(folder, {"seed": 1})


def test_a_whole_result_is_put_in_its_place(tmp_path):
    whole(tmp_path / "deep" / "er")
    assert sorted(os.listdir(tmp_path / "deep" / "er")) == ["config.yaml", "figures", "summary.csv"]
    assert os.listdir(tmp_path / "deep") == ["er"]


def test_an_earlier_result_is_replaced_as_a_whole(tmp_path):
    whole(tmp_path / "out")
    (tmp_path / "out" / "history.nc").write_bytes(b"old")
    whole(tmp_path / "out", "second")
    assert (tmp_path / "out" / "summary.csv").read_text("utf-8") == "second"
    assert not (tmp_path / "out" / "history.nc").exists()
    assert os.listdir(tmp_path) == ["out"]


@pytest.mark.parametrize("fault", [ValueError, KeyboardInterrupt, SystemExit])
def test_a_broken_run_leaves_nothing_and_spares_the_earlier_result(fault, tmp_path):
    whole(tmp_path / "out")
    for out in (tmp_path / "out", tmp_path / "fresh" / "er"):
        with pytest.raises(fault), result_folder(out) as folder:
            (folder / "summary.csv").write_text("half", encoding="utf-8")
            raise fault
    assert os.listdir(tmp_path) == ["out"]
    assert (tmp_path / "out" / "summary.csv").read_text("utf-8") == "first"


def test_strangers_are_refused_and_spared(tmp_path):
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "thesis.txt").write_text("years of work", encoding="utf-8")
    whole(tmp_path / "result")
    (tmp_path / "result" / "notes.md").write_text("mine", encoding="utf-8")
    (tmp_path / "file").write_text("a file", encoding="utf-8")
    for name in ("mine", "result", "file"):
        with pytest.raises(UserError), result_folder(tmp_path / name):
            raise AssertionError("not reached")
    assert (tmp_path / "mine" / "thesis.txt").exists()
    assert (tmp_path / "result" / "notes.md").exists()
    assert strangers_in(tmp_path / "result") == ["notes.md"]


def test_an_empty_folder_is_taken(tmp_path):
    (tmp_path / "empty").mkdir()
    whole(tmp_path / "empty")
    assert (tmp_path / "empty" / "config.yaml").exists()


def test_a_folder_that_cannot_be_made_is_told(tmp_path):
    (tmp_path / "file").write_text("", encoding="utf-8")
    with (
        pytest.raises(UserError, match="cannot be written"),
        result_folder(tmp_path / "file" / "x"),
    ):
        raise AssertionError("not reached")


def test_an_error_of_reading_is_not_told_as_one_of_writing(tmp_path):
    with pytest.raises(FileNotFoundError), result_folder(tmp_path / "out"):
        (tmp_path / "data.csv").read_text("utf-8")


@given(seed=st.integers(0, 2**63 - 1))
def test_attributes_of_any_size_can_be_stored(seed, tmp_path_factory):
    path = tmp_path_factory.mktemp("nc") / "x.nc"
    data = xr.Dataset(
        {"a": ("year", np.arange(3.0), {"big": seed})}, attrs={"seed": seed, "ok": True}
    )
    write_dataset(path, data)
    with xr.open_dataset(path, engine="scipy") as back:
        assert int(back.attrs["seed"]) == seed
    assert data.attrs["seed"] == seed


class Screen(io.StringIO):
    def isatty(self):
        return True


@pytest.mark.parametrize("stream", [Screen(), io.StringIO()])
def test_progress_is_silent_for_a_second_and_then_counts(stream):
    ticks = iter([0.0, 0.5, 1.5, 3.0])
    progress = Progress("simulating", stream=stream, clock=lambda: next(ticks))
    progress(1, 3)
    assert not stream.getvalue()
    progress(2, 3)
    assert "simulating: 2 of 3" in stream.getvalue()
    progress(3, 3)
    progress.close()
    assert stream.getvalue().endswith("\n")
