"""A result folder comes to be only when it is whole, and nobody else's files are touched."""

from __future__ import annotations

import json
import os
import socket
from pathlib import Path

import numpy as np
import pytest
import xarray as xr
from hypothesis import given
from hypothesis import strategies as st

from sim.errors import UserError
from sim.provenance import ROOT
from sim.results.files import write_config, write_dataset
from sim.results.marks import Mark, read_mark, write_mark
from sim.results.result_folder import result_folder
from sim.studies._progress import Progress


def whole(out, text="first", kind="run", beside=()):
    with result_folder(out, kind=kind, beside=beside) as folder:
        (folder / "summary.csv").write_text(text, encoding="utf-8")
        (folder / "figures").mkdir()
        (folder / "figures" / "paths.png").write_bytes(b"png")
        write_config(folder, {"seed": 1})


def refused(out, told):
    before = snapshot(out.parent)
    with pytest.raises(UserError) as caught, result_folder(out, kind="run"):
        raise AssertionError("not reached")
    for part in told:
        assert part in str(caught.value)
    assert snapshot(out.parent) == before


def snapshot(folder):
    """Every path below a folder, with its content or where it leads."""
    return {
        path: os.readlink(path) if path.is_symlink() else path.is_file() and path.read_bytes()
        for path in sorted(folder.rglob("*"))
    }


def test_a_whole_result_is_put_in_its_place_with_a_list_of_its_files(tmp_path):
    whole(tmp_path / "deep" / "er")
    files = [".straits.json", "config.yaml", "figures", "summary.csv"]
    assert sorted(os.listdir(tmp_path / "deep" / "er")) == files
    assert os.listdir(tmp_path / "deep") == ["er"]
    mark = read_mark(tmp_path / "deep" / "er")
    assert mark.kind == "run" and not mark.host
    assert sorted(mark.files) == ["config.yaml", "figures/paths.png", "summary.csv"]


def test_an_earlier_result_is_replaced_as_a_whole(tmp_path):
    with result_folder(tmp_path / "out", kind="why") as folder:
        (folder / "why.txt").write_bytes(b"old")
    whole(tmp_path / "out", "second")
    assert (tmp_path / "out" / "summary.csv").read_text("utf-8") == "second"
    assert not (tmp_path / "out" / "why.txt").exists()
    assert os.listdir(tmp_path) == ["out"]


@pytest.mark.parametrize("fault", [ValueError, KeyboardInterrupt, SystemExit])
def test_a_broken_run_leaves_nothing_and_spares_the_earlier_result(fault, tmp_path):
    whole(tmp_path / "out")
    for out in (tmp_path / "out", tmp_path / "fresh" / "er"):
        with pytest.raises(fault), result_folder(out, kind="run") as folder:
            (folder / "summary.csv").write_text("half", encoding="utf-8")
            raise fault
    assert os.listdir(tmp_path) == ["out"]
    assert (tmp_path / "out" / "summary.csv").read_text("utf-8") == "first"


HARMS = {  # what a user does to a result: what the refusal names
    "notes.md": lambda out: (out / "notes.md").write_text("mine", encoding="utf-8"),
    "figures/mine.png": lambda out: (out / "figures" / "mine.png").write_bytes(b"mine"),
    "summary.csv (changed since)": lambda out: (out / "summary.csv").write_text("mine", "utf-8"),
    "config.yaml (changed since)": lambda out: (out / "config.yaml").write_text("a: 1", "utf-8"),
    "drafts": lambda out: (out / "drafts").mkdir(),
    "figures/paths.png": lambda out: linked(out / "figures" / "paths.png", out.parent / "file"),
    "figures": lambda out: linked(out / "figures", out.parent / "folder"),
    "store": lambda out: linked(out / "store", out.parent / "folder"),
    ".straits.json": lambda out: linked(out / ".straits.json", out.parent / "mark"),
    "history.nc": lambda out: (
        (out / ".straits.json").write_text("{", encoding="utf-8") and (out / "history.nc").touch()
    ),
}


def linked(path, target):
    if path.is_dir():
        path.rename(path.parent.parent / "moved")
    else:
        path.unlink(missing_ok=True)
    path.symlink_to(target)


