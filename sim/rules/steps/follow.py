"""What follows from a stance and from acts: stocks, security ties, reassurance."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from sim.axes import Array, partners_of
from sim.config.mechanisms import Rules
from sim.rules import (
    acts,
    reassurance,
    ruler,
    stocks,
)
from sim.rules.record import (
    Choice,
    Memory,
    PolicyInstruments,
    RandomDraws,
    Structure,
)
from sim.rules.steps.motives import Reckoning


def follow(
    choice: Choice,
    *,
    reckoning: Reckoning,
    memory: Memory,
    structure: Structure,
    conduct: PolicyInstruments,
    luck: RandomDraws,
    rules: Rules,
) -> Choice:
    """Let stocks, ties and reassurance follow from the stance and the acts of a choice.

    Parameters
    ----------
    choice : its stance and acts are taken as they are; what follows from them is put in place.
    """
    signed = choice.acts
    piled = _stocks(
        memory, structure, conduct, luck, reckoning, choice.stance.stance, signed, rules
    )
    forward = np.clip(conduct.presence / np.maximum(structure.presence, 0.01), 0.0, 1.0)
    security = read_security_tie(
        arms=piled.arms,
        bound=reckoning.bound,
        use=ruler.next_use(use=memory.use, steps=signed.steps, per_step=rules.ties.per_step),
        rung=ruler.next_rung(rung=memory.rung, climbs=signed.climbs),
        renewed=ruler.next_renewed(renewed=memory.renewed, steps=signed.steps),
        forward=forward,
        rules=rules,
    )
    return replace(
        choice,
        stocks=piled,
        bound=reckoning.bound,
        forward=forward + 0.0 * reckoning.bound,
        security_tie=security,
        reassurance=reassurance.reassurance(
            rise=partners_of(security) - partners_of(memory.security_tie),
            leverage=reckoning.leverage,
            camp=conduct.camp,
            rate=rules.reassurance.rate,
        ),
    )


def at_hand(memory: Memory) -> stocks.Stocks:
    """The stocks of last year, until this year's follow."""
    return stocks.Stocks(
        arms=memory.arms,
        arms_mix=memory.arms_mix,
        arms_terms={},
        economic_tie=memory.economic_tie,
        economic_terms={},
    )


def _stocks(
    memory: Memory,
    structure: Structure,
    conduct: PolicyInstruments,
    luck: RandomDraws,
    reckoning: Reckoning,
    wanted: Array,
    signed: acts.Acts,
    rules: Rules,
) -> stocks.Stocks:
    numbers = rules.stocks
    climbed = (
        ruler.next_rung(rung=memory.rung, climbs=signed.climbs) - structure.first_rung
    ) / ruler.TOP
    arms_terms = {
        "stance": numbers.arms_stance * conduct.camp * (wanted - memory.first_stance),
        "offers": numbers.arms_offers * reckoning.offers,
        "agreements": numbers.arms_agreements * climbed,
    }
    economic_terms = {
        "market": numbers.market * memory.market,
        "offers": numbers.economic_offers * reckoning.offers,
        "agreements": numbers.economic_agreements * climbed,
        "coercion": -numbers.economic_coercion * memory.episode,
    }
    first = structure.first_arms
    mix = stocks.next_arms_mix(
        mix=memory.arms_mix,
        aim=stocks.aimed_shares(
            first=first, rest=1.0 - first.sum(axis=-1, keepdims=True), terms=arms_terms
        ),
        pace=numbers.arms_pace,
    )
    return stocks.Stocks(
        arms=stocks.next_arms(
            arms=memory.arms,
            mix=mix,
            chance=luck.contract,
            contracts=numbers.contracts,
            lump=numbers.lump,
        ),
        arms_mix=mix,
        arms_terms=arms_terms,
        economic_tie=stocks.next_economic_tie(
            tie=memory.economic_tie,
            aim=stocks.aimed_shares(
                first=partners_of(structure.first_economic),
                rest=structure.first_economic[..., -1:],
                terms=economic_terms,
            ),
            pace=conduct.pace,
            swing=-numbers.trade_noise * luck.trade * conduct.camp,
        ),
        economic_terms=economic_terms,
    )


def read_security_tie(
    *,
    arms: Array,
    bound: Array,
    use: Array,
    rung: Array,
    renewed: Array,
    forward: Array,
    rules: Rules,
) -> Array:
    """Structural security ties, (..., option): a bond counts as far as it is in use, and use takes forces that are there.

    Parameters
    ----------
    arms, bound, use, rung, renewed : (..., partner) as in `sim.rules.ruler`.
    forward : (..., partner) presence of the partner's forces, against what is usual, 0 to 1.
    """
    numbers = rules.ties
    return ruler.security_tie(
        arms=arms,
        bound=bound,
        use=use * forward,
        rung=ruler.faded_rung(rung=rung, renewed=renewed, bound=bound, years=numbers.fade),
        arms_weight=numbers.arms,
        bond_weight=numbers.bond,
        agreements_weight=numbers.agreements,
        bend=numbers.bend,
        own_least=numbers.own_least,
    )
