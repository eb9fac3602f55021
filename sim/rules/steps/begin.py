"""Before the first year: what the record leaves open is drawn, and anchors are set so that nothing moves by itself.

Opinion's base and anchor, a stance's disposition, the usual worth of aid, what own means sustain and the push at sea are those at
which everything would rest if the powers went on as declared and the world stood still; resolve and the memory of incidents start
where they hold each other. A lever moved from the first year on therefore shows as what it moves.
"""

from __future__ import annotations

import dataclasses
from typing import Any

import numpy as np

from sim.axes import Array, over_states
from sim.config.mechanisms import Rules
from sim.rules import (
    capacity,
    coercion,
    neighbours,
    offers,
    opinion,
    resolve,
    sea,
    stance,
)
from sim.rules.courtship import japan
from sim.rules.forms import sum_over_rivals
from sim.rules.record import (
    ExogenousDrivers,
    Memory,
    Offers,
    PolicyInstruments,
    RandomDraws,
    Situation,
    StartDraws,
    StartReading,
    Structure,
)
from sim.rules.steps.choose import stance_motives
from sim.rules.steps.court import court_and_press, gray_zone_push
from sim.rules.steps.draw import draw_opinion
from sim.rules.steps.motives import reckon
from sim.rules.steps.public import opinion_drives, publicity
from sim.rules.steps.see import see
from sim.rules.steps.stand import resolve_inputs, resolve_numbers
from sim.rules.terms import total

ROUNDS = 100  # of resolve and the memory of incidents answering each other: all that counts of 1e-9 by the declared numbers


def begin(
    *,
    memory: Memory,
    structure: Structure,
    conduct: PolicyInstruments,
    outlook: ExogenousDrivers,
    reading: StartReading,
    luck: StartDraws,
    rules: Rules,
) -> Memory:
    """The first memory of a run, from what was read off the record.

    Parameters
    ----------
    memory : as read; trust by the answers about it, stance not yet known.
    conduct : of the declared policies. outlook : of the last observed year.
    reading : what else was answered, and how far stance and trust are open. luck : standard normals.
    """
    drawn = draw_opinion(memory=memory, conduct=conduct, reading=reading, luck=luck, rules=rules)
    still: dict[str, Any] = {"structure": structure, "conduct": conduct, "rules": rules}
    seen = see(memory=drawn, outlook=outlook, luck=_calm(drawn), **still)
    given = court_and_press(memory=drawn, situation=seen, **still)
    drawn = _with_deeds(drawn, structure, given, rules)
    drawn = _standing_firm(drawn, structure, conduct, rules)
    seen = dataclasses.replace(
        seen,
        rivalry=drawn.rivalry,
        peers=_peers(drawn, structure),
        collective=_collective(drawn, structure),
        provoked=sum_over_rivals(camp=conduct.camp, quantity=drawn.provocation),
    )
    drawn = dataclasses.replace(
        drawn,
        first_pressure=drawn.pressure,
        usual_push=gray_zone_push(memory=drawn, situation=seen, **still) + 0.0 * drawn.trust,
    )
    return _at_rest(drawn, structure, conduct, seen, rules)


def _calm(memory: Memory) -> RandomDraws:
    """A year without chance: nobody leaves, nothing swings."""
    none = 0.0 * memory.stance
    pairs = 0.0 * memory.trust
    return RandomDraws(
        turnover=none + 1.0,
        incidents=none + 0.5,
        answer=none + 0.5,
        contract=none + 1.0,
        leaning=none,
        growth=none,
        trade=none,
        act=pairs + 0.5,
        coercion=pairs + 1.0,
        mood=pairs,
        courtship=0.0 * memory.courtship,
        rivalry=0.0 * memory.rivalry,
    )


def _peers(memory: Memory, structure: Structure) -> Array:
    return (
        _joint(structure)
        * structure.claimant
        * neighbours.others_mean(values=memory.resolve, member=structure.claimant)
    )


def _collective(memory: Memory, structure: Structure) -> Array:
    return _joint(structure) * resolve.collective_resolve(
        resolve=memory.resolve, claimant=structure.claimant
    )


def _joint(structure: Structure) -> Array:
    return np.where(over_states(structure.claimant) > 1.0, 1.0, 0.0)


