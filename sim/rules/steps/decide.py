"""Steps 3 to 5, one decision each: what the public thinks, how demands are answered, which steps are taken."""

from __future__ import annotations

import numpy as np

from sim.axes import Array
from sim.config.mechanisms import Rules
from sim.rules import (
    acts,
    demand,
    opinion,
    ruler,
)
from sim.rules.forms import sum_over_rivals
from sim.rules.record import (
    Memory,
    PolicyInstruments,
    RandomDraws,
    Situation,
    Structure,
)
from sim.rules.steps.motives import Reckoning
from sim.rules.steps.public import opinion_drives


def next_opinion(
    memory: Memory,
    structure: Structure,
    situation: Situation,
    conduct: PolicyInstruments,
    luck: RandomDraws,
    reckoning: Reckoning,
    aired: Array,
    rules: Rules,
) -> opinion.Opinion:
    """This year's opinion of each partner, with the push of the year and its chance."""
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


def next_reply(
    memory: Memory,
    situation: Situation,
    conduct: PolicyInstruments,
    luck: RandomDraws,
    reckoning: Reckoning,
    wanted: Array,
    rules: Rules,
) -> demand.Demand:
    """Answers to this year's demands; of nobody where nothing is demanded."""
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


def next_acts(
    memory: Memory,
    situation: Situation,
    conduct: PolicyInstruments,
    luck: RandomDraws,
    reckoning: Reckoning,
    wanted: Array,
    reply: demand.Demand,
    rules: Rules,
) -> acts.Acts:
    """This year's steps with each partner, by chance or forced by an answer."""
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
