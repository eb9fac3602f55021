"""Why did this run of a sweep go that way? One cell again, in the Mesa region, with its reasons.

python experiments/replay.py store=results/sweep point=17 replicate=3 [state=PHL]
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
    from sim.studies.replay.command import replay

    return replay(job)


def main(argv: list[str] | None = None) -> int:
    """Run the experiment and return its exit status."""
    return enter(task, config_name="replay", name="replay", argv=argv)


if __name__ == "__main__":
    sys.exit(main())
