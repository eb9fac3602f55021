"""The commands that take options of their own: the configuration's name -> the class that declares them, once.

Every other command has the options that all have (`sim.config.options.Options`).
"""

from __future__ import annotations

from collections.abc import Mapping

from sim.config.options import Options
from sim.ensemble.options import ReplayCommand, SweepCommand
from sim.game.options import GameCommand
from sim.report.options import ReportCommand
from sim.studies.allocation.options import AllocateCommand
from sim.studies.difference.options import DifferenceCommand
from sim.studies.discovery.options import DiscoveryCommand
from sim.studies.explain.options import WhyCommand
from sim.studies.published_cases.options import BargainingCommand, LandscapeCommand
from sim.studies.robustness.options import RobustCommand
from sim.studies.scenario.comparison import CompareCommand
from sim.studies.sensitivity.options import SensitivityCommand
from sim.studies.survival.options import SurvivalCommand
from sim.studies.tipping.options import TippingCommand

COMMANDS: Mapping[str, type[Options]] = {
    "allocate": AllocateCommand,
    "bargaining": BargainingCommand,
    "compare": CompareCommand,
    "difference": DifferenceCommand,
    "discovery": DiscoveryCommand,
    "game": GameCommand,
    "landscape": LandscapeCommand,
    "replay": ReplayCommand,
    "report": ReportCommand,
    "robust": RobustCommand,
    "sensitivity": SensitivityCommand,
    "survival": SurvivalCommand,
    "sweep": SweepCommand,
    "tipping": TippingCommand,
    "why": WhyCommand,
}
OWN_GROUPS = frozenset(group for one in COMMANDS.values() for group in one.own_groups)


def options_of(name: str) -> type[Options]:
    """Return the class of a command's options, by the name of its configuration."""
    return COMMANDS.get(name, Options)
