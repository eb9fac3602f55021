"""How coercion and demands are answered (rules/coercion.py, rules/demand.py)."""

from __future__ import annotations

from dataclasses import dataclass

from sim.config.declare import number
from sim.config.responses.prior import a_prior


@dataclass(frozen=True, kw_only=True)
class Coercion:
    """Episodes of coercion (rules/coercion.py)."""

    rate: float = number(0.3, "outbreaks of an episode at full coercion", unit="a year")
    end: float = number(
        0.6,
        "chance that a running episode ends",
        unit="a year",
        source="one to two years in eight Chinese cases",
    )
    yields: float = number(
        0.2,
        "chance of a concession of an episode without leverage",
        prior=a_prior(0.2, 0.05, 0.35, "B", "Hufbauer and others: a third of 224 episodes"),
    )
    leverage: float = number(0.5, "what full leverage adds to that chance")
    cut: float = number(
        0.051,
        "part of trade with the coercer cut while an episode runs",
        low=-0.2,
        prior=a_prior(0.05, -0.05, 0.1, "B", "eight Chinese cases, 2010-22"),
    )


@dataclass(frozen=True, kw_only=True)
class Demand:
    """Answers to demands (rules/demand.py): log-odds of giving in."""

    stance: float = number(
        2.0, "weight of a full stance towards the demander's camp", low=-5.0, high=10.0
    )
    protection: float = number(3.0, "weight of the shield it offers", low=-5.0, high=30.0)
    leverage: float = number(2.0, "weight of full leverage over the state", low=-5.0, high=10.0)
    autonomy: float = number(-1.5, "log-odds of giving in without any reason", low=-10.0, high=5.0)
    capacity: float = number(0.3, "what capacity to stand alone takes off", low=-5.0, high=5.0)
