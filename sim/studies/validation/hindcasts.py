"""Do intervals cover, and is the model nearer than a random walk? Hindcasts of alignment from 2005, 2010 and 2015 to 2023."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from sim.axes import Array
from sim.studies.validation import baselines
from sim.studies.validation.past_runs import (
    PastContexts,
    arms_on_record,
    arms_part,
    observed,
    run_past,
)
from sim.studies.validation.scores import (
    coverage_curve,
    covered,
    crps,
    effective_number,
    probability_transform,
)
from sim.studies.validation.weights import Weights

STARTS, LAST = (2005, 2010, 2015), 2023
LEVELS = (0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95)
MAIN = "alignment_structural"
STRUCTURAL = ("alignment_structural", "alignment_security", "alignment_economic")


@dataclass(frozen=True, kw_only=True)
class Hindcast:
    """One outcome from one start.

    Parameters
    ----------
    start : last year known. years : predicted. known_to : of the weights.
    samples : (run, year, state). record : (year, state), the start first. walk : (run, year, state), the random walk's.
    with_arms : samples, had shares of arms supply gone as on record.
    """

    name: str
    start: int
    known_to: int
    years: tuple[int, ...]
    states: tuple[str, ...]
    samples: Array
    record: Array
    walk: Array
    with_arms: Array

    @property
    def row(self) -> dict[str, float | int | str]:
        """Coverage in %, CRPS of the model and the random walk in points, their ratio, and how many cases these are worth."""
        seen = self.record[1:]
        flat = (len(self.samples), -1)
        places = probability_transform(self.samples, seen)
        own = crps(self.samples.reshape(flat), seen.ravel()).mean()
        rival = crps(self.walk.reshape(len(self.walk), -1), seen.ravel()).mean()
        return {
            "outcome": self.name,
            "start": self.start,
            "coverage": 100.0 * float(covered(self.samples, seen).mean()),
            "arms_coverage": 100.0 * float(covered(self.with_arms, seen).mean()),
            "walk_coverage": 100.0 * float(covered(self.walk, seen).mean()),
            "crps": float(own),
            "walk": float(rival),
            "ratio": float(own / rival),
            "bias": float((np.median(self.samples, axis=0) - seen).mean()),
            "cases": seen.size,
            "effective": effective_number(places),
        }

    def curve(self) -> Array:
        """Actual coverage at each nominal level of `LEVELS`."""
        return coverage_curve(self.samples, self.record[1:], LEVELS)


def hindcasts(
    contexts: PastContexts,
    weights: Mapping[int, Weights],
    *,
    replicates: int,
    seed: int,
    names: Sequence[str] = STRUCTURAL,
) -> list[Hindcast]:
    """Run every start and read every outcome.

    Parameters
    ----------
    contexts : of the past. weights : start -> draws, known up to the start if possible. replicates : histories a draw.
    seed : of the random walk.
    """
    result = []
    for start, known in weights.items():
        stage = contexts(start + 1, LAST)
        runs = run_past(stage, known.draws, replicates=replicates, keep=(*names, "arms"))
        missed = arms_on_record(stage, runs.years[1:]) - arms_part(
            stage, runs.values["arms"][:, 1:]
        )
        part = stage.settings.rules.observation.economic_part
        share = {"alignment_security": 1.0, MAIN: 1.0 - part}
        for name in names:
            years, record = observed(stage, name)
            at = years.index(start)
            result.append(
                Hindcast(
                    name=name,
                    start=start,
                    known_to=known.known_to,
                    years=runs.years[1:],
                    states=runs.states,
                    samples=runs.values[name][:, 1:],
                    record=record[at : at + len(runs.years)],
                    with_arms=runs.values[name][:, 1:] + share.get(name, 0.0) * missed,
                    walk=baselines.random_walk(record[: at + 1], years=LAST - start, seed=seed),
                )
            )
    return result
