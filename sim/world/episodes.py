"""Thirty coded episodes of a state turning, or not turning, under pressure, offers or a new leader, 1995-2023.

Twelve of them are none: what was expected to move a state and did not. The first thirteen may be fitted to; the others, of
2016-23 and two longer ones, are held out. Two coders; 27 of the 30 were coded blind (kappa of direction 0.69).
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pandas as pd

from sim.world.roster import ASEAN_10
from sim.world.series import DATA, RECOMPILE
from sim.world.tables import read_cells, read_numbers, table_fault

EPISODES = "episodes"
REGION = "ASEAN"  # all ten members
COLUMNS = (
    *("id", "state", "first_year", "last_year"),
    *("domain", "direction", "size", "held_out"),
)
DIRECTIONS = ("China", "US-Japan", "both", "none")
SIZES = ("none", "small", "medium", "large")


@dataclass(frozen=True, kw_only=True)
class Episode:
    """One episode: who, when, in which domains (sec, eco, dipl, stance, opinion, all), which way, how far."""

    number: int
    states: tuple[str, ...]
    first: int
    last: int
    domains: tuple[str, ...]
    direction: str
    size: str
    held_out: bool


def load_episodes(*, folder: Path = DATA) -> tuple[Episode, ...]:
    """Load every episode, by number.

    Raises
    ------
    UserError : the table is missing or unfit.
    """
    rows: list[dict[Any, Any]] = read_episodes(folder).to_dict("records")
    return tuple(
        Episode(
            number=int(row["id"]),
            states=ASEAN_10 if row["state"] == REGION else tuple(row["state"].split(";")),
            first=int(row["first_year"]),
            last=int(row["last_year"]),
            domains=tuple(row["domain"].split(";")),
            direction=row["direction"],
            size=row["size"],
            held_out=row["held_out"] == "yes",
        )
        for row in rows
    )


def read_episodes(folder: Path = DATA) -> pd.DataFrame:
    """Read ``episodes.csv``, its index the line of the file; UserError if it is unfit."""
    path = Path(folder) / f"{EPISODES}.csv"
    table = read_cells(path, needed=COLUMNS, where=RECOMPILE)[list(COLUMNS)]
    for name in ("id", "first_year", "last_year"):
        table[name] = read_numbers(table[name], path, where=RECOMPILE)
    for name, allowed in {
        "direction": DIRECTIONS,
        "size": SIZES,
        "held_out": ("yes", "no"),
    }.items():
        for line, word in table[name].items():
            if word not in allowed:
                raise table_fault(
                    path,
                    f"line {line}, column {name!r} holds {word!r}",
                    f"it must be one of {', '.join(allowed)}",
                    RECOMPILE,
                )
    return table
