"""What is timed: one Mesa model as `mesa.batch_run` wants it, and one block of a sweep; both keep the same of a run."""

from __future__ import annotations

import resource
import time
from functools import cache
from typing import Any

import mesa
import numpy as np

from sim.config import Settings, build
from sim.engines.context import SimulationContext, build_context
from sim.engines.history import fixed
from sim.engines.region import Region
from sim.engines.variables import FOR_OUTCOMES, VARIABLES
from sim.ensemble.block_runs import block_outcomes
from sim.ensemble.options import SweepOptions
from sim.ensemble.summary import RunSummary, summarise_runs
from sim.outcomes.calculator import Fixed
from sim.outcomes.compute import fixed_of
from sim.outcomes.definitions import kept

BLOCK = SweepOptions.block  # runs, as in sweeps
REPORTED = kept()
THRESHOLD = 0.5


@cache
def stage_of(last: int = 2040, states: tuple[str, ...] = ()) -> SimulationContext:
    """Set the stage once a process; both sides are spared it alike."""
    stage = build_context(build({"years": {"last": last}, "states": list(states)}))
    assert stage.outlooks
    return stage


@cache
def fixed_of_stage() -> Fixed:
    return fixed_of(fixed(stage_of(), np.asarray(stage_of().years)))


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
            self.told = {name: float(np.nanmean(v)) if np.isfinite(v).any() else np.nan
                         for name, v in self.kept().items()}  # fmt: skip
            self.running = False
        self.datacollector.collect(self)

    def kept(self) -> dict[str, Any]:
        """What a sweep keeps of a run: name -> (state, 1), or (1,)."""
        look, looks = RunSummary(self.stage.partners, REPORTED), {}
        for record in self.records:
            seen = {name: VARIABLES[name].of(record.passed) for name in FOR_OUTCOMES}
            last = record is self.records[-1]
            told = look(seen, fixed=fixed_of_stage(), rules=self.rules, last=last)
            for name, values in told.items():
                looks.setdefault(name, []).append(values[:, 0, np.newaxis])
        stacked = {name: np.stack(values) for name, values in looks.items()}
        return summarise_runs(stacked, years=self.stage.years, threshold=THRESHOLD, names=REPORTED)


def one_mesa_run(run: int = 0) -> dict[str, float]:
    model = Batched(run=run)
    while model.running:
        model.step()
    return model.told


def block(first: int, compiled: bool, runs: int = BLOCK) -> dict[str, Any]:
    """Run one block as a sweep does, and report sums of what is kept, CPU seconds and peak memory."""
    started = time.process_time()
    kept = block_outcomes([point()], first, runs, threshold=THRESHOLD, compiled=compiled)
    sums = {name: float(kept[name].values.sum()) for name in REPORTED}
    return {"sums": sums, "peak": peak(), "cpu": time.process_time() - started}


def peak() -> int:
    """Peak memory of this process, bytes."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
