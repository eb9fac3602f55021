"""What stands in a store is what a sweep put there: changed files are made anew or refused, links and strangers left alone."""

from __future__ import annotations

import os
import shutil
from collections import Counter

import numpy as np
import pandas as pd
import pytest

from sim.cli import enter
from sim.ensemble.executors.options import ExecutorOptions
from sim.ensemble.run import Listener, sweep
from sim.ensemble.store.consolidated import open_outcomes
from sim.ensemble.store.files import exclusive_lock
from sim.ensemble.store.finished import read_finished
from sim.ensemble.store.manifest import read_manifest, read_plan
from sim.ensemble.store.opening import check_place, open_store
from sim.ensemble.store.rows import read_table
from sim.errors import UserError
from sim.studies.sweep.command import sweep as sweep_command
from tests.ensemble.small import files_of, plan, say_otherwise

SERIAL = ExecutorOptions(kind="serial")
SMALL = {"levels": 2, "replicates": 3}
MADE = ("table.csv", "states.csv", "table.parquet", "outcomes.nc", "config.yaml", "references.bib")
LARGEST = 2**63 - 1
COMMAND = [
    *("states=[PHL,KHM]", "years.last=2025", "executor=serial", "figures=false", "out=store"),
    *("sweep.space.policy.japan.osa_budget=[0,40]", "sweep.levels=2", "sweep.replicates=3"),
]


def run(folder, **changed):
    told = []
    made = plan(**SMALL | changed)
    return sweep(made, folder, executor=SERIAL, listener=Listener(told=told.append)), told


@pytest.fixture(scope="module")
def whole(tmp_path_factory):
    folder = tmp_path_factory.mktemp("whole") / "store"
    run(folder)
    return folder


@pytest.fixture
def store(whole, tmp_path):
    return shutil.copytree(whole, tmp_path / "store")


def harm(path, how):
    content = path.read_bytes()
    place = len(content) // 2
    flipped = content[:place] + bytes([content[place] ^ 4]) + content[place + 1 :]
    path.write_bytes(
        {
            "cut": content[:place],
            "emptied": b"",
            "longer": content + b"9,9\n",
            "flipped": flipped,
            "gone": b"",
        }[how]
    )
    if how == "gone":
        path.unlink()


@pytest.mark.parametrize("how", ["cut", "emptied", "longer", "flipped", "gone"])
def test_whatever_is_changed_is_made_anew_to_the_byte(how, whole, store):
    made = [name for name in MADE if name in files_of(whole)]  # parquet where pyarrow is installed
    for name in (*made, "design.csv"):
        harm(store / name, how)
    result, told = run(store)
    assert result.ran == 0 and result.whole and files_of(store) == files_of(whole)
    assert all(name in told[0] for name in made)


@pytest.mark.parametrize("how", ["cut", "emptied", "longer", "flipped", "gone"])
def test_no_reader_takes_what_was_changed(how, whole, tmp_path):
    for name in ("outcomes.nc", "design.csv", sorted(files_of(whole))[0]):
        store = shutil.copytree(whole, tmp_path / name.replace("/", "_"))
        harm(store / name, how)
        with pytest.raises(UserError, match="is broken"):
            read_finished(store)
        with pytest.raises(UserError, match="is broken"):
            open_outcomes(store)


def test_a_manifest_that_was_changed_is_refused(store):
    content = (store / "manifest.json").read_bytes()
    for bad in (content.replace(b'"seed": 2023', b'"seed": 1023'), content[:-40], b""):
        (store / "manifest.json").write_bytes(bad)
        with pytest.raises(UserError, match=r"manifest\.json"):
            run(store)
        assert (store / "manifest.json").read_bytes() == bad


