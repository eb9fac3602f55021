"""Made-up records: how every group of the year's arrays is drawn, and the year played on them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import numpy as np

from sim.config import Settings
from sim.config.levers import ALLOCATIONS
from sim.config.mechanisms import Rules
from sim.rules import year
from sim.rules.record import (
    ExogenousDrivers,
    Memory,
    PolicyInstruments,
    RandomDraws,
    StartDraws,
    StartReading,
    Structure,
)
from tests.rules.properties import Values, column, option, plane, row, world

RULES_OF_THE_YEAR = Settings().rules


def rules_of(alignment: str) -> Rules:
    """Return the declared numbers with another rule for the targets of the ties."""
    theory = replace(RULES_OF_THE_YEAR.theory, alignment=alignment)
    return replace(RULES_OF_THE_YEAR, theory=theory)


FIXED = Values("sp")
FIXED_COLUMN = Values("s")

OWN_PLACE = column(-0.999, 0.999)  # of a stance
RUNGS = plane(0.0, 5.0)

MEMORY = {
    "trust": plane(),
    "trust_base": plane(),
    "trust_anchor": plane(),
    "stance": OWN_PLACE,
    "lean": column(-1.0, 1.0),
    "disposition": column(-2.0, 2.0),
    "shared_disposition": column(-1.0, 1.0),
    "first_stance": OWN_PLACE,
    "rung": RUNGS,
    "renewed": plane(0.0, 30.0),
    "use": plane(),
    "recent": plane(0.0, 4.0),
    "usual_worth": plane(0.0, 6.0),
    "arms": plane(kind="parts"),
    "arms_mix": plane(kind="parts"),
    "economic_tie": option(),
    "security_tie": option(),
    "dependence": plane(kind="parts"),
    "capacity": column(0.0, 2.0),
    "own_capacity": column(),
    "pipeline": column(),
    "pressure": plane(),
    "first_pressure": plane(),
    "usual_push": plane(0.0, 2.0),
    "coercion": plane(),
    "episode": plane(kind="flag"),
    "outbreak": plane(kind="flag"),
    "concession": plane(kind="flag"),
    "conceded": plane(kind="flag"),
    "salience": plane(0.0, 3.0),
    "resolve": column(),
    "reassurance": plane(),
    "security_aid": plane(0.0, 100.0),
    "economic_aid": plane(0.0, 3000.0),
    "provocation": plane(),
    "incidents": plane(0.0, 20.0),
    "gdp": column(1.0, 1500.0),
    "rivalry": world(),
    "courtship": row(-1.0, 1.0),
    "market": row(-0.5, 0.5),
}
STRUCTURE = {
    "distance": Values("sp", 0.0, 15000.0),
    "contiguous": Values("sp", kind="flag"),
    "stake": FIXED,
    "claimant": Values("s", kind="flag"),
    "quarrel": Values("sp", 0.0, 0.6),
    "area": Values("s", 0.0, 3000.0),
    "first_gdp": Values("s", 1.0, 1500.0),
    "first_arms": Values("sp", kind="parts"),
    "first_economic": Values("so", kind="shares"),
    "first_dependence": Values("sp", kind="parts"),
    "first_rung": Values("sp", 0.0, 5.0),
    "credibility": Values("p"),
    "presence": Values("p"),
    "exchange": Values("p", 0.0, 50.0),
    "member": Values("s", kind="flag"),
    "lanes": FIXED_COLUMN,
    "economic_share": FIXED,
    "security_share": FIXED,
    "optimised_share": FIXED,
    "custom_share": FIXED,
}
CONDUCT = {
    "security_budget": row(0.0, 300.0),
    "economic_budget": row(0.0, 10000.0),
    "allocation": {name: row() for name in ALLOCATIONS},
    "effectiveness": row(1.0, 5.0),
    "sting": row(),
    "training": row(0.0, 10.0),
    "exercises": row(0.0, 10.0),
    "exchange": row(0.0, 50.0),
    "ambition": row(),
    "coerciveness": row(),
    "credibility": row(),
    "presence": row(),
    "camp": row(-1.0, 1.0),
    "up": row(-5.0, 0.0),
    "down": row(-5.0, 0.0),
    "pace": row(0.0, 0.2),
}
OUTLOOK = {
    "power": row(kind="shares"),
    "partner_growth": row(-0.05, 0.1),
    "world_growth": world(-0.05, 0.1),
    "growth": column(-0.1, 0.1),
    "growth_spread": world(0.0, 0.05),
    "pact": Values("sp", kind="flag"),
    "access": FIXED,
    "openness": FIXED_COLUMN,
    "turnover": FIXED_COLUMN,
    "affinity": FIXED,
    "reverse_dependence": Values("sp", 0.0, 0.2),
    "eligible": Values("sp", kind="flag"),
    "rivalry_level": world(),
    "rivalry_shock": world(-0.2, 0.3),
    "pressure_shock": plane(-0.2, 0.3),
    "incident_shock": plane(-5.0, 15.0),
    "ambient": world(0.5, 3.0),
    "demand": plane(),
    "legitimacy_shock": row(),
}
EVEN, NORMAL = (0.001, 0.999), (-3.0, 3.0)
LUCK = {
    **{name: column(*EVEN) for name in ("turnover", "incidents", "answer", "contract")},
    **{name: column(*NORMAL) for name in ("leaning", "growth", "trade")},
    **{name: plane(*EVEN) for name in ("act", "coercion")},
    "mood": plane(*NORMAL),
    "courtship": row(*NORMAL),
    "rivalry": world(*NORMAL),
}
START = {"stance": column(*NORMAL), "trust": plane(*NORMAL)}
READING = {
    "stance_sd": Values("s", 0.05, 0.4),
    "trust_sd": Values("sp", 0.01, 0.2),
    "answer": Values("s", -1.0, 1.0),
    "precision": Values("s", 0.0, 25.0),
    "side": Values("p", -1.0, 1.0),
}
RECORDS = {
    "memory": MEMORY,
    "structure": STRUCTURE,
    "conduct": CONDUCT,
    "outlook": OUTLOOK,
    "luck": LUCK,
}
BEGINNING = {
    **{name: RECORDS[name] for name in ("memory", "structure", "conduct", "outlook")},
    "reading": READING,
    "start": START,
}
KINDS = {
    "memory": Memory,
    "structure": Structure,
    "conduct": PolicyInstruments,
    "outlook": ExogenousDrivers,
    "luck": RandomDraws,
    "reading": StartReading,
    "start": StartDraws,
}


def drawn(seed: int, run: int | None = None, *, of: Mapping[str, Any] = RECORDS) -> dict[str, Any]:
    """Draw one record of each group, of all runs or of one of them."""
    lots = np.random.default_rng(seed)

    def draw(spec: Any) -> Any:
        if isinstance(spec, Mapping):
            return {name: draw(item) for name, item in spec.items()}
        values = spec.draw(lots)
        return values if run is None else values[min(run, values.shape[0] - 1)]

    return groups({name: draw(spec) for name, spec in of.items()})


def groups(given: Mapping[str, Any]) -> dict[str, Any]:
    """Make the record of each group from its plain arrays."""
    return {name: KINDS[name](**arrays) for name, arrays in given.items()}


def pass_year(**given: Any) -> year.YearResult:
    """Play one year on made-up records, by the declared numbers."""
    return year.simulate_year(**groups(given), rules=RULES_OF_THE_YEAR)


def begun(*, start: Any, rules: Rules = RULES_OF_THE_YEAR, **given: Any) -> Memory:
    """Let a run begin from made-up records."""
    return year.begin(**given, luck=start, rules=rules)
