"""Whose word do I take? Promises kept build trust slowly, a ramming loses it fast, time half forgets.

Source: Kydd (2005) on costly signals that build trust between states; the direction of each effect as
in the ISEAS surveys' reasons for trust and distrust. Ours: saturating returns (the first yen million
counts more than the tenth), the rates, and the return to the state's own baseline.
"""

from __future__ import annotations

import numpy as np

from sim.axes import Array
from sim.rules.forms import saturating


def promises_kept(
    *,
    security_aid: Array,
    economic_aid: Array,
    training: Array,
    exercises: Array,
    exchange: Array,
    security_half: Array | float,
    economic_half: Array | float,
    activity_half: Array | float,
    exchange_half: Array | float,
) -> Array:
    """What a partner delivered last year, 0 to 1, as the mean of four saturating deliveries.

    Parameters
    ----------
    security_aid : (..., partner) USD m. economic_aid : (..., partner) share of the state's GDP.
    training, exercises : (..., partner) programmes and exercises, count; summed.
    exchange : (..., partner) people exchanged, thousands a year.
    *_half : the amount of each that gives one half.
    """
    return 0.25 * (
        saturating(amount=security_aid, half=security_half)
        + saturating(amount=economic_aid, half=economic_half)
        + saturating(amount=training + exercises, half=activity_half)
        + saturating(amount=exchange, half=exchange_half)
    )


def next_trust(
    *,
    trust: Array,
    baseline: Array,
    kept: Array,
    harm: Array,
    mood: Array,
    gain: Array | float,
    loss: Array | float,
    recovery: Array | float,
) -> Array:
    """Next year's trust, 0 to 1.

        trust + gain * kept * (1 - trust) - loss * harm * trust + recovery * (baseline - trust) + mood

    Parameters
    ----------
    trust, baseline, kept : (..., partner) 0 to 1.
    harm : (..., partner) what the partner did to the state this year (incidents, coercion), 0 to 1.
    mood : (..., partner) this year's swing of opinion, around 0.
    gain, loss, recovery : rates a year, 0 to 1.
    """
    moved = (
        trust
        + gain * kept * (1.0 - trust)
        - loss * harm * trust
        + recovery * (baseline - trust)
        + mood
    )
    return np.clip(moved, 0.0, 1.0)


def harm_done(*, incidents: Array, coercion: Array, incident_half: Array | float) -> Array:
    """Harm a partner did this year, 0 to 1: either incidents or coercion suffices.

    Parameters
    ----------
    incidents : (..., partner) incidents at sea, count. coercion : (..., partner) 0 to 1.
    incident_half : incidents a year that do half of the worst.
    """
    return 1.0 - (1.0 - saturating(amount=incidents, half=incident_half)) * (1.0 - coercion)