@pytest.mark.parametrize("what", ["a folder", "a link", "a pipe"])
@pytest.mark.parametrize("name", ["manifest.json", "table.csv", "design.csv", "block", "blocks"])
def test_what_is_no_file_of_its_own_is_refused_and_left(name, what, store, tmp_path):
    mine = tmp_path / "mine"
    mine.mkdir()
    (mine / "thesis.txt").write_text("years of work", "utf-8")
    path = store / name
    if name == "block":
        path = next((store / "blocks").iterdir())
    path.rename(mine / "kept")
    if what == "a folder":
        path.write_bytes(b"") if name == "blocks" else path.mkdir()
    elif what == "a link":
        path.symlink_to(mine if name == "blocks" else mine / "thesis.txt")
    else:
        os.mkfifo(path)
    for use in (run, open_store, read_finished, lambda folder: check_place(folder, plan(**SMALL))):
        with pytest.raises(UserError, match="where a store has a plain f"):
            use(store)
    assert (mine / "thesis.txt").read_text("utf-8") == "years of work"
    assert os.path.lexists(path) and sorted(os.listdir(mine))[-1] == "thesis.txt"


@pytest.mark.parametrize("other", [{"threshold": 0.4}, {"precision": "double"}, {"replicates": 4}])
def test_a_block_of_another_store_is_not_taken_for_one_of_this(other, whole, store, tmp_path):
    run(tmp_path / "other", **other)
    theirs = sorted((tmp_path / "other/blocks").iterdir())[0]
    ours = sorted((store / "blocks").iterdir())[0]
    ours.unlink()
    shutil.copy(theirs, store / "blocks" / f"{ours.name[:33]}{theirs.name[33:]}")
    say_otherwise(store, "finished", "blocks")  # so that no list of files gives it away
    with pytest.raises(UserError, match="damaged, or is not what its name says"):
        open_store(store)
    assert run(store)[0].ran == 1 and files_of(store / "blocks") == files_of(whole / "blocks")


def test_a_block_under_another_blocks_name_is_found(whole, tmp_path):
    store = tmp_path / "s"
    run(store, block=3)
    first, second, *_ = sorted((store / "blocks").iterdir())
    kept = files_of(store)
    say_otherwise(store, "finished", "blocks")
    second.rename(second.with_name(second.name[:33] + first.name[33:]))
    shutil.copy(first, second.with_name(second.name[:33] + first.name[33:]))
    with pytest.raises(UserError, match="is not what its name says"):
        open_store(store)
    assert run(store, block=3)[0].ran == 1 and files_of(store) == kept


def test_a_block_of_points_that_the_store_lacks_is_refused_and_left(store):
    block = next((store / "blocks").iterdir())
    stranger = block.with_name("p0000090-0000094_r0000000-0000003" + block.name[33:])
    shutil.copy(block, stranger)
    for use in (run, open_store):
        with pytest.raises(UserError, match="which|does not have"):
            use(store)
    assert stranger.is_file()


def test_a_refused_sweep_leaves_the_other_ones_files(store):
    for name in ("manifest.json.99.tmp", "blocks/mine.tmp", "table.csv.parts.4.tmp"):
        (store / name).write_bytes(b"half")
    (store / "design.csv").write_bytes(b"")
    before = files_of(store)
    with exclusive_lock(store), pytest.raises(UserError, match="another sweep is writing"):
        run(store, replicates=5)
    assert files_of(store) == before


def test_what_dead_runs_left_goes_and_what_is_mine_stays(whole, store):
    block = next((store / "blocks").iterdir()).name
    left = ("manifest.json.99.tmp", f"blocks/{block}.1.tmp", "table.csv.parts.4.tmp")
    mine = (
        "open.tmp",
        "notes.12.tmp",
        "blocks/open.tmp",
        "table.csv.tmp",
        "blocks/notes.nc",
        "a.csv",
    )
    for name in (*left, *mine):
        (store / name).write_bytes(b"mine")
    run(store)
    run(store, replicates=5)
    there = files_of(store)
    assert not set(left) & set(there) and all(there[name] == b"mine" for name in mine)


def test_a_file_of_mine_with_a_name_of_a_stores_is_not_written_over(tmp_path):
    store = tmp_path / "s"
    run(store)
    say_otherwise(store, "finished", "made", "blocks")
    (store / "table.csv").write_bytes(b"mine")
    with pytest.raises(UserError, match=r"table\.csv.*which no sweep put there"):
        run(store)
    assert (store / "table.csv").read_bytes() == b"mine"


def test_a_link_to_the_folder_that_was_named_stays_and_is_written_through(whole, tmp_path):
    (tmp_path / "disk").mkdir()
    (tmp_path / "link").symlink_to(tmp_path / "disk")
    run(tmp_path / "link")
    assert (tmp_path / "link").is_symlink() and files_of(tmp_path / "disk") == files_of(whole)
    assert run(tmp_path / "link")[0].ran == 0 and read_finished(tmp_path / "link").seed


