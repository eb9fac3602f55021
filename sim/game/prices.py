"""What a power may spend in a year of the classroom game, and what its levers cost it.

Prices and limits are ours, not published: set so that every named policy can be paid, and no two ambitions at once. They
bind the game alone; in any other run a lever costs nothing.
"""

from __future__ import annotations

from dataclasses import dataclass

from sim.config.declare import number, section

LIMIT = "what the power may spend in a year of the game; what is left over lapses"
SPARE = "assumed: a little above what the default policy costs"


@dataclass(frozen=True, kw_only=True)
class JapanBudget:
    """Japan's budget in the game: OSA and development aid at their own figures, the rest at these prices."""

    limit: float = number(300.0, LIMIT, unit="JPY bn a year", high=1e5, source=SPARE)
    capacity_building: float = number(
        0.1, "one training programme in one coastal state", unit="JPY bn a programme", high=10.0
    )
    exercises: float = number(
        0.2, "one exercise with one state", unit="JPY bn an exercise", high=10.0
    )


@dataclass(frozen=True, kw_only=True)
class ChinaBudget:
    """China's budget in the game: official finance at its own figure, the rest at these prices."""

    limit: float = number(25.0, LIMIT, unit="USD bn a year", high=1e4, source=SPARE)
    gray_zone: float = number(
        10.0, "gray-zone ambition of 1, upheld for a year", unit="USD bn a year", high=1e3
    )
    coercion: float = number(
        10.0, "trade forgone by coercion of 1, for a year", unit="USD bn a year", high=1e3
    )


@dataclass(frozen=True, kw_only=True)
class UnitedStatesBudget:
    """The US budget in the game: assistance at its own figure, the rest at these prices."""

    limit: float = number(11.0, LIMIT, unit="USD bn a year", high=1e4, source=SPARE)
    presence: float = number(
        10.0, "forward presence of 1, upheld for a year", unit="USD bn a year", high=1e3
    )
    pressure: float = number(
        5.0, "cost at home of pressure of 1, for a year", unit="USD bn a year", high=1e3
    )
    exercises: float = number(
        0.02, "one exercise with one state", unit="USD bn an exercise", high=1.0
    )


@dataclass(frozen=True, kw_only=True)
class Budgets:
    """What binds the powers in the classroom game."""

    japan: JapanBudget = section(JapanBudget)
    china: ChinaBudget = section(ChinaBudget)
    united_states: UnitedStatesBudget = section(UnitedStatesBudget)
