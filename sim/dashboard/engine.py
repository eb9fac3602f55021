"""The engine as the page calls it: a block of runs, the observed past, one run with its reasons. All in one place, to be swapped.

Every function takes plain settings and returns plain arrays, so that any process may answer.
"""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass
from functools import lru_cache

import xarray as xr

from sim.axes import RUN, STATE, YEAR
from sim.config import Settings
from sim.dashboard.readings import MEASURES, Past, Piece, piece, places
from sim.engines.ensemble import outcomes_only, run_block
from sim.engines.history import to_dataset
from sim.engines.points import stage_key
from sim.engines.stage import Stage, set_stage
from sim.engines.variables import FOR_OUTCOMES
from sim.outcomes import judge
from sim.outcomes.reasons import Why
from sim.outcomes.why import explain, of_domains


@dataclass(frozen=True)
class _Keyed:
    """Settings that stand for their stage: two are equal if they share one."""

    key: Hashable
    settings: Settings

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Keyed) and self.key == other.key

    def __hash__(self) -> int:
        return hash(self.key)


def stage_of(settings: Settings) -> Stage:
    """The stage of these settings; the last few are kept."""
    return _stage(_Keyed(stage_key(settings), settings))


@lru_cache(maxsize=8)
def _stage(keyed: _Keyed) -> Stage:
    return set_stage(keyed.settings)


def some_runs(settings: Settings, first: int, runs: int) -> Piece:
    """Simulate the runs ``first`` to ``first + runs - 1`` and read them off."""
    history = outcomes_only(stage_of(settings), [settings], first=first, replicates=runs)
    return piece(history, judge(history, settings.rules.observation))


@dataclass(frozen=True, kw_only=True)
class Scene:
    """What no run changes: the states, their names, the hedging band, the observed past."""

    states: tuple[str, ...]
    names: dict[str, str]
    band: tuple[float, float]
    past: Past


def scene(settings: Settings) -> Scene:
    """Read what no run changes."""
    key = stage_key(settings), settings.rules.observation, _camps(settings)
    return _scene(_Keyed(key, settings))


def _camps(settings: Settings) -> Hashable:
    policy = settings.policy
    return policy.japan.camp, policy.china.camp, policy.united_states.camp


@lru_cache(maxsize=8)
def _scene(keyed: _Keyed) -> Scene:
    stage = stage_of(keyed.settings)
    history, outcomes = _one(keyed.settings, stage, 0, past=True)
    before = {YEAR: slice(None, keyed.settings.years.first - 1)}
    history, outcomes = history.sel(before), outcomes.sel(before)
    words = [str(name) for name in history["state_name"].values]
    return Scene(
        states=stage.states,
        names=dict(zip(stage.states, words, strict=True)),
        band=(outcomes.attrs["band_low"], outcomes.attrs["band_high"]),
        past=Past(
            years=tuple(int(year) for year in history[YEAR].values),
            levels={name: places(outcomes[name], name) for name in MEASURES},
            postures=outcomes["posture"].transpose(YEAR, STATE).values.astype(int),
            ties=history[["security_tie", "economic_tie"]].drop_vars(RUN),
        ),
    )


def reasons(settings: Settings, run: int, state: str, until: int) -> list[Why]:
    """Say what moved one state's ties in one run, from the first simulated year to ``until``, a domain each.

    A domain in which a tie with China or the United States is zero cannot be told, and is left out.
    """
    history, _ = _one(settings, stage_of(settings), run, past=False)
    years = settings.years.first, until
    told, _ = of_domains(lambda domain: explain(history, state=state, domain=domain, years=years))
    return told


def _one(
    settings: Settings, stage: Stage, run: int, *, past: bool
) -> tuple[xr.Dataset, xr.Dataset]:
    """One run with its outcomes, without a run dimension; with every term, or with the past."""
    records = run_block(stage, [settings], first=run)
    keep = {"keep": FOR_OUTCOMES} if past else {}
    whole = to_dataset(stage, records, run=run, terms=not past, past=past, **keep)
    history = whole.isel({RUN: 0})
    return history, judge(history, settings.rules.observation)
