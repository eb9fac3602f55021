"""Step 2: each power courts and presses, on last year's public record."""

from __future__ import annotations

import numpy as np

from sim.axes import Array
from sim.config.mechanisms import Rules
from sim.rules.courtship import china, japan, united_states
from sim.rules.record import Memory, Offers, PolicyInstruments, Situation, Structure


def court_and_press(
    *,
    memory: Memory,
    structure: Structure,
    situation: Situation,
    conduct: PolicyInstruments,
    rules: Rules,
) -> Offers:
    """Each power's aid and pressure; serves all powers, or one cut out by `for_partner`."""
    numbers = rules.courtship
    keys = japan.allocation_keys(
        historical=structure.security_share,
        optimised=structure.optimised_share,
        custom=structure.custom_share,
        capacity=memory.capacity,
        area=structure.area,
        lanes=structure.lanes,
        claimant=structure.claimant,
        trust=memory.trust,
    )
    grant = japan.share_out(
        budget=conduct.security_budget,
        keys=keys,
        choice=conduct.allocation,
        eligible=situation.outlook.eligible,
    )
    return Offers(
        security_aid=grant,
        economic_aid=china.economic_aid(
            budget=conduct.economic_budget,
            share=structure.economic_share,
            tie=situation.closeness,
            stance=memory.stance,
            favour=numbers.favour,
            waver=numbers.waver,
        ),
        training=conduct.training * (structure.area > 0.0),
        exercises=conduct.exercises + np.zeros_like(grant),
        exchange=conduct.exchange + np.zeros_like(grant),
        provocation=japan.provocation(
            grant=grant, sting=conduct.sting, half=numbers.provocation_half
        ),
        pressure=china.gray_zone(
            pressure=memory.pressure,
            first=memory.first_pressure,
            push=gray_zone_push(
                memory=memory,
                structure=structure,
                situation=situation,
                conduct=conduct,
                rules=rules,
            ),
            usual=memory.usual_push,
            ambient=situation.outlook.ambient,
            shock=situation.outlook.pressure_shock,
            adjustment=numbers.pressure_adjustment,
        ),
        coercion=united_states.coercion(
            coerciveness=conduct.coerciveness,
            aligned_security=situation.aligned_security,
            aligned_economic=situation.aligned_economic,
            indiscriminate=numbers.indiscriminate,
        ),
    )


def gray_zone_push(
    *,
    memory: Memory,
    structure: Structure,
    situation: Situation,
    conduct: PolicyInstruments,
    rules: Rules,
) -> Array:
    """How hard each power would press each state at sea, (state, partner)."""
    numbers = rules.courtship
    return china.push(
        ambition=conduct.ambition,
        stake=structure.stake,
        deterred=china.deterrence(
            capacity=memory.capacity,
            resolve=memory.resolve,
            collective=situation.collective,
            capacity_weight=numbers.deterrence_capacity,
            collective_weight=numbers.deterrence_collective,
            threshold=numbers.collective_threshold,
            steepness=numbers.collective_steepness,
        ),
        aligned=situation.aligned_security,
        reassurance=memory.reassurance,
        provoked=situation.provoked,
        sharpening=numbers.sharpening,
        softening=numbers.softening,
    )
