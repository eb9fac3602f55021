"""What can the government sell at home? Affinity, its own leaning, and anger at who wronged us.

Source: Kuik (2008): hedging serves the ruling elite's legitimation at home; the mix of options follows
what sustains its authority. Bailey, Strezhnev and Voeten (2017): distance of UN ideal points as political
affinity. Ours: the sum and its weights. Beware: every Southeast Asian state votes near China, so that
affinity separates them little; it enters as one term among three.
"""

from __future__ import annotations

import numpy as np

from sim.axes import Array


def affinity(*, ideal_point: Array, partner_ideal_point: Array, scale: Array | float) -> Array:
    """Political affinity, 0 to 1: ``exp(-distance / scale)``.

    Parameters
    ----------
    ideal_point : (..., 1) and partner_ideal_point : (..., partner), in ideal-point units.
    scale : distance at which affinity falls to 37 %, same unit.
    """
    return np.exp(-np.abs(ideal_point - partner_ideal_point) / scale)


def legitimacy(
    *,
    affinity: Array,
    lean: Array,
    camp: Array,
    salience: Array,
    coercion: Array,
    affinity_weight: Array | float,
    lean_weight: Array | float,
    anger_weight: Array | float,
) -> Array:
    """How acceptable closeness to each partner is at home (may be negative).

    Parameters
    ----------
    affinity : (..., partner) 0 to 1. lean : (..., 1) the government's leaning, -1 to 1.
    camp : (..., partner) -1 (China) to 1 (United States).
    salience : (..., partner) remembered incidents. coercion : (..., partner) 0 to 1.
    *_weight : what one unit of each is worth.
    """
    anger = 1.0 - (1.0 - coercion) / (1.0 + salience)
    return affinity_weight * affinity + lean_weight * lean * camp - anger_weight * anger
