"""The engine as the page calls it: a block of runs, the observed past, one run with its reasons. All in one place, to be swapped.

Every function takes plain settings and returns plain arrays, so that any process may answer.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Hashable, Mapping
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import xarray as xr

from sim.axes import DOMAINS, OPTION, RUN, STATE, YEAR, Array
from sim.config import Settings
from sim.config.mechanisms import Rules
from sim.dashboard.measures import MEASURES
from sim.dashboard.readings import Past, Piece, Scene, partial_reading, places
from sim.engines.context import SimulationContext, build_context
from sim.engines.ensemble import run_and_reduce, run_block
from sim.engines.history import fixed, to_dataset
from sim.engines.points import stage_key
from sim.engines.variables import FOR_OUTCOMES
from sim.outcomes import compute_outcomes
from sim.outcomes.calculator import Fixed, OutcomeCalculator
from sim.outcomes.compute import fixed_of
from sim.outcomes.reasons import Why
from sim.outcomes.why import explain_posture, explain_structure, read_record


@dataclass(frozen=True)
class Shown:
    """A look at a year that sees what the page shows (see `sim.engines.ensemble.look_at`). partners : codes in order."""

    partners: tuple[str, ...]

    def __call__(
        self, seen: Mapping[str, Array], *, fixed: Fixed, rules: Rules, last: bool
    ) -> dict[str, Array]:
        """Outcomes and ties by name."""
        known = OutcomeCalculator(
            seen, fixed=fixed, numbers=rules.observation, partners=self.partners
        )
        ties = {f"{domain}_tie": seen[f"{domain}_tie"] for domain in DOMAINS}
        return {name: known[name] for name in (*MEASURES, "posture")} | ties


def some_runs(settings: Settings, first: int, runs: int) -> Piece:
    """Simulate the runs ``first`` to ``first + runs - 1`` and read them off."""
    stage, never = stage_of(settings)
    look = Shown(stage.partners)
    return partial_reading(
        run_and_reduce(stage, [settings], first=first, replicates=runs, look=look, fixed=never)
    )


@dataclass(frozen=True)
class _Keyed:
    """Settings that stand for what they share: two are equal if their keys are."""

    key: Hashable
    settings: Settings = dataclasses.field(compare=False)


def stage_of(settings: Settings) -> tuple[SimulationContext, Fixed]:
    """The stage of these settings, whatever happens on it, and what never changes there; the last few are kept."""
    scenario = dataclasses.replace(settings.scenario, events=())
    calm = dataclasses.replace(settings, scenario=scenario, runs=1)
    return _cached_context(_Keyed((stage_key(settings), _camp_key(settings)), calm))


@lru_cache(maxsize=8)
def _cached_context(keyed: _Keyed) -> tuple[SimulationContext, Fixed]:
    stage = build_context(keyed.settings)
    return stage, fixed_of(fixed(stage, np.asarray(stage.years)))


def _camp_key(settings: Settings) -> Hashable:
    policy = settings.policy
    return policy.japan.camp, policy.china.camp, policy.united_states.camp


def fixed_scene(settings: Settings) -> Scene:
    """Read what no run changes; the last few are kept."""
    key = stage_key(settings), _camp_key(settings), settings.rules.observation
    return _dated_scene(_Keyed(key, settings))


@lru_cache(maxsize=8)
def _dated_scene(keyed: _Keyed) -> Scene:
    stage, _ = stage_of(keyed.settings)
    history, outcomes = _single_run(keyed.settings, stage, 0, past=True)
    before = {YEAR: slice(None, keyed.settings.years.first - 1)}
    history, outcomes = history.sel(before), outcomes.sel(before)
    words = [str(name) for name in history["state_name"].values]
    return Scene(
        states=stage.states,
        names=dict(zip(stage.states, words, strict=True)),
        partners=stage.partners,
        band=(outcomes.attrs["band_low"], outcomes.attrs["band_high"]),
        past=Past(
            years=tuple(int(year) for year in history[YEAR].values),
            levels={n: places(outcomes[n].transpose(STATE, YEAR).values, n) for n in MEASURES},
            postures=outcomes["posture"].transpose(YEAR, STATE).values.astype(int),
            ties={d: history[f"{d}_tie"].transpose(YEAR, STATE, OPTION).values for d in DOMAINS},
        ),
    )


def reasons(settings: Settings, run: int, state: str, until: int) -> list[Why]:
    """Say what moved one state's posture and its structure in one run, from the first simulated year to ``until``."""
    history, _ = _single_run(settings, stage_of(settings)[0], run, past=False)
    record = read_record(history, settings.rules, state=state)
    years = settings.years.first, until
    return [explain_posture(record, *years), explain_structure(record, *years)]


def _single_run(
    settings: Settings, stage: SimulationContext, run: int, *, past: bool
) -> tuple[xr.Dataset, xr.Dataset]:
    """One run with its outcomes, without a run dimension; with every term, or with the past."""
    records = run_block(stage, [settings], first=run)
    keep = {"keep": FOR_OUTCOMES} if past else {}
    whole = to_dataset(stage, records, run=run, terms=not past, past=past, **keep)
    history = whole.isel({RUN: 0})
    return history, compute_outcomes(history, settings.rules.observation)