def _with_deeds(memory: Memory, structure: Structure, given: Offers, rules: Rules) -> Memory:
    security_aid = japan.coordinated_grants(
        grant=given.security_aid, coordination=rules.courtship.coordination
    )
    worth = offers.worth(
        security_aid=security_aid,
        economic_aid=given.economic_aid / (1000.0 * structure.first_gdp),
        security_half=rules.offers.security_half,
        economic_half=rules.offers.economic_half,
    )
    nothing = 0.0 * memory.trust
    return dataclasses.replace(
        memory,
        security_aid=security_aid + nothing,
        economic_aid=given.economic_aid + nothing,
        coercion=given.coercion + nothing,
        provocation=given.provocation + nothing,
        usual_worth=worth + nothing,
    )


def _standing_firm(
    memory: Memory, structure: Structure, conduct: PolicyInstruments, rules: Rules
) -> Memory:
    """Resolve, incidents and the memory of them where they hold each other, and the own means that the capacity then takes."""
    numbers = rules.sea
    inputs = resolve_inputs(memory=memory, structure=structure, conduct=conduct)
    presser = resolve.pressers(pressure=memory.pressure)
    unmet = numbers.incident_rate * memory.pressure * presser
    worst = (presser * memory.coercion).sum(axis=-1, keepdims=True)
    kept = np.maximum(1.0 - numbers.fade, 1e-9)
    firm = memory.resolve
    for _ in range(ROUNDS):
        met = numbers.passive + (1.0 - numbers.passive) * firm
        salience = (numbers.weight * unmet.sum(axis=-1, keepdims=True) * met + worst) / kept
        firm = resolve.resolve_target(
            **inputs | {"salience": salience},
            peers=_peers(dataclasses.replace(memory, resolve=firm), structure),
            **resolve_numbers(rules),
        )
    incidents = sea.incident_rate(
        pressure=memory.pressure,
        resolve=firm,
        rate=numbers.incident_rate,
        passive=numbers.passive,
    )
    salience = (numbers.weight * incidents + memory.coercion) / kept
    spent = capacity.effort(
        pressure=memory.pressure,
        salience=presser * salience,
        effort_max=rules.capacity.effort_max,
        half=rules.capacity.effort_half,
    )
    return dataclasses.replace(
        memory,
        resolve=firm,
        incidents=incidents,
        salience=salience,
        own_capacity=memory.capacity / (1.0 + spent),
    )


def _at_rest(
    memory: Memory,
    structure: Structure,
    conduct: PolicyInstruments,
    seen: Situation,
    rules: Rules,
) -> Memory:
    numbers = rules.opinion
    reckoning = reckon(
        memory=memory, structure=structure, conduct=conduct, outlook=seen.outlook, rules=rules
    )
    aired = publicity(
        memory=memory,
        structure=structure,
        outlook=seen.outlook,
        conduct=conduct,
        bound=reckoning.bound,
        rules=rules,
    )
    usual = coercion.usual_episode(
        coercion=memory.coercion, rate=rules.coercion.rate, end=rules.coercion.end
    )
    felt = sea.felt_incidents(
        mean=memory.incidents, severity=1.0 + numbers.severity * memory.resolve
    )
    drives = opinion_drives(
        memory=dataclasses.replace(memory, episode=usual, incidents=felt),
        structure=structure,
        outlook=seen.outlook,
        conduct=conduct,
        offers=reckoning.offers,
        aired=aired,
        rules=rules,
    )
    shock = drives.pop("legitimacy")  # of one year: it is gone as a swing goes
    base, anchor = opinion.resting_opinion(
        trust=memory.trust,
        push=total(drives),
        swing=numbers.swing,
        scar=numbers.scar,
        back=numbers.back,
    )
    motives = stance_motives(
        memory=memory,
        situation=seen,
        conduct=conduct,
        reckoning=reckoning,
        trust=memory.trust,
        rules=rules,
    )
    room = stance.room(rivalry=seen.rivalry, ample=rules.room.ample, shrink=rules.room.shrink)
    own = stance.resting_disposition(
        stance=memory.stance, terms={**motives, "leader": memory.lean}, room=room
    )
    return dataclasses.replace(
        memory,
        trust_base=base - shock,
        trust_anchor=anchor - shock,
        disposition=own,
        shared_disposition=over_states(own) / own.shape[-2] + 0.0 * own,
        first_stance=memory.stance,
    )
