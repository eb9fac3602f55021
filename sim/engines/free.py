"""Free runs of the past: from 2000 on with observed drivers and changes of leader, all else the model's own."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from sim.axes import Array, partners_of
from sim.config.mechanisms import Rules
from sim.engines.course import RecordCourse
from sim.engines.instruments import with_readiness
from sim.engines.layout import RunBroadcaster
from sim.rules import year as the_year
from sim.rules.neighbours import leaning
from sim.rules.record import Memory, RandomDraws, StartDraws
from sim.world.draws import draws, start_draws


@dataclass(frozen=True, kw_only=True)
class FreeRun:
    """A free run over the record's years with the start first, (year, run, state): ties on the scale of -1 to 1, stance, trust.

    security, economic : leaning of the ties. stance : of the government. china, united_states : trust in each.
    """

    years: tuple[int, ...]
    security: Array
    economic: Array
    stance: Array
    china: Array
    united_states: Array


def free_run(
    course: RecordCourse, rules: Rules, *, points: int, replicates: int, first: int = 0
) -> FreeRun:
    """Run the past freely from 2000, with observed drivers and changes of leader and all other chance.

    Parameters
    ----------
    course : of the record. rules : numbers that differ by point as (points * replicates, 1, 1), replicates fastest.
    points, replicates : how many; replicate r of every point draws the same numbers. first : number of the first replicate.
    """
    stage, runs = course.stage, points * replicates
    structure, laid = course.laid(runs)
    lay = RunBroadcaster(runs)
    usual, outlook = stage.usual
    key: dict[str, Any] = {
        "seed": stage.settings.seed,
        "states": stage.states,
        "partners": stage.partners,
        "first_run": first,
        "runs": replicates,
    }
    memory = the_year.begin(
        memory=lay(stage.start),
        structure=structure,
        conduct=with_readiness(lay(usual), stage.partners, rules),
        outlook=lay(outlook),
        reading=lay(stage.reading),
        luck=StartDraws(**_tiled(start_draws(**key, year=course.years[0] - 1), points)),
        rules=rules,
    )
    camp = usual.camp
    kept = [_seen(memory, camp)]
    for year, (_, conduct, drivers) in zip(course.years, laid, strict=True):
        memory = the_year.simulate_year(
            memory=memory,
            structure=structure,
            conduct=with_readiness(conduct, stage.partners, rules),
            outlook=drivers,
            luck=RandomDraws(**_tiled(draws(**key, year=year), points)),
            rules=rules,
        ).memory
        kept.append(_seen(memory, camp))
    return FreeRun(
        years=(course.years[0] - 1, *course.years),
        **{name: np.stack([seen[name] for seen in kept]) for name in kept[0]},
    )


def _seen(memory: Memory, camp: Array) -> dict[str, Array]:
    return {
        "security": leaning(tie=partners_of(memory.security_tie), camp=camp)[..., 0],
        "economic": leaning(tie=partners_of(memory.economic_tie), camp=camp)[..., 0],
        "stance": memory.stance[..., 0],
        "china": memory.trust[..., 0],
        "united_states": memory.trust[..., 1],
    }


def _tiled(blocks: Mapping[str, Array], points: int) -> dict[str, Array]:
    return {
        name: np.tile(block.transpose(1, 2, 0), points).transpose(2, 0, 1)
        for name, block in blocks.items()
    }
