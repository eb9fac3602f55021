"""What would happen under thousands of settings? A sweep that can be stopped, gone on with and extended.

python experiments/sweep.py experiment=aid_pressure [sweep.space.NAME=[low,high] ...] [out=DIR]
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
    from sim.studies.sweep.command import sweep

    return sweep(job)


def main(argv: list[str] | None = None) -> int:
    """Run the experiment and return its exit status."""
    return enter(task, config_name="sweep", name="sweep", argv=argv)


if __name__ == "__main__":
    sys.exit(main())
