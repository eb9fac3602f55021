"""Japan's instrument: security assistance, shared out by a rule, on terms set by an export rule.

Source: Official Security Assistance since fiscal year 2023 (budgets and grants as in the data); the allocation rules to compare
are those under discussion in the reporting on the Tokyo summit of December 2023. Ours: the keys that stand for them.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from sim.axes import Array, over_states
from sim.rules.forms import saturating, share


def allocation_keys(
    *,
    historical: Array,
    optimised: Array,
    custom: Array,
    capacity: Array,
    area: Array,
    lanes: Array,
    claimant: Array,
    trust: Array,
) -> dict[str, Array]:
    """How strongly each allocation rule speaks for each state, (..., state, 1 or partner), at least 0.

    Parameters
    ----------
    historical, optimised, custom : (..., state, partner) shares given in the past, found by a search, and set by the user.
    capacity, area : (..., state, 1): need is the capacity gap (below 1) of a coastal state, times the root of its waters.
    lanes : (..., state, 1) share of Japan's sea-borne imports that pass the state's waters.
    claimant : (..., state, 1). trust : (..., state, partner) in the giver.
    """
    return {
        "historical": historical,
        "equal": np.ones_like(trust),
        "need": np.maximum(1.0 - capacity, 0.0) * np.sqrt(area),
        "sea_lanes": lanes,
        "claimants": claimant,
        "trust": trust,
        "optimised": optimised,
        "custom": custom,
    }


def share_out(
    *,
    budget: Array,
    keys: Mapping[str, Array],
    choice: Mapping[str, Array],
    eligible: Array,
) -> Array:
    """Divide a budget among eligible states by the chosen key, (..., state, partner), in the budget's unit.

    The whole budget is given as long as anybody is eligible. Where the chosen key speaks for nobody eligible, all eligible
    states share equally; where it hardly does (`sim.rules.forms.FAINT`), the more equally the fainter it is.

    Parameters
    ----------
    budget : (..., 1, partner). keys : from `allocation_keys`.
    choice : rule name -> (..., 1, partner), 1 for the rule a power follows, else 0.
    eligible : (..., state, partner) 0 or 1.
    """
    mixed = sum((choice[name] * keys[name] for name in choice), np.zeros(1)) * eligible
    total = over_states(mixed)
    count = over_states(eligible)
    equally = eligible / np.maximum(count, 1.0)
    unspoken = 1.0 - share(amount=total, total=total)
    return budget * (share(amount=mixed, total=total) + unspoken * equally)


def equipment(*, grant: Array, effectiveness: Array) -> Array:
    """Worth of equipment to a coast guard or navy, USD m: the grant times what the export rule lets it buy.

    Parameters
    ----------
    grant : (..., partner) USD m. effectiveness : (..., partner) capacity per dollar, 1 for non-lethal goods.
    """
    return grant * effectiveness


def provocation(*, grant: Array, sting: Array, half: Array | float) -> Array:
    """How much a giver's arms provoke its rivals, (..., partner), 0 to 1.

    Parameters
    ----------
    grant : (..., partner) USD m. sting : (..., partner) 0 (non-lethal) to 1, set by the export rule.
    half : grant that gives half of the sting, USD m.
    """
    return sting * saturating(amount=grant, half=half)


def coordinated_grants(*, grant: Array, coordination: Array | float) -> Array:
    """Worth of grants that several givers make to one state, (..., partner), USD m.

    With ``coordination`` above 0 the givers complement each other, below 0 they duplicate each other; each
    grant is scaled by 1 + coordination * (share of the others in all that the state receives).

    Parameters
    ----------
    grant : (..., partner) USD m, at least 0. coordination : -1 to 1.
    """
    total = grant.sum(axis=-1, keepdims=True)
    others = (total - grant) / np.where(total > 0.0, total, 1.0)
    return grant * (1.0 + coordination * others)
