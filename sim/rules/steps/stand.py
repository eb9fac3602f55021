"""Step 4, at sea: whether each state stands up this year; what its resolve depends on, by name."""

from __future__ import annotations

from typing import Any

from sim.axes import Array, partners_of
from sim.config.mechanisms import Rules
from sim.rules import resolve
from sim.rules.record import Memory, PolicyInstruments, Situation, Structure


def stand_up(
    memory: Memory,
    structure: Structure,
    situation: Situation,
    conduct: PolicyInstruments,
    rules: Rules,
) -> Array:
    """This year's resolve of each state, (..., state, 1), on last year's public record."""
    numbers = rules.resolve
    target = resolve.resolve_target(
        **resolve_inputs(memory=memory, structure=structure, conduct=conduct),
        peers=situation.peers,
        **resolve_numbers(rules),
    )
    return resolve.next_resolve(
        resolve=memory.resolve, target=target, adjustment=numbers.adjustment
    )


def resolve_inputs(
    *, memory: Memory, structure: Structure, conduct: PolicyInstruments
) -> dict[str, Array]:
    """All that a state's resolve depends on besides the other claimants' resolve, (..., state, 1) each."""
    presser = resolve.pressers(pressure=memory.pressure)
    return {
        "capacity": memory.capacity,
        "backing": resolve.backing(
            tie=partners_of(memory.security_tie),
            credibility=conduct.credibility,
            camp=conduct.camp,
            presser=presser,
        ),
        "salience": (presser * memory.salience).sum(axis=-1, keepdims=True),
        "exposure": (presser * memory.dependence).sum(axis=-1, keepdims=True),
        "claimant": structure.claimant,
    }


def resolve_numbers(rules: Rules) -> dict[str, Any]:
    """The numbers of the threshold of resolve, by the names that `sim.rules.resolve` knows."""
    numbers = rules.resolve
    return {
        "capacity_weight": numbers.capacity,
        "backing_weight": numbers.backing,
        "salience_weight": numbers.salience,
        "exposure_weight": numbers.exposure,
        "peers_weight": numbers.peers,
        "threshold": numbers.threshold,
        "steepness": numbers.steepness,
    }
