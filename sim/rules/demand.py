"""A power demands access, passage or a vote, and refusing costs: whom does a state give in to?

Without demands (of war, or of a power in an ordinary year) every state keeps its room: this is the only place where a choice is
forced. Each demand is weighed by named terms, answered once, and dated.

Source: war or certain abandonment as the limits of hedging, Kuik (2021; seen in part). Ours: the form and every weight.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from sim.axes import Array
from sim.rules.array_bundle import ArrayBundle
from sim.rules.forms import place_of_draw, sum_over_rivals
from sim.rules.terms import total


@dataclass(frozen=True, kw_only=True)
class Demand(ArrayBundle):
    """This year's answers. terms : name -> (..., partner), log-odds of giving in; accepted, refused : 0 or 1.

    likely : (..., partner) chance of giving in to each.
    """

    terms: Mapping[str, Array]
    likely: Array
    accepted: Array
    refused: Array


def answer(*, demand: Array, terms: Mapping[str, Array], chance: Array) -> Demand:
    """Give in to one of those who demand, or to none; one draw decides, (..., partner).

    Parameters
    ----------
    demand : (..., partner) 0 to 1, how much is demanded. terms : name -> (..., partner) log-odds of giving in to each.
    chance : (..., 1) uniform.
    """
    weight = demand * np.exp(np.clip(total(terms), -30.0, 30.0))
    likely = weight / (1.0 + weight.sum(axis=-1, keepdims=True))
    asked = np.where(demand > 0.0, 1.0, 0.0)
    accepted = place_of_draw(chance=chance, shares=likely) * asked
    return Demand(terms=terms, likely=likely, accepted=accepted, refused=asked - accepted)


def steps_of_answer(*, answer: Demand, camp: Array, gift: float = 2.0, cost: float = 1.0) -> Array:
    """Steps that an answer brings, (..., partner): up with whom it gave in to, down with those refused and with his rivals.

    Parameters
    ----------
    answer : from `answer`. camp : (..., partner). gift, cost : steps up and down.
    """
    rivals = sum_over_rivals(camp=camp, quantity=answer.accepted)
    against = np.maximum(answer.refused, np.where(rivals > 0.5, 1.0, 0.0))
    return gift * answer.accepted - cost * against * (1.0 - answer.accepted)
