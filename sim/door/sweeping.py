"""What sweep.py, difference.py, replay.py and others are told besides settings, validated section by section."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sim.config.declare import Declaration
from sim.config.settings import build_group, checked
from sim.door.sections import OF_ALLOCATE, OF_EXECUTOR, OF_GAME, OF_REPORT, OF_SWEEP
from sim.errors import UserError, nearest
from sim.explore.game.prices import Budgets

if TYPE_CHECKING:
    from sim.explore.allocation.options import AllocateOptions
    from sim.explore.executors.choose import ExecutorOptions
    from sim.explore.sweep.options import SweepOptions

WHOLE = {
    "workers": Declaration(kind="integer", default=0, high=4096, doc="processes; 0: every core"),
    "point": Declaration(kind="integer", default=0, high=1e9, doc="row of the design"),
    "replicate": Declaration(kind="integer", default=0, high=1e9, doc="number of the run"),
}


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


def allocate_options(given: Any) -> AllocateOptions:
    """Validate the section `allocate`.

    Raises
    ------
    UserError : an unknown name, or a value that is not allowed.
    """
    from sim.explore.allocation.options import OPTIONS, AllocateOptions

    section = _section(given, OF_ALLOCATE, "allocate")
    values: dict[str, Any] = {
        name: checked(value, OPTIONS[name], f"allocate.{name}")
        for name, value in section.items()
        if name in OPTIONS
    }
    names = section.get("scenarios")
    if names is not None and not (
        isinstance(names, list) and all(isinstance(one, str) for one in names)
    ):
        raise _unfit(
            "allocate.scenarios", names, "it must be a list of names, or null", "[cold_war]"
        )
    values["scenarios"] = None if names is None else tuple(dict.fromkeys(names))
    return AllocateOptions(**values, ship=_switch(section.get("ship", False), "allocate.ship"))


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


def section_of_game(sections: Mapping[str, Any]) -> tuple[dict[str, Any], str]:
    """Validate the section `game` and `log`: seats (codes or names), moves and log (paths, blank for none), go_on, budgets.

    Raises
    ------
    UserError : an unknown name, or a value of the wrong kind.
    """
    section = _section(sections.get("game", {}), OF_GAME, "game")
    seats = section.get("seats") or []
    if not isinstance(seats, list) or not all(isinstance(seat, str) for seat in seats):
        raise _unfit("game.seats", seats, "it must be a list of powers and states", "[CHN,JPN,PHL]")
    found = dict(section) | {
        "seats": tuple(seats),
        "moves": _text(section.get("moves"), "game.moves"),
        "go_on": _switch(section.get("go_on", False), "game.go_on"),
        "budgets": _budgets(section.get("budgets", {})),
    }
    return found, _text(sections.get("log"), "log")


def _budgets(given: Any) -> Budgets | None:
    if given is None:
        return None
    budgets: Budgets = build_group(Budgets, given, "game.budgets.")
    return budgets


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


names_in, text, switch = _section, _text, _switch  # for tasks with sections of their own
