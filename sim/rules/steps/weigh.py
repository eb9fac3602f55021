"""Steps 3 to 5: the public, the government, its acts, and the stocks that follow; on last year's public record."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from sim.axes import Array, partners_of
from sim.config.mechanisms import Rules
from sim.rules import (
    acts,
    capacity,
    demand,
    opinion,
    reassurance,
    resolve,
    ruler,
    stance,
    stocks,
)
from sim.rules.forms import sum_over_rivals
from sim.rules.record import (
    Choice,
    Memory,
    PolicyInstruments,
    RandomDraws,
    Situation,
    Structure,
)
from sim.rules.steps.choose import stance_motives
from sim.rules.steps.motives import Reckoning, reckon
from sim.rules.steps.public import opinion_drives, publicity
from sim.rules.steps.stand import stand_up


def weigh_and_choose(
    *,
    memory: Memory,
    structure: Structure,
    situation: Situation,
    conduct: PolicyInstruments,
    luck: RandomDraws,
    rules: Rules,
) -> Choice:
    """What each state's public and government do; serves all states, or one cut out by `for_state`."""
    outlook = situation.outlook
    reckoning = reckon(
        memory=memory, structure=structure, conduct=conduct, outlook=outlook, rules=rules
    )
    aired = publicity(
        memory=memory,
        structure=structure,
        outlook=outlook,
        conduct=conduct,
        bound=reckoning.bound,
        rules=rules,
    )
    public = _opinion(memory, structure, situation, conduct, luck, reckoning, aired, rules)
    room = stance.room(rivalry=situation.rivalry, ample=rules.room.ample, shrink=rules.room.shrink)
    government = stance.next_stance(
        stance=memory.stance,
        terms={
            **stance_motives(
                memory=memory,
                situation=situation,
                conduct=conduct,
                reckoning=reckoning,
                trust=public.trust,
                rules=rules,
            ),
            "leader": situation.lean,
            "disposition": memory.disposition,
        },
        jump=situation.lean - memory.lean,
        room=room,
        speed=rules.stance.speed,
    )
    reply = _reply(memory, situation, conduct, luck, reckoning, government.stance, rules)
    signed = _acts(memory, situation, conduct, luck, reckoning, government.stance, reply, rules)
    return follow(
        Choice(
            opinion=public,
            publicity=aired,
            stance=government,
            room=room,
            acts=signed,
            demand=reply,
            stocks=_at_hand(memory),
            bound=reckoning.bound,
            forward=0.0 * reckoning.bound,
            security_tie=memory.security_tie,
            reassurance=memory.reassurance,
            resolve=stand_up(memory, structure, situation, conduct, rules),
            effort=capacity.effort(
                pressure=memory.pressure,
                salience=resolve.pressers(pressure=memory.pressure) * memory.salience,
                effort_max=rules.capacity.effort_max,
                half=rules.capacity.effort_half,
            ),
            threat=reckoning.threat,
            leverage=reckoning.leverage,
            worth=reckoning.worth,
        ),
        reckoning=reckoning,
        memory=memory,
        structure=structure,
        conduct=conduct,
        luck=luck,
        rules=rules,
    )


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


def _opinion(
    memory: Memory,
    structure: Structure,
    situation: Situation,
    conduct: PolicyInstruments,
    luck: RandomDraws,
    reckoning: Reckoning,
    aired: Array,
    rules: Rules,
) -> opinion.Opinion:
    numbers = rules.opinion
    drives = opinion_drives(
        memory=memory,
        structure=structure,
        outlook=situation.outlook,
        conduct=conduct,
        offers=reckoning.offers,
        aired=aired,
        rules=rules,
    )
    return opinion.next_opinion(
        trust=memory.trust,
        base=memory.trust_base,
        anchor=memory.trust_anchor,
        credibility=conduct.credibility - structure.credibility,
        drives={**drives, "luck": numbers.noise * luck.mood},
        swing=numbers.swing,
        scar=numbers.scar,
        back=numbers.back,
        credibility_weight=numbers.credibility,
    )


def _reply(
    memory: Memory,
    situation: Situation,
    conduct: PolicyInstruments,
    luck: RandomDraws,
    reckoning: Reckoning,
    wanted: Array,
    rules: Rules,
) -> demand.Demand:
    numbers = rules.demand
    return demand.answer(
        demand=situation.outlook.demand,
        terms={
            "stance": numbers.stance * conduct.camp * wanted,
            "protection": numbers.protection * reckoning.protection,
            "leverage": numbers.leverage * reckoning.leverage,
            "autonomy": numbers.autonomy - numbers.capacity * memory.capacity,
        },
        chance=luck.answer,
    )


def _acts(
    memory: Memory,
    situation: Situation,
    conduct: PolicyInstruments,
    luck: RandomDraws,
    reckoning: Reckoning,
    wanted: Array,
    reply: demand.Demand,
    rules: Rules,
) -> acts.Acts:
    numbers = rules.acts
    terms = acts.score_terms(
        motives={
            "pressure": memory.pressure,
            "counterpressure": reckoning.counterpressure,
            "stance": conduct.camp * wanted,
            "offers": reckoning.offers,
            "gap": 1.0 - memory.rung / ruler.TOP,
            "compensation": sum_over_rivals(camp=conduct.camp, quantity=memory.recent),
            "neighbours": situation.others_steps,
            "turnover": situation.turned,
            "rivalry": situation.rivalry - rules.rivalry.start,
        },
        weights=vars(numbers),
    )
    ground = {
        "partner": conduct.up,
        "courtship": situation.courtship,
        "size": numbers.size * (np.log(memory.gdp) - situation.mean_gdp),
    }
    rise, fall = acts.hazards(
        terms=terms,
        up=ground["partner"],
        down=conduct.down,
        courtship=ground["courtship"],
        size=ground["size"],
        standing=np.where(memory.rung > 0.0, 1.0, 0.0),
    )
    own = acts.steps(chance=luck.act, up=rise, down=fall, double=numbers.double)
    climbed = acts.climbs(
        chance=luck.act,
        up=rise,
        down=fall,
        climb=numbers.climb,
        leap=numbers.leap,
        slip=numbers.slip,
    )
    forced = demand.steps_of_answer(answer=reply, camp=conduct.camp)
    return acts.Acts(
        terms=terms,
        ground=ground,
        draw=luck.act,
        up=rise,
        down=fall,
        steps=np.where(forced == 0.0, own, forced),
        climbs=np.where(forced == 0.0, climbed, forced),
    )


def _at_hand(memory: Memory) -> stocks.Stocks:
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
