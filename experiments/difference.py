"""What did the policy change? Policy minus baseline over a sweep, run by run with the same luck.

python experiments/difference.py store=results/sweep baseline=point:0 [baseline.NAME=VALUE ...] [out=DIR]
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
    from sim.studies.difference.command import difference

    return difference(job)


def main(argv: list[str] | None = None) -> int:
    """Run the experiment and return its exit status."""
    return enter(task, config_name="difference", name="difference", argv=argv)


if __name__ == "__main__":
    sys.exit(main())
