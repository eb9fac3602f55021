"""Options of the search for a division: how wide and how long to search, and on how many runs to test."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sim.composition.commands import command
from sim.config.declare import choice, integer, names, section, values
from sim.config.options import Options

JUDGED = ("last", "mean")


@dataclass(frozen=True, kw_only=True)
class AllocateOptions:
    """How a budget's division is searched for and tested."""

    population: int = integer(60, "divisions in a generation", low=8, high=500)
    generations: int = integer(40, "generations, the first included", low=1, high=1000)
    runs: int = integer(50, "futures each division is searched on", low=5, high=2000)
    fresh: int = integer(400, "futures, never used in the search, to test on", low=5, high=5000)
    elsewhere: int = integer(100, "of these, in each other scenario", low=5, high=5000)
    judged: str = choice("last", JUDGED, "scores of the last year, or their mean")
    scenarios: tuple[str, ...] | None = names(
        None, "tested in, too; null: all, and the rival theories", example="[cold_war,us_retreat]"
    )

    def as_mapping(self) -> dict[str, Any]:
        """Return them as the section of a configuration."""
        return values(self) | {
            "scenarios": None if self.scenarios is None else list(self.scenarios)
        }


@command("allocate")
@dataclass(frozen=True, kw_only=True)
class AllocateCommand(Options):
    """Options of experiments/allocate.py."""

    allocate: AllocateOptions = section(AllocateOptions)
