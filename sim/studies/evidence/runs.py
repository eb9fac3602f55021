"""Runs of many settings on the same random numbers, of which named values are kept."""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from sim.axes import Array
from sim.config import Settings
from sim.config.changes import with_changes
from sim.config.mechanisms import Rules
from sim.engines.ensemble import run_and_reduce
from sim.engines.variables import FOR_OUTCOMES, VARIABLES
from sim.ensemble.block_runs import point_context, shared_key
from sim.ensemble.posterior import apply
from sim.outcomes.calculator import Fixed, OutcomeCalculator
from sim.outcomes.definitions import OUTCOMES

Draws = Sequence[Mapping[str, float]]


@dataclass(frozen=True)
class NamedValues:
    """A look at a year that sees outcomes, variables, and variables of one partner ("trust@CHN") by name."""

    partners: tuple[str, ...]
    names: tuple[str, ...]

    def __call__(
        self, seen: Mapping[str, Array], *, fixed: Fixed, rules: Rules, last: bool
    ) -> dict[str, Array]:
        """Values by name, (run, state, 1), or (run, state, partner) of a variable that has partners."""
        known = OutcomeCalculator(
            seen, fixed=fixed, numbers=rules.observation, partners=self.partners
        )
        return {name: self._value(name, known) for name in self.names}

    def _value(self, name: str, known: OutcomeCalculator) -> Array:
        own, _, partner = name.partition("@")
        if partner:
            return known.of_partner(own, partner)
        return known[own] if own in OUTCOMES else known.seen[own]


def drawn_settings(
    settings: Settings, changes: Mapping[str, Any], draw: Mapping[str, float]
) -> Settings:
    """The changed settings under a draw; what is changed is not drawn."""
    free = {name: value for name, value in draw.items() if name not in changes}
    return apply(with_changes(settings, changes), free)


def run_named(
    points: Sequence[Settings], names: Sequence[str], replicates: int
) -> dict[str, Array]:
    """Run every point and keep the named values of all years.

    Parameters
    ----------
    points : settings. names : outcomes, variables or variables of a partner. replicates : runs of each, at least two.

    Returns
    -------
    name -> (year, partner or 1, state, point, replicate).
    """
    groups: dict[Hashable, list[int]] = {}
    for index, point in enumerate(points):
        groups.setdefault(shared_key(point), []).append(index)
    further = [own for name in names if (own := name.partition("@")[0]) in VARIABLES]
    keep = tuple(dict.fromkeys([*FOR_OUTCOMES, *further]))
    found: dict[int, dict[str, Array]] = {}
    for indices in groups.values():
        alike = [points[index] for index in indices]
        stage, fixed = point_context(alike[0])
        look = NamedValues(stage.partners, tuple(names))
        seen = run_and_reduce(
            stage, alike, replicates=replicates, look=look, fixed=fixed, keep=keep
        )
        for place, index in enumerate(indices):
            runs = slice(place * replicates, (place + 1) * replicates)
            found[index] = {name: values[..., runs] for name, values in seen.items()}
    parts = [found[index] for index in range(len(points))]
    return {name: np.stack([part[name] for part in parts], axis=-2) for name in names}
