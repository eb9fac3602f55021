"""Steps 3 to 5: the public, the government, its acts, and the stocks that follow; on last year's public record."""

from __future__ import annotations

from sim.config.mechanisms import Rules
from sim.rules import (
    capacity,
    resolve,
    stance,
)
from sim.rules.record import (
    Choice,
    Memory,
    PolicyInstruments,
    RandomDraws,
    Situation,
    Structure,
)
from sim.rules.steps.choose import stance_motives
from sim.rules.steps.decide import next_acts, next_opinion, next_reply
from sim.rules.steps.follow import at_hand, follow
from sim.rules.steps.motives import reckon
from sim.rules.steps.public import publicity
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
    public = next_opinion(memory, structure, situation, conduct, luck, reckoning, aired, rules)
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
    reply = next_reply(memory, situation, conduct, luck, reckoning, government.stance, rules)
    signed = next_acts(memory, situation, conduct, luck, reckoning, government.stance, reply, rules)
    return follow(
        Choice(
            opinion=public,
            publicity=aired,
            stance=government,
            room=room,
            acts=signed,
            demand=reply,
            stocks=at_hand(memory),
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
