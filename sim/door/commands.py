"""The commands that take options of their own: the configuration's name -> the class that declares them, once.

Every other command has the options that all have (`sim.config.options.Options`).
"""

from __future__ import annotations

from collections.abc import Mapping

from sim.config.options import Options
from sim.door.asking import WhyCommand
from sim.door.comparison import CompareCommand
from sim.explore.allocation.options import AllocateCommand
from sim.explore.difference.options import DifferenceCommand
from sim.explore.discovery.options import DiscoveryCommand
from sim.explore.game.options import GameCommand
from sim.explore.report.options import ReportCommand
from sim.explore.rivals.options import BargainingCommand, LandscapeCommand
from sim.explore.robust.options import RobustCommand
from sim.explore.sensitivity.options import SensitivityCommand
from sim.explore.survival.options import SurvivalCommand
from sim.explore.sweep.options import ReplayCommand, SweepCommand
from sim.explore.tipping.options import TippingCommand

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
