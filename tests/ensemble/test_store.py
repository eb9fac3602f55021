"""A store never loses a finished block, never mixes two sweeps, and can be opened by others."""

from __future__ import annotations

import errno
import os
import shutil

import numpy as np
import pandas as pd
import pytest
import xarray as xr

from sim.ensemble.block_runs import block_outcomes
from sim.ensemble.executors.options import ExecutorOptions
from sim.ensemble.run import Listener, sweep
from sim.ensemble.store import consolidated as store_whole
from sim.ensemble.store import files as store_files
from sim.ensemble.store.consolidated import open_outcomes
from sim.ensemble.store.files import exclusive_lock
from sim.ensemble.store.manifest import read_manifest, read_plan
from sim.ensemble.store.opening import open_store
from sim.errors import UserError
from tests.ensemble.small import files_of, plan, say_otherwise

SERIAL = ExecutorOptions(kind="serial")


def run(made, folder, listener=None):
    return sweep(made, folder, executor=SERIAL, listener=listener)


@pytest.fixture(scope="module")
def whole(tmp_path_factory):
    folder = tmp_path_factory.mktemp("whole") / "store"
    run(plan(), folder)
    return folder


def test_a_store_opens_in_one_line_and_holds_what_the_engine_said(whole):
    with xr.open_dataset(whole / "outcomes.nc", engine="scipy") as data:
        assert dict(data.sizes) == {"point": 9, "replicate": 7, "state": 2}
        made = plan()
        again = block_outcomes([made.settings(7)], 0, 7)
        for name in again.data_vars:
            stored = data[name].sel(point=7).values
            np.testing.assert_array_equal(stored, again[name][0].values.astype(stored.dtype))
        assert data["policy.japan.osa_budget"].values.tolist() == list(
            made.points["policy.japan.osa_budget"]
        )
        assert {"version", "commit", "config", "references"} <= set(data.attrs)
        assert data["posture"].attrs["flag_meanings"].startswith("unknown")
        assert list(data["state"].values) == ["PHL", "KHM"]


def test_scipy_and_xarray_agree_on_a_block(whole, tmp_path):
    store = open_store(whole)
    data = store.read(store.blocks[0])
    data.to_netcdf(tmp_path / "again.nc", engine="scipy", format="NETCDF3_64BIT")
    with xr.open_dataset(tmp_path / "again.nc", engine="scipy") as again:
        xr.testing.assert_identical(data, again.load())


def test_the_table_is_a_row_a_point_with_its_spread(whole):
    table, states = (pd.read_csv(whole / f"{name}.csv") for name in ("table", "states"))
    assert len(table) == 9 and len(states) == 18
    with xr.open_dataset(whole / "outcomes.nc", engine="scipy") as data:
        runs = data["alignment"].mean("state").astype(float)
        np.testing.assert_allclose(table["alignment_mean"], runs.mean("replicate"), rtol=1e-5)
        np.testing.assert_allclose(
            table["alignment_sd"], runs.std("replicate", ddof=1), rtol=1e-3, atol=1e-6
        )
        one = states[(states["point"] == 4) & (states["state"] == "KHM")].iloc[0]
        there = data["capacity"].sel(point=4, state="KHM").astype(float)
        assert one["capacity_q95"] == pytest.approx(float(there.quantile(0.95)), rel=1e-4)
    assert (table["cohesion_low95"] <= table["cohesion_mean"]).all()
    shares = table[
        [name for name in table if name.startswith("posture") and name.endswith("_mean")]
    ]
    np.testing.assert_allclose(shares.sum(axis=1), 1.0, atol=1e-5)


def test_a_second_run_touches_nothing(whole):
    before = {path: path.stat().st_mtime_ns for path in whole.rglob("*")}
    result = run(plan(), whole)
    assert (result.ran, result.kept) == (0, 9) and result.whole
    assert before == {path: path.stat().st_mtime_ns for path in whole.rglob("*")}


def test_block_size_is_not_seen_in_the_results(whole, tmp_path):
    run(plan(block=50), tmp_path / "s")
    for name in ("outcomes.nc", "table.csv", "states.csv", "design.csv"):
        assert (tmp_path / "s" / name).read_bytes() == (whole / name).read_bytes()


def test_more_replicates_and_more_points_keep_what_is_there(tmp_path):
    drawn = {"design": "sobol", "points": 5, "block": 14}
    run(plan(**drawn), tmp_path / "s")
    first = files_of(tmp_path / "s" / "blocks")
    times = {name: (tmp_path / "s/blocks" / name).stat().st_mtime_ns for name in first}
    run(plan(**drawn, replicates=9), tmp_path / "s")
    run(plan(**drawn | {"points": 8}, replicates=9), tmp_path / "s")
    assert first.items() <= files_of(tmp_path / "s" / "blocks").items()
    assert times == {name: (tmp_path / "s/blocks" / name).stat().st_mtime_ns for name in first}
    run(plan(**drawn | {"points": 8}, replicates=9), tmp_path / "once")
    for name in ("outcomes.nc", "table.csv", "states.csv"):
        assert (tmp_path / "s" / name).read_bytes() == (tmp_path / "once" / name).read_bytes()


