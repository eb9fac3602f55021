"""What experiments/survival.py may be told besides settings."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, ClassVar

from sim.composition.commands import command
from sim.config.declare import numbers, path, redeclared, section
from sim.config.options import Options
from sim.ensemble import option_kinds as common
from sim.ensemble.executors.options import ExecutorOptions
from sim.ensemble.options import DesignSection
from sim.outcomes.definitions import dates

SPACE = {
    "scenario": ["managed", "baseline", "cold_war", "sea_clash", "taiwan_crisis", "us_retreat"],
    "policy/japan": ["none", "osa_2023", "osa_expanded", "lethal_exports"],
}
READINGS = ("left_band_posture", "left_band_structure")
DATES = ("time_to_choice", "left_band", *READINGS)
THRESHOLDS = (0.45, 0.5, 0.55, 0.6, 0.65)


@dataclass(frozen=True, kw_only=True)
class SurvivalSection:
    """What is compared over what, for which dates."""

    over: str = common.column(
        "scenario", "column of the design whose values are compared; null: none"
    )
    between: str = common.column("policy/japan", "second such column; null: none")
    outcomes: tuple[str, ...] = common.outcomes(DATES, "dates followed", dates, example="left_band")
    thresholds: tuple[float, ...] = numbers(
        THRESHOLDS, "of the hedging index, tried for time_to_choice; [] for none", fewest=0
    )


@dataclass(frozen=True, kw_only=True)
class SurvivalSweep(DesignSection):
    """The sweep that is run where no store is named."""

    space: Mapping[str, Any] = redeclared(DesignSection, "space", SPACE)
    replicates: int = redeclared(DesignSection, "replicates", 200)
    paths: bool = redeclared(DesignSection, "paths", True)
    keep: tuple[str, ...] = redeclared(DesignSection, "keep", READINGS)


@command("survival")
@dataclass(frozen=True, kw_only=True)
class SurvivalCommand(Options):
    """Options of experiments/survival.py."""

    store: str = path(
        "", "the folder of a sweep that is there (null: one is run)", example=common.STORE
    )
    survival: SurvivalSection = section(SurvivalSection)
    sweep: SurvivalSweep = section(SurvivalSweep)
    executor: ExecutorOptions = section(ExecutorOptions)

    own_groups: ClassVar[tuple[str, ...]] = ("executor",)
