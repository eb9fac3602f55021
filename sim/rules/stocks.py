"""What has piled up: arms and trade follow slowly, each partner at its own speed.

    aim_j proportional to first_j * exp(terms_j),    stock_j' = stock_j + pace_j * (aim_j - stock_j)

Source: half-lives of about 10 to 12 years for arms and 7, 21 and 40 for trade with China, the United States and Japan, 1995-2023
(docs/calibration.md); arms follow security and are repeated by habit (Lebacher, Thurner and Kauermann 2018; unverified).
Ours: the form.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from sim.axes import Array, options
from sim.rules.array_bundle import ArrayBundle
from sim.rules.forms import partial_adjustment, place_of_draw
from sim.rules.terms import total


@dataclass(frozen=True, kw_only=True)
class Stocks(ArrayBundle):
    """This year's stocks.

    Parameters
    ----------
    arms_terms, economic_terms : name -> (..., partner), log of what multiplies the first share before shares are made.
    """

    arms: Array
    arms_mix: Array
    arms_terms: Mapping[str, Array]
    economic_tie: Array
    economic_terms: Mapping[str, Array]


def aimed_shares(*, first: Array, rest: Array, terms: Mapping[str, Array]) -> Array:
    """Shares aimed at, (..., partner): the first ones, moved by the terms; the rest moves by nothing.

    Parameters
    ----------
    first : (..., partner) shares at the start. rest : (..., 1) what nobody among the partners held; they sum to 1.
    terms : name -> (..., partner), in logs.
    """
    weight = first * np.exp(np.clip(total(terms), -10.0, 10.0))
    return weight / (weight.sum(axis=-1, keepdims=True) + rest)


def next_arms_mix(*, mix: Array, aim: Array, pace: Array | float) -> Array:
    """Shares by which contracts are placed, (..., partner), a part of the way to what is aimed at.

    Parameters
    ----------
    mix, aim : (..., partner) shares, last year's and aimed at. pace : part of the way moved in a year, 0 to 1.
    """
    return partial_adjustment(current=mix, target=aim, rate=pace)


def next_arms(
    *, arms: Array, mix: Array, chance: Array, contracts: Array | float, lump: Array | float
) -> Array:
    """Shares of arms supply, (..., partner): a contract now and then, with a supplier drawn by the mix.

    What five years' deliveries show is a small sample of what a state would buy: it jumps, and comes back.

    Parameters
    ----------
    arms : (..., partner) last year's. mix : (..., partner) shares by which contracts are placed.
    chance : (..., 1) uniform: whether there is a contract, and with whom.
    contracts : a year, above 0. lump : part of the stock that one renews, 0 to 1.
    """
    pick = chance / contracts
    renewed = np.where(pick < 1.0, lump, 0.0)
    return arms + renewed * (place_of_draw(chance=pick, shares=mix) - arms)


def next_economic_tie(*, tie: Array, aim: Array, pace: Array, swing: Array) -> Array:
    """Economic ties, (..., option), self last: each partner's share moves at its own pace, and self takes the rest.

    Parameters
    ----------
    tie : (..., option) last year's. aim : (..., partner) shares aimed at. pace : (..., partner) 0 to 1.
    swing : (..., partner) of the year, in logs.
    """
    partners = partial_adjustment(current=tie[..., :-1], target=aim, rate=pace) * np.exp(swing)
    held = partners.sum(axis=-1, keepdims=True)
    partners = partners / np.maximum(held, 1.0)
    return options(partners, 1.0 - partners.sum(axis=-1, keepdims=True))
