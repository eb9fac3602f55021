"""The numbers by which a run's first stance is read off ties and answers (rules/assimilation.py, engines/assimilate.py)."""

from __future__ import annotations

from dataclasses import dataclass

from sim.config.declare import number


@dataclass(frozen=True, kw_only=True)
class Assimilation:
    """How a government's first stance is read off its ties, before anybody's answers are heard."""

    follow: float = number(
        1.0, "stance that a government with full security ties to one camp is taken to have"
    )
    width: float = number(
        0.3, "how far stances stray from what ties tell, standard deviation", low=0.0
    )
