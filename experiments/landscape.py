"""Who ends up with whom? The energy landscape of any actors, its local minima and their basins.

python experiments/landscape.py [case=NAME] [sizes=FILE|LIST propensities=FILE] [out=DIR]
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
    from sim.studies.published_cases.landscape_command import write_landscape

    return write_landscape(job)


def main(argv: list[str] | None = None) -> int:
    """Run the experiment and return its exit status."""
    return enter(task, config_name="landscape", name="landscape", argv=argv)


if __name__ == "__main__":
    sys.exit(main())
