"""Moments of free runs, 2000 on: does the model move as far, and as jumpily, as the record?

Draws of the chains are run freely a few times each, and weighed by a synthetic likelihood (Wood 2010; unverified): each moment of
the record, or of what is published, against mean and spread of the draw's replicates. What the panels hold already counts half.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from scipy.special import logsumexp

from sim.axes import Array
from sim.engines.course import RecordCourse
from sim.engines.free import FreeRun, free_run
from sim.ensemble.fitting.numbers import rules_with
from sim.outcomes.alignment import combined, leaning, points

REPLICATES = 4
BLOCK = 128  # draws that run side by side
HORIZONS = (1, 5, 10, 17)
STILL, JUMP = (
    0.5,
    3.0,
)  # points of security alignment within which a year is still, from which it is a jump
WITHIN = 0.2 / 1.645  # of a standard deviation: 20 % are its 90 % range
ANSWER_NOISE = 0.27  # log-odds, of one ISEAS answer at a share of one half
VOCAL, QUIET = ("PHL", "VNM"), ("MYS", "IDN")


@dataclass(frozen=True, kw_only=True)
class Moment:
    """One moment: what is aimed at, its tolerance (standard deviation), how much it counts, and whose number it is."""

    name: str
    target: float
    tolerance: float
    counts: float
    source: str


@dataclass(frozen=True, kw_only=True)
class MomentFit:
    """Moments before and after reweighing: `table` has a row a moment; effective is the number of draws that weigh."""

    table: pd.DataFrame
    effective: float
    candidates: int


def reweigh(
    course: RecordCourse,
    values: Mapping[str, Array],
    *,
    draws: int,
    seed: int,
    states: Sequence[str],
) -> tuple[Array, MomentFit]:
    """Choose draws by how well their free runs meet the moments: indices (draw,) into the candidates, and what was found."""
    aims = moments_of(course, states)
    found = simulated_moments(course, values, states)  # (moment, candidate, replicate)
    mean, spread = found.mean(axis=-1), found.var(axis=-1, ddof=1)
    weights = np.zeros(mean.shape[1])
    for k, aim in enumerate(aims):
        variance = aim.tolerance**2 + spread[k]
        weights += aim.counts * -0.5 * (np.log(variance) + (aim.target - mean[k]) ** 2 / variance)
    share = np.exp(weights - logsumexp(weights))
    rng = np.random.default_rng(seed)
    spots = (rng.random() + np.arange(draws)) / draws
    kept = np.minimum(np.searchsorted(np.cumsum(share), spots), len(share) - 1)
    kept = rng.permutation(kept)
    table = pd.DataFrame(
        {
            "moment": aim.name,
            "target": aim.target,
            "low": aim.target - 1.645 * aim.tolerance,
            "high": aim.target + 1.645 * aim.tolerance,
            "before": mean[k].mean(),
            "after": mean[k][kept].mean(),
            "after_low": np.quantile(found[k][kept], 0.05),
            "after_high": np.quantile(found[k][kept], 0.95),
            "source": aim.source,
        }
        for k, aim in enumerate(aims)
    )
    effective = float(1.0 / (share**2).sum())
    return kept, MomentFit(table=table, effective=effective, candidates=len(share))


def simulated_moments(
    course: RecordCourse,
    values: Mapping[str, Array],
    states: Sequence[str],
    replicates: int = REPLICATES,
) -> Array:
    """Moments of free runs of every draw, (moment, draw, replicate)."""
    count = len(next(iter(values.values())))
    blocks = []
    for start in range(0, count, BLOCK):
        some = {path: value[start : start + BLOCK] for path, value in values.items()}
        size = len(next(iter(some.values())))
        wide = {path: np.repeat(value, replicates) for path, value in some.items()}
        run = free_run(
            course,
            rules_with(course.stage.settings.rules, wide),
            points=size,
            replicates=replicates,
        )
        found = np.stack(list(_moments(run, wide, course, states).values()))
        blocks.append(found.reshape(len(found), size, replicates))
    return np.concatenate(blocks, axis=1)


def moments_of(course: RecordCourse, states: Sequence[str]) -> list[Moment]:
    """What free runs are held against: spreads of structural change as the record's ruler reads them, and published answers."""
    stage = course.stage
    counted = [stage.states.index(code) for code in states]
    camp = stage.usual[0].camp
    security, economic = (
        leaning(tie=stage.observed[name].values[:, counted], camp=camp)[..., 0]
        for name in ("security_tie", "economic_tie")
    )
    part = stage.settings.rules.observation.economic_part
    record = _of_structure(security, economic, part)
    aims = [
        Moment(
            name=name,
            target=float(value),
            tolerance=WITHIN * float(value) if name.startswith("sd") else 0.06,
            counts=1.0,
            source="the record, by the same ruler",
        )
        for name, value in record.items()
    ]
    aims.append(
        Moment(
            name="forced choice, yearly rms",
            target=0.475,
            tolerance=0.046,
            counts=1.0,
            source="ISEAS 2020-23: 0.40 to 0.55 log-odds",
        )
    )
    if {*VOCAL, *QUIET} <= set(states) and course.years[-1] >= 2015:
        aims.append(
            Moment(
                name="vocal less quiet claimants, trust in China 2010-13",
                target=-0.26,
                tolerance=0.103,
                counts=0.5,
                source="Gallup approval",
            )
        )
        aims.append(
            Moment(
                name="Scarborough, trust in China of the Philippines",
                target=-0.22,
                tolerance=0.06,
                counts=0.5,
                source="Social Weather Stations",
            )
        )
    if course.years[-1] >= 2021:
        aims.append(
            Moment(
                name="Trump and Biden, log-odds of choosing the United States",
                target=0.24,
                tolerance=0.1,
                counts=0.5,
                source="ISEAS 2020-21",
            )
        )
    return aims


