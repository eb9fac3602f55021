"""The sections of a configuration: what each experiment may be told besides settings, and the groups that are its alone.

`sweep.space.NAME=VALUES` and `baseline.NAME=VALUE` are written into the configuration as one mapping with NAME as it stands,
so that names with dots and slashes are keys and need no plus.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from sim.config.declare import declarations
from sim.explore.game.prices import Budgets

NAMED = re.compile(r"^\+{0,2}(sweep\.space|sweep\.baseline|baseline)\.([\w./]+)=(.*)$", re.DOTALL)
OF_SWEEP = (
    *("space", "design", "table", "points", "levels", "replicates", "block"),
    *(
        "threshold",
        "keep",
        "paths",
        "precision",
        "confirm",
        "forecast",
        "parameters",
        "draws",
        "engine",
    ),
    "baseline",
)
OF_ALLOCATE = (
    *("population", "generations", "runs", "fresh", "elsewhere"),
    *("judged", "scenarios"),
)
OF_EXECUTOR = ("kind", "workers", "address")
OF_TIPPING = (
    *("complementarity", "threshold", "aid"),
    *("top", "levels", "years", "slower"),
)
OF_SURVIVAL = ("over", "between", "outcomes", "thresholds")
OF_GAME = ("seats", "runs", "moves", "go_on", "budgets")
OF_ROBUST = ("policies", "futures", "criteria", "outcome", "resamples")
OF_REPLAY = ("store", "point", "replicate", "state")
OF_REPORT = ("title", "points")  # and store
OF_WHY = ("run", "between", "domain", "options", "against")  # and state
GROUPED: Mapping[str, tuple[str, ...]] = {  # sections that hold names of their own
    "sweep": OF_SWEEP,
    "executor": OF_EXECUTOR,
    "allocate": OF_ALLOCATE,
    "tipping": OF_TIPPING,
    "survival": OF_SURVIVAL,
    "robust": OF_ROBUST,
    "game": OF_GAME,
    "report": OF_REPORT,
}
OPEN_GROUPS = (  # whose names stand in no file of conf/
    *("sweep.space=", "robust.policies=", "robust.criteria="),
    "game.budgets.",
)
OF_RIVALS = ("case", "sizes", "propensities", "starts", "actors")
OF_SENSITIVITY = ("method", "outcome", "settings", "samples", "replicates", "span", "width")
OF_DISCOVERY = ("above", "below", "share", "density", "resamples", "boxes")
PLAIN: tuple[str, ...] = (  # sections that are one value
    *(*OF_REPLAY, *OF_WHY, *OF_RIVALS, *OF_SENSITIVITY, *OF_DISCOVERY),
    *("baseline", "log"),
)
SECTIONS = (*GROUPED, *PLAIN)
ONLY_OF: Mapping[str, tuple[str, ...]] = {  # groups that some experiments alone have
    "experiment": ("sweep",),
    "executor": ("sweep", "sensitivity"),
    "parameters": ("sweep",),
}


def rewritten(argv: Sequence[str]) -> list[str]:
    """Turn every sweep.space.NAME=VALUES, and baseline.NAME=VALUE, into a mapping that Hydra reads.

    >>> rewritten(["sweep.space.policy/japan=[none,osa_2023]", "seed=1"])
    ['++sweep.space={policy/japan:[none,osa_2023]}', 'seed=1']
    """
    given = [f"++{text}" if text.startswith(OPEN_GROUPS) else text for text in argv]
    return [NAMED.sub(r"++\1={\2:\3}", text) for text in given]


def sections_of(folder: Path, name: str) -> tuple[str, ...]:
    """Return the sections a configuration has, by the lines of its file."""
    lines = (folder / f"{name}.yaml").read_text(encoding="utf-8").splitlines()
    found = [
        section for section in SECTIONS if any(line.startswith(f"{section}:") for line in lines)
    ]
    runs = "sweep" in found or "samples" in found
    return (*found, "executor") if runs and "executor" not in found else tuple(found)


def known(sections: Sequence[str]) -> tuple[str, ...]:
    """Return the dotted names that sections may be told."""
    named = [
        path
        for section in sections
        for path in (section, *(f"{section}.{name}" for name in GROUPED.get(section, ())))
    ]
    budgets = [f"game.budgets.{name}" for name, _ in declarations(Budgets)]
    return (*named, *(budgets if "game" in sections else ()))


def take_sections(rest: dict[str, Any]) -> dict[str, Any]:
    """Take the sections out of a composed mapping, unread."""
    rest.pop("experiment", None)
    return {name: rest.pop(name) for name in SECTIONS if name in rest}
