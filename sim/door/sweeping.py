"""What sweep.py, difference.py and replay.py may be told besides settings: `sweep`, `executor`; `store`, `point` and so on.

`sweep.space.NAME=VALUES` and `baseline.NAME=VALUE` are written into the configuration as one mapping with NAME as it stands,
so that names with dots and slashes are keys and need no plus.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sim.config.declare import Declaration
from sim.config.settings import checked
from sim.errors import UserError, nearest

if TYPE_CHECKING:
    from sim.explore.executors.choose import ExecutorOptions
    from sim.explore.sweep.options import SweepOptions

NAMED = re.compile(r"^\+{0,2}(sweep\.space|sweep\.baseline|baseline)\.([^=\s{]+)=(.*)$", re.DOTALL)
OF_SWEEP = (
    *("space", "design", "table", "points", "levels", "replicates", "block"),
    *("threshold", "paths", "precision", "confirm", "forecast", "parameters", "draws", "engine"),
    "baseline",
)
OF_EXECUTOR = ("kind", "workers", "address")
OF_REPLAY = ("store", "point", "replicate", "state")
OF_REPORT = ("title", "points")  # and store
OF_WHY = ("run", "between", "domain", "options", "against")  # and state
GROUPED: Mapping[str, tuple[str, ...]] = {  # sections that hold names of their own
    "sweep": OF_SWEEP,
    "executor": OF_EXECUTOR,
    "report": OF_REPORT,
}
PLAIN: tuple[str, ...] = (*OF_REPLAY, *OF_WHY, "baseline")  # sections that are one value
SECTIONS = (*GROUPED, *PLAIN)
ONLY_OF = {
    "experiment": "sweep",
    "executor": "sweep",
    "parameters": "sweep",
}  # groups that one experiment alone has
WHOLE = {
    "workers": Declaration(kind="integer", default=0, high=4096, doc="processes; 0: every core"),
    "point": Declaration(kind="integer", default=0, high=1e9, doc="row of the design"),
    "replicate": Declaration(kind="integer", default=0, high=1e9, doc="number of the run"),
}


def rewritten(argv: Sequence[str]) -> list[str]:
    """Turn every sweep.space.NAME=VALUES, and baseline.NAME=VALUE, into a mapping that Hydra reads.

    >>> rewritten(["sweep.space.policy/japan=[none,osa_2023]", "seed=1"])
    ['++sweep.space={policy/japan:[none,osa_2023]}', 'seed=1']
    """
    given = [f"++{text}" if text.startswith("sweep.space=") else text for text in argv]
    return [NAMED.sub(r"++\1={\2:\3}", text) for text in given]


def sections_of(folder: Path, name: str) -> tuple[str, ...]:
    """Return the sections a configuration has, by the lines of its file."""
    lines = (folder / f"{name}.yaml").read_text(encoding="utf-8").splitlines()
    found = [
        section for section in SECTIONS if any(line.startswith(f"{section}:") for line in lines)
    ]
    return (*found, "executor") if "sweep" in found and "executor" not in found else tuple(found)


def known(sections: Sequence[str]) -> tuple[str, ...]:
    """Return the dotted names that sections may be told."""
    return tuple(
        path
        for section in sections
        for path in (section, *(f"{section}.{name}" for name in GROUPED.get(section, ())))
    )


def take_sections(rest: dict[str, Any]) -> dict[str, Any]:
    """Take the sections out of a composed mapping, unread."""
    rest.pop("experiment", None)
    return {name: rest.pop(name) for name in SECTIONS if name in rest}


def sweep_options(given: Any, *, runs: int) -> SweepOptions:
    """Validate the section `sweep`.

    Parameters
    ----------
    given : the section. runs : of the settings; 1 is taken as no cap.

    Raises
    ------
    UserError : an unknown name, or a value that is not allowed.
    """
    from sim.explore.sweep.options import OPTIONS, SweepOptions

    section = _section(given, OF_SWEEP, "sweep")
    values: dict[str, Any] = {"runs": runs if runs > 1 else 0}
    for name, value in section.items():
        if name in OPTIONS:
            values[name] = checked(value, OPTIONS[name], f"sweep.{name}")
        elif name == "space":
            values[name] = dict(_section(value or {}, None, "sweep.space"))
        elif name == "table":
            values[name] = _text(value, "sweep.table")
        elif name == "baseline":
            values[name] = value
        else:
            values[name] = _switch(value, f"sweep.{name}")
    return SweepOptions(**values)


def executor_options(given: Any) -> ExecutorOptions:
    """Validate the section `executor`.

    Raises
    ------
    UserError : an unknown name, or a value that is not allowed.
    """
    from sim.explore.executors.choose import KINDS, ExecutorOptions

    section = _section(given, OF_EXECUTOR, "executor")
    kind = Declaration(kind="choice", default="processes", choices=KINDS, doc="who runs the blocks")
    return ExecutorOptions(
        kind=checked(section.get("kind", "processes"), kind, "executor.kind"),
        workers=checked(section.get("workers", 0), WHOLE["workers"], "executor.workers"),
        address=_text(section.get("address"), "executor.address"),
    )


def replay_options(given: Mapping[str, Any]) -> tuple[Path, int, int, tuple[str, ...]]:
    """Validate store, point, replicate and state (one code, several, or none).

    Raises
    ------
    UserError : no store named, or a value that is not allowed.
    """
    store = _store(given)
    point, replicate = (
        checked(given.get(name, 0), WHOLE[name], name) for name in ("point", "replicate")
    )
    states = given.get("state") or []
    if not isinstance(states, str | list) or not all(isinstance(one, str) for one in states):
        raise _unfit("state", states, "it must be a state's code or a list of them", "PHL")
    return store, point, replicate, (states,) if isinstance(states, str) else tuple(states)


def report_options(given: Mapping[str, Any]) -> tuple[Path, str, tuple[int, ...]]:
    """Validate store, the title of a report (blank: made up) and the points it shows (none: a spread).

    Raises
    ------
    UserError : no store named, or a value that is not allowed.
    """
    section = _section(given.get("report", {}), OF_REPORT, "report")
    points = section.get("points")
    points = [] if points is None else points
    if not isinstance(points, list) or len(points) == 1:
        raise _unfit("report.points", points, "it must be a list of two points or more", "[0,1]")
    chosen = tuple(checked(point, WHOLE["point"], "report.points") for point in points)
    return _store(given), _text(section.get("title"), "report.title"), chosen


def difference_options(given: Mapping[str, Any]) -> tuple[Path, Any]:
    """Validate store and baseline (which is looked up in the store's design later).

    Raises
    ------
    UserError : no store named, or nothing to measure against.
    """
    store, baseline = _store(given), given.get("baseline")
    if not isinstance(baseline, str | Mapping) or not baseline:
        allowed = "it must say what the points are measured against"
        raise _unfit("baseline", baseline, allowed, "point:0, or baseline.policy/japan=none")
    return store, baseline


def _store(given: Mapping[str, Any]) -> Path:
    store = _text(given.get("store"), "store")
    if not store:
        allowed = "it must be the folder of a sweep"
        raise _unfit("store", given.get("store"), allowed, "results/sweep")
    return Path(store)


def _section(given: Any, names: Sequence[str] | None, path: str) -> Mapping[str, Any]:
    if not isinstance(given, Mapping):
        raise UserError(
            given=f"{path} is {given!r}",
            allowed="it must be a group of settings",
            where=f"on the command line: {path}.NAME=VALUE",
        )
    for name in given:
        if names is not None and name not in names:
            raise UserError(
                given=f"{path}.{name} is not a setting",
                allowed=nearest(str(name), names),
                where="on the command line or in the file under conf/ that names it",
            )
    return given


def _text(value: Any, path: str) -> str:
    if value is None:
        return ""
    if not isinstance(value, str):
        raise _unfit(path, value, "it must be text", "NAME")
    return value


def _switch(value: Any, path: str) -> bool:
    if not isinstance(value, bool):
        raise _unfit(path, value, "it must be true or false", "true")
    return value


def _unfit(path: str, value: Any, allowed: str, example: str) -> UserError:
    return UserError(
        given=f"{path} is {value!r}",
        allowed=allowed,
        where=f"on the command line: {path}={example}",
    )
