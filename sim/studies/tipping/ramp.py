"""Up the stairs of pressure and down again, for many settings and much luck at once."""

from __future__ import annotations

import dataclasses
import itertools
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import xarray as xr

from sim.axes import RUN, Array
from sim.config import Settings
from sim.engines.ensemble import run_block
from sim.engines.history import YearRecord
from sim.engines.points import rules_by_run
from sim.rules.resolve import collective_resolve
from sim.rules.steps.stand import resolve_inputs, resolve_numbers
from sim.studies.tipping.fixed_points import extremes
from sim.studies.tipping.still import (
    PRESSER,
    FrozenContext,
    on_the_stairs,
    still_stage,
    up_and_down,
)

LEVEL, BRANCH = "level", "branch"
COMPLEMENTARITY, THRESHOLD, AID = "complementarity", "threshold", "aid"
CASE = (COMPLEMENTARITY, THRESHOLD, AID)  # what differs between staircases
BRANCHES = ("up", "down")
LOOKED_AT = 4  # one part in so many, the last, of the years at each level is looked at
UNITS = {
    "resolve": "mean resolve of the claimants, 0 to 1",
    "pressure": "mean pressure of China on the claimants, 0 to 1",
    "least": "joint resolve in the least equilibrium of the rule alone, 0 to 1",
    "greatest": "joint resolve in the greatest equilibrium of the rule alone, 0 to 1",
}


@dataclass(frozen=True, kw_only=True)
class PressureRamp:
    """A staircase of pressure: from 0 to `top` in `levels` steps and back, `years` at each, after `settle` without any."""

    top: float
    levels: int
    years: int
    settle: int


def run_ramp(
    settings: Settings,
    *,
    stairs: PressureRamp,
    cases: Mapping[str, Sequence[float]],
    runs: int,
) -> xr.Dataset:
    """Take every combination of complementarity, threshold and aid up the stairs and down, on common luck.

    Parameters
    ----------
    settings : the rest. runs : of each combination.
    cases : values of complementarity (weight of the others' resolve), threshold (of resolve), aid (Japan's OSA budget, JPY bn).

    Returns
    -------
    resolve, pressure, least, greatest over branch, level, complementarity, threshold, aid, run (means of the last years at
    each level).

    Raises
    ------
    UserError : a world without China, or with fewer than two claimants.
    """
    steps = up_and_down(stairs.top, stairs.levels)
    start = on_the_stairs(settings, steps.tolist(), years=stairs.years, settle=stairs.settle)
    points = [_with(start, *case) for case in itertools.product(*(cases[name] for name in CASE))]
    stage = still_stage(start)
    found = _landings(stage, points, stairs, runs)
    shape = (2, stairs.levels, *(len(cases[name]) for name in CASE), runs)
    named = {name: _named(values.reshape(shape), name) for name, values in found.items()}
    return xr.Dataset(
        named,
        {
            **{name: list(cases[name]) for name in CASE},
            RUN: np.arange(runs),
            BRANCH: list(BRANCHES),
            LEVEL: steps[: stairs.levels],
        },
        {
            "years_at_each_level": stairs.years,
            "years_to_settle": stairs.settle,
            "seed": settings.seed,
            "steepness": settings.rules.resolve.steepness,
        },
    )


def _with(settings: Settings, weight: float, threshold: float, budget: float) -> Settings:
    resolve = dataclasses.replace(
        settings.rules.resolve, peers=float(weight), threshold=float(threshold)
    )
    japan = dataclasses.replace(settings.policy.japan, osa_budget=float(budget))
    return dataclasses.replace(
        settings,
        rules=dataclasses.replace(settings.rules, resolve=resolve),
        policy=dataclasses.replace(settings.policy, japan=japan),
    )


def _landings(
    stage: FrozenContext, points: Sequence[Settings], stairs: PressureRamp, runs: int
) -> dict[str, Array]:
    """Means of the last years at each step, name -> (step, point and run); the way down is turned round."""
    years, steps = stairs.years, 2 * stairs.levels
    looked = max(years // LOOKED_AT, 1)
    kept: dict[str, list[Array]] = {name: [] for name in UNITS}
    sums: dict[str, Any] = {}
    for place, record in enumerate(run_block(stage, points, replicates=runs), -stairs.settle):
        if place < 0 or place % years < years - looked:
            continue
        for name, values in _read(stage, record).items():
            sums[name] = sums.get(name, 0.0) + values / looked
        if place % years == years - 1:
            _land(kept, sums, rules_numbers(points, runs), stage)
            sums = {}
    order = np.r_[: steps // 2, steps - 1 : steps // 2 - 1 : -1]
    return {name: np.stack(rows)[order] for name, rows in kept.items()}


def rules_numbers(points: Sequence[Settings], runs: int) -> dict[str, Any]:
    """The numbers of the threshold of resolve of all points, one a run where they differ."""
    return resolve_numbers(rules_by_run(points, runs))


def _read(stage: FrozenContext, record: YearRecord) -> dict[str, Array]:
    memory, claimant = record.passed.memory, stage.structure.claimant
    pressed = memory.pressure[..., [stage.partners.index(PRESSER)]]
    return {
        "resolve": collective_resolve(resolve=memory.resolve, claimant=claimant)[..., 0, 0],
        "pressure": collective_resolve(resolve=pressed, claimant=claimant)[..., 0, 0],
        **resolve_inputs(
            memory=memory, structure=stage.structure, conduct=stage.conduct(record.year)
        ),
    }


def _land(
    kept: dict[str, list[Array]],
    sums: dict[str, Array],
    numbers: dict[str, Any],
    stage: FrozenContext,
) -> None:
    """Keep one step's means, and the equilibria of the rule under them."""
    kept["resolve"].append(sums.pop("resolve"))
    kept["pressure"].append(sums.pop("pressure"))
    inputs = sums | {"claimant": stage.structure.claimant}
    for name, values in zip(
        ("least", "greatest"), extremes(inputs=inputs, numbers=numbers), strict=True
    ):
        kept[name].append(values)


def _named(values: Array, name: str) -> tuple[tuple[str, ...], Array, dict[str, str]]:
    dims = (BRANCH, LEVEL, *CASE, RUN)
    return dims, values, {"units": "1", "long_name": UNITS[name]}
