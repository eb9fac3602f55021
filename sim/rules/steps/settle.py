"""Steps 5 and 6: pressure meets resolve at sea, and the year is carried into memory."""

from __future__ import annotations

import numpy as np

from sim.axes import Array, partners_of
from sim.config.mechanisms import Rules
from sim.rules import capacity, dependence, sea, trust
from sim.rules.courtship import japan
from sim.rules.forms import poisson_count
from sim.rules.record import (
    Choice,
    MaritimeEncounter,
    Memory,
    Offers,
    PolicyInstruments,
    RandomDraws,
    Situation,
    Structure,
)


def meet_at_sea(
    *,
    memory: Memory,
    situation: Situation,
    offers: Offers,
    choice: Choice,
    luck: RandomDraws,
    rules: Rules,
) -> MaritimeEncounter:
    """This year's pressure meets this year's resolve and the capacity at hand."""
    numbers = rules.sea
    expected = sea.incident_rate(
        pressure=offers.pressure,
        resolve=choice.resolve,
        rate=numbers.incident_rate,
        passive=numbers.passive,
    )
    mean = expected.sum(axis=-1, keepdims=True)
    count = poisson_count(chance=luck.incidents, mean=mean)
    lost = sea.encroachment(
        pressure=offers.pressure,
        capacity=memory.capacity,
        resolve=choice.resolve,
        passive=numbers.passive,
        decisiveness=numbers.decisiveness,
    )
    return MaritimeEncounter(
        incidents=np.maximum(
            count * expected / np.where(mean > 0.0, mean, 1.0) + situation.outlook.incident_shock,
            0.0,
        ),
        encroachment=lost,
        safety=sea.safety(capacity=memory.capacity, encroachment=lost, half=numbers.safety_half),
    )


def settle(
    *,
    memory: Memory,
    structure: Structure,
    situation: Situation,
    conduct: PolicyInstruments,
    offers: Offers,
    choice: Choice,
    at_sea: MaritimeEncounter,
    luck: RandomDraws,
    rules: Rules,
) -> Memory:
    """What is carried into next year; serves all states, or one cut out by `for_state`."""
    gdp = memory.gdp * (1.0 + situation.growth)
    given = japan.coordinated_grants(
        grant=offers.security_aid, coordination=rules.courtship.coordination
    )
    return Memory(
        security_tie=choice.security.tie,
        economic_tie=choice.economic.tie,
        trust=_next_trust(memory, structure, conduct, offers, at_sea, luck, rules),
        dependence=dependence.next_dependence(
            dependence=memory.dependence,
            economic_tie=partners_of(choice.economic.tie),
            partner_growth=situation.outlook.partner_growth,
            world_growth=rules.dependence.world_growth,
            adjustment=rules.dependence.adjustment,
        ),
        capacity=_next_capacity(memory, structure, conduct, offers, given, choice, gdp, rules),
        pressure=offers.pressure,
        coercion=offers.coercion,
        salience=sea.next_salience(
            salience=memory.salience,
            incidents=at_sea.incidents,
            coercion=offers.coercion,
            fade=rules.sea.fade,
            weight=rules.sea.weight,
        ),
        resolve=choice.resolve,
        lean=situation.lean,
        reassurance=choice.reassurance,
        security_aid=given,
        economic_aid=offers.economic_aid,
        provocation=offers.provocation,
        gdp=gdp,
        incidents=at_sea.incidents,
        rivalry=situation.rivalry,
    )


def _next_trust(
    memory: Memory,
    structure: Structure,
    conduct: PolicyInstruments,
    offers: Offers,
    at_sea: MaritimeEncounter,
    luck: RandomDraws,
    rules: Rules,
) -> Array:
    numbers = rules.trust
    kept = trust.promises_kept(
        security_aid=offers.security_aid,
        economic_aid=offers.economic_aid / (1000.0 * memory.gdp),
        training=offers.training,
        exercises=offers.exercises,
        exchange=offers.exchange,
        security_half=numbers.security_half,
        economic_half=numbers.economic_half,
        activity_half=numbers.activity_half,
        exchange_half=numbers.exchange_half,
    )
    harm = trust.harm_done(
        incidents=at_sea.incidents,
        coercion=offers.coercion,
        incident_half=numbers.incident_half,
    )
    return trust.next_trust(
        trust=memory.trust,
        baseline=structure.trust_baseline,
        kept=kept,
        harm=harm,
        mood=numbers.noise * luck.mood * conduct.camp,
        gain=numbers.gain,
        loss=numbers.loss,
        recovery=numbers.recovery,
    )


def _next_capacity(
    memory: Memory,
    structure: Structure,
    conduct: PolicyInstruments,
    offers: Offers,
    given: Array,
    choice: Choice,
    gdp: Array,
    rules: Rules,
) -> Array:
    numbers = rules.capacity
    added = capacity.equipment_effect(
        equipment=japan.equipment(grant=given, effectiveness=conduct.effectiveness),
        training=offers.training,
        area=structure.area,
        unit_requirement=numbers.unit_requirement,
        absorbed_alone=numbers.absorbed_alone,
        training_half=numbers.training_half,
    )
    return capacity.next_capacity(
        capacity=memory.capacity,
        own=structure.own_capacity,
        wealth=gdp / structure.first_gdp,
        effort=choice.effort,
        added=added,
        wear=numbers.wear,
        elasticity=numbers.elasticity,
    )
