"""Before the first year: what the record leaves open of stance and trust is drawn, once a run."""

from __future__ import annotations

import dataclasses

import numpy as np

from sim.config.mechanisms import Rules
from sim.rules import assimilation, stance
from sim.rules.record import Memory, PolicyInstruments, StartDraws, StartReading


def draw_opinion(
    *,
    memory: Memory,
    conduct: PolicyInstruments,
    reading: StartReading,
    luck: StartDraws,
    rules: Rules,
) -> Memory:
    """Draw stance and trust of a run from what ties and answers tell together.

    Parameters
    ----------
    memory : as read; trust by the answers about it, stance not yet known. conduct : of the declared policies, for camps.
    reading : what else was answered, and how far stance and trust are open. luck : standard normals.
    """
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
