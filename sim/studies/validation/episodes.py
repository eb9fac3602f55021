"""Which way did states move in thirty episodes? Chances of four directions from many runs, against what two coders found.

Runs start from the record of the year before an episode and are read at its end: agreements (rungs, and how far a pact is in
use) for security, stance for economics and speech, opinion of China for publics; in diplomacy a climb of the ladder on both sides
is a move to both. Ours: these readings and the smallest moves that count. Whether ties were visible is not scored (the coders
did not agree on it).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from sim.axes import Array
from sim.studies.validation.past_runs import PastContexts, run_past
from sim.studies.validation.scores import brier
from sim.studies.validation.weights import WeightsByYear
from sim.world.episodes import Episode, load_episodes

CLASSES = ("China", "US-Japan", "both", "none")
REGION, MOST_NAMED = "ASEAN", 2  # an episode of more states is one of the region
LEAST_STANCE, LEAST_TRUST, LEAST_USE = 0.1, 0.05, 0.2
READINGS = {"sec": "agreements", "all": "agreements", "opinion": "opinion", "dipl": "diplomacy"}
STANCE = "stance"  # of every other domain
KEEP = ("rung", "use", "trust", "alignment_posture")
WEST = ("USA", "JPN")


@dataclass(frozen=True, kw_only=True)
class Case:
    """One state in one episode: chances by class from the runs and from each rival, and what happened.

    record : class that the reading finds on the observed record, blank where it has none.
    """

    episode: Episode
    state: str
    chances: dict[str, Array]
    record: str

    @property
    def of_region(self) -> bool:
        """Whether the episode is one of the whole region, whose states count as one."""
        return len(self.episode.states) > MOST_NAMED

    @property
    def happened(self) -> Array:
        """1 for the direction found, (class,)."""
        return np.array([float(name == self.episode.direction) for name in CLASSES])


def reading_of(episode: Episode) -> str:
    """What of a run an episode is read from: agreements, opinion, diplomacy or stance, by its first domain."""
    return READINGS.get(episode.domains[0], STANCE)


def predict_episodes(
    contexts: PastContexts,
    weights: WeightsByYear,
    *,
    replicates: int,
    only: Sequence[int] = (),
) -> list[Case]:
    """Predict the episodes held out, each from weights that knew nothing of it.

    Parameters
    ----------
    contexts : of the past. weights : the latest that know nothing later than an episode's start are used.
    replicates : histories a draw. only : numbers of episodes; all that are held out if none.
    """
    everything = load_episodes()
    seen = Counter(one.direction for one in everything if not one.held_out)
    usual = np.array([seen[name] for name in CLASSES]) / seen.total()
    result = []
    for one in (each for each in everything if each.held_out):
        if only and one.number not in only:
            continue
        stage, reading = contexts(one.first, one.last), reading_of(one)
        runs = run_past(stage, weights.until(one.first - 1).draws, replicates=replicates, keep=KEEP)
        start, end = ({name: runs.at(name, y) for name in KEEP} for y in (one.first - 1, one.last))
        record = stage.observed.transpose("year", "state", "partner", ...)
        then, now = (
            {name: record[name].sel(year=y).values[np.newaxis] for name in ("rung", "use")}
            for y in (one.first - 1, one.last)
        )
        bound = np.minimum(stage.usual[1].pact + stage.usual[1].access, 1.0)
        for state in one.states:
            i = stage.states.index(state)
            moves = _classes(reading, start, end, bound, i, stage.partners)
            left = stage.world["turnover"].sel(year=slice(one.first, one.last), state=state)
            by_record = reading == "agreements"
            result.append(
                Case(
                    episode=one,
                    state=state,
                    chances={
                        "model": np.array([np.mean(moves == k) for k in range(len(CLASSES))]),
                        "never moves": _certain("none"),
                        "moves with every new leader": _either_way()
                        if left.max() > 0
                        else _certain("none"),
                        "as often as before": usual,
                    },
                    record=CLASSES[
                        int(_classes("agreements", then, now, bound, i, stage.partners)[0])
                    ]
                    if by_record
                    else "",
                )
            )
    return result


def _certain(name: str) -> Array:
    return np.array([float(name == one) for one in CLASSES])


def _either_way() -> Array:
    return np.array([0.5, 0.5, 0.0, 0.0])


def _classes(
    reading: str,
    start: dict[str, Array],
    end: dict[str, Array],
    bound: Array,
    i: int,
    partners: Sequence[str],
) -> Array:
    """Class of every run's move, (run,), as an index of `CLASSES`."""
    if reading == "opinion":
        at = partners.index("CHN")
        warmer = (end["trust"] - start["trust"])[:, i, at]
        return _one_sided(-warmer, LEAST_TRUST)
    if reading in (STANCE, "diplomacy"):
        turn = (end["alignment_posture"] - start["alignment_posture"])[:, i] / 50.0
        moved = _one_sided(turn, LEAST_STANCE)
        if reading == STANCE:
            return moved
    climbed = np.sign(end["rung"] - start["rung"])[:, i]
    used = (end["use"] - start["use"])[:, i] * bound[i]
    legs = climbed + np.where(np.abs(used) >= LEAST_USE - 1e-9, np.sign(used), 0.0)
    china = legs[:, partners.index("CHN")]
    west = legs[:, [partners.index(code) for code in WEST if code in partners]].sum(axis=-1)
    both = (china > 0) & (west > 0)
    if reading == "diplomacy":
        return np.where(both, CLASSES.index("both"), moved)
    return np.where(both, CLASSES.index("both"), _one_sided(np.sign(west) - np.sign(china), 0.5))


def _one_sided(turn: Array, least: float) -> Array:
    """Class of moves towards the United States (+) or China (-), of which small ones are none."""
    side = np.where(turn > 0, CLASSES.index("US-Japan"), CLASSES.index("China"))
    return np.where(np.abs(turn) >= least, side, CLASSES.index("none"))


def skill(cases: Sequence[Case]) -> dict[str, float]:
    """Mean Brier score of the model and each rival, every state (and the region) counting the same."""
    weights = _weights(cases)
    return {
        name: float(
            sum(
                w * brier(case.chances[name], case.happened)
                for w, case in zip(weights, cases, strict=True)
            )
        )
        for name in cases[0].chances
    }


def read_right(cases: Sequence[Case]) -> tuple[int, int]:
    """Count the cases whose direction the reading finds on the observed record, and those that it can be asked of."""
    asked = [case for case in cases if case.record]
    return sum(case.record == case.episode.direction for case in asked), len(asked)


def _weights(cases: Sequence[Case]) -> Array:
    owners = [REGION if case.of_region else case.state for case in cases]
    count = Counter(owners)
    weights = np.array([1.0 / count[owner] for owner in owners])
    return weights / weights.sum()
