"""The register of outcomes: one row each. Whatever judges, keeps, compares, prints or draws outcomes goes through it.

To add one: its formula in a file of its own, a row in the register of its kind (`sim/outcomes/register_*.py`), a test
(docs/howto/add_an_outcome.md).
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

from sim.errors import UserError, nearest
from sim.outcomes import register_alignment, register_at_sea, register_region, register_room
from sim.outcomes.outcome import GROUPS, REDUCTIONS, REGION, Column, Outcome

REGISTERS = (
    register_alignment.ROWS,
    register_room.ROWS,
    register_at_sea.ROWS,
    register_region.ROWS,
)
OUTCOMES: dict[str, Outcome] = {row.name: row for rows in REGISTERS for row in rows}


def computed(of: str) -> dict[str, Outcome]:
    """Return the outcomes of "state" or "region" that are numbers worked out from a history, in order."""
    return {
        name: outcome
        for name, outcome in OUTCOMES.items()
        if outcome.of == of and outcome.is_number and outcome.compute is not None
    }


def grouped() -> dict[str, list[Outcome]]:
    """Return the outcomes by group, in the order in which pages show them."""
    groups = dict.fromkeys([*GROUPS, *(outcome.group for outcome in OUTCOMES.values())])
    return {
        group: [outcome for outcome in OUTCOMES.values() if outcome.group == group]
        for group in groups
    }


def columns(of: str = "") -> dict[str, Column]:
    """Return every number that can be kept of a run, in the order in which stores and tables have them.

    Parameters
    ----------
    of : "state" or "region" for these alone.
    """
    every = _outcome_columns(tuple(OUTCOMES.values()))
    return {column.name: column for column in every if not of or column.of == of}


@lru_cache(maxsize=4)
def _outcome_columns(rows: tuple[Outcome, ...]) -> tuple[Column, ...]:
    every = [column for row in rows for column in row.columns]
    order = list(REDUCTIONS)
    return tuple(sorted(every, key=lambda one: (one.of == REGION, order.index(one.reduce))))


def dates() -> tuple[str, ...]:
    """Name the columns that are years, blank in runs that never come to them."""
    return tuple(name for name, column in columns().items() if column.is_date)


def averaged(of: str = "") -> tuple[str, ...]:
    """Name the columns of which every run has a number, of "state" or "region" or both."""
    return tuple(name for name, column in columns(of).items() if column.is_number)


def main_columns() -> tuple[str, ...]:
    """Name the columns printed in short tables."""
    return tuple(name for name, column in columns().items() if column.main)


def kept(further: Iterable[str] = ()) -> tuple[str, ...]:
    """Name what is kept of a run: what always is, and `further`, in order.

    Raises
    ------
    UserError : no such number.
    """
    known, wanted = columns(), set(further)
    for name in sorted(wanted - set(known)):
        raise UserError(
            given=f"sweep.keep names {name}, which no run is judged by",
            allowed=nearest(name, list(known)),
            where="on the command line: sweep.keep=[trust_japan]",
        )
    return tuple(name for name, item in known.items() if item.default or name in wanted)


def paths() -> tuple[str, ...]:
    """Name the outcomes kept by year where paths are."""
    return tuple(name for name, outcome in OUTCOMES.items() if outcome.path)


def label_of(name: str) -> str:
    """What an outcome, or a number kept of it, is called.

    >>> label_of("hedging_share"), label_of("capacity"), label_of("made_up")
    ('Hedging share', 'Capacity at sea', 'made up')
    """
    known = columns().get(name) or OUTCOMES.get(name)
    return name.replace("_", " ") if known is None else known.label
