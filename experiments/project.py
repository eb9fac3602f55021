"""What does it expect of 2024 to 2026? Put down now, so that anyone can score it later.

python experiments/project.py [runs=DRAWS] [seed=N] [out=DIR]

The page stands in results/project (or out=DIR); publish=true, with nothing else changed, puts it into docs/.
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
    from sim.studies.validation.projection_command import write_projections

    return write_projections(job)


def main(argv: list[str] | None = None) -> int:
    """Run the experiment and return its exit status."""
    return enter(task, config_name="config", name="project", argv=argv)


if __name__ == "__main__":
    sys.exit(main())
