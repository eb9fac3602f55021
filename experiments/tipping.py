"""Does joint resolve tip, and does it tip back? China's pressure raised slowly and lowered again.

python experiments/tipping.py [tipping.complementarity=[...]] [tipping.threshold=[...]] [runs=N] [out=DIR]

The page stands in results/tipping (or out=DIR); publish=true, with nothing else changed, puts it into docs/.
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
    from sim.studies.tipping.command import tipping

    return tipping(job)


def main(argv: list[str] | None = None) -> int:
    """Run the experiment and return its exit status."""
    return enter(task, config_name="tipping", name="tipping", argv=argv)


if __name__ == "__main__":
    sys.exit(main())
