"""The parameter handbook: every declared number, with default, unit, range and source, written from the settings."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import fields, is_dataclass
from typing import Any

from sim.config import Settings, declared
from sim.config.declare import Declaration, declarations
from sim.config.levers import OtherPower
from sim.config.settings import EVENT_KINDS
from sim.game.prices import Budgets

HEAD = """# Parameter handbook

Every number is declared once, in `sim/config/`. That one line is its default, its validation, its sampling range and its row
here. {count} settings, of which {assumed} have the source "assumed": the literature gives directions, seldom sizes. Any of
them can be set on the command line: `python experiments/run.py policy.japan.osa_budget=5`. Named choices
under `conf/` set several.

Written by `python experiments/handbook.py`.
"""
TABLE = "| name | default | unit | range | meaning | source |\n|---|---|---|---|---|---|"
OTHER = """## `policy.others.CODE`

{doc} One group a further power, by its code.
"""
GAME = """## `game.budgets`

{doc} For `experiments/game.py` alone; `game.budgets=null` binds nobody.
"""
REST = f"""## What is no number

| name | default | meaning |
|---|---|---|
| `world` | {{world}} | named set of states, in `conf/world/` |
| `states` | the world's | codes of the states modelled |
| `partners` | {{partners}} | codes of the powers modelled, at least two |
| `scenario.name` | baseline | a name for the scenario |
| `scenario.events` | none | dated events: year, kind ({", ".join(EVENT_KINDS)}), size, and perhaps state, partner, until, note |
| `policy.japan.custom` | none | shares by state for the allocation rule `custom` |
"""


def handbook() -> str:
    """Write the handbook as Markdown."""
    known = declared()
    sources = Counter(declaration.source for declaration in known.values())
    parts = [HEAD.format(count=len(known), assumed=sources["assumed"])]
    meanings = dict(group_meanings(Settings))
    for group, rows in _by_group(known).items():
        title = f"## `{group}`" if group else "## The run"
        parts.append(f"{title}\n\n{meanings[group]}\n\n{table(rows)}\n")
    further = {
        f"policy.others.CODE.{name}": declaration for name, declaration in declarations(OtherPower)
    }
    parts.append(f"{OTHER.format(doc=_first(OtherPower))}\n{table(further)}\n")
    prices = {f"game.budgets.{name}": declaration for name, declaration in declarations(Budgets)}
    parts.append(f"{GAME.format(doc=_first(Budgets))}\n{table(prices)}\n")
    settings = Settings()
    parts.append(REST.format(world=settings.world, partners=", ".join(settings.partners)))
    return "\n".join(parts)


def table(rows: Mapping[str, Declaration]) -> str:
    """Lay declared settings out as a Markdown table, one a row."""
    return "\n".join([TABLE, *(_row(name, declaration) for name, declaration in rows.items())])


def _row(name: str, declaration: Declaration) -> str:
    cells = (
        f"`{name}`",
        _value(declaration.default),
        declaration.unit,
        _range(declaration),
        declaration.doc,
        declaration.source,
    )
    return f"| {' | '.join(cell.replace('|', '/') for cell in cells)} |"


def _value(value: Any) -> str:
    if isinstance(value, float):
        return f"{value:.12g}"
    return str(value)


def _range(declaration: Declaration) -> str:
    if declaration.kind == "choice":
        return ", ".join(declaration.choices)
    return f"{_value(float(declaration.low))} to {_value(float(declaration.high))}"


def _by_group(known: Mapping[str, Declaration]) -> dict[str, dict[str, Declaration]]:
    groups: dict[str, dict[str, Declaration]] = {}
    for name, declaration in known.items():
        groups.setdefault(name.rpartition(".")[0], {})[name] = declaration
    return groups


def group_meanings(kind: type, prefix: str = "") -> Iterable[tuple[str, str]]:
    """Walk the groups of settings; yield ("policy.japan", first line of its docstring) in reading order."""
    yield prefix, _first(kind)
    for item in fields(kind):
        if is_dataclass(item.default_factory):
            path = f"{prefix}.{item.name}" if prefix else item.name
            yield from group_meanings(item.default_factory, path)  # type: ignore[arg-type]


def _first(kind: type) -> str:
    return (kind.__doc__ or "").strip().splitlines()[0]
