"""Step 1: what everybody can see before deciding; the one step that needs all states and powers at once."""

from __future__ import annotations

from sim.axes import over_states, partners_of
from sim.config.mechanisms import Rules
from sim.rules import leadership, neighbours, resolve, rivalry
from sim.rules.forms import sum_over_rivals
from sim.rules.record import (
    ExogenousDrivers,
    Memory,
    PolicyInstruments,
    RandomDraws,
    Situation,
    Structure,
)
from sim.rules.steps.choose import theory_inputs


def see(
    *,
    memory: Memory,
    structure: Structure,
    conduct: PolicyInstruments,
    outlook: ExogenousDrivers,
    luck: RandomDraws,
    rules: Rules,
) -> Situation:
    """What everybody sees before deciding; the one step that needs all states and powers at once."""
    camp, claimant, member = conduct.camp, structure.claimant, structure.member
    security, economic = partners_of(memory.security_tie), partners_of(memory.economic_tie)
    leaning = neighbours.leaning(tie=security, camp=camp)
    joint = over_states(claimant) > 1.0  # alone, nobody acts jointly
    return Situation(
        outlook=outlook,
        growth=outlook.growth + outlook.growth_spread * luck.growth,
        rivalry=rivalry.next_rivalry(
            rivalry=memory.rivalry,
            level=outlook.rivalry_level,
            polarisation=rivalry.regional_polarisation(lean=leaning),
            shock=outlook.rivalry_shock,
            chance=luck.rivalry,
            adjustment=rules.rivalry.adjustment,
            feedback=rules.rivalry.feedback,
            noise=rules.rivalry.noise,
        ),
        lean=leadership.next_lean(
            lean=memory.lean,
            chance=luck.turnover,
            leaning=luck.leaning,
            turnover=rules.leadership.turnover,
            inheritance=rules.leadership.inheritance,
            spread=rules.leadership.spread,
        ),
        others_security=neighbours.others_mean(values=memory.security_tie, member=member),
        others_economic=neighbours.others_mean(values=memory.economic_tie, member=member),
        cohesion=neighbours.cohesion(lean=leaning, member=member),
        peers=joint * claimant * neighbours.others_mean(values=memory.resolve, member=claimant),
        collective=joint * resolve.collective_resolve(resolve=memory.resolve, claimant=claimant),
        closeness=economic,
        aligned_security=sum_over_rivals(camp=camp, quantity=security),
        aligned_economic=sum_over_rivals(camp=camp, quantity=economic),
        provoked=sum_over_rivals(camp=camp, quantity=memory.provocation),
        rival=theory_inputs(
            memory=memory, structure=structure, conduct=conduct, outlook=outlook, rules=rules
        ),
    )
