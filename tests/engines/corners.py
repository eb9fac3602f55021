"""Random corners of the declared ranges: every number at its lowest, its default or its highest, from a seed."""

from __future__ import annotations

from typing import Any

import numpy as np

from sim.config import Settings, build
from sim.config.declare import Declaration
from sim.config.settings import EVENT_SIZES, declared

# What points must share to run and be looked at side by side: see `sim.engines.points.stage_key`; and the camps.
OF_THE_STAGE = (
    *("rules.ties.", "rules.economy.", "rules.rivalry.start", "rules.legitimacy.scale"),
    *("rules.stocks.world_growth", "rules.courtship.presence_growth"),
    *("policy.japan.exchange_rate", "policy.united_states.security_share"),
    *("policy.japan.camp", "policy.china.camp", "policy.united_states.camp"),
)
NOT_DRAWN = ("years.", "theory", "seed", "runs", "rules.theory.alignment")
FIRST, LAST = 2024, 2027


def corners(seed: int, *, alignment: str, points: int, **fixed: Any) -> list[Settings]:
    """Draw points that share a stage: every number of rules, levers and scenario at a corner, two dated events each.

    Parameters
    ----------
    seed : of the draws. alignment : rule of alignment, one of `sim.config.theories.ALIGNMENTS`.
    fixed : further top-level settings that all points share, such as ``states``.
    """
    chance = np.random.default_rng(seed)
    known = {name: each for name, each in declared().items() if not name.startswith(NOT_DRAWN)}
    stage = {name: each for name, each in known.items() if name.startswith(OF_THE_STAGE)}
    shared = {name: _drawn(chance, each) for name, each in stage.items()}
    years = {"first": FIRST, "last": LAST}
    found = []
    for _ in range(points):
        free = {name: _drawn(chance, each) for name, each in known.items() if name not in stage}
        given = _nested(free | shared | {"rules.theory.alignment": alignment})
        given["policy"]["japan"]["custom"] = {"PHL": 1.0, "VNM": 0.25}
        given["scenario"]["events"] = [_event(chance) for _ in range(2)]
        found.append(build(given | {"years": years, **fixed}))
    return found


def _drawn(chance: np.random.Generator, known: Declaration) -> Any:
    if known.kind == "choice":  # the shares found by a search are for one world alone
        return str(chance.choice([each for each in known.choices if each != "optimised"]))
    return float(chance.choice([known.low, known.default, known.high]))


def _event(chance: np.random.Generator) -> dict[str, Any]:
    kind = str(chance.choice(list(EVENT_SIZES)))
    size = float(chance.choice([-1.0, -0.5, 0.5, 1.0])) * EVENT_SIZES[kind]
    return {"year": int(chance.integers(FIRST, LAST + 1)), "kind": kind, "size": size}


def _nested(flat: dict[str, Any]) -> dict[str, Any]:
    tree: dict[str, Any] = {}
    for name, value in flat.items():
        *groups, last = name.split(".")
        branch = tree
        for group in groups:
            branch = branch.setdefault(group, {})
        branch[last] = value
    return tree
