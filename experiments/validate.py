"""Does it tell what it has not seen? Held-out years and states beside forecasts that need no model.

python experiments/validate.py [runs=DRAWS] [seed=N] [out=DIR]

The page stands in results/validate (or out=DIR); publish=true, with nothing else changed, puts it into docs/.
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
    from sim.studies.validation.command import write_validation

    return write_validation(job)


def main(argv: list[str] | None = None) -> int:
    """Run the experiment and return its exit status."""
    return enter(task, config_name="config", name="validate", argv=argv)


if __name__ == "__main__":
    sys.exit(main())
