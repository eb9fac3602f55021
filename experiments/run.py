"""Which way does each state lean, and what did Japan's aid buy? One scenario, 2024-2040.

python experiments/run.py [setting=value ...] [group=choice ...] [out=DIR]
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
    from sim.studies.scenario.command import run

    return run(job)


def main(argv: list[str] | None = None) -> int:
    """Run the experiment and return its exit status."""
    return enter(task, config_name="config", name="run", argv=argv)


if __name__ == "__main__":
    sys.exit(main())
