"""The same bytes whoever runs the blocks, and whoever is killed on the way."""

from __future__ import annotations

import multiprocessing
import os
import signal
import subprocess
import sys
import time
import types
import warnings
from concurrent.futures import FIRST_COMPLETED, ThreadPoolExecutor, wait
from pathlib import Path

import pytest

from sim.ensemble.executors import task as tasks
from sim.ensemble.executors.choose import check_executor
from sim.ensemble.executors.options import ExecutorOptions
from sim.ensemble.forecast import forecast
from sim.ensemble.run import Listener, sweep
from sim.ensemble.store.fingerprint import fingerprint
from sim.ensemble.store.opening import to_do
from sim.errors import UserError
from tests.ensemble.small import files_of, kills_its_worker, plan, runs_out_of_memory

SERIAL = ExecutorOptions(kind="serial")
TWO = ExecutorOptions(kind="processes", workers=2)
ROOT = Path(__file__).resolve().parents[2]
ALONE = """
from pathlib import Path
from sim.ensemble.executors.options import ExecutorOptions
from sim.ensemble.run import sweep
from tests.ensemble.small import plan
sweep(plan(), Path(OUT), executor=ExecutorOptions(kind="serial"))
"""


@pytest.fixture(scope="module")
def uninterrupted(tmp_path_factory):
    folder = tmp_path_factory.mktemp("whole") / "store"
    sweep(plan(), folder, executor=SERIAL)
    return files_of(folder)


def blocks_in(folder):
    return len(list((folder / "blocks").glob("*.nc")))


def test_a_process_killed_at_many_moments_goes_on_where_it_was(uninterrupted, tmp_path):
    folder = tmp_path / "store"
    for count in (1, 5):
        code = ALONE.replace("OUT", repr(str(folder)))
        process = subprocess.Popen([sys.executable, "-c", code], cwd=ROOT)
        while process.poll() is None and not (folder.exists() and blocks_in(folder) >= count):
            time.sleep(0.002)
        process.kill()
        process.wait()
        assert blocks_in(folder) >= count if (folder / "blocks").exists() else count == 0
    kept = files_of(folder)
    sweep(plan(), folder, executor=SERIAL)
    assert files_of(folder) == uninterrupted
    assert all(
        uninterrupted[name] == content for name, content in kept.items() if name.endswith(".nc")
    )


def test_killed_workers_lose_nothing_and_a_block_that_kills_them_is_reported(
    uninterrupted, tmp_path, monkeypatch
):
    monkeypatch.setattr(tasks, "ATTEMPTS", 2)  # every one starts a process
    told = []

    def ran(now, before, runs):
        if now // 7 == 5:  # before the block that kills is under way
            os.kill(multiprocessing.active_children()[0].pid, signal.SIGKILL)

    listener = Listener(ran=ran, told=told.append)
    folder = tmp_path / "s"
    result = sweep(plan(), folder, executor=TWO, listener=listener, do=kills_its_worker)
    assert any("what it was at is run again" in line for line in told)
    assert [failure.block.first_point for failure in result.failures] == [8]
    assert sum("it is tried again" in line for line in told) == 1
    assert blocks_in(folder) == 8 and not (folder / "table.csv").exists()
    assert sweep(plan(), folder, executor=SERIAL).ran == 1
    assert files_of(folder) == uninterrupted


def test_a_block_that_does_not_fit_is_tried_three_times_and_left_out(tmp_path):
    told = []
    listener = Listener(told=told.append)
    result = sweep(
        plan(), tmp_path / "s", executor=SERIAL, listener=listener, do=runs_out_of_memory
    )
    assert [failure.reason for failure in result.failures] == ["MemoryError: no room"]
    assert len(told) == 3 and blocks_in(tmp_path / "s") == 8


class Cluster:
    """Stands in for Dask: the same calls, on threads; a scheduler answers at one address alone."""

    def __init__(self, *where, **_):
        if where and isinstance(where[0], str) and where[0] != "tcp://here:1":
            raise OSError("timed out")
        self.pool = ThreadPoolExecutor(2)

    def scheduler_info(self):
        return {"workers": [0, 1]}

    def wait_for_workers(self, count, timeout):
        assert count <= 2

    def submit(self, do, *given, pure):
        future = self.pool.submit(do, *given)
        future.status = "running"
        return future

    def close(self):
        self.pool.shutdown()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.close()


@pytest.fixture
def dask(monkeypatch):
    fake = types.ModuleType("distributed")
    fake.Client = fake.LocalCluster = Cluster
    fake.wait = lambda futures, timeout, return_when: wait(futures, return_when=FIRST_COMPLETED)
    monkeypatch.setitem(sys.modules, "distributed", fake)


@pytest.mark.parametrize("address", ["", "tcp://here:1"])
def test_a_cluster_gives_the_same_bytes(address, dask, uninterrupted, tmp_path):
    options = ExecutorOptions(kind="dask", workers=2, address=address)
    assert not sweep(plan(), tmp_path / "s", executor=options).failures
    assert files_of(tmp_path / "s") == uninterrupted


def test_a_failing_block_of_a_cluster_is_reported(dask, tmp_path):
    options = ExecutorOptions(kind="dask", workers=2)
    result = sweep(plan(), tmp_path / "s", executor=options, do=runs_out_of_memory)
    assert len(result.failures) == 1 and blocks_in(tmp_path / "s") == 8


@pytest.fixture(scope="module")
def cluster():
    """Start a real scheduler with two real workers, each a process of its own."""
    distributed = pytest.importorskip("distributed")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        with distributed.LocalCluster(
            n_workers=2, threads_per_worker=1, dashboard_address=None, silence_logs=50
        ) as made:
            yield made


