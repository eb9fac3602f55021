"""Which theory finds the targets of the ties, and the numbers of the two that are no weighting of the usual motives.

All are assumed. Axelrod and Bennett (1993) rate the drives of propensity by judgement and let each count alike (unverified), so
each weighs 1 here; the parts of a bargaining actor's utility are in one unit, so they weigh alike, too.
"""

from __future__ import annotations

from dataclasses import dataclass

from sim.config.declare import choice, number

LOGIT, LANDSCAPE, BARGAINING = "logit", "landscape", "bargaining"
ALIGNMENTS = (LOGIT, LANDSCAPE, BARGAINING)


@dataclass(frozen=True, kw_only=True)
class Theory:
    """How the targets of the ties are found (rules/steps/choose.py)."""

    alignment: str = choice(
        LOGIT, ALIGNMENTS, "weighted motives, frustration between camps, or bargaining"
    )
    states: float = number(
        0.08,
        "size of all modelled states together against all powers together, in landscape and bargaining",
        source="output of the ten against that of the three, 2023 (docs/data.md), rounded",
    )


@dataclass(frozen=True, kw_only=True)
class Landscape:
    """Landscape (rules/landscape.py): every drive weighs alike unless changed."""

    affinity: float = number(1.0, "weight of political affinity in propensity", high=3.0)
    trust: float = number(1.0, "weight of trust in propensity (distrust takes off)", high=3.0)
    trade: float = number(1.0, "weight of trade in propensity", high=3.0)
    threat: float = number(1.0, "weight of threat in propensity (takes off)", high=3.0)
    bloc: float = number(1.0, "weight of being fellow members in propensity", high=3.0)
    steepness: float = number(
        8.0, "weight of frustration: how steeply a state moves down", low=0.1, high=50.0
    )


@dataclass(frozen=True, kw_only=True)
class Bargaining:
    """Bargaining (rules/bargaining.py)."""

    contest: float = number(2.0, "weight of who would win", high=20.0)
    closeness: float = number(2.0, "weight of how near a position is", high=20.0)
