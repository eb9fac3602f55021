"""How fast, beside what? One command, ratios measured in one run, written to benchmarks/README.md.

    python benchmarks/run.py            everything, about ten minutes
    python benchmarks/run.py --quick    without the million runs, and nothing is written

Each measurement runs in a process of its own. Optional: jax (the compiled year), numba (the compiled loop), distributed.
"""

from __future__ import annotations

import argparse
import importlib.util
import json
import os
import platform
import subprocess
import sys
import time
from collections.abc import Callable
from importlib.metadata import version
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
os.environ.setdefault("XLA_FLAGS", "--xla_cpu_multi_thread_eigen=false")
for _library in ("OMP", "OPENBLAS", "MKL"):
    os.environ.setdefault(f"{_library}_NUM_THREADS", "1")
os.environ["PYTHONPATH"] = str(HERE.parent)

EXTRAS = ("jax", "numba", "distributed")


def have(name: str) -> bool:
    return importlib.util.find_spec(name) is not None


def best(
    task: Callable[[], Any], times: int = 5, clock: Callable[[], float] = time.process_time
) -> float:
    """Time a task several times and take the shortest: the machine may be shared."""
    took = []
    for _ in range(times):
        started = clock()
        task()
        took.append(clock() - started)
    return min(took)


def mesa_rate(runs: int = 60) -> float:
    """Runs a second of `mesa.batch_run` on 2 free cores, by CPU time, the start of its processes taken off."""
    import resource

    from mesa.batchrunner import batch_run

    from benchmarks.tasks import Batched

    def cpu(count: int) -> float:
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        batch_run(Batched, {"run": range(count)}, number_processes=2, display_progress=False)
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime

    few = 4
    short = min(cpu(few) for _ in range(3))
    return 2 * (runs - few) / (min(cpu(runs) for _ in range(3)) - short)


def scaling(compiled: bool, blocks: int = 24, times: int = 5) -> dict[str, float | None]:
    """The same blocks by one worker, two, and two of Dask, in turn; all warm.

    Returns the shortest wall seconds of each, and `rate`: runs a second on 2 free cores, by the CPU time of blocks.
    """
    from concurrent.futures import ProcessPoolExecutor
    from contextlib import ExitStack
    from multiprocessing import get_context

    from benchmarks.tasks import BLOCK, block

    firsts, tools = range(0, blocks * BLOCK, BLOCK), [compiled] * blocks
    spawn = get_context("spawn")
    with ExitStack() as stack:
        ways: dict[str, Callable[[], list[Any]]] = {}
        for workers in (1, 2):
            pool = stack.enter_context(ProcessPoolExecutor(workers, mp_context=spawn))
            ways[str(workers)] = lambda pool=pool: list(pool.map(block, firsts, tools))
            ways[
                str(workers)
            ]()  # each worker warm, and started before Dask changes the environment
        if have("distributed"):
            from sim.ensemble.executors.on_dask import connected_client
            from sim.ensemble.executors.options import ExecutorOptions

            client, _ = stack.enter_context(
                connected_client(ExecutorOptions(kind="dask", workers=2))
            )
            ways["dask"] = lambda: client.gather(client.map(block, firsts, tools, pure=False))
            ways["dask"]()
        shortest = dict.fromkeys(ways, float("inf"))
        cpu = float("inf")
        for _ in range(times):
            for name, way in ways.items():
                started = time.perf_counter()
                told = way()
                shortest[name] = min(shortest[name], time.perf_counter() - started)
                if name == "2":
                    cpu = min(cpu, sum(one["cpu"] for one in told))
    return {"dask": None, **shortest, "rate": 2 * blocks * BLOCK / cpu}


def against_mesa(compiled: bool) -> dict[str, float]:
    """One core, CPU time: a Mesa run, and 1,000 ensemble runs, both judged."""
    from benchmarks.tasks import block, one_mesa_run

    block(0, compiled, 1000)
    one_mesa_run()
    return {"mesa": best(one_mesa_run, 9), "thousand": best(lambda: block(0, compiled, 1000), 9)}


