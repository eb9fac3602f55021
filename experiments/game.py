"""What would you do? The classroom game: play China, the United States, Japan and states, year by year.

python experiments/game.py [game.seats=[China,Japan,Philippines]] [years.last=2030] [log=results/game/log.json]
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
    from sim.game.command import play

    return play(job)


def main(argv: list[str] | None = None) -> int:
    """Run the experiment and return its exit status."""
    return enter(task, config_name="game", name="game", argv=argv)


if __name__ == "__main__":
    sys.exit(main())
