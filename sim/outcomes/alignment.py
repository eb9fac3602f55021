"""Which way does each state lean? 0 = China, 100 = the United States, 45 to 55 = the hedging band.

Three readings, never one: posture (what the government wants), structure (agreements, arms, trade), and their blend.

Source: the scale of the Anatomy of Choice Alignment Index (Khong and Liow 2025; unverified); the forced-choice question of the
ISEAS State of Southeast Asia surveys. Ours: ties weighted by camp (Japan counts half), unaligned shares as 50, and the
observation model of the survey.
"""

from __future__ import annotations

from sim.axes import Array, partners_of
from sim.rules.assimilation import choice_odds
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


def combined(*, first: Array, second: Array, second_part: Array | float) -> Array:
    """Blend two readings of alignment, each 0 to 100, by the part that the second has."""
    return (1.0 - second_part) * first + second_part * second


def forced_choice(
    *,
    stance: Array,
    structure: Array,
    trust_in_china: Array,
    trust_in_united_states: Array,
    intercept: Array | float,
    stance_weight: Array | float,
    slope: Array | float,
    trust_weight: Array | float,
) -> Array:
    """Share that would choose China over the United States if forced to, (..., 1), 0 to 1.

    A logistic observation model: people answer by what their government wants, how it is tied, and whom they trust more.

    Parameters
    ----------
    stance : (..., 1) -1 to 1. structure : (..., 1) structural alignment, 0 to 100. trust_in_* : (..., 1), 0 to 1.
    intercept, stance_weight, slope, trust_weight : of the observation model, log-odds of choosing the United States.
    """
    return logistic(
        -choice_odds(
            stance=stance,
            structure=(structure - MIDDLE) / MIDDLE,
            favour=trust_in_united_states - trust_in_china,
            intercept=intercept,
            stance_weight=stance_weight,
            slope=slope,
            trust_weight=trust_weight,
        )
    )
