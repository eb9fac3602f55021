"""What did a sweep find? One page with its figures, tables, comparison of any two points, sources and limits.

python experiments/report.py store=results/sweep [report.points=[0,1,2]] [out=DIR]
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
    from sim.report.command import report

    return report(job)


def main(argv: list[str] | None = None) -> int:
    """Run the experiment and return its exit status."""
    return enter(task, config_name="report", name="report", argv=argv)


if __name__ == "__main__":
    sys.exit(main())
