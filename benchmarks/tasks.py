"""What the benchmark times: one Mesa model as `mesa.batch_run` wants it, and one block of the ensemble."""

from __future__ import annotations

import resource
import time
from functools import cache
from typing import Any

import mesa
import numpy as np

from sim.axes import YEAR
from sim.config import Settings, build
from sim.engines.ensemble import outcomes_only
from sim.engines.history import to_dataset
from sim.engines.region import Region
from sim.engines.stage import Stage, set_stage
from sim.engines.variables import FOR_OUTCOMES
from sim.outcomes import judge

BLOCK = 2000
REPORTED = ("alignment", "hedging", "capacity", "pressure", "incidents", "sea_lanes", "deterrence")


@cache
def stage_of(last: int = 2040, states: tuple[str, ...] = ()) -> Stage:
    """Set the stage once a process; both sides are spared it alike."""
    stage = set_stage(build({"years": {"last": last}, "states": list(states)}))
    assert stage.outlooks
    return stage


def point() -> Settings:
    return stage_of().settings


class Batched(Region):
    """The region as `mesa.batch_run` takes it: the run is a parameter, outcomes are collected at the end."""

    def __init__(self, run: int = 0) -> None:
        super().__init__(stage_of(), run=run)
        self.told: dict[str, float] = dict.fromkeys(REPORTED, np.nan)  # until the last year
        self.datacollector = mesa.DataCollector(
            model_reporters={name: lambda model, name=name: model.told[name] for name in REPORTED}
        )

    def step(self) -> None:
        super().step()
        if len(self.records) == len(self.stage.years):
            lean = to_dataset(self.stage, self.records, keep=FOR_OUTCOMES, terms=False, past=False)
            last = judge(lean, self.rules.observation).isel({YEAR: -1})
            self.told = {name: float(last[name].mean()) for name in REPORTED}
            self.running = False
        self.datacollector.collect(self)


def one_mesa_run(run: int = 0) -> dict[str, float]:
    model = Batched(run=run)
    while model.running:
        model.step()
    return model.told


def block(first: int, compiled: bool, runs: int = BLOCK) -> dict[str, Any]:
    """Run one block, judge all its years, and report the last year's outcomes, CPU seconds and peak memory."""
    started = time.process_time()
    stage = stage_of()
    lean = outcomes_only(stage, [point()], first=first, replicates=runs, compiled=compiled)
    last = judge(lean, point().rules.observation).isel({YEAR: -1})
    told = {
        name: last[name].mean([d for d in last[name].dims if d != "run"]).values
        for name in REPORTED
    }
    sums = {name: float(np.sum(values)) for name, values in told.items()}
    return {"sums": sums, "peak": peak(), "cpu": time.process_time() - started}


def peak() -> int:
    """Peak memory of this process, bytes."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
