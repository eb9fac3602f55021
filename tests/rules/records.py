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
from sim.rules.record import ExogenousDrivers, Memory, PolicyInstruments, RandomDraws, Structure
from tests.rules.properties import Values, column, option, plane, row, world

RULES_OF_THE_YEAR = Settings().rules


def rules_of(alignment: str) -> Rules:
    """Return the declared numbers with another rule for the targets of the ties."""
    theory = replace(RULES_OF_THE_YEAR.theory, alignment=alignment)
    return replace(RULES_OF_THE_YEAR, theory=theory)


FIXED = Values("sp")
FIXED_COLUMN = Values("s")

MEMORY = {
    "security_tie": option(),
    "economic_tie": option(),
    "trust": plane(),
    "dependence": plane(kind="parts"),
    "capacity": column(0.0, 2.0),
    "pressure": plane(),
    "coercion": plane(),
    "salience": plane(0.0, 3.0),
    "resolve": column(),
    "lean": column(-1.0, 1.0),
    "reassurance": plane(),
    "security_aid": plane(0.0, 100.0),
    "economic_aid": plane(0.0, 3000.0),
    "provocation": plane(),
    "incidents": plane(0.0, 20.0),
    "gdp": column(1.0, 1500.0),
    "rivalry": world(),
}
STRUCTURE = {
    "distance": Values("sp", 0.0, 15000.0),
    "contiguous": Values("sp", kind="flag"),
    "stake": FIXED,
    "claimant": Values("s", kind="flag"),
    "trust_baseline": FIXED,
    "area": Values("s", 0.0, 3000.0),
    "own_capacity": FIXED_COLUMN,
    "first_gdp": Values("s", 1.0, 1500.0),
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
}
OUTLOOK = {
    "power": row(kind="shares"),
    "partner_growth": row(-0.05, 0.1),
    "growth": column(-0.1, 0.1),
    "growth_spread": world(0.0, 0.05),
    "pact": Values("sp", kind="flag"),
    "access": FIXED,
    "partnership": FIXED,
    "affinity": FIXED,
    "reverse_dependence": Values("sp", 0.0, 0.2),
    "eligible": Values("sp", kind="flag"),
    "rivalry_level": world(),
    "rivalry_shock": world(-0.2, 0.3),
    "pressure_shock": plane(-0.2, 0.3),
    "incident_shock": plane(-5.0, 15.0),
}
LUCK = {
    "turnover": column(0.001, 0.999),
    "leaning": column(-3.0, 3.0),
    "mood": column(-3.0, 3.0),
    "growth": column(-3.0, 3.0),
    "incidents": column(0.001, 0.999),
    "rivalry": world(-3.0, 3.0),
}
RECORDS = {
    "memory": MEMORY,
    "structure": STRUCTURE,
    "conduct": CONDUCT,
    "outlook": OUTLOOK,
    "luck": LUCK,
}
KINDS = {
    "memory": Memory,
    "structure": Structure,
    "conduct": PolicyInstruments,
    "outlook": ExogenousDrivers,
    "luck": RandomDraws,
}


def drawn(seed: int, run: int | None = None) -> dict[str, Any]:
    """Draw one record of each group, of all runs or of one of them."""
    lots = np.random.default_rng(seed)

    def draw(spec: Any) -> Any:
        if isinstance(spec, Mapping):
            return {name: draw(item) for name, item in spec.items()}
        values = spec.draw(lots)
        return values if run is None else values[min(run, values.shape[0] - 1)]

    return groups({name: draw(spec) for name, spec in RECORDS.items()})


def groups(given: Mapping[str, Any]) -> dict[str, Any]:
    """Make the record of each group from its plain arrays."""
    return {name: KINDS[name](**arrays) for name, arrays in given.items()}


def pass_year(**given: Any) -> year.YearResult:
    """Play one year on made-up records, by the declared numbers."""
    return year.simulate_year(**groups(given), rules=RULES_OF_THE_YEAR)
