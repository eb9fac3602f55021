"""Under which conditions does it happen? Boxes in a finished sweep, in words.

python experiments/discovery.py store=DIR outcome=NAME above=X|below=X [state=CODE] [out=DIR]

The page stands in results/discovery (or out=DIR); below=0.5 publish=true puts it into docs/, if the store is that of
experiment=discovery, whole.
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
    from sim.studies.discovery.command import discover

    return discover(job)


def main(argv: list[str] | None = None) -> int:
    """Run the experiment and return its exit status."""
    return enter(task, config_name="discovery", name="discovery", argv=argv)


if __name__ == "__main__":
    sys.exit(main())
