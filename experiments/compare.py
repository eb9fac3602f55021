"""What difference does a choice make? Named choices side by side, with the same luck.

python experiments/compare.py compare.over=scenario compare.choices=[baseline,cold_war]
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
    from sim.studies.scenario.compare_command import compare

    return compare(job)


def main(argv: list[str] | None = None) -> int:
    """Run the experiment and return its exit status."""
    return enter(task, config_name="compare", name="compare", argv=argv)


if __name__ == "__main__":
    sys.exit(main())
