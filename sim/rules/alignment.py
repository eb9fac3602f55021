"""Whom do I tie myself to, and how much do I keep to myself? The choice, as a sum of named terms.

For each domain (security, economic) every option has a value; ties move towards the logit shares:

    V_j      = attraction + aid + trust + legitimacy + neighbours + reassurance
               - threat - retaliation - entrapment - concentration * tie_j
    V_self   = autonomy + neighbours - concentration * tie_self
    target   = softmax(V / room),     tie' = tie + adjustment * (target - tie)

The log-odds of two options is a sum of differences of terms over `room`, so every choice can be explained exactly.
Two rival theories give other terms (`sim.rules.landscape`, `sim.rules.bargaining`); what is done with them is the same.

Source: the menu of motives after Walt (1987), Snyder (1984), Kuik (2008), Goh (2005); logit choice, McFadden (1974);
concentration as the marginal cost of a mean-variance portfolio, Markowitz (1952): hedging as insurance; room shrinking with
great-power rivalry, Korolev (2019; unverified). Ours: the sum, its weights (see the `theory` group) and the adjustment.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar

import numpy as np

from sim.axes import Array, options
from sim.rules.array_bundle import ArrayBundle
from sim.rules.forms import partial_adjustment, saturating, softmax

PARTNER_TERMS = (
    "attraction",
    "aid",
    "trust",
    "legitimacy",
    "neighbours",
    "reassurance",
    "threat",
    "retaliation",
    "entrapment",
    "concentration",
)
SELF_TERMS = ("autonomy", "neighbours", "concentration")
RIVAL_TERMS = (
    "affinity",
    "trade",
    "contest",
    "closeness",
    "risk",
)  # of landscape and bargaining alone
TERMS = (*PARTNER_TERMS, "autonomy", *RIVAL_TERMS)
COSTS = frozenset({"threat", "retaliation", "entrapment"})


@dataclass(frozen=True, kw_only=True)
class Weighing(ArrayBundle):
    """One domain's choice with everything that led to it.

    partner_terms maps a term to (..., partner), self_terms to (..., 1), signed as they enter the
    value; room is (..., 1); target and tie are (..., option).
    """

    of_world: ClassVar[frozenset[str]] = frozenset({"room"})

    partner_terms: Mapping[str, Array]
    self_terms: Mapping[str, Array]
    room: Array
    target: Array
    tie: Array


def room(*, rivalry: Array, ample: Array | float, shrink: Array | float) -> Array:
    """Ambiguity the system still permits, (..., 1): ``ample * (1 - shrink * rivalry)``, above 0."""
    return ample * (1.0 - shrink * rivalry)


def autonomy(*, capacity: Array, base: Array | float, capacity_weight: Array | float) -> Array:
    """Worth of staying unaligned, (..., 1): a base, and more with the capacity to stand alone."""
    return base + capacity_weight * saturating(amount=capacity, half=1.0)


def partner_terms(
    *, motives: Mapping[str, Array], weights: Mapping[str, Array | float], tie: Array
) -> dict[str, Array]:
    """Weigh each motive, signed as it enters the value of a partner.

    Parameters
    ----------
    motives : term -> (..., partner). weights : term -> weight, at least 0, ``concentration`` among them.
    tie : (..., partner) last year's tie.
    """
    terms = {
        name: (-weights[name] if name in COSTS else weights[name]) * motive
        for name, motive in motives.items()
    }
    terms["concentration"] = -weights["concentration"] * tie
    return terms


def self_terms(
    *, autonomy: Array, neighbours: Array, weights: Mapping[str, Array | float], tie: Array
) -> dict[str, Array]:
    """Weigh what speaks for staying unaligned; every array is (..., 1)."""
    return {
        "autonomy": autonomy,
        "neighbours": weights["neighbours"] * neighbours,
        "concentration": -weights["concentration"] * tie,
    }


def total(terms: Mapping[str, Array]) -> Array:
    """Sum the terms in their given order."""
    first, *rest = terms.values()
    value = first
    for term in rest:
        value = value + term
    return value


def choose(
    *,
    partner_terms: Mapping[str, Array],
    self_terms: Mapping[str, Array],
    room: Array,
    tie: Array,
    adjustment: Array | float,
) -> Weighing:
    """Turn terms into the target shares and this year's tie.

    Parameters
    ----------
    partner_terms, self_terms : signed terms. room : (..., 1) above 0.
    tie : (..., option) last year's, on the simplex. adjustment : part of the way moved this year, 0 to 1.
    """
    value = options(total(partner_terms), total(self_terms))
    target = softmax(value / room)
    return Weighing(
        partner_terms=partner_terms,
        self_terms=self_terms,
        room=room,
        target=target,
        tie=partial_adjustment(current=tie, target=target, rate=adjustment),
    )


def log_odds(weighing: Weighing, first: int, second: int) -> dict[str, Array]:
    """Explain ``log(target_first / target_second)`` term by term; the parts sum to it exactly.

    Parameters
    ----------
    first, second : positions on the option axis; the last is self.
    """
    parts = {}
    for name in TERMS:
        partner = weighing.partner_terms.get(name)
        own = weighing.self_terms.get(name)
        shape = (*weighing.target.shape[:-1], weighing.target.shape[-1] - 1)
        column = options(
            np.zeros(shape) if partner is None else partner,
            np.zeros((*shape[:-1], 1)) if own is None else own,
        )
        parts[name] = (column[..., first] - column[..., second]) / weighing.room[..., 0]
    return parts
