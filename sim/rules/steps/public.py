"""Step 3, the public: what of the year is aired, and what moves opinion."""

from __future__ import annotations

import numpy as np

from sim.axes import Array
from sim.config.mechanisms import Rules
from sim.rules import opinion
from sim.rules.forms import sum_over_rivals
from sim.rules.record import ExogenousDrivers, Memory, PolicyInstruments, Structure


def publicity(
    *,
    memory: Memory,
    structure: Structure,
    outlook: ExogenousDrivers,
    conduct: PolicyInstruments,
    bound: Array,
    rules: Rules,
) -> Array:
    """How far each state airs what each partner does to it, (state, partner), 0 to 1."""
    numbers = rules.opinion
    return opinion.publicity(
        quarrel=structure.quarrel,
        shield=np.minimum(sum_over_rivals(camp=conduct.camp, quantity=bound), 1.0),
        openness=outlook.openness,
        against=-conduct.camp * memory.stance,
        conceded=memory.concession,
        base=numbers.publicity,
        quarrel_weight=numbers.publicity_quarrel,
        shield_weight=numbers.publicity_shield,
        openness_weight=numbers.publicity_openness,
        stance_weight=numbers.publicity_stance,
        hush=numbers.hush,
    )


def opinion_drives(
    *,
    memory: Memory,
    structure: Structure,
    outlook: ExogenousDrivers,
    conduct: PolicyInstruments,
    offers: Array,
    aired: Array,
    rules: Rules,
) -> dict[str, Array]:
    """What moves opinion besides its own return, credibility and chance: name -> (state, partner), signed."""
    numbers = rules.opinion
    met = np.log2(1.0 + conduct.exchange / numbers.exchange_half)
    usual = np.log2(1.0 + structure.exchange / numbers.exchange_half)
    return {
        "aid": numbers.aid * offers,
        "exchange": numbers.exchange * (met - usual),
        "incidents": -opinion.incident_burden(
            incidents=memory.incidents,
            resolve=memory.resolve,
            publicity=aired,
            harm=numbers.incidents,
            severity=numbers.severity,
        ),
        "episode": -numbers.episode * memory.episode,
        "coercion": -numbers.coercion * memory.coercion,
        "legitimacy": -numbers.legitimacy * outlook.legitimacy_shock,
    }
