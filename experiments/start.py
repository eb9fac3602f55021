"""Is the start plausible? Computed alignment beside what elites answered.

python experiments/start.py [setting=value ...] [out=DIR]

The page stands in results/start (or out=DIR); publish=true, with nothing else changed, puts it into docs/.
"""

from __future__ import annotations

import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from sim.cli import (
    StudyContext,  # noqa: E402  (the package beside this folder comes first)
    enter,
)


def task(job: StudyContext) -> Mapping[str, Any]:
    """Do one job (imported late, so that a mistake is told at once)."""
    from sim.studies.start.command import write_start

    return write_start(job)


def main(argv: list[str] | None = None) -> int:
    """Run the experiment and return its exit status."""
    return enter(task, config_name="config", name="start", argv=argv)


if __name__ == "__main__":
    sys.exit(main())
