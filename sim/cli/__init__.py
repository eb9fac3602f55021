"""The door: where a command line becomes settings, and a mistake becomes one clear message.

Reading order: `options` (what a command may be told besides the settings), `compose` (Hydra's
composition), `check` (names and choices), `job` (one piece of work), `enter` (the door itself),
`running` and `comparing` (the two tasks behind it).
"""

from sim.cli.main import enter
from sim.composition.context import Job

__all__ = ["Job", "enter"]
