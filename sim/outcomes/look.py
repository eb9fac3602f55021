"""One look at what is: every outcome of a year, or of many years and runs, each worked out once and only if asked for.

Outcomes are functions of arrays, partners last, like rules; this is where they meet. What they need of a history is
named in `SEEN`; what never changes is `Fixed`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from sim.axes import Array
from sim.config.mechanisms import Observation
from sim.outcomes import alignment as aligned
from sim.outcomes import autonomy as room
from sim.outcomes import hedging as spread
from sim.outcomes import posture as spectrum
from sim.outcomes import scorecard, sea
from sim.rules.cuttable import Cuttable

OF_REGION = (
    "cohesion",
    "collective_resolve",
    "rivalry",
    "deterrence",
    "sea_lanes",
    "soft_power",
)
CHINA, UNITED_STATES, JAPAN = "CHN", "USA", "JPN"


@dataclass(frozen=True, kw_only=True)
class Fixed(Cuttable):
    """What does not change over a history, arrays (state, partner) with axes of length one where they lack them.

    camp : (1, partner). claimants, members : (state, 1) equal shares of those that are. stakes, lanes : (state, 1) shares,
    see `sim.outcomes.scorecard`.
    """

    camp: Array
    claimants: Array
    members: Array
    stakes: Array
    lanes: Array


class Look:
    """Outcomes by name, arrays (..., state, 1), or (..., 1, 1) for the region.

    Parameters
    ----------
    seen : name -> (..., state, partner or option or 1), the variables of a history that the outcomes asked for need.
    fixed : what does not change. numbers : of the observation model. partners : codes in order.
    """

    def __init__(
        self,
        seen: Mapping[str, Array],
        *,
        fixed: Fixed,
        numbers: Observation,
        partners: tuple[str, ...],
    ) -> None:
        self.seen, self.fixed, self.numbers, self.partners = seen, fixed, numbers, partners

    def __getattr__(self, name: str) -> Array:
        """Variables that are outcomes as they are: capacity, resolve, rivalry."""
        try:
            return self.__dict__["seen"][name]
        except KeyError:
            raise AttributeError(name) from None

    def of_partner(self, name: str, code: str) -> Array | None:
        """One partner's part of a variable, (..., 1); None if it is not among the partners."""
        if code not in self.partners:
            return None
        place = self.partners.index(code)
        return self.seen[name][..., place : place + 1]

    @cached_property
    def lean_security(self) -> Array:
        """Net leaning of security ties, -1 to 1."""
        return aligned.leaning(tie=self.seen["security_tie"], camp=self.fixed.camp)

    @cached_property
    def lean_economic(self) -> Array:
        """Net leaning of economic ties, -1 to 1."""
        return aligned.leaning(tie=self.seen["economic_tie"], camp=self.fixed.camp)

    @cached_property
    def alignment_security(self) -> Array:
        """Security alignment, 0 to 100."""
        return aligned.points(self.lean_security)

    @cached_property
    def alignment_economic(self) -> Array:
        """Economic alignment, 0 to 100."""
        return aligned.points(self.lean_economic)

    @cached_property
    def alignment(self) -> Array:
        """Combined alignment, 0 to 100."""
        return aligned.combined(
            security=self.alignment_security,
            economic=self.alignment_economic,
            economic_part=self.numbers.economic_part,
        )

    @cached_property
    def forced_choice(self) -> Array:
        """Share that would choose China if forced to; NaN unless both are partners."""
        china, united_states = (self.of_partner("trust", code) for code in (CHINA, UNITED_STATES))
        if china is None or united_states is None:
            return self.alignment * np.nan
        return aligned.forced_choice(
            alignment=self.alignment,
            trust_in_china=china,
            trust_in_united_states=united_states,
            slope=self.numbers.slope,
            trust_weight=self.numbers.trust,
        )

    @cached_property
    def effective_partners(self) -> Array:
        """Effective number of partners."""
        return spread.effective_partners(
            security_tie=self.seen["security_tie"], economic_tie=self.seen["economic_tie"]
        )

    @cached_property
    def contradiction(self) -> Array:
        """Distance between the leanings, 0 to 1."""
        return spread.contradiction(security=self.lean_security, economic=self.lean_economic)

    @cached_property
    def hedging(self) -> Array:
        """Hedging index, 0 to 1."""
        return spread.hedging(
            effective=self.effective_partners,
            alignment=self.alignment,
            contradiction=self.contradiction,
            partners=len(self.partners),
        )

    @cached_property
    def autonomy(self) -> Array:
        """Autonomy index, 0 to 1."""
        return room.autonomy(
            capacity=self.seen["capacity"],
            unaligned=self.seen["security_tie"][..., -1:],
            dependence=self.seen["dependence"],
        )

    @cached_property
    def cohesion(self) -> Array:
        """Cohesion of members, 0 to 1."""
        return room.cohesion(alignment=self.alignment, share=self.fixed.members)

    @cached_property
    def pressure(self) -> Array:
        """Pressure at sea from all powers, 0 to 1."""
        return sea.pressed(pressure=self.seen["pressure"])

    @cached_property
    def incidents(self) -> Array:
        """Incidents at sea, count."""
        return sea.incidents(incidents=self.seen["incidents"])

    @cached_property
    def collective_resolve(self) -> Array:
        """Mean resolve of claimants, 0 to 1."""
        return sea.collective_resolve(resolve=self.seen["resolve"], share=self.fixed.claimants)

    @cached_property
    def trust_japan(self) -> Array:
        """Trust in Japan, 0 to 1; NaN if it is no partner."""
        trust = self.of_partner("trust", JAPAN)
        return self.seen["capacity"] * np.nan if trust is None else trust

    @cached_property
    def deterrence(self) -> Array:
        """Japan's score: pressure deterred, 0 to 100."""
        return scorecard.deterrence(
            pressed=self.pressure, encroachment=self.seen["encroachment"], share=self.fixed.stakes
        )

    @cached_property
    def sea_lanes(self) -> Array:
        """Japan's score: sea lanes kept open, 0 to 100."""
        return scorecard.sea_lanes(safety=self.seen["safety"], share=self.fixed.lanes)

    @cached_property
    def soft_power(self) -> Array:
        """Japan's score: soft power, 0 to 100; NaN if it is no partner."""
        trust, security, economic = (
            self.of_partner(name, JAPAN) for name in ("trust", "security_tie", "economic_tie")
        )
        if trust is None or security is None or economic is None:
            return self.seen["rivalry"] * np.nan
        return scorecard.soft_power(trust=trust, security=security, economic=economic)

    @cached_property
    def posture(self) -> Array:
        """Posture, a code over `sim.outcomes.posture.POSTURES`."""
        return spectrum.posture(
            security=self.alignment_security,
            economic=self.alignment_economic,
            combined=self.alignment,
            band=self.numbers.band,
        )

    @cached_property
    def outside(self) -> Array:
        """1 outside the hedging band, 0 inside."""
        far = np.abs(self.alignment - aligned.MIDDLE) > self.numbers.band + aligned.EDGE
        return np.where(far, 1.0, 0.0)
