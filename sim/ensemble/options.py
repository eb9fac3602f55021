"""What a sweep may be told: each option once, with its default and what is allowed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sim.config.declare import (
    choice,
    declarations,
    integer,
    mapping,
    number,
    path,
    read,
    switch,
    values,
)
from sim.errors import nearest
from sim.outcomes.definitions import columns, kept

DESIGNS = ("grid", "lhs", "sobol", "table", "zip")
PARAMETERS = ("declared", "posterior")
COMPILED = "compiled"
ENGINES = ("numpy", COMPILED)  # equal to rounding; the second needs JAX, and pays for large sweeps
PRECISIONS = {"single": 4, "double": 8}  # bytes of a stored number
MOST = 100_000_000
BASELINE = "it must be point:N, or a value of what was varied"


def _read_baseline(value: Any) -> str | Mapping[str, Any]:
    if not isinstance(value, str | Mapping) or not value:
        raise ValueError(BASELINE)
    return value


def read_keep(given: Any) -> tuple[str, ...]:
    """Return the numbers to keep beside those that always are, each once and in the register's order.

    Parameters
    ----------
    given : names of columns of the register (`sim.outcomes.definitions.columns`), or "all".

    Raises
    ------
    ValueError : not a list of names, or a name that no run is judged by.
    """
    known = columns()
    listed = list(known) if given == "all" else [given] if isinstance(given, str) else given
    if not isinstance(listed, list | tuple) or not all(isinstance(name, str) for name in listed):
        raise ValueError("it must be a list of names of outcomes, or all")
    for name in listed:
        if name not in known:
            raise ValueError(nearest(name, known), name)
    return tuple(name for name in kept(listed) if not known[name].default)


def measured_against(doc: str) -> Any:
    """Declare what the points of a sweep are measured against (`sim.studies.difference.baseline`)."""
    return read(_read_baseline, None, doc, example="point:0")


@dataclass(frozen=True, kw_only=True)
class RunsSection:
    """What varies, and how the runs of each point are made and kept."""

    space: Mapping[str, Any] = mapping(
        {}, "what varies: setting or group -> [low,high] or values", example="{seed: [1,2]}"
    )
    replicates: int = integer(0, "runs of each point; 0: as runs allow, or 100", low=0, high=MOST)
    parameters: str = choice("declared", PARAMETERS, "where the rules' numbers come from")
    block: int = integer(2000, "runs of a block, in a new store", low=1, high=1_000_000)
    threshold: float = number(0.5, "hedging index below which a state is said to have chosen")
    keep: tuple[str, ...] = read(
        read_keep, (), "numbers kept of a run, too; all for every one", example="[trust_japan]"
    )
    precision: str = choice("single", tuple(PRECISIONS), "numbers stored")
    confirm: bool = switch(False, "true for more than 1,000,000 runs")


@dataclass(frozen=True, kw_only=True)
class DesignSection(RunsSection):
    """How points are laid out over what varies."""

    design: str = choice("grid", DESIGNS, "how points are laid out")
    table: str = path("", "the path of a table, for design=table", example="points.csv")
    points: int = integer(0, "points of lhs and sobol; 0: as runs allow, or 64", low=0, high=MOST)
    levels: int = integer(9, "steps of a grid through each range", low=1, high=10_000)
    paths: bool = switch(False, "keep yearly paths, too")
    draws: int = integer(20, "posterior draws of each point", low=1, high=400)


@dataclass(frozen=True, kw_only=True)
class SweepSection(DesignSection):
    """A sweep of its own."""

    engine: str = choice("numpy", ENGINES, "what runs the blocks")
    forecast: bool = switch(False, "only say what it would take")
    baseline: Any = measured_against("also write policy minus baseline, run by run")


@dataclass(frozen=True, kw_only=True)
class SweepOptions(SweepSection):
    """How a sweep is made; 0 points or replicates means: as `runs` (0: no cap), or the defaults, allow."""

    runs: int = 0


OPTIONS = dict(declarations(SweepSection))


def sweep_options(section: RunsSection, *, runs: int, **changed: Any) -> SweepOptions:
    """Make a sweep's options of a section; `runs` of the settings is a cap, 1 none."""
    return SweepOptions(**{**values(section), "runs": runs if runs > 1 else 0, **changed})
