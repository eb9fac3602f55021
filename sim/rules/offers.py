"""What is a partner's aid worth to a state, against what it has come to expect?

    worth = log2(1 + security aid / half) + log2(1 + economic aid / half),    offer = worth - usual worth, cuts counting double

Source: effects a doubling of aid (Goldsmith, Horiuchi and Wood 2014); gains that nobody tends fade, and cuts (Thailand 2014,
Cambodia 2017, Indonesia 1999) moved states more than gifts of the same size. Ours: the form, and the rate of getting used.
"""

from __future__ import annotations

import numpy as np

from sim.axes import Array
from sim.rules.forms import partial_adjustment


def worth(
    *,
    security_aid: Array,
    economic_aid: Array,
    security_half: Array | float,
    economic_half: Array | float,
) -> Array:
    """Worth of a year's aid in doublings, (..., partner), at least 0.

    Parameters
    ----------
    security_aid : (..., partner) USD m. economic_aid : (..., partner) share of the state's GDP at the start: growth alone cuts
        no aid.
    security_half, economic_half : the amount of each that is the first doubling, same units.
    """
    return np.log2(1.0 + security_aid / security_half) + np.log2(1.0 + economic_aid / economic_half)


def answered(*, worth: Array, usual: Array, cut: Array | float) -> Array:
    """What is offered beyond the usual, (..., partner); below 0 where aid was cut.

    Parameters
    ----------
    worth, usual : (..., partner) doublings. cut : how many times a cut counts against a gift, at least 1.
    """
    excess = worth - usual
    return np.where(excess < 0.0, cut * excess, excess)


def next_usual_worth(*, usual: Array, worth: Array, habit: Array | float) -> Array:
    """What a state has come to expect, (..., partner): a part of the way to what it got."""
    return partial_adjustment(current=usual, target=worth, rate=habit)