@pytest.mark.parametrize("named", HARMS)
def test_what_no_run_put_there_is_named_and_spared(named, tmp_path):
    whole(tmp_path / "out")
    (tmp_path / "file").write_bytes(b"png")
    (tmp_path / "folder").mkdir()
    (tmp_path / "folder" / "paths.png").write_bytes(b"png")
    (tmp_path / "mark").write_bytes((tmp_path / "out" / ".straits.json").read_bytes())
    HARMS[named](tmp_path / "out")
    refused(tmp_path / "out", [named])


def test_a_folder_of_the_users_own_is_refused_whatever_its_names(tmp_path):
    (tmp_path / "mine" / "figures").mkdir(parents=True)
    for name in ("config.yaml", "summary.csv", "log.json", "figures/holiday.png"):
        (tmp_path / "mine" / name).write_text("years of work", encoding="utf-8")
    (tmp_path / "file").write_text("a file", encoding="utf-8")
    refused(tmp_path / "mine", ["config.yaml", "summary.csv", "figures", "no run put there"])
    refused(tmp_path / "file", ["is a file"])


def test_what_comes_during_the_run_is_spared_too(tmp_path):
    whole(tmp_path / "out")
    with pytest.raises(UserError, match=r"notes.md"), result_folder(tmp_path / "out", kind="run"):
        (tmp_path / "out" / "notes.md").write_text("mine", encoding="utf-8")
    assert (tmp_path / "out" / "notes.md").read_text("utf-8") == "mine"
    assert (tmp_path / "out" / "summary.csv").read_text("utf-8") == "first"
    assert os.listdir(tmp_path) == ["out"]


def test_what_stands_beside_a_result_stays_when_it_is_replaced(tmp_path):
    (tmp_path / "out" / "store").mkdir(parents=True)
    (tmp_path / "out" / "store" / "block").touch()
    for text in ("first", "second"):
        whole(tmp_path / "out", text, beside=("store",))
        assert (tmp_path / "out" / "store" / "block").exists()
        assert (tmp_path / "out" / "summary.csv").read_text("utf-8") == text
    refused(tmp_path / "out", ["store"])  # by a command that has none


def test_a_link_to_a_folder_stays_a_link(tmp_path):
    (tmp_path / "scratch").mkdir()
    (tmp_path / "link").symlink_to(tmp_path / "scratch")
    for text in ("first", "second"):
        whole(tmp_path / "link", text)
        assert (tmp_path / "link").is_symlink()
        assert (tmp_path / "scratch" / "summary.csv").read_text("utf-8") == text
    assert sorted(os.listdir(tmp_path)) == ["link", "scratch"]


def test_places_that_are_not_for_results_are_refused(tmp_path, monkeypatch):
    (tmp_path / "here" / "below").mkdir(parents=True)
    (tmp_path / "file").touch()
    monkeypatch.chdir(tmp_path / "here")
    for name, target in (("dangling", "nowhere"), ("of_a_file", "file"), ("loop", "loop")):
        (tmp_path / name).symlink_to(tmp_path / target)
        refused(tmp_path / name, [name])
    (tmp_path / "above").symlink_to(tmp_path)
    for out in (tmp_path, tmp_path / "here", tmp_path / "above", ROOT, ROOT.parent, ROOT / "sim"):
        with pytest.raises(UserError), result_folder(out, kind="run"):
            raise AssertionError("not reached")
    for out in ("/", ".", "..", ROOT / "conf" / "mine", ROOT / "docs", "a\0b", "x" * 300):
        with pytest.raises(UserError), result_folder(Path(out), kind="run"):
            raise AssertionError("not reached")
    assert not list((tmp_path / "here" / "below").iterdir())


def left_by_a_dead_run(out, what, *, marked=True):
    """A folder as a run that was killed leaves it; its number is that of no process."""
    folder = out.with_name(f"{out.name}.{what}-{2**22 + 1}")
    folder.mkdir()
    (folder / "history.nc").touch()
    if marked:
        write_mark(folder, Mark(kind="run", host=socket.gethostname()))
    return folder


