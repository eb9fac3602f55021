"""The command line: where words become settings and options, and a mistake becomes one clear message.

Reading order: `main` (from the words to the jobs), `flags` (those of Hydra), `launching` (several jobs), `job_table` (tables);
below it `sim.composition` (what words and files come to).
"""

import sim.game.options
import sim.report.options  # noqa: F401  (so that every command is known, and its options)
from sim.cli.main import enter
from sim.composition.context import StudyContext
from sim.studies import load_options

load_options()

__all__ = ["StudyContext", "enter"]
