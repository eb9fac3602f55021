"""Which way does each state lean? 0 = China, 100 = the United States, 45 to 55 = the hedging band.

Source: the scale of the Anatomy of Choice Alignment Index (Khong and Liow 2025; unverified); the forced-choice question of the
ISEAS State of Southeast Asia surveys. Ours: ties weighted by camp (Japan counts half), unaligned shares as 50, and the
observation model of the survey.
"""

from __future__ import annotations

from sim.axes import Array, partners_of
from sim.rules.forms import logistic

MIDDLE = 50.0
EDGE = 1e-9  # points: what is no further over a line than rounding may put it is not over it


def leaning(*, tie: Array, camp: Array) -> Array:
    """Net leaning of one domain's ties, (..., 1), -1 (China) to 1 (United States).

    Parameters
    ----------
    tie : (..., option), self last. camp : (..., partner) -1 to 1.
    """
    return (partners_of(tie) * camp).sum(axis=-1, keepdims=True)


def points(leaning: Array) -> Array:
    """Put a leaning on the scale from 0 to 100."""
    return MIDDLE + MIDDLE * leaning


def combined(*, security: Array, economic: Array, economic_part: Array | float) -> Array:
    """Combine the alignments of the two domains, each 0 to 100."""
    return (1.0 - economic_part) * security + economic_part * economic


def forced_choice(
    *,
    alignment: Array,
    trust_in_china: Array,
    trust_in_united_states: Array,
    slope: Array | float,
    trust_weight: Array | float,
) -> Array:
    """Share that would choose China over the United States if forced to, (..., 1), 0 to 1.

    A logistic observation model: respondents answer by where their state stands and by whom they trust more.

    Parameters
    ----------
    alignment : (..., 1) combined, 0 to 100. trust_in_* : (..., 1), 0 to 1. slope, trust_weight : of the observation model.
    """
    favour = trust_in_united_states - trust_in_china
    return logistic(-(slope * (alignment - MIDDLE) / MIDDLE + trust_weight * favour))