@pytest.mark.parametrize("name", ["nowhere", "loop", "x" * 300, "a\0b"])
def test_a_place_that_cannot_be_is_one_message(name, tmp_path):
    folder = tmp_path / name
    if name in ("nowhere", "loop"):
        folder.symlink_to(folder if name == "loop" else tmp_path / "gone")
    for use in (run, open_store, lambda folder: check_place(folder, plan(**SMALL))):
        with pytest.raises(UserError, match="cannot be read|link to no folder|is not a store"):
            use(folder)
    assert not (tmp_path / "gone").exists()


def test_numbers_come_back_to_the_last_digit(tmp_path):
    seeds, shares = [2**53 + 1, LARGEST - 1, LARGEST], [0.1, 1 / 3, 0.30000000000000004]
    space = {"seed": seeds, "policy.china.gray_zone": shares}
    store = tmp_path / "s"
    run(store, space=space, design="zip", replicates=2)
    back = read_plan(store, read_manifest(store))
    tables = [back.points, read_table(store / "table.csv")]
    if (store / "table.parquet").exists():
        tables.append(pd.read_parquet(store / "table.parquet"))
    for table in tables:
        assert table["seed"].tolist() == seeds
        assert table["policy.china.gray_zone"].tolist() == shares
    assert [back.settings(point).seed for point in range(3)] == seeds
    with open_outcomes(store) as outcomes:
        assert [int(seed) for seed in outcomes["seed"].values] == seeds
        np.testing.assert_array_equal(outcomes["policy.china.gray_zone"].values, shares)
    assert run(store, space=space, design="zip", replicates=2)[0].ran == 0


@pytest.mark.parametrize("design", ["grid", "sobol"])
def test_no_range_of_seeds_leaves_what_is_declared(design):
    sized = {"levels": 5} if design == "grid" else {"points": 8}
    drawn = plan(space={"seed": [0, LARGEST]}, design=design, **sized).points["seed"]
    assert drawn.dtype == np.int64 and drawn.min() >= 0 and (drawn == drawn.astype(int)).all()


@pytest.fixture
def here(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    return tmp_path / "store"


def swept(*further):
    return enter(sweep_command, config_name="sweep", name="sweep", argv=[*COMMAND, *further])


def test_differences_are_known_by_checksum_and_made_again(here, capsys):
    assert swept("sweep.baseline=point:0") == 0
    kept = files_of(here)
    for how in ("cut", "longer", "gone"):
        harm(here / "differences.csv", how)
        assert swept() == 0 and files_of(here) == kept
        assert "differences.csv" in capsys.readouterr().err
    assert swept("sweep.replicates=4") == 0  # they were of fewer runs
    assert not list(here.glob("differences*"))


def test_differences_of_mine_are_neither_taken_away_nor_written_over(here, capsys):
    assert swept() == 0
    (here / "differences.csv").write_bytes(b"mine")
    assert swept("sweep.replicates=4") == 0
    assert swept("sweep.replicates=4", "sweep.baseline=point:0") == 2
    assert "which no sweep put there" in capsys.readouterr().err
    assert (here / "differences.csv").read_bytes() == b"mine"


def test_a_forecast_needs_no_confirmation_and_says_all_runs(here, capsys):
    many = ["sweep.forecast=true", "sweep.replicates=2000000"]
    assert swept(*many) == 0 and "4,000,000 runs to do" in capsys.readouterr().out
    assert not here.exists()
    assert swept(*many[1:]) == 2 and "must be confirmed" in capsys.readouterr().err


def test_a_sweep_of_too_many_blocks_is_refused_before_it_begins(tmp_path):
    with pytest.raises(UserError, match=r"sweep\.block"):
        run(tmp_path / "s", replicates=400_000, block=1, confirm=True)
    assert not (tmp_path / "s").exists()


def test_the_files_of_a_store_are_those_it_notes(whole):
    noted = read_manifest(whole)
    there = Counter(files_of(whole))
    listed = [*noted["made"], *(f"blocks/{name}" for name in noted["blocks"])]
    assert set(there) == {*listed, "manifest.json", "design.csv"}
