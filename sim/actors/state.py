"""A hedging state: weighs and chooses on last year's record, then settles what the year brought."""

from __future__ import annotations

from typing import TYPE_CHECKING

import mesa

from sim.rules import year
from sim.rules.record import Choice, MaritimeEncounter, Memory

if TYPE_CHECKING:
    from sim.engines.region import Region


class State(mesa.Agent):
    """One state, with its own memory.

    Attributes
    ----------
    code : ISO 3166 alpha-3 code. place : position on the state axis.
    memory : what it carries; choice, at_sea : what it did and met this year.
    """

    model: Region
    choice: Choice
    at_sea: MaritimeEncounter

    def __init__(self, model: Region, *, code: str, place: int, memory: Memory) -> None:
        super().__init__(model)
        self.code, self.place, self.memory = code, place, memory
        self.structure = model.stage.structure.for_state(place)

    def step(self) -> None:
        """Weigh and choose on what everybody could see."""
        self.choice = year.weigh_and_choose(
            memory=self.memory,
            structure=self.structure,
            situation=self.model.situation.for_state(self.place),
            conduct=self.model.conduct,
            luck=self.model.luck.for_state(self.place),
            rules=self.model.rules,
        )

    def advance(self) -> None:
        """Meet whoever presses at sea, and carry the year into memory."""
        model = self.model
        situation = model.situation.for_state(self.place)
        offers = model.offers.for_state(self.place)
        luck = model.luck.for_state(self.place)
        self.at_sea = year.meet_at_sea(
            memory=self.memory,
            situation=situation,
            offers=offers,
            choice=self.choice,
            luck=luck,
            rules=model.rules,
        )
        self.memory = year.settle(
            memory=self.memory,
            structure=self.structure,
            situation=situation,
            conduct=model.conduct,
            offers=offers,
            choice=self.choice,
            at_sea=self.at_sea,
            luck=luck,
            rules=model.rules,
        )
