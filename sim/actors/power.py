"""A great or middle power: courts and presses the states, by its policy, on last year's record."""

from __future__ import annotations

from typing import TYPE_CHECKING

import mesa

from sim.rules import year
from sim.rules.record import Offers

if TYPE_CHECKING:
    from sim.engines.region import Region


class Power(mesa.Agent):
    """One power, seen from itself.

    Attributes
    ----------
    code : ISO 3166 alpha-3 code. place : position on the partner axis.
    offers : what it resolved to do to each state this year.
    """

    model: Region
    offers: Offers

    def __init__(self, model: Region, *, code: str, place: int) -> None:
        super().__init__(model)
        self.code, self.place = code, place
        self.structure = model.stage.structure.for_partner(place)

    def step(self) -> None:
        """Decide aid and pressure on what everybody could see."""
        self.offers = year.court_and_press(
            memory=self.model.memory.for_partner(self.place),
            structure=self.structure,
            situation=self.model.situation.for_partner(self.place),
            conduct=self.model.conduct.for_partner(self.place),
            rules=self.model.rules,
        )

    def advance(self) -> None:
        """Nothing to settle: what a power did is in the states' records."""
