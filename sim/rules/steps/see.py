"""Step 1: what everybody can see before deciding; the one step that needs all states and powers at once."""

from __future__ import annotations

import numpy as np

from sim.axes import STATE_AXIS, over_states, partners_of
from sim.config.mechanisms import Rules
from sim.rules import acts, leadership, neighbours, resolve, rivalry
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
        courtship=acts.next_courtship(
            courtship=memory.courtship,
            chance=luck.courtship,
            keep=rules.acts.keep,
            drift=rules.acts.drift,
        ),
        turned=leadership.turned(chance=luck.turnover, turnover=outlook.turnover),
        lean=leadership.next_lean(
            lean=memory.lean,
            chance=luck.turnover,
            leaning=luck.leaning,
            turnover=outlook.turnover,
            realigning=rules.leadership.realigning,
            realigned=rules.leadership.realigned,
            ordinary=rules.leadership.ordinary,
        ),
        others_stance=neighbours.others_mean(values=memory.stance, member=member),
        others_steps=neighbours.others_mean(values=memory.recent, member=member),
        mean_gdp=over_states(np.log(memory.gdp)) / memory.gdp.shape[STATE_AXIS],
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
