"""Runs through years on record: what is known at the start, then observed drivers and simulated choices.

A run starts from the record of the year before its first. Output, treaties, votes, leaders and the powers' credibility and
ambition in its years are those on record; opinion, stance, agreements, stocks and pressure are the model's own. Every draw of
the weights meets a chance of its own, so that the spread of the runs is that of a forecast.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from sim.axes import Array
from sim.config import Settings
from sim.config.settings import Years
from sim.engines.context import SimulationContext, build_context
from sim.engines.ensemble import first_memory, run_block
from sim.engines.history import fixed
from sim.engines.past import FIRST_RIVALRY, rivalry_level
from sim.engines.points import rules_by_run
from sim.ensemble.posterior import points
from sim.outcomes.calculator import Fixed, OutcomeCalculator
from sim.outcomes.compute import fixed_of
from sim.rules.record import Memory
from sim.rules.year import YearResult
from sim.world.series import FIRST_YEAR

BLOCK = 500  # draws that go through side by side
ACTS = "steps"  # net steps with each partner in the year
ALIGNMENTS = (
    "alignment",
    "alignment_structural",
    "alignment_security",
    "alignment_economic",
    "alignment_posture",
)
OUTCOMES = (*ALIGNMENTS, "forced_choice")
AGREEMENTS = ("rung", "use", "arms", "trust")  # of a memory


@dataclass(frozen=True, kw_only=True)
class PastRuns:
    """What runs predict, the year before the first included.

    Parameters
    ----------
    years : the start, then the simulated years. states, partners : codes in order.
    values : outcome -> (run, year, state), or agreement -> (run, year, state, partner). Runs go draw by draw, replicates
        fastest.
    """

    years: tuple[int, ...]
    states: tuple[str, ...]
    partners: tuple[str, ...]
    values: Mapping[str, Array]

    def at(self, name: str, year: int) -> Array:
        """One year of a variable, (run, state) or (run, state, partner)."""
        return self.values[name][:, self.years.index(year)]


def past_settings(base: Settings, *, first: int, last: int) -> Settings:
    """Settings of a stretch of the past: its years, and great-power rivalry as it was assumed to be.

    Parameters
    ----------
    base : settings that the stretch changes. first, last : simulated years.
    """
    start = FIRST_RIVALRY
    for year in range(FIRST_YEAR + 1, first):
        start += base.rules.rivalry.adjustment * (rivalry_level(year) - start)
    level = np.mean([rivalry_level(year) for year in range(first, last + 1)])
    rules = dataclasses.replace(
        base.rules, rivalry=dataclasses.replace(base.rules.rivalry, start=start)
    )
    scenario = dataclasses.replace(
        base.scenario, name="observed_past", rivalry=float(level), events=()
    )
    years = Years(first=first, last=last)
    return dataclasses.replace(base, rules=rules, scenario=scenario, years=years)


class PastContexts:
    """Stages of stretches of the past, each set once.

    Parameters
    ----------
    base : settings that every stretch changes (see `past_settings`).
    """

    def __init__(self, base: Settings) -> None:
        self.base = base
        self._made: dict[tuple[int, int], SimulationContext] = {}

    def __call__(self, first: int, last: int) -> SimulationContext:
        """Return the stage of the years `first` to `last`."""
        if (first, last) not in self._made:
            settings = past_settings(self.base, first=first, last=last)
            self._made[first, last] = build_context(settings)
        return self._made[first, last]

    def future(self) -> SimulationContext:
        """Return the stage of the base settings' own years."""
        return build_context(self.base)


def run_past(
    stage: SimulationContext,
    draws: Mapping[str, Array],
    *,
    replicates: int,
    keep: Sequence[str] = OUTCOMES,
) -> PastRuns:
    """Run every draw for several histories.

    Parameters
    ----------
    stage : of a stretch of the past. draws : of the weights, path -> (draw,). replicates : histories a draw.
    keep : names of `OUTCOMES` and `AGREEMENTS`, or `ACTS` (blank at the start).
    """
    given = points(stage.settings, draws)
    parts = [
        _block(stage, given[start : start + BLOCK], start * replicates, replicates, keep)
        for start in range(0, len(given), BLOCK)
    ]
    return PastRuns(
        years=(stage.years[0] - 1, *stage.years),
        states=stage.states,
        partners=stage.partners,
        values={name: np.concatenate([part[name] for part in parts]) for name in keep},
    )


def _block(
    stage: SimulationContext,
    given: Sequence[Settings],
    first: int,
    replicates: int,
    keep: Sequence[str],
) -> dict[str, Array]:
    rules = rules_by_run(given, replicates)
    read = _reader(stage, rules.observation)
    how = {"first": first, "replicates": replicates, "common": False}
    start = first_memory(stage, given, **how)  # type: ignore[arg-type]
    kept: dict[str, list[Array]] = {name: [read(name, start)] for name in keep}
    for record in run_block(stage, given, **how):  # type: ignore[arg-type]
        for name, rows in kept.items():
            rows.append(read(name, record.passed.memory, record.passed))
    runs = len(given) * replicates
    return {name: np.stack(rows, axis=1)[:runs] for name, rows in kept.items()}


Reader = Callable[..., Array]


def _reader(stage: SimulationContext, numbers: object) -> Reader:
    """Read a variable off a memory; alignment by the declared conventions, forced choice by each draw's own numbers."""
    still, declared = fixed_of_stage(stage), stage.settings.rules.observation

    def read(name: str, memory: Memory, passed: YearResult | None = None) -> Array:
        if name == ACTS:
            return np.ascontiguousarray(
                memory.trust * np.nan if passed is None else passed.choice.acts.steps
            )
        if name in AGREEMENTS:
            return np.ascontiguousarray(getattr(memory, name))
        known = OutcomeCalculator(
            {
                key: getattr(memory, key)
                for key in ("security_tie", "economic_tie", "stance", "trust")
            },
            fixed=still,
            numbers=declared if name in ALIGNMENTS else numbers,  # type: ignore[arg-type]
            partners=stage.partners,
        )
        return np.ascontiguousarray(known[name][..., 0])

    return read


def fixed_of_stage(stage: SimulationContext) -> Fixed:
    """What does not change over a history, of a stage."""
    return fixed_of(fixed(stage, np.asarray(stage.years)))


def observed(stage: SimulationContext, name: str) -> tuple[tuple[int, ...], Array]:
    """The record of a structural outcome by the same formula as a run's: its years, and (year, state)."""
    record = stage.observed.transpose("year", "state", ...)
    known = OutcomeCalculator(
        {
            "security_tie": record["security_tie"].values,
            "economic_tie": record["economic_tie"].values,
            "stance": record["stance"].values[..., np.newaxis],
        },
        fixed=fixed_of_stage(stage),
        numbers=stage.settings.rules.observation,
        partners=stage.partners,
    )
    return tuple(int(year) for year in record["year"].values), known[name][..., 0]


def arms_part(stage: SimulationContext, arms: Array) -> Array:
    """Points of security alignment that shares of arms supply (..., state, partner) are worth, (..., state)."""
    weight = stage.settings.rules.ties.arms
    return 50.0 * weight * (arms * fixed_of_stage(stage).camp).sum(axis=-1)


def arms_on_record(stage: SimulationContext, years: Sequence[int]) -> Array:
    """`arms_part` of the record, (year, state)."""
    arms = stage.observed["arms"].sel(year=list(years)).transpose("year", "state", "partner")
    return arms_part(stage, arms.values)
