"""What straits theories may be told besides settings."""

from __future__ import annotations

from dataclasses import dataclass

from sim.composition.commands import command
from sim.config.declare import integer, section, switch
from sim.config.options import Options


@dataclass(frozen=True, kw_only=True)
class TheoriesSection:
    """Whether theories are fitted anew, and how many futures are simulated."""

    refit: bool = switch(False, "fit and score every theory anew, rather than take what ships")
    draws: int = integer(40, "draws of each theory's posterior", low=2, high=200)


@command("theories")
@dataclass(frozen=True, kw_only=True)
class TheoriesCommand(Options):
    """Options of straits theories."""

    theories: TheoriesSection = section(TheoriesSection)
