"""Step 4 under a rival theory: frustration between camps, or bargaining, in place of weighted motives.

What needs everybody is worked out on last year's record in `seen_by_all`, which step 1 calls; the rest is each state's own.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from sim.axes import DOMAINS, SECURITY, Array, over_states, partners_of
from sim.config.mechanisms import EconomicWeights, Rules, SecurityWeights
from sim.config.theories import BARGAINING, LANDSCAPE
from sim.rules import alignment, bargaining, landscape, neighbours, threat
from sim.rules.record import ExogenousDrivers, Memory, PolicyInstruments, Situation, Structure

Terms = tuple[dict[str, Array], dict[str, Array]]


def theory_inputs(
    *,
    memory: Memory,
    structure: Structure,
    conduct: PolicyInstruments,
    outlook: ExogenousDrivers,
    rules: Rules,
) -> dict[str, Array]:
    """What the theory in force asks of everybody's last year, name -> (state, any); nothing for weighted motives."""
    if rules.theory.alignment == LANDSCAPE:
        return _member_terms(memory, structure, conduct, rules)
    if rules.theory.alignment == BARGAINING:
        return _contest_terms(memory, structure, conduct, outlook, rules)
    return {}


def _relative_size(memory: Memory, rules: Rules) -> Array:
    """Size of each state, powers together being 1: its share of the states' output, of what all states weigh."""
    return rules.theory.states * memory.gdp / over_states(memory.gdp)


def _political_lean(tie: Array, conduct: PolicyInstruments) -> Array:
    return neighbours.leaning(tie=partners_of(tie), camp=conduct.camp)


def _next_tie(memory: Memory, domain: str) -> Array:
    return memory.security_tie if domain == SECURITY else memory.economic_tie


def _member_terms(
    memory: Memory, structure: Structure, conduct: PolicyInstruments, rules: Rules
) -> dict[str, Array]:
    size = _relative_size(memory, rules)
    return {
        f"bloc_{domain}": landscape.bloc_frustration(
            lean=_political_lean(_next_tie(memory, domain), conduct),
            size=size,
            member=structure.member,
            camp=conduct.camp,
        )
        for domain in DOMAINS
    }


def _contest_terms(
    memory: Memory,
    structure: Structure,
    conduct: PolicyInstruments,
    outlook: ExogenousDrivers,
    rules: Rules,
) -> dict[str, Array]:
    size = _relative_size(memory, rules)
    brought = bargaining.powers_clout(
        power=outlook.power,
        proximity=effective_proximity(structure=structure, conduct=conduct, rules=rules),
        credibility=conduct.credibility,
    )
    weights = (bargaining.states_clout(size=size, capacity=memory.capacity), brought)
    result: dict[str, Array] = {}
    for domain, (own, theirs) in zip(DOMAINS, (weights, (size, outlook.power)), strict=True):
        yielding, risk = bargaining.contest(
            lean=_political_lean(_next_tie(memory, domain), conduct),
            camp=conduct.camp,
            states_weight=own,
            powers_weight=theirs,
        )
        result |= {f"yielding_{domain}": yielding, f"risk_{domain}": risk}
    return result


def effective_proximity(*, structure: Structure, conduct: PolicyInstruments, rules: Rules) -> Array:
    """How much of each power's strength arrives at each state, by the declared numbers, (state, partner)."""
    return threat.proximity(
        distance=structure.distance,
        contiguous=structure.contiguous,
        presence=conduct.presence,
        gradient=rules.threat.gradient,
        border=rules.threat.border,
    )


def choose_by_theory(
    domain: str,
    *,
    memory: Memory,
    structure: Structure,
    situation: Situation,
    conduct: PolicyInstruments,
    rules: Rules,
) -> alignment.Weighing:
    """One domain's choice by the rival theory in force; serves all states, or one cut out by `for_state`."""
    weights: SecurityWeights | EconomicWeights = (
        rules.security if domain == SECURITY else rules.economic
    )
    terms = OF_THEORY[rules.theory.alignment]
    partners, own = terms(domain, memory, structure, situation, conduct, rules)
    alone = alignment.autonomy(
        capacity=memory.capacity,
        base=weights.autonomy,
        capacity_weight=weights.autonomy_capacity,
    )
    return alignment.choose(
        partner_terms=partners,
        self_terms={**own, "autonomy": alone},
        room=alignment.room(
            rivalry=situation.rivalry, ample=rules.room.ample, shrink=rules.room.shrink
        ),
        tie=_next_tie(memory, domain),
        adjustment=weights.adjustment,
    )


def _by_landscape(
    domain: str,
    memory: Memory,
    structure: Structure,
    situation: Situation,
    conduct: PolicyInstruments,
    rules: Rules,
) -> Terms:
    wishes = landscape.propensities(
        affinity=situation.outlook.affinity,
        trust=memory.trust,
        dependence=memory.dependence,
        proximity=effective_proximity(structure=structure, conduct=conduct, rules=rules),
        hostility=threat.hostility(
            pressure=memory.pressure,
            salience=memory.salience,
            trust=memory.trust,
            base=rules.threat.base,
        ),
        weights=vars(rules.landscape),
    )
    return landscape.partner_and_self_terms(
        landscape.landscape_terms(
            propensity=wishes,
            size=situation.outlook.power,
            camp=conduct.camp,
            bloc=situation.rival[f"bloc_{domain}"],
            steepness=rules.landscape.steepness,
            bloc_weight=rules.landscape.bloc,
        )
    )


def _by_bargaining(
    domain: str,
    memory: Memory,
    structure: Structure,
    situation: Situation,
    conduct: PolicyInstruments,
    rules: Rules,
) -> Terms:
    return bargaining.bargaining_terms(
        lean=_political_lean(_next_tie(memory, domain), conduct),
        camp=conduct.camp,
        yielding=situation.rival[f"yielding_{domain}"],
        risk=situation.rival[f"risk_{domain}"],
        contest_weight=rules.bargaining.contest,
        closeness=rules.bargaining.closeness,
    )


OF_THEORY: Mapping[str, Callable[..., Terms]] = {
    LANDSCAPE: _by_landscape,
    BARGAINING: _by_bargaining,
}