@pytest.mark.parametrize("harm", ["truncate", "flip", "empty"])
def test_a_damaged_block_is_found_told_and_run_again(harm, whole, tmp_path):
    shutil.copytree(whole, tmp_path / "s")
    victim = sorted((tmp_path / "s" / "blocks").iterdir())[5]
    content = victim.read_bytes()
    flipped = content[:-9] + bytes([content[-9] ^ 1]) + content[-8:]
    victim.write_bytes({"truncate": content[:-40], "flip": flipped, "empty": b""}[harm])
    told, done = [], []
    listener = Listener(told=told.append, ran=lambda now, before, runs: done.append(now + before))
    result = run(plan(), tmp_path / "s", listener)
    assert done == [56, 63]  # how far it is at the start, and at the end
    assert result.damaged == [victim.name] and result.ran == 1 and victim.name in told[0]
    assert files_of(tmp_path / "s") == files_of(whole)


@pytest.mark.parametrize("name", ["outcomes.nc", "table.csv", "states.csv", "config.yaml"])
@pytest.mark.parametrize("harm", ["truncate", "gone"])
def test_what_is_made_from_the_blocks_is_made_again_when_it_is_spoilt(name, harm, whole, tmp_path):
    folder = shutil.copytree(whole, tmp_path / "s")
    content = (folder / name).read_bytes()
    (folder / name).write_bytes(content[: len(content) // 2])
    if harm == "gone":
        (folder / name).unlink()
    told = []
    result = run(plan(), folder, Listener(told=told.append))
    assert result.ran == 0 and result.whole and name in told[0]
    assert files_of(folder) == files_of(whole)


def test_a_whole_that_is_cut_off_is_one_message_to_a_reader(whole, tmp_path):
    folder = shutil.copytree(whole, tmp_path / "s")
    content = (folder / "outcomes.nc").read_bytes()
    for cut in (0, 3, 1000, len(content) - 40):
        (folder / "outcomes.nc").write_bytes(content[:cut])
        with pytest.raises(UserError, match=r"outcomes\.nc is not as the sweep wrote it"):
            open_outcomes(folder)


def test_a_spoilt_design_is_written_anew_by_its_sweep_and_by_no_other(whole, tmp_path):
    folder = shutil.copytree(whole, tmp_path / "s")
    for content in (b"", (whole / "design.csv").read_bytes()[:40]):
        (folder / "design.csv").write_bytes(content)
        for use in (
            lambda: read_plan(folder, read_manifest(folder)),
            lambda: run(plan(space={"policy.japan.osa_budget": [0, 8]}, levels=9), folder),
        ):
            with pytest.raises(
                UserError, match=r"columns|design\.csv is not as the sweep wrote it"
            ):
                use()
        assert run(plan(), folder).ran == 0 and files_of(folder) == files_of(whole)


def test_blocks_of_which_nothing_is_said_are_not_taken_for_those_of_a_sweep(whole, tmp_path):
    folder = shutil.copytree(whole, tmp_path / "s")
    (folder / "manifest.json").write_text('{"format"', "utf-8")
    with pytest.raises(UserError, match="manifest.json cannot be read"):
        run(plan(), folder)
    for path in folder.iterdir():
        if path.is_file():
            path.unlink()
    with pytest.raises(UserError, match=r"no manifest\.json"):
        run(plan(), folder)
    assert files_of(folder / "blocks") == files_of(whole / "blocks")


def test_what_an_interrupted_write_left_is_swept_up(whole, tmp_path):
    shutil.copytree(whole, tmp_path / "s")
    block = "p0000000-0000001_r0000000-0000007.0123456789abcdef.nc"
    for path in (f"blocks/{block}.77.tmp", "manifest.json.77.tmp", "table.csv.parts.77.tmp"):
        (tmp_path / "s" / path).write_bytes(b"half")
    run(plan(), tmp_path / "s")
    assert files_of(tmp_path / "s") == files_of(whole)


@pytest.mark.parametrize("code", [errno.ENOSPC, errno.EROFS, errno.EDQUOT])
def test_a_full_disk_is_told_and_nothing_is_lost(code, whole, tmp_path, monkeypatch):
    for spared in (0, 3, 9):  # writes that still succeed
        left = [spared]

        def fails(handle, left=left, real=os.fsync):
            if left[0] == 0:
                raise OSError(code, os.strerror(code))
            left[0] -= 1
            return real(handle)

        with monkeypatch.context() as patch:
            patch.setattr(store_files.os, "fsync", fails)
            with pytest.raises(UserError, match="cannot be written"):
                run(plan(), tmp_path / "s")
        assert not list((tmp_path / "s").rglob("*.tmp"))
    run(plan(), tmp_path / "s")
    assert files_of(tmp_path / "s") == files_of(whole)


def test_a_disk_that_fills_while_tables_are_written_is_told(whole, tmp_path, monkeypatch):
    def full(*_):
        raise OSError(errno.ENOSPC, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr("sim.ensemble.run.write_outcomes", full)
        with pytest.raises(UserError, match="No space"):
            run(plan(), tmp_path / "s")
    assert run(plan(), tmp_path / "s").ran == 0
    assert files_of(tmp_path / "s") == files_of(whole)


@pytest.mark.parametrize(
    ("changed", "told"),
    [
        ({"space": {"policy.japan.osa_budget": [0, 40]}}, "columns"),
        ({"threshold": 0.4}, "options.threshold is 0.4 now and was 0.5 there"),
        ({"precision": "double"}, "options.precision"),
        ({"paths": True}, "options.paths"),
        ({"levels": 5}, "point 3 has"),
        ({"replicates": 3}, "more than the 9 and 3"),
    ],
)
def test_another_sweep_in_the_same_folder_is_refused(changed, told, whole):
    before = files_of(whole)
    with pytest.raises(UserError, match="holds another sweep") as refused:
        run(plan(**changed), whole)
    assert told in str(refused.value) and files_of(whole) == before


@pytest.mark.parametrize("key", ["version", "format"])
def test_a_store_of_another_version_is_refused(key, whole, tmp_path):
    shutil.copytree(whole, tmp_path / "s")
    say_otherwise(tmp_path / "s", **{key: "something older"})
    with pytest.raises(UserError, match="something older"):
        run(plan(), tmp_path / "s")


def test_a_folder_of_somebody_else_is_refused(tmp_path):
    (tmp_path / "letters.txt").write_text("dear", "utf-8")
    with pytest.raises(UserError, match=r"letters\.txt"):
        run(plan(), tmp_path)
    assert files_of(tmp_path) == {"letters.txt": b"dear"}
    with pytest.raises(UserError, match="is a file"):
        run(plan(), tmp_path / "letters.txt")
    with pytest.raises(UserError, match="not a store"):
        open_store(tmp_path)


def test_a_plan_comes_back_from_its_store(whole):
    made, back = plan(), read_plan(whole, read_manifest(whole))
    pd.testing.assert_frame_equal(made.points, back.points)
    assert all(made.settings(point) == back.settings(point) for point in (0, 4, 8))


def test_named_choices_come_back_from_their_store(tmp_path):
    made = plan(space={"theory": ["insurance", "commerce"], "policy/japan": ["none", "osa_2023"]})
    run(made, tmp_path / "s")
    back = read_plan(tmp_path / "s", read_manifest(tmp_path / "s"))
    assert [back.settings(point) for point in range(4)] == [
        made.settings(point) for point in range(4)
    ]
    with open_outcomes(tmp_path / "s") as data:
        assert list(data["theory"].values) == ["insurance"] * 2 + ["commerce"] * 2
        assert list(data["policy.japan"].values) == ["none", "osa_2023"] * 2


def test_one_sweep_at_a_time_writes_to_a_store(whole):
    with exclusive_lock(whole), pytest.raises(UserError, match="another sweep"):
        run(plan(), whole)


def test_a_large_store_stays_in_blocks(tmp_path, monkeypatch):
    monkeypatch.setattr(store_whole, "MOST_BYTES", 10)
    made = plan(levels=2)
    assert not run(made, tmp_path / "s").whole and not (tmp_path / "s" / "outcomes.nc").exists()
    assert (tmp_path / "s" / "table.csv").exists() and run(made, tmp_path / "s").ran == 0


def test_yearly_paths_and_single_runs_are_kept_on_request(tmp_path):
    run(plan(levels=2, replicates=1, paths=True, precision="double"), tmp_path / "s")
    with open_outcomes(tmp_path / "s") as data:
        assert data["alignment_path"].dims == ("point", "replicate", "year", "state")
        assert list(data["year"].values) == [2024, 2025, 2026, 2027]
        last = data["alignment_path"].isel(year=-1)
        np.testing.assert_array_equal(last.values, data["alignment"].values)
        assert data["alignment"].dtype == np.float64
    assert "alignment_sd" not in pd.read_csv(tmp_path / "s" / "table.csv")
