"""Do both engines tell the same history? Every named theory, scenario, policy and world, run by run.

    python benchmarks/parity.py [runs]            every choice of every group, 100 runs of each
    python benchmarks/parity.py [runs] pairs      every theory with every scenario, too

Plays each design point in Mesa, one history at a time, and all of them side by side in the ensemble, and compares every
variable and every term of every choice at a relative 1e-12.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Hashable, Iterator, Sequence
from itertools import cycle, product

import numpy as np
import xarray as xr

from sim.axes import RUN
from sim.composition.compose import CONF, Source, compose
from sim.composition.options import take_options
from sim.config import Settings, build
from sim.config.settings import STACKED
from sim.engines.context import SimulationContext, build_context
from sim.engines.ensemble import run_block
from sim.engines.history import to_dataset
from sim.engines.points import stage_key
from sim.engines.region import Region

HERE = Source(folder=CONF, name="config")
WORLDS, PAIRED = "world", ("theory", "scenario")
POLICIES = ("policy/japan", "policy/china", "policy/united_states")
RTOL, ATOL = 1e-12, 1e-14


def choices(group: str) -> list[str]:
    """Every named choice of a group that plays a single history; stacked draws one of the others for each run."""
    named = sorted(path.stem for path in (CONF / group).glob("*.yaml"))
    return [choice for choice in named if choice != STACKED]


def designs() -> list[tuple[str, ...]]:
    """Every theory with every scenario, and with each the next named policy of every power."""
    pairs = product(choices("theory"), choices("scenario"))
    turns = [cycle([f"{group}={choice}" for choice in choices(group)]) for group in POLICIES]
    return [
        (f"theory={theory}", f"scenario={scenario}", *map(next, turns))
        for theory, scenario in pairs
    ]


def covering() -> list[tuple[str, ...]]:
    """The fewest designs in which every choice of every group stands at least once."""
    groups = {group: choices(group) for group in (*PAIRED, *POLICIES, WORLDS)}
    turns = [cycle([f"{group}={choice}" for choice in named]) for group, named in groups.items()]
    return [tuple(map(next, turns)) for _ in range(max(map(len, groups.values())))]


def settings(*overrides: str) -> Settings:
    return build(take_options(compose(HERE, overrides))[1])


def in_mesa(point: Settings, run: int, stage: SimulationContext | None = None) -> xr.Dataset:
    """Play one run in Mesa, on a stage of the point's own unless one is at hand."""
    region = Region(build_context(point) if stage is None else stage, run=run)
    for _ in region.stage.years:
        region.step()
    return to_dataset(region.stage, region.records, run=run, past=False)


def side_by_side(points: Sequence[Settings], *, first: int, replicates: int) -> xr.Dataset:
    """Play points in as few blocks as there are kinds of stage, and lay the runs out in the points' order."""
    kinds: dict[Hashable, list[int]] = {}
    for place, point in enumerate(points):
        kinds.setdefault(stage_key(point), []).append(place)
    blocks = []
    for places in kinds.values():
        alike = [points[place] for place in places]
        records = run_block(build_context(alike[0]), alike, first=first, replicates=replicates)
        made = to_dataset(build_context(alike[0]), records, past=False)
        rows = [place * replicates + run for place in places for run in range(replicates)]
        blocks.append(made.assign_coords({RUN: rows}))
    whole = xr.concat(blocks, RUN, data_vars="minimal", coords="minimal", compat="override")
    whole = whole.sortby(RUN)
    return whole.assign_coords({RUN: whole[RUN] + first})


def assert_same(mesa: xr.Dataset, ensemble: xr.Dataset) -> None:
    """Compare whatever a run can change; raises AssertionError naming the variable."""
    for name, found in ensemble.data_vars.items():
        if name in mesa and found.dtype.kind == "f" and "year" in found.dims:
            if name == "osa_spent":
                continue  # told from the settings of the stage, not by the engine
            np.testing.assert_allclose(
                found.values, mesa[name].transpose(*found.dims).values, RTOL, ATOL, err_msg=name
            )


def compared(
    named: Sequence[tuple[str, Settings]], *, first: int, replicates: int
) -> Iterator[tuple[str, dict[int, str]]]:
    """Yield the name of each point, and of the runs in which the engines differ what is wrong, by number."""
    together = side_by_side([point for _, point in named], first=first, replicates=replicates)
    for place, (name, point) in enumerate(named):
        stage, wrong = build_context(point), {}  # read once for all replicates
        for replicate in range(replicates):
            alone = together.isel({RUN: place * replicates + replicate}, drop=True)
            try:
                assert_same(in_mesa(point, first + replicate, stage), alone)
            except AssertionError as error:
                wrong[first + replicate] = " ".join(str(error).split())
        yield name, wrong


def main() -> int:
    given = [text for text in sys.argv[1:] if text != "pairs"]
    runs = int(given[0]) if given else 100
    started, failed = time.monotonic(), 0
    for overrides in [*covering(), *(designs() if "pairs" in sys.argv else [])]:
        named = [(" ".join(overrides), settings(*overrides))]
        for name, wrong in compared(named, first=0, replicates=runs):
            found = f"same in {runs - len(wrong)} of {runs} runs"
            print(f"{time.monotonic() - started:7.1f} s  {found}: {name}", flush=True)
            for run, what in wrong.items():
                print(f"           run {run}: {what[:300]}", flush=True)
            failed += len(wrong)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