def _moments(
    run: FreeRun, values: Mapping[str, Array], course: RecordCourse, states: Sequence[str]
) -> dict[str, Array]:
    stage, years = course.stage, run.years
    counted = [stage.states.index(code) for code in states]
    part = stage.settings.rules.observation.economic_part
    found = _of_structure(run.security[..., counted], run.economic[..., counted], part)
    structure = _structure(run.security, run.economic, part) / 50.0 - 1.0

    def weight(name: str) -> Array:
        return values[f"rules.observation.{name}"][:, np.newaxis]

    odds = (
        weight("posture") * run.stance
        + weight("slope") * structure
        + weight("trust") * (run.united_states - run.china)
    )[..., counted]
    turn = 0.5 * (odds[1:] + odds[:-1])  # ISEAS asks at the turn of the year
    late = turn[-4:]
    found["forced choice, yearly rms"] = np.sqrt(
        (np.diff(late, axis=0) ** 2).mean(axis=(0, 2)) + 2.0 * ANSWER_NOISE**2
    )
    if {*VOCAL, *QUIET} <= set(states) and course.years[-1] >= 2015:
        moved = run.china[years.index(2013)] - run.china[years.index(2010)]
        vocal, quiet = ([stage.states.index(c) for c in group] for group in (VOCAL, QUIET))
        found["vocal"] = moved[:, vocal].mean(axis=1) - moved[:, quiet].mean(axis=1)
        manila = run.china[..., stage.states.index("PHL")]
        after, before = years.index(2013), years.index(2009)
        found["Scarborough"] = manila[after : after + 3].mean(axis=0) - manila[
            before : before + 3
        ].mean(axis=0)
    if years[-1] >= 2021:
        swing = [odds[years.index(y)] - odds[years.index(y) - 1] for y in (2017, 2021)]
        found["leaders"] = 0.5 * (swing[1] - swing[0]).mean(axis=1)
    return found


def _structure(security: Array, economic: Array, part: float) -> Array:
    return combined(first=points(security), second=points(economic), second_part=part)


def _of_structure(security: Array, economic: Array, part: float) -> dict[str, Array]:
    """Spreads of change over horizons, and how many years are still or jump; (year, ..., state) to (...)."""
    blend, bound = _structure(security, economic, part), points(security)
    result = {}
    for horizon in HORIZONS:
        if horizon < len(blend):
            change = blend[horizon:] - blend[:-horizon]
            result[f"sd of structural change over {horizon} years"] = change.std(axis=(0, -1))
    yearly = np.abs(np.diff(bound, axis=0))
    result["still years of security alignment"] = (yearly < STILL).mean(axis=(0, -1))
    result["jumps of security alignment"] = (yearly >= JUMP).mean(axis=(0, -1))
    return result
