"""Options of experiments/sensitivity.py besides settings."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, ClassVar

from sim.composition.commands import command
from sim.config.declare import choice, integer, number, read, section
from sim.config.options import Options
from sim.ensemble import option_kinds as common
from sim.ensemble.executors.options import ExecutorOptions

METHODS = ("sobol", "morris", "tornado")
ALL = "all"
LEAST_REPLICATES = 4
LEVERS = ("policy", "scenario.rivalry", "theory")
DEFAULTS: Mapping[str, tuple[tuple[str, ...], int, int]] = {  # settings, samples, replicates
    "sobol": (LEVERS, 256, 8),
    "morris": (("policy", "scenario.rivalry", "responses"), 12, 16),
    "tornado": (LEVERS, 1, 100),
}


def _settings(value: Any) -> Any:
    given = [value] if isinstance(value, str) else value
    if not isinstance(given, list | tuple | Mapping) or not given:
        raise ValueError("it must be a list of names, or name: [low, high]")
    return given


@command("sensitivity")
@dataclass(frozen=True, kw_only=True)
class SensitivityCommand(Options):
    """Options of experiments/sensitivity.py; null stands for the method's own (`DEFAULTS`)."""

    method: str = choice("sobol", (*METHODS, ALL), "sobol, morris, tornado, or all and the page")
    outcome: tuple[str, ...] = common.outcomes(
        ("hedging",), "outcome, or a list of them", common.kept_or_dated
    )
    state: str = common.state("one state; null: the mean of the states")
    settings: Any = read(
        _settings, None, "names, parts or groups; or name: [low, high]", example="[policy,theory]"
    )
    samples: int | None = integer(None, "sobol: a power of two; morris: paths", low=1, high=2**20)
    replicates: int | None = integer(
        None, "runs of each point", low=LEAST_REPLICATES, high=1_000_000
    )
    span: float = number(1.0, "part of each range, on either side", low=0.01)
    width: float | None = number(None, "asked of the widest 95 % interval", high=1e6)
    executor: ExecutorOptions = section(ExecutorOptions)

    own_groups: ClassVar[tuple[str, ...]] = ("executor",)
