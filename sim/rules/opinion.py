"""What does the public think of each partner? A fast swing around a slowly moving base.

    o' = o + swing * (b + credibility * (c - c0) - o) + aid + exchange - incident * publicity * log(1 + incidents)
           - episode - pressed + shock + luck
    b' = b + scar * (o' - b) + back * (anchor - b)

Source: that opinion of a presser falls where incidents are aired and stays where they are not (Gallup 2010-13: Philippines and
Vietnam against Malaysia and Indonesia); half-lives of swings (Social Weather Stations 2012-19), jump of approval with a change
of leader (Gallup 2016-17), and that visible aid moves opinion a little (Goldsmith, Horiuchi and Wood 2014). Ours: the
equations, one publicity for all incidents, and the anchor (without it lasting pressure would push trust down for ever).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from sim.axes import Array
from sim.rules.array_bundle import ArrayBundle
from sim.rules.forms import logistic
from sim.rules.terms import total


@dataclass(frozen=True, kw_only=True)
class Opinion(ArrayBundle):
    """This year's opinion of each partner. terms : name -> (..., partner), summing to the change of trust."""

    trust: Array
    base: Array
    terms: Mapping[str, Array]


def publicity(
    *,
    quarrel: Array,
    shield: Array,
    openness: Array,
    against: Array,
    conceded: Array,
    base: Array | float,
    quarrel_weight: Array | float,
    shield_weight: Array | float,
    openness_weight: Array | float,
    stance_weight: Array | float,
    hush: Array | float,
) -> Array:
    """How far a state airs what a partner does to it, (..., partner), 0 to 1: quiet diplomacy is a choice.

    Parameters
    ----------
    quarrel : (..., partner) militarised disputes a year in the past.
    shield : (..., partner) 0 to 1, pact or access with the partner's rivals.
    openness : (..., 1) of the political system, 0 to 1.
    against : (..., partner) stance against the partner, -1 to 1.
    conceded : (..., partner) 1 while a concession to the partner stands.
    base, quarrel_weight, shield_weight, openness_weight, stance_weight : of the log-odds.
    hush : part of publicity that a standing concession takes away, 0 to 1.
    """
    odds = (
        base
        + quarrel_weight * quarrel
        + shield_weight * shield
        + openness_weight * openness
        + stance_weight * against
    )
    return logistic(odds) * (1.0 - hush * conceded)


def incident_burden(
    *,
    incidents: Array,
    resolve: Array,
    publicity: Array,
    harm: Array | float,
    severity: Array | float,
) -> Array:
    """What a year's incidents take from trust, (..., partner), at least 0.

    Parameters
    ----------
    incidents : (..., partner) count in the year. resolve : (..., 1) 0 to 1.
    publicity : (..., partner) 0 to 1. harm : trust lost per natural log of one plus incidents, fully aired.
    severity : how much worse an encounter is at full resolve, as a fraction.
    """
    return harm * publicity * np.log1p(incidents * (1.0 + severity * resolve))


def next_opinion(
    *,
    trust: Array,
    base: Array,
    anchor: Array,
    credibility: Array,
    drives: Mapping[str, Array],
    swing: Array | float,
    scar: Array | float,
    back: Array | float,
    credibility_weight: Array | float,
) -> Opinion:
    """This year's trust and base, with the change of trust term by term.

    Parameters
    ----------
    trust, base, anchor : (..., partner) last year's; trust 0 to 1, the others beyond where a lasting push keeps trust off them.
    credibility : (..., partner) above (+) or below (-) what it was by the declared policy.
    drives : name -> (..., partner), signed as they move trust.
    swing : part of a swing gone in a year. scar : part of a swing that stays in the base. back : return of the base.
    credibility_weight : trust that full credibility is worth.
    """
    terms = {
        "return": swing * (base - trust),
        "credibility": swing * credibility_weight * credibility,
        **drives,
    }
    wanted = trust + total(terms)
    value = np.clip(wanted, 0.0, 1.0)
    terms["bounds"] = value - wanted
    return Opinion(
        trust=value,
        base=base + scar * (value - base) + back * (anchor - base),
        terms=terms,
    )


def resting_opinion(
    *, trust: Array, push: Array, swing: Array | float, scar: Array | float, back: Array | float
) -> tuple[Array, Array]:
    """Base and anchor at which trust rests while the push of the start goes on, (..., partner) each.

    Parameters
    ----------
    trust : (..., partner) at the start. push : (..., partner) sum of all drives in an ordinary year.
    swing, scar, back : as in `next_opinion`.
    """
    base = trust - push / swing
    return base, base - scar / back * push / swing
