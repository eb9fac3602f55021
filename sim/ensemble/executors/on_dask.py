"""Many machines, or one: an existing Dask cluster by its address, or one started here.

Slurm, Kubernetes and the rest come with Dask's own deployments (dask-jobqueue, dask-kubernetes): start a cluster with them and
give its scheduler's address. Every worker needs this package; only this process needs the disk.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import ExitStack, contextmanager
from itertools import islice
from typing import Any

from sim.ensemble.executors.options import ExecutorOptions
from sim.ensemble.executors.task import Attempts, Done, Task, Work, proven_work, reason
from sim.ensemble.store.fingerprint import fingerprint
from sim.errors import UserError

AHEAD = 2  # tasks waiting for each worker
PATIENCE = "10s"  # for a scheduler to answer
LONGEST_WAIT = 20  # seconds for a worker to come, where there is none
KEPT = 2**28  # bytes that a worker's free memory may come to before it is given back


def run(
    tasks: Iterable[Task], done: Done, attempts: Attempts, do: Work, options: ExecutorOptions
) -> None:
    """Run tasks on a Dask cluster (see `sim.ensemble.executors.choose.run_tasks`)."""
    model = fingerprint()
    with connected_client(options) as (client, wait):
        waiting = iter(tasks)
        pending: dict[Any, Task] = {}
        while True:
            room = AHEAD * max(len(client.scheduler_info()["workers"]), 1)
            for task in islice(waiting, max(room - len(pending), 0)):
                pending[client.submit(proven_work, do, task, model, pure=False)] = task
            if not pending:
                return
            for future in _wait_for_some(client, wait, list(pending)):
                task = pending.pop(future)
                fault = future.exception() if future.status != "finished" else None
                if fault is None:
                    done(task, future.result())
                elif isinstance(fault, UserError):
                    raise fault
                elif attempts.failed(task, reason(fault)):
                    pending[client.submit(proven_work, do, task, model, pure=False)] = task


def _wait_for_some(client: Any, wait: Any, pending: list[Any]) -> Any:
    """Wait until some are done, as long as there are workers to do them.

    Raises
    ------
    UserError : all workers have gone, and none comes.
    """
    while True:
        try:
            return wait(pending, timeout=LONGEST_WAIT, return_when="FIRST_COMPLETED").done
        except TimeoutError:
            _refuse_without_workers(client)


def _refuse_without_workers(client: Any) -> None:
    try:
        client.wait_for_workers(1, timeout=LONGEST_WAIT)
    except TimeoutError as error:
        raise UserError(
            given=f"the Dask scheduler at {client.scheduler.address} has no worker, and none has come for "
            f"{LONGEST_WAIT} s",
            allowed="it needs at least one: start one with dask worker and that address; what is finished is kept",
            where="on the command line: executor.address=tcp://HOST:PORT, or executor=processes",
        ) from error


def check(options: ExecutorOptions) -> None:
    """Say now whether Dask is there, somebody answers at the address given, and a worker is or comes there.

    Raises
    ------
    UserError : if not.
    """
    distributed = _import_dask()
    if options.address:
        with _connect_client(distributed, options.address) as client:
            _refuse_without_workers(client)


@contextmanager
def connected_client(options: ExecutorOptions) -> Iterator[tuple[Any, Any]]:
    """Yield a client of the cluster at an address, or of one started here, and Dask's `wait`.

    Raises
    ------
    UserError : Dask is not installed, or nobody answers at the address.
    """
    distributed = _import_dask()
    with ExitStack() as opened:
        where: Any = options.address
        if not where:
            opened.enter_context(_room_for_arrays())
            where = opened.enter_context(_local_cluster(distributed, options.count))
        yield opened.enter_context(_connect_client(distributed, where)), distributed.wait


def _local_cluster(distributed: Any, workers: int) -> Any:
    try:
        return distributed.LocalCluster(
            n_workers=workers, threads_per_worker=1, dashboard_address=None
        )
    except RuntimeError as error:
        raise UserError(
            given=f"{workers} Dask workers cannot be started here ({error})",
            allowed='a script that starts them must do so under: if __name__ == "__main__":',
            where="in that script, or on the command line: executor=serial",
        ) from error


def _room_for_arrays() -> Any:
    """Let workers keep the memory of arrays for the next ones.

    Dask would have them give back whatever is free beyond 64 KiB; NumPy then asks for every array anew, which costs a block
    a third of its time.
    """
    import dask

    return dask.config.set({"distributed.nanny.pre-spawn-environ.MALLOC_TRIM_THRESHOLD_": KEPT})


def _import_dask() -> Any:
    try:
        import distributed  # type: ignore[import-not-found]
    except ImportError as error:
        raise UserError(
            given="executor is dask, which is not installed",
            allowed="it is an extra: pip install distributed",
            where="on the command line: executor=processes",
        ) from error
    return distributed


def _connect_client(distributed: Any, where: Any) -> Any:
    try:
        return distributed.Client(where, timeout=PATIENCE)
    except (OSError, ValueError, TypeError) as error:
        raise UserError(
            given=f"executor.address is {where}, where no Dask scheduler answers ({error})",
            allowed="it must be the address of a running scheduler, such as tcp://127.0.0.1:8786",
            where="on the command line: executor.address=tcp://HOST:PORT, or executor=processes",
        ) from error
