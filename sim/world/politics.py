"""How often does the effective leader change, by how open the political system is?

Counted over ASEAN's ten states, 2001 to 2022, by the openness of the year before the change (a coup lowers the openness of its
own year, so that would sort the coups among the closed): 27 changes in 220 state-years. The classes are the closed (below 0.25:
one party, a monarchy, juntas), the middle, and the open (from 0.45). With so few changes the classes' rates are drawn towards
the pooled rate as by a beta prior worth ``PRIOR_YEARS`` (assumed). The year 2023 is held out. It says nothing about whether a
new leader turns the state's policy.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from sim.axes import Array

CUTS = (0.25, 0.45)  # openness from which a state counts as middle, as open
PRIOR_YEARS = 20.0  # state-years that the pooled rate is worth in each class; assumed


@dataclass(frozen=True)
class TurnoverClass:
    """One class of regimes: its name, state-years observed, and changes of leader in them."""

    name: str
    state_years: int
    changes: int


CLASSES = (
    TurnoverClass("closed", 94, 7),
    TurnoverClass("middle", 75, 11),
    TurnoverClass("open", 51, 9),
)


def pooled_rate() -> float:
    """Chance a year of a change of leader, over all classes."""
    return sum(c.changes for c in CLASSES) / sum(c.state_years for c in CLASSES)


def class_rates() -> Array:
    """Chance a year of a change of leader in each class, drawn towards the pooled rate (beta-binomial mean)."""
    changes = np.array([c.changes for c in CLASSES], dtype=float)
    years = np.array([c.state_years for c in CLASSES], dtype=float)
    return (changes + PRIOR_YEARS * pooled_rate()) / (years + PRIOR_YEARS)


def turnover_chance(openness: Array) -> Array:
    """Chance that the effective leader changes within the year, a step function of openness.

    Parameters
    ----------
    openness : (...)  0-1, of the year before; where it is not known (NaN) the pooled rate is given.

    >>> turnover_chance(np.array([0.1, 0.3, 0.7])).round(3).tolist()
    [0.083, 0.142, 0.161]
    """
    openness = np.asarray(openness, dtype=float)
    rates = class_rates()[np.digitize(openness, CUTS)]
    return np.where(np.isnan(openness), pooled_rate(), rates)
