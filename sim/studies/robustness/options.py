"""What experiments/robust.py may be told besides settings."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, ClassVar

from sim.composition.commands import command
from sim.config.declare import integer, mapping, redeclared, section
from sim.config.options import Options
from sim.config.settings import THEORIES
from sim.ensemble import option_kinds as common
from sim.ensemble.executors.options import ExecutorOptions
from sim.ensemble.options import RunsSection
from sim.studies.survival.options import SPACE as COMPARED

OSA = "policy/japan"
POLICIES = {
    "none": {OSA: "none"},
    "osa_2023": {OSA: "osa_2023"},
    "osa_expanded": {OSA: "osa_expanded"},
    "expanded_by_lanes": {OSA: "osa_expanded", "policy.japan.allocation": "sea_lanes"},
    "expanded_by_need": {OSA: "osa_expanded", "policy.japan.allocation": "need"},
    "lethal_exports": {OSA: "lethal_exports"},
}
CRITERIA = {"deterrence_mean": ">=55", "sea_lanes_mean": ">=35", "hedging_share": ">=0.3"}
SPACE = {
    "scenario": COMPARED["scenario"],
    "theory": [*THEORIES],
    "policy.china.gray_zone": [0.2, 1],
    "policy.china.coercion": [0, 1],
    "policy.china.inducement": [5, 20],
    "policy.united_states.credibility": [0.2, 0.9],
    "policy.united_states.presence": [0.3, 1],
    "rules.resolve.threshold": [0.75, 1.5],
    "rules.resolve.peers": [0.4, 1.6],
    "rules.courtship.deterrence_collective": [-0.05, 0.2],
}


@dataclass(frozen=True, kw_only=True)
class RobustSection:
    """Who is to be judged in which futures, by what."""

    policies: Mapping[str, Any] = mapping(
        POLICIES,
        "candidates: name -> setting or group -> value; null takes one out",
        example="{mine:{policy/japan:osa_2023}}",
    )
    futures: int = integer(64, "futures drawn, shared by all candidates", low=10, high=1_000_000)
    criteria: Mapping[str, Any] = mapping(
        CRITERIA,
        "outcome -> '>= number' or '<= number'; null takes one out",
        example="{sea_lanes_mean:'>=40'}",
    )
    outcome: str = common.outcome("sea_lanes_mean", "outcome whose regret is measured", common.kept)
    resamples: int = integer(1000, "resamples of the intervals", low=100, high=100_000)


@dataclass(frozen=True, kw_only=True)
class RobustSweep(RunsSection):
    """What is uncertain, and the runs of each policy in each future."""

    space: Mapping[str, Any] = redeclared(RunsSection, "space", SPACE)
    replicates: int = integer(20, "runs of each policy in each future", low=4, high=100_000_000)


@command("robust")
@dataclass(frozen=True, kw_only=True)
class RobustCommand(Options):
    """Options of experiments/robust.py."""

    robust: RobustSection = section(RobustSection)
    sweep: RobustSweep = section(RobustSweep)
    executor: ExecutorOptions = section(ExecutorOptions)

    own_groups: ClassVar[tuple[str, ...]] = ("executor",)
