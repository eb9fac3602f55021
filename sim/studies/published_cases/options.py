"""What experiments/landscape.py and experiments/bargaining.py may be told."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sim.composition.commands import command
from sim.config.declare import choice, integer, path, read
from sim.config.options import Options

CASES = ("unix_standards", "great_powers_1936")


def _read_sizes(value: Any) -> Any:
    if not isinstance(value, str | list | tuple) or not value:
        raise ValueError("it must be a file, or a list of numbers")
    return value


@command("landscape")
@dataclass(frozen=True, kw_only=True)
class LandscapeCommand(Options):
    """Options of experiments/landscape.py."""

    case: str = choice(CASES[0], CASES, "published case, where neither sizes nor propensities are")
    sizes: Any = read(_read_sizes, None, "file with a row an actor, or a list", example="sizes.csv")
    propensities: str = path("", "the path of a file, a row and a column an actor")
    starts: int | None = integer(
        None, "configurations drawn at random; null: all are gone through", low=100, high=1_000_000
    )


@command("bargaining")
@dataclass(frozen=True, kw_only=True)
class BargainingCommand(Options):
    """Options of experiments/bargaining.py."""

    actors: str = path("", "the path of a table of actors (null: the published case)")
