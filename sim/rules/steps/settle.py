"""Steps 6 and 7: pressure meets resolve at sea, and the year is carried into memory."""

from __future__ import annotations

import numpy as np

from sim.axes import Array, partners_of
from sim.config.mechanisms import Rules
from sim.rules import acts, capacity, coercion, dependence, offers, ruler, sea, stance
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
    steps = choice.acts.steps
    waiting, arrived = _deliveries(memory, structure, conduct, offers, given, rules)
    broken_out = np.maximum(
        choice.demand.refused,
        coercion.outbreak(
            chance=luck.coercion,
            coercion=offers.coercion,
            episode=memory.episode,
            rate=rules.coercion.rate,
        ),
    )
    episode = coercion.next_episode(
        episode=memory.episode, outbreak=broken_out, chance=luck.coercion, end=rules.coercion.end
    )
    won = coercion.conceded(
        outbreak=broken_out,
        chance=luck.coercion,
        coercion=offers.coercion,
        leverage=choice.leverage,
        rate=rules.coercion.rate,
        yields=rules.coercion.yields,
        leverage_weight=rules.coercion.leverage,
    )
    return Memory(
        trust=choice.opinion.trust,
        trust_base=choice.opinion.base,
        trust_anchor=memory.trust_anchor,
        stance=choice.stance.stance,
        lean=situation.lean,
        disposition=stance.next_disposition(
            disposition=memory.disposition,
            shared=memory.shared_disposition,
            persistence=rules.stance.persistence,
        ),
        shared_disposition=memory.shared_disposition,
        first_stance=memory.first_stance,
        rung=ruler.next_rung(rung=memory.rung, climbs=choice.acts.climbs),
        renewed=ruler.next_renewed(renewed=memory.renewed, steps=steps),
        use=ruler.next_use(use=memory.use, steps=steps, per_step=rules.ties.per_step),
        recent=acts.next_recent(recent=memory.recent, steps=steps, fade=rules.acts.fade),
        usual_worth=_usual_worth(memory, choice, rules),
        arms=choice.stocks.arms,
        arms_mix=choice.stocks.arms_mix,
        economic_tie=choice.stocks.economic_tie,
        security_tie=choice.security_tie,
        dependence=dependence.next_dependence(
            first=structure.first_dependence,
            first_tie=partners_of(structure.first_economic),
            tie=partners_of(choice.stocks.economic_tie),
            episode=episode,
            cut=rules.coercion.cut,
        ),
        capacity=capacity.next_capacity(
            capacity=memory.capacity,
            own=memory.own_capacity,
            wealth=gdp / structure.first_gdp,
            effort=choice.effort,
            added=arrived,
            wear=rules.capacity.wear,
            elasticity=rules.capacity.elasticity,
        ),
        pipeline=waiting,
        own_capacity=memory.own_capacity,
        pressure=offers.pressure,
        first_pressure=memory.first_pressure,
        usual_push=memory.usual_push,
        coercion=offers.coercion,
        episode=episode,
        outbreak=broken_out,
        concession=coercion.next_concession(
            concession=memory.concession, conceded=won, turned=situation.turned
        ),
        conceded=won,
        salience=sea.next_salience(
            salience=memory.salience,
            incidents=at_sea.incidents,
            coercion=offers.coercion,
            fade=rules.sea.fade,
            weight=rules.sea.weight,
        ),
        resolve=choice.resolve,
        reassurance=choice.reassurance,
        security_aid=given,
        economic_aid=offers.economic_aid,
        provocation=offers.provocation,
        gdp=gdp,
        incidents=at_sea.incidents,
        rivalry=situation.rivalry,
        courtship=situation.courtship,
        market=memory.market
        + np.log1p(situation.outlook.partner_growth)
        - np.log1p(situation.outlook.world_growth),
    )


def _usual_worth(memory: Memory, choice: Choice, rules: Rules) -> Array:
    return offers.next_usual_worth(
        usual=memory.usual_worth, worth=choice.worth, habit=rules.offers.habit
    )


def _deliveries(
    memory: Memory,
    structure: Structure,
    conduct: PolicyInstruments,
    offers: Offers,
    given: Array,
    rules: Rules,
) -> tuple[Array, Array]:
    numbers = rules.capacity
    added = capacity.equipment_effect(
        equipment=japan.equipment(grant=given, effectiveness=conduct.effectiveness),
        training=offers.training,
        area=structure.area,
        gap=np.clip(1.0 - memory.capacity / numbers.ceiling, 0.0, 1.0),
        staff=memory.own_capacity,
        unit_requirement=numbers.unit_requirement,
        effectiveness=numbers.effectiveness,
        absorbed_alone=numbers.absorbed_alone,
        training_half=numbers.training_half,
        staff_half=numbers.staff_half,
    )
    return capacity.next_pipeline(pipeline=memory.pipeline, given=added, arriving=numbers.arriving)
