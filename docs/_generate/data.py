"""The data page: every series with its publisher, unit, years, licence and traps, written from sources.yaml."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import yaml

from sim.world.load import load
from sim.world.roster import WORLDS
from sim.world.series import SOURCES

HEAD = """# Data

{count} series, compiled into small tables under `sim/world/data/` with a status for every row (observed as published,
derived by the rule told here, seen in part, from memory, or assumed). What was not observed is filled by one stated
rule, the same for every series (`sim/world/impute.py`), and flagged; nothing is filled silently. Licences are as stated
where the data were seen, or it is said that they were not.

Written by `python experiments/handbook.py` from `sim/world/sources.yaml`.

## At a glance

Where each value of ASEAN's ten comes from, 2000 to 2023, as shares of all values of the series. A long carried or
imputed part means that the series says less than it seems to.

{heading}
{rows}

## Series by series
"""
ENTRY = """### {name}

{title}. {publisher}.

* unit: {unit}; years: {years}; axes: {dims}; absent means: {absent}
* plausible: {plausible}
* licence: {licence}
* beware: {caveat}
* compiled from: {raw}
"""
COLUMNS = (
    "series",
    "unit",
    "years",
    "observed or derived",
    "partly seen",
    "from memory",
    "assumed",
    "interpolated",
    "carried",
    "regional mean",
    "structural zero",
    "missing",
)
KINDS = ((0, 1), (2,), (3,), (4,), (5,), (6,), (7,), (8,), (9,))  # flags, in the columns' order


def data_page() -> str:
    """Write the data page as Markdown."""
    entries = yaml.safe_load(SOURCES.read_text(encoding="utf-8"))
    world = load(list(WORLDS["asean10"]), ["CHN", "USA", "JPN"])
    rows = [_glance(name, entry, world) for name, entry in entries.items()]
    heading = f"| {' | '.join(COLUMNS)} |\n{'|---' * len(COLUMNS)}|"
    parts = [HEAD.format(count=len(entries), heading=heading, rows="\n".join(rows))]
    return "\n".join([*parts, *(_entry(name, entry) for name, entry in entries.items())])


def _glance(name: str, entry: Mapping[str, Any], world: Any) -> str:
    flag = f"{name}_flag"
    cells = [name, str(entry["unit"]).replace("|", "/"), str(entry["years"])]
    if flag not in world:
        return f"| {' | '.join([*cells, *['-'] * len(KINDS)])} |"
    values = world[flag].values
    shares = [float(sum((values == code).mean() for code in codes)) for codes in KINDS]
    return f"| {' | '.join([*cells, *(f'{share:.0%}' for share in shares)])} |"


def _entry(name: str, entry: Mapping[str, Any]) -> str:
    entries = {key: _told(value) for key, value in entry.items()}
    low, high = entry["plausible"]
    return ENTRY.format(name=name, **(entries | {"plausible": f"{low:g} to {high:g}"}))


def _told(value: Any) -> str:
    text = ", ".join(map(str, value)) if isinstance(value, list) else str(value)
    return text.strip().rstrip(".")
