"""A small sweep for tests: two states, four years, named choices and a range, and workers that fail on purpose."""

from __future__ import annotations

import os
import signal
from pathlib import Path
from typing import Any

import numpy as np
import xarray as xr

from sim.config import Settings, build
from sim.config.settings import as_mapping
from sim.ensemble.executors.choose import work
from sim.ensemble.executors.task import Task
from sim.ensemble.options import SweepOptions
from sim.ensemble.plan import Choices, Plan, make_plan
from sim.ensemble.store.manifest import read_manifest, write_manifest

GROUPS = {"theory": ("insurance", "commerce"), "policy/japan": ("none", "osa_2023")}
TINY = {"states": ["PHL", "KHM"], "years": {"last": 2027}}
SPACE = {"policy.japan.osa_budget": [0, 40], "policy.china.gray_zone": [0, 1]}


def compose(choices: Choices) -> Settings:
    """Stand in for the door: a theory changes one weight, a policy one budget."""
    given = as_mapping(build(TINY))
    for group, name in choices:
        if group == "theory":
            given["theory"] = name
            given["rules"]["stance"]["offers"] = {"insurance": 0.05, "commerce": 0.5}[name]
        else:
            given["policy"]["japan"]["osa_budget"] = {"none": 0.0, "osa_2023": 2.0}[name]
    return build(given)


def plan(**changed: Any) -> Plan:
    """Return a plan of 3 x 3 points and 7 replicates in 9 blocks, but for what is changed."""
    options: dict[str, Any] = {"space": SPACE, "levels": 3, "replicates": 7, "block": 7}
    return make_plan(SweepOptions(**options | changed), compose=compose, groups=GROUPS)


def files_of(folder: Path) -> dict[str, bytes]:
    """Return every file of a folder with its bytes."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def say_otherwise(folder: Path, *gone: str, **changed: Any) -> None:
    """Write a store's manifest anew, as a sweep would, without some entries and with others changed."""
    manifest = read_manifest(folder)
    write_manifest(folder, {k: manifest[k] for k in manifest if k not in gone} | changed)


def unfinish(folder: Path) -> None:
    """Take back that a store is finished, so that blocks may be missing."""
    say_otherwise(folder, "finished", "blocks", "made")


def kills_its_worker(task: Task) -> xr.Dataset:
    """Work, but for one block that takes its worker along."""
    if task.block.first_point == 8:
        os.kill(os.getpid(), signal.SIGKILL)
    return work(task)


def runs_out_of_memory(task: Task) -> xr.Dataset:
    """Work, but for one block that never fits."""
    if task.block.first_point == 3:
        raise MemoryError("no room")
    return work(task)


def numbers(shape: tuple[int, ...], seed: int = 0) -> np.ndarray[Any, Any]:
    """Return reproducible numbers."""
    return np.random.default_rng(seed).normal(size=shape)
