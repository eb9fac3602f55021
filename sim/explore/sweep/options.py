"""What a sweep may be told: each option once, with its default and what is allowed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from sim.config.declare import Declaration
from sim.errors import UserError
from sim.explore.sweep.design_points import DESIGNS
from sim.outcomes.definitions import columns, kept

PARAMETERS = ("declared", "posterior")
COMPILED = "compiled"
ENGINES = ("numpy", COMPILED)  # equal to rounding; the second needs JAX, and pays for large sweeps
EXAMPLE = "on the command line: sweep.keep=[trust_japan]"
PRECISIONS = {"single": 4, "double": 8}  # bytes of a stored number


@dataclass(frozen=True, kw_only=True)
class SweepOptions:
    """How a sweep is made; 0 points or replicates means: as runs (or the defaults) allow.

    keep : numbers kept of each run beside those that always are (`sim.outcomes.definitions.columns`).
    baseline : what its points are measured against, if anything (`sim.explore.difference.baseline`).
    """

    space: Mapping[str, Any] = field(default_factory=dict)
    design: str = "grid"
    table: str = ""
    points: int = 0
    levels: int = 9
    replicates: int = 0
    runs: int = 0
    block: int = 2000
    threshold: float = 0.5
    keep: tuple[str, ...] = ()
    paths: bool = False
    precision: str = "single"
    confirm: bool = False
    forecast: bool = False
    parameters: str = "declared"
    draws: int = 20
    engine: str = "numpy"
    baseline: Any = None


OPTIONS = {
    "design": Declaration(
        kind="choice", default="grid", choices=DESIGNS, doc="how points are laid out"
    ),
    "points": Declaration(
        kind="integer", default=0, high=100_000_000, doc="points of a drawn design"
    ),
    "levels": Declaration(
        kind="integer", default=9, low=1, high=10_000, doc="steps of a grid's range"
    ),
    "replicates": Declaration(
        kind="integer", default=0, high=100_000_000, doc="runs of each point"
    ),
    "block": Declaration(
        kind="integer", default=2000, low=1, high=1_000_000, doc="runs of a block"
    ),
    "threshold": Declaration(
        kind="number", default=0.5, doc="hedging index below which a state chose"
    ),
    "parameters": Declaration(
        kind="choice",
        default="declared",
        choices=PARAMETERS,
        doc="where the rules' numbers come from",
    ),
    "draws": Declaration(
        kind="integer", default=20, low=1, high=400, doc="posterior draws of each point"
    ),
    "engine": Declaration(
        kind="choice", default="numpy", choices=ENGINES, doc="what runs the blocks"
    ),
    "precision": Declaration(
        kind="choice", default="single", choices=tuple(PRECISIONS), doc="numbers stored"
    ),
}


def read_keep(given: Any) -> tuple[str, ...]:
    """Return the numbers to keep beside those that always are, each once and in the register's order.

    Parameters
    ----------
    given : names of columns of the register (`sim.outcomes.definitions.columns`), "all", or null.

    Raises
    ------
    UserError : not a list of names, or a name that no run is judged by.
    """
    known = columns()
    names = list(known) if given == "all" else [] if given is None else given
    if not isinstance(names, list | tuple) or not all(isinstance(name, str) for name in names):
        raise UserError(
            given=f"sweep.keep is {given!r}",
            allowed="it must be a list of names of outcomes, or all",
            where=EXAMPLE,
        )
    return tuple(name for name in kept(names) if not known[name].default)
