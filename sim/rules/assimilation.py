"""Where does a state stand at the start? Ties say what its government may want, answers correct it, and what stays open is drawn.

    stance ~ follow * security leaning + N(0, width),   trust ~ N(mean, sd) by the answers about it,
    log-odds of choosing the US = intercept + posture * stance + slope * structure + trust * (trust in US - trust in China)

The filtered log-odds, N(answer, 1 / precision), correct stance and trust together: one linear Gaussian update of each state. What
is then left is correlated (who trusts more may want less and answer the same). A draw carries that without a matrix: of
independent standard normals z a part along the answer's direction is taken out, z - b v (v.z), where b follows from the update.

Source: conditioning of normal variables. Ours: that a government's stance follows its security ties until somebody is asked.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from sim.axes import Array, partners_of
from sim.rules.terms import signed


@dataclass(frozen=True, kw_only=True)
class Assimilated:
    """What ties and answers tell together: means, and how draws spread round them.

    Parameters
    ----------
    stance, trust : (..., 1) and (..., partner)  means.
    stance_sd, trust_sd : standard deviations before the answers.
    stance_load, trust_load : what one of these sds moves in the log-odds of choosing the United States.
    pull : (..., 1)  part of the drawn log-odds that the answers take out again, over the square of all loads.
    """

    stance: Array
    trust: Array
    stance_sd: Array
    trust_sd: Array
    stance_load: Array
    trust_load: Array
    pull: Array

    def draw(self, *, stance: Array, trust: Array) -> tuple[Array, Array]:
        """Stance and trust of a run from standard normals of their shapes."""
        taken = self.pull * (
            self.stance_load * stance + (self.trust_load * trust).sum(axis=-1, keepdims=True)
        )
        return (
            self.stance + self.stance_sd * (stance - self.stance_load * taken),
            self.trust + self.trust_sd * (trust - self.trust_load * taken),
        )

    def odds_spread(self) -> Array:
        """Standard deviation of the log-odds of choosing the United States, (..., 1)."""
        loads = self.stance_load**2 + (self.trust_load**2).sum(axis=-1, keepdims=True)
        return np.sqrt(loads) * (1.0 - self.pull * loads)

    def spread(self) -> tuple[Array, Array]:
        """Standard deviations of stance and of trust after the answers."""
        loads = self.stance_load**2 + (self.trust_load**2).sum(axis=-1, keepdims=True)
        learnt = self.pull * (2.0 - self.pull * loads)
        return (
            self.stance_sd * np.sqrt(1.0 - learnt * self.stance_load**2),
            self.trust_sd * np.sqrt(1.0 - learnt * self.trust_load**2),
        )


def structural_leaning(
    *, security_tie: Array, economic_tie: Array, camp: Array, economic_part: Array | float
) -> tuple[Array, Array]:
    """Leaning of security ties, and of both kinds together, (..., 1) each, -1 (China) to 1 (United States).

    Parameters
    ----------
    security_tie, economic_tie : (..., option), self last. camp : (..., partner). economic_part : of the second kind, 0 to 1.
    """
    security = signed(camp=camp, quantity=partners_of(security_tie))
    economic = signed(camp=camp, quantity=partners_of(economic_tie))
    return security, (1.0 - economic_part) * security + economic_part * economic


def choice_odds(
    *,
    stance: Array,
    structure: Array,
    favour: Array,
    intercept: Array | float,
    stance_weight: Array | float,
    slope: Array | float,
    trust_weight: Array | float,
) -> Array:
    """Log-odds of choosing the United States over China if forced to, (..., 1).

    Parameters
    ----------
    stance : (..., 1) -1 to 1. structure : (..., 1) leaning of ties, -1 to 1. favour : (..., 1) trust in the United States less
        that in China. intercept, stance_weight, slope, trust_weight : of the observation model.
    """
    return intercept + stance_weight * stance + slope * structure + trust_weight * favour


def assimilate(
    *,
    leaning: Array,
    structure: Array,
    trust: Array,
    stance_sd: Array,
    trust_sd: Array,
    answer: Array,
    precision: Array,
    side: Array,
    follow: Array | float,
    intercept: Array | float,
    stance_weight: Array | float,
    slope: Array | float,
    trust_weight: Array | float,
) -> Assimilated:
    """Correct what ties and answers about trust tell by what was chosen.

    Parameters
    ----------
    leaning, structure : from `structural_leaning`. trust, trust_sd : (..., partner). stance_sd : (..., 1).
    answer : (..., 1) filtered log-odds of choosing the United States. precision : (..., 1) one over its variance, 0 if unheard.
    side : (..., partner) 1 the United States, -1 China, 0 else. follow : stance under full ties to one camp. The rest: weights.
    """
    stance = follow * leaning
    expected = choice_odds(
        stance=stance,
        structure=structure,
        favour=signed(camp=side, quantity=trust),
        intercept=intercept,
        stance_weight=stance_weight,
        slope=slope,
        trust_weight=trust_weight,
    )
    stance_load = stance_weight * stance_sd
    trust_load = trust_weight * side * trust_sd
    loads = stance_load**2 + (trust_load**2).sum(axis=-1, keepdims=True)
    gain = precision / (1.0 + loads * precision)
    surprise = gain * (answer - expected)
    return Assimilated(
        stance=stance + stance_sd * stance_load * surprise,
        trust=trust + trust_sd * trust_load * surprise,
        stance_sd=stance_sd,
        trust_sd=trust_sd,
        stance_load=stance_load,
        trust_load=trust_load,
        pull=gain / (1.0 + np.sqrt(1.0 - loads * gain)),
    )
