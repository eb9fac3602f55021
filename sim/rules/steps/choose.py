"""Motives of the stance under each theory: the usual menu, frustration between camps, or bargaining.

What needs everybody is worked out on last year's record in `theory_inputs`, which step 1 calls; the rest is each state's own.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from sim.axes import Array, over_states
from sim.config.mechanisms import Rules
from sim.config.theories import BARGAINING, LANDSCAPE, LOGIT
from sim.rules import bargaining, landscape, protection, stance, threat
from sim.rules.record import ExogenousDrivers, Memory, PolicyInstruments, Situation, Structure
from sim.rules.steps.motives import Reckoning, effective_proximity
from sim.rules.terms import signed


def theory_inputs(
    *,
    memory: Memory,
    structure: Structure,
    conduct: PolicyInstruments,
    outlook: ExogenousDrivers,
    rules: Rules,
) -> dict[str, Array]:
    """What the theory in force asks of everybody's last year, name -> (state, any); nothing for weighted motives."""
    size = rules.theory.states * memory.gdp / over_states(memory.gdp)  # powers together are 1
    if rules.theory.alignment == LANDSCAPE:
        return {
            "bloc": landscape.bloc_frustration(
                lean=memory.stance, size=size, member=structure.member, camp=conduct.camp
            )
        }
    if rules.theory.alignment == BARGAINING:
        yielding, risk = bargaining.contest(
            lean=memory.stance,
            camp=conduct.camp,
            states_weight=bargaining.states_clout(size=size, capacity=memory.capacity),
            powers_weight=bargaining.powers_clout(
                power=outlook.power,
                proximity=effective_proximity(structure=structure, conduct=conduct, rules=rules),
                credibility=conduct.credibility,
            ),
        )
        return {"yielding": yielding, "risk": risk}
    return {}


def stance_motives(
    *,
    memory: Memory,
    situation: Situation,
    conduct: PolicyInstruments,
    reckoning: Reckoning,
    trust: Array,
    rules: Rules,
) -> dict[str, Array]:
    """Every motive of the theory in force but the leader and the disposition, name -> (..., 1), signed.

    Parameters
    ----------
    trust : (..., partner) this year's opinion; the rest as everywhere.
    """
    return OF_THEORY[rules.theory.alignment](memory, situation, conduct, reckoning, trust, rules)


def _by_motives(
    memory: Memory,
    situation: Situation,
    conduct: PolicyInstruments,
    reckoning: Reckoning,
    trust: Array,
    rules: Rules,
) -> dict[str, Array]:
    numbers, camp, openness = rules.stance, conduct.camp, situation.outlook.openness
    dragged = protection.entrapment(
        rivalry=situation.rivalry,
        tie=memory.security_tie[..., :-1],
        power=situation.outlook.power,
        camp=camp,
    )
    return {
        "protection": stance.protection_motive(
            protection=reckoning.protection, camp=camp, weight=numbers.protection
        ),
        "entrapment": -numbers.entrapment * signed(camp=camp, quantity=dragged),
        "leverage": stance.leverage_motive(
            leverage=reckoning.leverage,
            coerciveness=conduct.coerciveness,
            camp=camp,
            readiness=numbers.readiness,
            weight=numbers.leverage,
        ),
        "opinion": stance.opinion_motive(
            trust=trust,
            openness=openness,
            camp=camp,
            closed=numbers.closed,
            weight=numbers.opinion,
        ),
        "offers": numbers.offers * signed(camp=camp, quantity=reckoning.offers),
        "values": stance.values_motive(
            coercion=memory.coercion, openness=openness, camp=camp, weight=numbers.values
        ),
        "legitimacy": numbers.legitimacy * signed(camp=camp, quantity=situation.outlook.affinity),
        "neighbours": numbers.neighbours * situation.others_stance,
    }


def _by_landscape(
    memory: Memory,
    situation: Situation,
    conduct: PolicyInstruments,
    reckoning: Reckoning,
    trust: Array,
    rules: Rules,
) -> dict[str, Array]:
    wishes = landscape.propensities(
        affinity=situation.outlook.affinity,
        trust=trust,
        dependence=memory.dependence,
        proximity=reckoning.proximity,
        hostility=threat.hostility(
            pressure=memory.pressure,
            salience=memory.salience,
            trust=trust,
            base=rules.threat.base,
        ),
        weights=vars(rules.landscape),
    )
    worth = landscape.landscape_terms(
        propensity=wishes,
        size=situation.outlook.power,
        camp=conduct.camp,
        bloc=situation.rival["bloc"],
        steepness=rules.landscape.steepness,
        bloc_weight=rules.landscape.bloc,
    )
    return _signed_worth({name: value[..., :-1] for name, value in worth.items()}, conduct)


def _by_bargaining(
    memory: Memory,
    situation: Situation,
    conduct: PolicyInstruments,
    reckoning: Reckoning,
    trust: Array,
    rules: Rules,
) -> dict[str, Array]:
    worth = bargaining.bargaining_terms(
        lean=memory.stance,
        camp=conduct.camp,
        yielding=situation.rival["yielding"],
        risk=situation.rival["risk"],
        contest_weight=rules.bargaining.contest,
        closeness=rules.bargaining.closeness,
    )
    return _signed_worth(worth, conduct)


def _signed_worth(worth: Mapping[str, Array], conduct: PolicyInstruments) -> dict[str, Array]:
    """What the worth of siding with each power makes of a stance: weighed by camp, towards the United States above 0."""
    return {name: signed(camp=conduct.camp, quantity=value) for name, value in worth.items()}


OF_THEORY: Mapping[str, Callable[..., dict[str, Array]]] = {
    LOGIT: _by_motives,
    LANDSCAPE: _by_landscape,
    BARGAINING: _by_bargaining,
}