def test_unfinished_folders_of_dead_runs_are_cleared_and_no_others(tmp_path):
    dead = left_by_a_dead_run(tmp_path / "out", "partial")
    whole(tmp_path / "out")
    assert not dead.exists() and os.listdir(tmp_path) == ["out"]
    unmarked = left_by_a_dead_run(tmp_path / "out", "partial", marked=False)
    alive = tmp_path / f"out.partial-{os.getppid()}"
    unmarked.rename(alive)
    write_mark(alive, Mark(kind="run", host=socket.gethostname()))
    unmarked = left_by_a_dead_run(tmp_path / "out", "partial", marked=False)
    abroad = tmp_path / f"out.partial-{2**22 + 2}"
    abroad.mkdir()
    write_mark(abroad, Mark(kind="run", host="another-machine"))
    whole(tmp_path / "out")
    assert unmarked.exists() and alive.exists() and abroad.exists()


def test_a_swap_that_was_cut_off_is_undone(tmp_path):
    whole(tmp_path / "out")
    (tmp_path / "out").rename(tmp_path / f"out.old-{2**22 + 1}")
    left_by_a_dead_run(tmp_path / "out", "partial")
    with pytest.raises(ValueError), result_folder(tmp_path / "out", kind="run"):
        raise ValueError
    assert os.listdir(tmp_path) == ["out"]
    assert (tmp_path / "out" / "summary.csv").read_text("utf-8") == "first"


def test_a_swap_that_was_nearly_done_is_ended(tmp_path):
    whole(tmp_path / "out")
    old = tmp_path / f"out.old-{2**22 + 1}"
    (tmp_path / "out").rename(old)
    (old / "store").mkdir()
    whole(tmp_path / "out", "second", beside=("store",))  # restores, then replaces
    assert (tmp_path / "out" / "store").is_dir()
    whole(old)
    (old / "mine.txt").touch()
    whole(tmp_path / "out", "third", beside=("store",))
    assert [path.name for path in old.iterdir()] == ["mine.txt"]


def test_an_empty_folder_is_taken(tmp_path):
    (tmp_path / "empty").mkdir()
    whole(tmp_path / "empty")
    assert (tmp_path / "empty" / "config.yaml").exists() and os.listdir(tmp_path) == ["empty"]


def test_a_folder_that_cannot_be_made_is_told(tmp_path):
    (tmp_path / "file").write_text("", encoding="utf-8")
    with (
        pytest.raises(UserError, match="cannot be written"),
        result_folder(tmp_path / "file" / "x", kind="run"),
    ):
        raise AssertionError("not reached")


@given(
    text=st.one_of(
        st.binary(max_size=40),
        st.recursive(
            st.none() | st.booleans() | st.integers() | st.text(max_size=5),
            lambda inner: st.lists(inner) | st.dictionaries(st.text(max_size=5), inner),
            max_leaves=8,
        ).map(
            lambda value: json.dumps(
                {"program": "straits", "kind": "run", "files": value, "jobs": value}
            ).encode()
        ),
    )
)
def test_a_hostile_mark_gives_no_leave_to_remove_anything(text, tmp_path_factory):
    folder = tmp_path_factory.mktemp("hostile") / "out"
    folder.mkdir()
    (folder / "mine.txt").touch()
    (folder / ".straits.json").write_bytes(text)
    with pytest.raises(UserError, match=r"mine\.txt"), result_folder(folder, kind="run"):
        raise AssertionError("not reached")
    assert (folder / ".straits.json").read_bytes() == text and (folder / "mine.txt").exists()


def test_an_error_of_reading_is_not_told_as_one_of_writing(tmp_path):
    with pytest.raises(FileNotFoundError), result_folder(tmp_path / "out", kind="run"):
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


@pytest.mark.parametrize(("patience", "shown"), [(60.0, False), (0.0, True)])
def test_progress_is_shown_once_its_patience_is_over(patience, shown, monkeypatch, capsys):
    monkeypatch.setattr("sim.studies._progress.PATIENCE", patience)
    with Progress("simulating") as progress:
        for done in (1, 2, 3):
            progress(done, 3)
    assert ("simulating: 100%" in capsys.readouterr().err) == shown
