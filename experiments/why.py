"""Why did a state move, or why does it stand elsewhere under another policy? Reasons that add up exactly.

python experiments/why.py state=PHL years=[2024,2030] [run=3] [against=policy/japan=none]
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
from sim.studies.explain.options import as_asked  # noqa: E402


def task(job: StudyContext) -> Mapping[str, Any]:
    """Do one job (imported late, so that a mistake is told at once)."""
    from sim.studies.explain.command import why

    return why(job)


def main(argv: list[str] | None = None) -> int:
    """Run the experiment and return its exit status."""
    asked = as_asked(sys.argv[1:] if argv is None else argv)
    return enter(task, config_name="why", name="why", argv=asked)


if __name__ == "__main__":
    sys.exit(main())
