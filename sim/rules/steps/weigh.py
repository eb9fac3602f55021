"""Steps 3 and 4: each state weighs every motive and chooses, on last year's public record."""

from __future__ import annotations

from typing import Any

from sim.axes import ECONOMIC, SECURITY, Array, partners_of, self_of
from sim.config.mechanisms import EconomicWeights, Rules, SecurityWeights
from sim.config.theories import LOGIT
from sim.rules import (
    alignment,
    capacity,
    dependence,
    legitimacy,
    neighbours,
    protection,
    reassurance,
    resolve,
    retaliation,
    threat,
)
from sim.rules.forms import saturating
from sim.rules.record import Choice, Memory, PolicyInstruments, Situation, Structure
from sim.rules.steps.choose import choose_by_theory
from sim.rules.steps.choose import effective_proximity as proximity
from sim.rules.steps.stand import stand_up


def weigh_and_choose(
    *,
    memory: Memory,
    structure: Structure,
    situation: Situation,
    conduct: PolicyInstruments,
    rules: Rules,
) -> Choice:
    """Each state's choice; serves all states, or one cut out by `for_state`."""
    near = proximity(structure=structure, conduct=conduct, rules=rules)
    fear = threat.perceived_threat(
        power=situation.outlook.power,
        proximity=near,
        hostility=threat.hostility(
            pressure=memory.pressure,
            salience=memory.salience,
            trust=memory.trust,
            base=rules.threat.base,
        ),
        intent=rules.threat.intent,
    )
    leverage = dependence.leverage(
        dependence=memory.dependence, reverse=situation.outlook.reverse_dependence
    )
    shared = {
        "trust": memory.trust,
        "legitimacy": legitimacy.legitimacy(
            affinity=situation.outlook.affinity,
            lean=situation.lean,
            camp=conduct.camp,
            salience=memory.salience,
            coercion=memory.coercion,
            affinity_weight=rules.legitimacy.affinity,
            lean_weight=rules.legitimacy.lean,
            anger_weight=rules.legitimacy.anger,
        ),
        "threat": fear,
        "retaliation": retaliation.retaliation(
            rivalry=situation.rivalry,
            leverage=leverage,
            coerciveness=conduct.coerciveness,
            camp=conduct.camp,
            readiness=rules.retaliation.readiness,
        ),
    }
    everything: dict[str, Any] = {
        "memory": memory,
        "structure": structure,
        "situation": situation,
        "conduct": conduct,
        "rules": rules,
    }
    by_motives = rules.theory.alignment == LOGIT
    security = (
        _choose_security(shared=shared, near=near, **everything)
        if by_motives
        else choose_by_theory(SECURITY, **everything)
    )
    offered = reassurance.reassurance(
        rise=partners_of(security.tie) - partners_of(memory.security_tie),
        leverage=leverage,
        camp=conduct.camp,
        rate=rules.reassurance.rate,
    )
    economic = (
        _choose_economic(
            shared=shared, offered=offered, memory=memory, situation=situation, rules=rules
        )
        if by_motives
        else choose_by_theory(ECONOMIC, **everything)
    )
    return Choice(
        security=security,
        economic=economic,
        reassurance=offered,
        resolve=stand_up(memory, structure, situation, conduct, rules),
        effort=capacity.effort(
            pressure=memory.pressure,
            salience=resolve.pressers(pressure=memory.pressure) * memory.salience,
            effort_max=rules.capacity.effort_max,
            half=rules.capacity.effort_half,
        ),
        threat=fear,
        leverage=leverage,
    )


def _choose_security(
    *,
    shared: dict[str, Array],
    near: Array,
    memory: Memory,
    structure: Structure,
    situation: Situation,
    conduct: PolicyInstruments,
    rules: Rules,
) -> alignment.Weighing:
    tie = partners_of(memory.security_tie)
    bound = protection.commitment(
        pact=situation.outlook.pact,
        access=situation.outlook.access,
        partnership=situation.outlook.partnership,
        exercises=conduct.exercises,
        base=rules.protection.base,
        access_weight=rules.protection.access_weight,
        partnership_weight=rules.protection.partnership_weight,
        exercise_weight=rules.protection.exercise_weight,
        exercise_half=rules.protection.exercise_half,
    )
    motives = {
        "attraction": protection.protection(
            power=situation.outlook.power,
            proximity=near,
            credibility=conduct.credibility,
            commitment=bound,
            threat=shared["threat"],
            ambient=rules.protection.ambient,
        ),
        "aid": 0.5
        * (
            saturating(amount=memory.security_aid, half=rules.trust.security_half)
            + saturating(amount=economic_aid_share(memory), half=rules.trust.economic_half)
        ),
        "entrapment": protection.entrapment(
            rivalry=situation.rivalry, tie=tie, power=situation.outlook.power, camp=conduct.camp
        ),
        **shared,
    }
    return _choose_ties(
        motives=motives,
        others=situation.others_security,
        tie=memory.security_tie,
        weights=rules.security,
        memory=memory,
        situation=situation,
        rules=rules,
    )


def _choose_economic(
    *,
    shared: dict[str, Array],
    offered: Array,
    memory: Memory,
    situation: Situation,
    rules: Rules,
) -> alignment.Weighing:
    motives = {
        "attraction": memory.dependence,
        "aid": saturating(amount=economic_aid_share(memory), half=rules.trust.economic_half),
        "reassurance": offered,
        **shared,
    }
    return _choose_ties(
        motives=motives,
        others=situation.others_economic,
        tie=memory.economic_tie,
        weights=rules.economic,
        memory=memory,
        situation=situation,
        rules=rules,
    )


def _choose_ties(
    *,
    motives: dict[str, Array],
    others: Array,
    tie: Array,
    weights: SecurityWeights | EconomicWeights,
    memory: Memory,
    situation: Situation,
    rules: Rules,
) -> alignment.Weighing:
    to_partners, to_self = neighbours.neighbour_pull(
        others=others, cohesion=situation.cohesion, neutrality=rules.neighbours.neutrality
    )
    alone = alignment.autonomy(
        capacity=memory.capacity,
        base=weights.autonomy,
        capacity_weight=weights.autonomy_capacity,
    )
    return alignment.choose(
        partner_terms=alignment.partner_terms(
            motives={**motives, "neighbours": to_partners},
            weights=vars(weights),
            tie=partners_of(tie),
        ),
        self_terms=alignment.self_terms(
            autonomy=alone, neighbours=to_self, weights=vars(weights), tie=self_of(tie)
        ),
        room=alignment.room(
            rivalry=situation.rivalry, ample=rules.room.ample, shrink=rules.room.shrink
        ),
        tie=tie,
        adjustment=weights.adjustment,
    )


def economic_aid_share(memory: Memory) -> Array:
    """Economic aid received last year as a share of the state's GDP, (..., partner)."""
    return memory.economic_aid / (1000.0 * memory.gdp)
