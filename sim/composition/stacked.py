"""theory=stacked for a single history: one theory is drawn by the stacking weights, the same for the same seed."""

from __future__ import annotations

import sys
from collections.abc import Callable

from sim.config import Settings
from sim.config.settings import STACKED
from sim.ensemble.stacking import theory_of_seed


def with_drawn_theory(settings: Settings, compose_again: Callable[[str], Settings]) -> Settings:
    """Put the theory that the seed draws in place of `stacked`, and say which; leave many runs and other theories as they are.

    Parameters
    ----------
    settings : composed. compose_again : gives the settings with a further override, such as "theory=commerce".
    """
    if settings.theory != STACKED or settings.runs > 1:
        return settings  # many runs of one set of numbers are refused where they are set up
    drawn = theory_of_seed(settings.seed)
    print(f"theory={STACKED}: seed {settings.seed} draws {drawn}", file=sys.stderr)
    return compose_again(f"theory={drawn}")
