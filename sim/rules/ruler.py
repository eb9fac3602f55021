"""How close has a state bound itself to each partner? The structural reading of a security tie.

    tie_j = arms * share of arms_j + bond * bound_j * (0.4 + 0.6 * use_j) + agreements * (1 - exp(-faded rung_j / bend))

The same function reads the observed record and a simulated year. What no partner holds stays the state's own, at least
`own_least`; where the sum would leave less, all ties shrink in proportion.

Source: the ladder of dated agreements is ours, after the layers of Khong and Liow's index (unverified); that a treaty on paper is
no certainty follows Leeds (2003: about 75 % of commitments were kept when war came). Ours: the weights, the bend, what a pact
counts on paper and in use, and the rate at which a partnership fades.
"""

from __future__ import annotations

import numpy as np

from sim.axes import Array, options

TOP = 5.0  # the highest rung
PAPER = 0.4  # part of a pact that counts though nothing is done under it


def next_use(*, use: Array, steps: Array, per_step: Array | float) -> Array:
    """How far a pact or base access is in use after this year's steps, (..., partner), 0 to 1.

    Parameters
    ----------
    use : (..., partner) last year's.
    steps : (..., partner) net steps up (+) and down (-) with the partner this year.
    per_step : what one step adds or takes.
    """
    return np.clip(use + per_step * steps, 0.0, 1.0)


def next_rung(*, rung: Array, climbs: Array) -> Array:
    """The rung on the ladder of agreements after this year's acts, (..., partner), 0 to 5.

    Parameters
    ----------
    rung : (..., partner) last year's.
    climbs : (..., partner) rungs climbed (+) or lost (-) this year.
    """
    return np.clip(rung + climbs, 0.0, TOP)


def next_renewed(*, renewed: Array, steps: Array) -> Array:
    """Years since the last step up, (..., partner): 0 in a year with one.

    Parameters
    ----------
    renewed : (..., partner) last year's.
    steps : (..., partner) net steps this year.
    """
    return np.where(steps > 0.0, 0.0, renewed + 1.0)


def faded_rung(*, rung: Array, renewed: Array, bound: Array, years: Array | float) -> Array:
    """What is left of a rung that nobody renewed, (..., partner): it fades unless a pact or access holds it.

    Parameters
    ----------
    rung, renewed : (..., partner) rung, and years since the last step up.
    bound : (..., partner) 0 to 1, pact or access to bases.
    years : years over which a rung falls to 37 %.
    """
    return rung * np.exp(-(1.0 - bound) * renewed / years)


def security_tie(
    *,
    arms: Array,
    bound: Array,
    use: Array,
    rung: Array,
    arms_weight: Array | float,
    bond_weight: Array | float,
    agreements_weight: Array | float,
    bend: Array | float,
    own_least: Array | float,
) -> Array:
    """Structural security ties, (..., option), self last; they sum to 1.

    Parameters
    ----------
    arms : (..., partner) share of the state's arms supplied by each partner.
    bound : (..., partner) 0 to 1, the larger of defence pact and access to bases.
    use : (..., partner) 0 to 1, how far that bond is in use.
    rung : (..., partner) 0 to 5, faded where nobody renewed it.
    arms_weight, bond_weight, agreements_weight : what each is worth at most.
    bend : rung at which 63 % of the agreements' weight is reached.
    own_least : least part that stays the state's own, 0 to 1.
    """
    raw = (
        arms_weight * arms
        + bond_weight * bound * (PAPER + (1.0 - PAPER) * use)
        + agreements_weight * (1.0 - np.exp(-rung / bend))
    )
    total = raw.sum(axis=-1, keepdims=True)
    most = 1.0 - own_least
    tie = raw * most / np.maximum(total, most)
    return options(tie, 1.0 - tie.sum(axis=-1, keepdims=True))
