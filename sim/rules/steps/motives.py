"""What a state reckons with this year: threats, shields, leverage, offers. Read off last year's public record."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from sim.axes import Array
from sim.config.mechanisms import Rules
from sim.rules import dependence, offers, protection, threat
from sim.rules.forms import sum_over_rivals
from sim.rules.record import ExogenousDrivers, Memory, PolicyInstruments, Structure


@dataclass(frozen=True, kw_only=True)
class Reckoning:
    """All (..., state, partner): see `reckon`."""

    proximity: Array
    threat: Array
    leverage: Array
    bound: Array
    protection: Array
    worth: Array
    offers: Array
    counterpressure: Array


def reckon(
    *,
    memory: Memory,
    structure: Structure,
    conduct: PolicyInstruments,
    outlook: ExogenousDrivers,
    rules: Rules,
) -> Reckoning:
    """Work out what every later decision of the year leans on."""
    near = effective_proximity(structure=structure, conduct=conduct, rules=rules)
    fear = threat.perceived_threat(
        power=outlook.power,
        proximity=near,
        hostility=threat.hostility(
            pressure=memory.pressure,
            salience=memory.salience,
            trust=memory.trust,
            base=rules.threat.base,
        ),
        intent=rules.threat.intent,
    )
    bound = np.maximum(outlook.pact, outlook.access)
    numbers = rules.protection
    commitment = protection.commitment(
        bound=bound,
        use=memory.use,
        rung=memory.rung,
        exercises=conduct.exercises,
        base=numbers.base,
        rung_weight=numbers.rung_weight,
        exercise_weight=numbers.exercise_weight,
        exercise_half=numbers.exercise_half,
    )
    value = offers.worth(
        security_aid=memory.security_aid,
        economic_aid=memory.economic_aid / (1000.0 * structure.first_gdp),
        security_half=rules.offers.security_half,
        economic_half=rules.offers.economic_half,
    )
    return Reckoning(
        proximity=near,
        threat=fear,
        leverage=dependence.leverage(
            dependence=memory.dependence, reverse=outlook.reverse_dependence
        ),
        bound=bound,
        protection=protection.protection(
            power=outlook.power,
            proximity=near,
            credibility=conduct.credibility,
            commitment=commitment,
            threat=fear,
            ambient=numbers.ambient,
        ),
        worth=value,
        offers=offers.answered(worth=value, usual=memory.usual_worth, cut=rules.offers.cut),
        counterpressure=sum_over_rivals(camp=conduct.camp, quantity=memory.pressure),
    )


def effective_proximity(*, structure: Structure, conduct: PolicyInstruments, rules: Rules) -> Array:
    """How much of each power's strength arrives at each state, by the declared numbers, (state, partner)."""
    return threat.proximity(
        distance=structure.distance,
        contiguous=structure.contiguous,
        presence=conduct.presence,
        gradient=rules.threat.gradient,
        border=rules.threat.border,
    )
