"""With drivers held still and chance let in, the region drifts by no more than a point or so in five years."""

from __future__ import annotations

import dataclasses

import numpy as np

from sim.config import Settings, build
from sim.engines.context import build_context
from sim.engines.ensemble import first_memory, run_block
from sim.outcomes import alignment
from sim.rules.assimilation import structural_leaning
from sim.rules.record import Memory

RUNS, MOST = 2000, 1.5  # so many that chance leaves a standard error of 0.2; points


def _readings(memory: Memory, camp: np.ndarray, settings: Settings) -> dict[str, np.ndarray]:
    numbers = settings.rules.observation
    _, leaning = structural_leaning(
        security_tie=memory.security_tie,
        economic_tie=memory.economic_tie,
        camp=camp,
        economic_part=numbers.economic_part,
    )
    structure, posture = alignment.points(leaning), alignment.points(memory.stance)
    choice = alignment.forced_choice(
        stance=memory.stance,
        structure=structure,
        trust_in_china=memory.trust[..., :1],
        trust_in_united_states=memory.trust[..., 1:2],
        intercept=numbers.intercept,
        stance_weight=numbers.posture,
        slope=numbers.slope,
        trust_weight=numbers.trust,
    )
    return {
        "posture": posture,
        "forced choice": 100.0 * choice,
        "alignment": alignment.combined(
            first=structure, second=posture, second_part=numbers.posture_part
        ),
    }


def test_the_filtered_ensemble_rests() -> None:
    """Leaders change, opinion swings, acts are signed; but the mean of a state stays where the record left it."""
    scenario = {"rivalry": Settings().rules.rivalry.start}
    stage = build_context(build({"years": {"first": 2024, "last": 2028}, "scenario": scenario}))
    conduct, last = stage.usual
    nothing = {
        name: 0.0 * getattr(last, name)
        for name in ("growth", "growth_spread", "partner_growth", "world_growth")
    }
    calm = dataclasses.replace(last, **nothing, rivalry_level=stage.start.rivalry)
    vars(stage)["outlooks"] = dict.fromkeys(stage.years, calm)
    began = first_memory(stage, [stage.settings], replicates=RUNS)
    *_, end = run_block(stage, [stage.settings], replicates=RUNS)
    before = _readings(began, conduct.camp, stage.settings)
    after = _readings(end.passed.memory, conduct.camp, stage.settings)
    for name, values in after.items():
        drift = (values - before[name]).mean(axis=0)[:, 0]
        assert np.abs(drift).max() <= MOST, (name, dict(zip(stage.states, drift, strict=True)))
