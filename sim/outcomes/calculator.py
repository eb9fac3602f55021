"""Every outcome of a year, or of many years and runs, each worked out once and only if asked for.

Outcomes are functions of arrays, partners last, like rules; `sim.outcomes.definitions` says which there are.
What they need of a history is named in `SEEN`; what never changes is `Fixed`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from sim.axes import OPTION, PARTNER, Array
from sim.config.mechanisms import Observation
from sim.outcomes import alignment
from sim.outcomes.definitions import OUTCOMES
from sim.rules.array_bundle import ArrayBundle

SEEN = {  # the variables of a history that outcomes are made of, and the last axis of each
    "security_tie": OPTION,
    "economic_tie": OPTION,
    "stance": None,
    "steps": PARTNER,
    "conceded": PARTNER,
    "trust": PARTNER,
    "dependence": PARTNER,
    "pressure": PARTNER,
    "incidents": PARTNER,
    "capacity": None,
    "resolve": None,
    "encroachment": None,
    "safety": None,
    "rivalry": None,
}


@dataclass(frozen=True, kw_only=True)
class Fixed(ArrayBundle):
    """What does not change over a history, arrays (state, partner) with axes of length one where they lack them.

    camp : (1, partner). claimants, members : (state, 1) equal shares of those that are. stakes, lanes : (state, 1) shares,
    see `sim.outcomes.scorecard`. littoral : (state, lane) each state's part in each lane.
    """

    camp: Array
    claimants: Array
    members: Array
    stakes: Array
    lanes: Array
    littoral: Array


class OutcomeCalculator:
    """Outcomes by name, arrays (..., state, 1), or (..., 1, 1) for the region, (..., 1, lane) for lanes.

    Parameters
    ----------
    seen : name -> (..., state, partner or option or 1), the variables of a history that the outcomes asked for need.
    fixed : what does not change. numbers : of the observation model. partners : codes in order.
    """

    seen: Mapping[str, Array]
    fixed: Fixed
    numbers: Observation
    partners: tuple[str, ...]

    def __init__(
        self,
        seen: Mapping[str, Array],
        *,
        fixed: Fixed,
        numbers: Observation,
        partners: tuple[str, ...],
    ) -> None:
        self.seen, self.fixed, self.numbers, self.partners = seen, fixed, numbers, partners
        self._known: dict[str, Array] = {}

    def __getitem__(self, name: str) -> Array:
        """One outcome, by its formula in the register."""
        if name not in self._known:
            compute = OUTCOMES[name].compute
            if compute is None:
                raise KeyError(f"{name} is read off a history, not computed")
            self._known[name] = compute(self)
        return self._known[name]

    def of_partner(self, name: str, code: str) -> Array:
        """One partner's part of a variable, (..., 1); NaN if it is not among the partners."""
        if code not in self.partners:
            return self.seen[name][..., :1] * float("nan")
        index = self.partners.index(code)
        return self.seen[name][..., index : index + 1]

    @cached_property
    def lean_security(self) -> Array:
        """Net leaning of security ties, -1 to 1."""
        return alignment.leaning(tie=self.seen["security_tie"], camp=self.fixed.camp)

    @cached_property
    def lean_economic(self) -> Array:
        """Net leaning of economic ties, -1 to 1."""
        return alignment.leaning(tie=self.seen["economic_tie"], camp=self.fixed.camp)