@pytest.mark.filterwarnings("ignore")
def test_a_real_cluster_gives_the_same_bytes_though_a_worker_is_killed(
    cluster, uninterrupted, tmp_path
):
    killed = []

    def ran(now, before, runs):
        if now // 7 == 2:
            with_pids = [worker.pid for worker in cluster.workers.values()]
            killed.append(with_pids[0])
            os.kill(with_pids[0], signal.SIGKILL)

    options = ExecutorOptions(kind="dask", address=cluster.scheduler_address)
    check_executor(options)
    result = sweep(plan(), tmp_path / "s", executor=options, listener=Listener(ran=ran))
    assert len(killed) == 1 and not result.failures and result.ran == 9
    assert files_of(tmp_path / "s") == uninterrupted


OTHER = ExecutorOptions(kind="dask", workers=2)


def test_a_worker_of_another_model_computes_nothing(dask, tmp_path, monkeypatch):
    theirs = fingerprint() | {"sim/world/data/trust.csv": "00000000"}
    monkeypatch.setattr(tasks, "fingerprint", lambda: theirs)
    with pytest.raises(UserError, match=r"another state of the model: sim/world/data/trust\.csv"):
        sweep(plan(), tmp_path / "s", executor=OTHER)
    assert blocks_in(tmp_path / "s") == 1  # the one that this process timed


def test_every_process_shows_its_model_before_it_works():
    with pytest.raises(UserError, match=r"a worker on .*rules/nowhere\.py differ"):
        tasks.proven_work(list, None, fingerprint() | {"rules/nowhere.py": "00000000"})
    assert tasks.proven_work(lambda task: task, 7, fingerprint()) == 7


@pytest.mark.filterwarnings("ignore")
def test_a_scheduler_to_which_no_worker_comes_is_refused(tmp_path, monkeypatch):
    distributed = pytest.importorskip("distributed")
    monkeypatch.setattr("sim.ensemble.executors.on_dask.LONGEST_WAIT", 0.5)
    with distributed.LocalCluster(n_workers=0, dashboard_address=None) as empty:
        options = ExecutorOptions(kind="dask", address=empty.scheduler_address)
        with pytest.raises(UserError, match="has no worker, and none has come"):
            check_executor(options)
        with pytest.raises(UserError, match="has no worker, and none has come"):
            sweep(plan(), tmp_path / "s", executor=options)  # they may have gone since


def test_in_a_worker_of_a_pool_a_sweep_runs_by_itself(uninterrupted, tmp_path, monkeypatch):
    told = []
    monkeypatch.setitem(multiprocessing.current_process()._config, "daemon", True)
    for options in (TWO, OTHER):
        folder = tmp_path / options.kind
        assert not sweep(
            plan(), folder, executor=options, listener=Listener(told=told.append)
        ).failures
        assert files_of(folder) == uninterrupted
    assert len(told) == 2 and "may not start processes" in told[0]


def test_a_script_without_a_guard_is_told_so_once(tmp_path):
    script = tmp_path / "own.py"
    text = ALONE.replace("OUT", repr(str(tmp_path / "s"))).replace(
        '"serial"', '"processes", workers=1'
    )
    script.write_text(text, "utf-8")
    path = {"PYTHONPATH": str(ROOT)}
    found = subprocess.run(
        [sys.executable, script], cwd=ROOT, env=os.environ | path, capture_output=True, text=True
    )
    assert found.stderr.count("would call it again in each worker") == 1
    assert "another sweep" not in found.stderr
    guarded = text.replace("sweep(plan()", 'if __name__ == "__main__":\n    sweep(plan()')
    script.write_text(guarded, "utf-8")
    subprocess.run([sys.executable, script], cwd=ROOT, env=os.environ | path, check=True)


def test_an_address_where_nobody_answers_is_refused(dask):
    with pytest.raises(UserError, match="tcp://nowhere:1"):
        check_executor(ExecutorOptions(kind="dask", address="tcp://nowhere:1"))


def test_dask_is_asked_for_by_name_where_it_is_missing(monkeypatch):
    monkeypatch.setitem(sys.modules, "distributed", None)
    with pytest.raises(UserError, match="pip install"):
        check_executor(ExecutorOptions(kind="dask"))


def test_a_forecast_counts_runs_and_blocks_and_writes_nothing(tmp_path):
    told = forecast(plan(), SERIAL, missing=to_do(tmp_path / "s", plan()))
    assert (told.runs, told.blocks, told.points) == (63, 9, 9) and told.bytes > 0
    assert "63 runs to do in 9 blocks" in str(told) and not list(tmp_path.iterdir())


def test_a_forecast_of_a_store_that_is_there_counts_what_is_missing(tmp_path):
    sweep(plan(levels=2), tmp_path / "s", executor=SERIAL)
    longer = plan(levels=2, replicates=9)
    before = files_of(tmp_path / "s")
    told = forecast(longer, SERIAL, missing=to_do(tmp_path / "s", longer))
    assert (told.runs, told.blocks) == (8, 4) and files_of(tmp_path / "s") == before
    assert forecast(plan(levels=2), SERIAL, missing=to_do(tmp_path / "s", plan(levels=2))).runs == 0


def test_a_lone_block_starts_no_process(tmp_path):
    before, during = multiprocessing.active_children(), []
    listener = Listener(ran=lambda *_: during.append(multiprocessing.active_children()))
    assert sweep(plan(levels=1), tmp_path / "s", executor=TWO, listener=listener).ran == 1
    assert [set(one) <= set(before) for one in during] == [True, True]


def test_a_long_sweep_is_foretold_after_its_first_block(tmp_path):
    heard = []
    sweep(plan(), tmp_path / "s", executor=SERIAL, listener=Listener(forecast=heard.append))
    assert [told.blocks for told in heard] == [8]
