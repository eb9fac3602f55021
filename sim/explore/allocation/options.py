"""What a search for a division is told: how wide and how long to look, and on how much luck to test what it found."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sim.config.declare import Declaration

JUDGED = ("last", "mean")


def _whole(default: int, doc: str, *, low: int, high: int) -> Declaration:
    return Declaration(kind="integer", default=default, doc=doc, low=low, high=high)


OPTIONS = {
    "population": _whole(60, "divisions in a generation", low=8, high=500),
    "generations": _whole(40, "generations, the first included", low=1, high=1000),
    "runs": _whole(50, "futures each division is searched on", low=5, high=2000),
    "fresh": _whole(400, "futures, never used in the search, it is tested on", low=5, high=5000),
    "elsewhere": _whole(100, "of these, in each other scenario", low=5, high=5000),
    "judged": Declaration(
        kind="choice", default="last", choices=JUDGED, doc="scores of the last year, or their mean"
    ),
}


@dataclass(frozen=True, kw_only=True)
class AllocateOptions:
    """Values of `OPTIONS`; scenarios : names to test in, beside the settings' own."""

    population: int = OPTIONS["population"].default
    generations: int = OPTIONS["generations"].default
    runs: int = OPTIONS["runs"].default
    fresh: int = OPTIONS["fresh"].default
    elsewhere: int = OPTIONS["elsewhere"].default
    judged: str = OPTIONS["judged"].default
    scenarios: tuple[str, ...] | None = None

    def as_mapping(self) -> dict[str, Any]:
        """Return them as the section of a configuration."""
        names = None if self.scenarios is None else list(self.scenarios)
        return {name: getattr(self, name) for name in OPTIONS} | {"scenarios": names}