def against_loop(compiled: bool) -> dict[str, float]:
    """One core, CPU time a run, draws of chance included on both sides, outcomes on neither."""
    import numpy as np

    from benchmarks.loop import run_loop
    from benchmarks.tasks import BLOCK, point, stage_of
    from sim.engines.ensemble import run_lean
    from sim.engines.variables import FOR_OUTCOMES

    def engine() -> Any:
        return run_lean(stage_of(), [point()], replicates=BLOCK, compiled=compiled)

    def loop() -> Any:
        return run_loop(stage_of(), point(), runs=BLOCK)

    ours, theirs = engine(), loop()
    for name in FOR_OUTCOMES:
        np.testing.assert_allclose(ours[name].values, theirs[name], rtol=1e-12, atol=1e-14)
    return {"engine": best(engine, 7) / BLOCK, "loop": best(loop, 7) / BLOCK}


def memory(runs: int, compiled: bool) -> dict[str, float]:
    """Peak memory of any process while so many runs go through two workers, block by block."""
    from concurrent.futures import ProcessPoolExecutor
    from multiprocessing import get_context

    from benchmarks.tasks import BLOCK, block, peak

    started, highest = time.perf_counter(), 0
    with ProcessPoolExecutor(2, mp_context=get_context("spawn")) as pool:
        firsts = range(0, runs, BLOCK)  # what comes back is summed up and let go
        for told in pool.map(block, firsts, [compiled] * len(firsts), chunksize=4):
            highest = max(highest, told["peak"])
    return {"peak": max(highest, peak()) / 2**20, "seconds": time.perf_counter() - started}


def exponents() -> dict[str, float]:
    """Slope of log time over log size, for runs, years and states (NumPy, CPU time)."""
    import numpy as np

    from benchmarks.tasks import BLOCK, stage_of
    from sim.ensemble.block_runs import block_outcomes
    from sim.world.roster import WORLDS

    everybody = tuple(WORLDS["osa_recipients"])

    def cost(runs: int, last: int, states: tuple[str, ...]) -> float:
        stage = stage_of(last, states)

        def blocks() -> None:
            for first in range(0, runs, BLOCK):
                block_outcomes([stage.settings], first, min(BLOCK, runs))

        blocks()
        return best(blocks)

    ten = everybody[:10]
    sizes = {
        "runs": {n: (n, 2040, ten) for n in (2000, 4000, 8000, 16000)},
        "years": {n: (BLOCK, 2023 + n, ten) for n in (10, 20, 40, 77)},
        "states": {n: (BLOCK, 2040, everybody[:n]) for n in (4, 8, 12, 16)},
    }
    return {
        name: float(
            np.polyfit(np.log(list(made)), np.log([cost(*of) for of in made.values()]), 1)[0]
        )
        for name, made in sizes.items()
    }


def measured(name: str, **given: Any) -> Any:
    """Run one measurement in a fresh process."""
    print(f"measuring {name} {given or ''} ...", file=sys.stderr, flush=True)
    command = [sys.executable, str(Path(__file__)), "--measure", name, json.dumps(given)]
    told = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True, cwd=HERE.parent)
    return json.loads(told.stdout.splitlines()[-1])


def main() -> None:
    parser = argparse.ArgumentParser(description="Measure the engines' speed and memory.")
    parser.add_argument("--quick", action="store_true", help="no million runs, nothing written")
    parser.add_argument("--measure", nargs=2, help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.measure:
        print(json.dumps(globals()[asked.measure[0]](**json.loads(asked.measure[1]))))
        return
    from benchmarks.report import report

    text = report(measured, have, quick=asked.quick) + machine()
    print(text)
    if not asked.quick:
        (HERE / "README.md").write_text(text, encoding="utf-8")


def machine() -> str:
    names = ("numpy", "scipy", "xarray", "mesa", *(name for name in EXTRAS if have(name)))
    libraries = ", ".join(f"{name} {version(name)}" for name in names)
    return (
        f"\nMeasured on {os.cpu_count()} cores ({platform.machine()}, {platform.system()}), Python "
        f"{platform.python_version()}, {libraries}. Load of the machine at the end: {os.getloadavg()[0]:.1f}.\n"
    )


if __name__ == "__main__":
    main()
