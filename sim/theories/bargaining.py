"""Whose position prevails? Actors weigh in for whichever of two positions they like better, with their capability.

    utility    u_ij = 1 - |s_i (x_i - x_j)| / |s_i|                      what i makes of j's position
    coalition  c(i:j) = sum_k w_k max(0, u_ki - u_kj)                    what is brought in for i's against j's
    victory    P(i>j) = c(i:j) / (c(i:j) + c(j:i)), towards one half as nobody cares
    standing   p_i  ~  product over j of P(i>j), with P(i>i) one half
    risk       r_i  = -1/2 + 3/2 (p_i - least) / (most - least)
    second     u' = u + r u (1 - u), and victory and standing again, over positions that differ

Source: KTAB, the KAPSARC Toolkit for Behavioral Analysis, its spatial model after Bueno de Mesquita (1985), with linear
utility and proportional victory; turn 0 of its reference log is reproduced.
Later turns (who challenges whom, and what is then agreed) are left undone: the log gives positions, not the steps between.
Ours: where all stand equally, nobody is bold or cautious (r = 0), and both ratios go to their middle continuously as what they
divide by vanishes (`ALIKE`): in theirs, on which side of a position another lies by a rounding error decides who wins. Axes
before the last two ride along.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from sim.axes import Array

ALIKE = 1e-4  # of all that weigh in, and of the best standing: less does not tell two positions, or actors, apart; assumed


@dataclass(frozen=True, kw_only=True)
class Turn:
    """What turn 0 comes to: utility (actor, actor), risk and probability (actor,), victory (actor, actor), expected (dimension,).

    probability is that of the actor's position, so actors at one position share it; utility is that before risk.
    """

    utility: Array
    risk: Array
    victory: Array
    probability: Array
    expected: Array


def utilities(*, position: Array, salience: Array) -> Array:
    """What each actor makes of every actor's position, (..., actor, actor), 1 for one's own.

    Parameters
    ----------
    position : (..., actor, dimension) 0 to 1. salience : (..., actor, dimension) at least 0, some above.
    """
    apart: Array | float = 0.0
    full: Array | float = 0.0
    for at in range(position.shape[-1]):
        here, weight = position[..., at : at + 1], salience[..., at : at + 1]
        apart = apart + (weight * (here - here.mT)) ** 2
        full = full + weight**2
    return 1.0 - np.sqrt(apart) / np.sqrt(full)


def victory(*, utility: Array, weight: Array) -> Array:
    """Chance that one position beats another, (..., position, position), when all weigh in.

    Parameters
    ----------
    utility : (..., actor, position). weight : (..., actor, 1) at least 0.
    """
    support: Array | float = 0.0
    total: Array | float = 0.0
    for at in range(utility.shape[-2]):
        row, clout = utility[..., at : at + 1, :], weight[..., at : at + 1, :]
        support = support + clout * np.maximum(row.mT - row, 0.0)
        total = total + clout
    both = support + support.mT  # type: ignore[union-attr]
    least = ALIKE * np.maximum(total, ALIKE)  # below it, what is missing is split evenly
    return (support + 0.5 * np.maximum(least - both, 0.0)) / np.maximum(both, least)


def chance_to_prevail(*, victory: Array) -> Array:
    """Chance that each position beats all others, before it is made to sum to one, (..., position, 1)."""
    stands = victory[..., :1]
    for at in range(1, victory.shape[-1]):
        stands = stands * victory[..., at : at + 1]
    return stands


def risk(*, standing: Array) -> Array:
    """How bold (+1) or cautious (-1/2) each actor is, by where it stands among all, (..., actor, 1).

    Parameters
    ----------
    standing : (..., actor, 1) at least 0, on any scale.
    """
    most = standing.max(axis=-2, keepdims=True)
    least = -(-standing).max(axis=-2, keepdims=True)
    apart = most - least
    scale = np.maximum(apart, ALIKE * np.where(most > 0.0, most, 1.0))
    return (1.5 * (standing - least) - 0.5 * apart) / scale


def risk_adjusted_utility(*, utility: Array, risk: Array) -> Array:
    """Utility as the bold or the cautious see it: ``u + r u (1 - u)``, (..., actor, position).

    Parameters
    ----------
    utility : (..., actor, position) 0 to 1. risk : (..., actor, 1).
    """
    return utility + risk * utility * (1.0 - utility)


def turn_zero(*, capability: Array, position: Array, salience: Array) -> Turn:
    """Turn 0 for a table of actors.

    Parameters
    ----------
    capability : (actor,) at least 0. position, salience : (actor, dimension), 0 to 1.
    """
    weight = capability[:, np.newaxis]
    utility = utilities(position=position, salience=salience)
    first = victory(utility=utility, weight=weight)
    bold = risk(standing=chance_to_prevail(victory=first))
    apart, held = np.unique(position, axis=0, return_inverse=True)
    held = held.reshape(-1)
    _, result = np.unique(held, return_index=True)
    second = victory(
        utility=risk_adjusted_utility(utility=utility, risk=bold)[:, result], weight=weight
    )
    chance = chance_to_prevail(victory=second)[:, 0]
    chance = chance / chance.sum()
    return Turn(
        utility=utility,
        risk=bold[:, 0],
        victory=second[np.ix_(held, held)],
        probability=chance[held],
        expected=chance @ apart,
    )
