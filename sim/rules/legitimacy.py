"""Whom may a government be seen with? Political affinity, which serves those who rule.

Source: Kuik (2008): hedging serves the ruling elite's legitimation at home. Bailey, Strezhnev and Voeten (2017): distance of UN
ideal points as political affinity. Ours: the exponential. Beware: every Southeast Asian state votes near China, and no
response of votes to trade, aid or new leaders is found there, so that the weight of this motive is centred on zero.
"""

from __future__ import annotations

import numpy as np

from sim.axes import Array


def affinity(*, ideal_point: Array, partner_ideal_point: Array, scale: Array | float) -> Array:
    """Political affinity, 0 to 1: ``exp(-distance / scale)``.

    Parameters
    ----------
    ideal_point : (..., 1) in ideal-point units.
    partner_ideal_point : (..., partner) in ideal-point units.
    scale : distance at which affinity falls to 37 %, same unit.
    """
    return np.exp(-np.abs(ideal_point - partner_ideal_point) / scale)
