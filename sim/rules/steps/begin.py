"""Before the first year: what the record leaves open is drawn, and anchors are set so that nothing moves by itself.

Opinion's base and anchor, a stance's disposition, resolve and the usual worth of aid are those at which everything would rest if
the powers went on as declared and the world stood still. A lever moved from the first year on therefore shows as what it moves.
"""

from __future__ import annotations

import dataclasses
from typing import Any

import numpy as np

from sim.axes import Array, over_states
from sim.config.mechanisms import Rules
from sim.rules import assimilation, neighbours, offers, opinion, resolve, sea, stance
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
from sim.rules.steps.court import court_and_press
from sim.rules.steps.motives import reckon
from sim.rules.steps.public import opinion_drives, publicity
from sim.rules.steps.see import see
from sim.rules.steps.stand import resolve_inputs, resolve_numbers
from sim.rules.terms import total


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
    drawn = _drawn(memory, conduct, reading, luck, rules)
    still: dict[str, Any] = {"structure": structure, "conduct": conduct, "rules": rules}
    seen = see(memory=drawn, outlook=outlook, luck=_calm(drawn), **still)
    given = court_and_press(memory=drawn, situation=seen, **still)
    firm = resolve.resolve_target(
        **resolve_inputs(memory=drawn, structure=structure, conduct=conduct),
        peers=_peers(drawn, structure),
        **resolve_numbers(rules),
    )
    drawn = _with_deeds(drawn, given, firm, rules)
    return _at_rest(drawn, structure, conduct, seen, rules)


def _drawn(
    memory: Memory,
    conduct: PolicyInstruments,
    reading: StartReading,
    luck: StartDraws,
    rules: Rules,
) -> Memory:
    """Draw stance and trust of this run from what ties and answers tell together."""
    numbers = rules.observation
    leaning, structure = assimilation.structural_leaning(
        security_tie=memory.security_tie,
        economic_tie=memory.economic_tie,
        camp=conduct.camp,
        economic_part=numbers.economic_part,
    )
    wanted, trusted = assimilation.assimilate(
        leaning=leaning,
        structure=structure,
        trust=memory.trust,
        **vars(reading),
        follow=rules.assimilation.follow,
        intercept=numbers.intercept,
        stance_weight=numbers.posture,
        slope=numbers.slope,
        trust_weight=numbers.trust,
    ).draw(stance=luck.stance, trust=luck.trust)
    return dataclasses.replace(
        memory,
        trust=np.clip(trusted, 0.0, 1.0),
        stance=np.clip(wanted, -stance.CLIFF, stance.CLIFF),
    )


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
    joint = over_states(structure.claimant) > 1.0
    return (
        joint
        * structure.claimant
        * neighbours.others_mean(values=memory.resolve, member=structure.claimant)
    )


def _with_deeds(memory: Memory, given: Offers, firm: Array, rules: Rules) -> Memory:
    worth = offers.worth(
        security_aid=given.security_aid,
        economic_aid=given.economic_aid / (1000.0 * memory.gdp),
        security_half=rules.offers.security_half,
        economic_half=rules.offers.economic_half,
    )
    return dataclasses.replace(
        memory,
        security_aid=given.security_aid + 0.0 * memory.trust,
        economic_aid=given.economic_aid + 0.0 * memory.trust,
        coercion=given.coercion + 0.0 * memory.trust,
        usual_worth=worth + 0.0 * memory.trust,
        resolve=firm,
        incidents=sea.incident_rate(
            pressure=memory.pressure,
            resolve=firm,
            rate=rules.sea.incident_rate,
            passive=rules.sea.passive,
        ),
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
    drives = opinion_drives(
        memory=memory,
        structure=structure,
        outlook=seen.outlook,
        conduct=conduct,
        offers=reckoning.offers,
        aired=aired,
        rules=rules,
    )
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
        trust_base=base,
        trust_anchor=anchor,
        disposition=own,
        shared_disposition=over_states(own) / own.shape[-2] + 0.0 * own,
        first_stance=memory.stance,
    )
