"""Faults tried for real: a disk that is full, one that may only be read. Nothing is lost, and the sweep goes on."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pandas as pd
import pytest

from sim.cli import enter
from sim.ensemble.store.rows import read_table
from sim.studies.sweep.command import sweep
from tests.ensemble.small import files_of

ROOT = Path(__file__).resolve().parents[2]
SWEEP = (
    *("states=[PHL,KHM]", "years.last=2026", "executor=serial", "sweep.replicates=40"),
    *("sweep.space.policy.japan.osa_budget=[0,40]", "sweep.levels=9", "sweep.block=80"),
    "figures=false",
)
DISK = """
set -u
cd "$1"
mkdir disk && mount -t tmpfs -o size=400k none disk || exit 77
head -c 350000 /dev/zero > disk/ballast
run() { "$2" "$3/experiments/sweep.py" "${@:5}" out=disk/store >out.$4 2>err.$4; echo $? >rc.$4; }
mark() { cp -r disk/store "$1"; }
run "$1" "$2" "$3" full "${@:4}"
mark kept
rm disk/ballast
mount -o remount,ro disk
run "$1" "$2" "$3" readonly "${@:4}"
mark still
mount -o remount,rw,size=40m disk
run "$1" "$2" "$3" free "${@:4}"
mark whole
"""


@pytest.fixture(scope="module")
def tried(tmp_path_factory):
    """Run a sweep on a small disk of its own: full, then read-only, then with room."""
    folder = tmp_path_factory.mktemp("disk")
    command = ["unshare", "-rm", "bash", "-c", DISK, "disk", folder, sys.executable, ROOT, *SWEEP]
    try:
        found = subprocess.run(command, cwd=folder, capture_output=True, text=True, timeout=900)
    except FileNotFoundError:
        pytest.skip("no unshare here: a small disk cannot be mounted")
    if found.returncode == 77 or not (folder / "disk").exists():
        pytest.skip(f"a small disk cannot be mounted here: {found.stderr.strip()}")
    assert found.returncode == 0, found.stderr
    return folder


@pytest.fixture(scope="module")
def whole(tmp_path_factory):
    """The same sweep where nothing goes wrong."""
    folder = tmp_path_factory.mktemp("whole") / "store"
    assert enter(sweep, config_name="sweep", name="sweep", argv=[*SWEEP, f"out={folder}"]) == 0
    return folder


def said(tried, name):
    return (tried / f"rc.{name}").read_text().strip(), (tried / f"err.{name}").read_text()


@pytest.mark.parametrize(
    ("name", "reason"), [("full", "No space left on device"), ("readonly", "Read-only file system")]
)
def test_a_disk_that_cannot_be_written_is_one_message(name, reason, tried):
    status, told = said(tried, name)
    assert status == "2" and reason in told and "Traceback" not in told
    assert "finished blocks are kept" in told and "goes on from them" in told


def test_finished_blocks_are_kept_whole_and_nothing_half_written(tried, whole):
    kept, complete = files_of(tried / "kept"), files_of(whole)
    blocks = [name for name in kept if name.endswith(".nc")]
    assert 0 < len(blocks) < 5 == sum(name.startswith("blocks/") for name in complete)
    assert all(kept[name] == complete[name] for name in blocks)
    assert not [name for name in kept if name.endswith(".tmp")]
    assert files_of(tried / "still") == kept


def test_with_room_again_it_goes_on_to_the_same_bytes(tried, whole):
    status, told = said(tried, "free")
    assert status == "0", told
    made, expected = files_of(tried / "whole"), files_of(whole)
    for name in expected:  # it stands elsewhere, and says so nowhere
        assert made[name] == expected[name], name
    assert set(made) == set(expected)


def test_the_table_stands_as_parquet_too_with_the_same_numbers(whole):
    pytest.importorskip("pyarrow")
    table = pd.read_parquet(whole / "table.parquet")
    pd.testing.assert_frame_equal(table, read_table(whole / "table.csv"))
    assert len(table) == 9


def test_a_design_may_be_given_as_parquet(tmp_path, monkeypatch):
    pytest.importorskip("pyarrow")
    monkeypatch.chdir(tmp_path)
    design = pd.DataFrame({"policy/japan": ["none", "osa_2023"], "years.last": [2026, 2027]})
    design.to_parquet("points.parquet", index=False)
    design.to_csv("points.csv", index=False)
    for name in ("parquet", "csv"):
        argv = ["sweep.design=table", f"sweep.table=points.{name}", "states=[PHL]", f"out={name}"]
        argv += ["sweep.replicates=2", "executor=serial", "figures=false"]
        assert enter(sweep, config_name="sweep", name="sweep", argv=argv) == 0
    assert files_of(tmp_path / "parquet") == files_of(tmp_path / "csv")
