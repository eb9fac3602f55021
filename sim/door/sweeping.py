"""What a sweep is told besides settings, and who is to run it: the sections `sweep` and `executor`, validated."""

from __future__ import annotations

from typing import Any

from sim.config.declare import Declaration
from sim.config.settings import checked
from sim.door.given import names_in, switch, text
from sim.door.sections import OF_EXECUTOR, OF_SWEEP
from sim.explore.executors.options import KINDS, ExecutorOptions
from sim.explore.sweep.options import OPTIONS, SweepOptions, read_keep

WORKERS = Declaration(kind="integer", default=0, high=4096, doc="processes; 0: every core")


def sweep_options(given: Any, *, runs: int) -> SweepOptions:
    """Validate the section `sweep`.

    Parameters
    ----------
    given : the section. runs : of the settings; 1 is taken as no cap.

    Raises
    ------
    UserError : an unknown name, or a value that is not allowed.
    """
    section = names_in(given, OF_SWEEP, "sweep")
    values: dict[str, Any] = {"runs": runs if runs > 1 else 0}
    for name, value in section.items():
        if name in OPTIONS:
            values[name] = checked(value, OPTIONS[name], f"sweep.{name}")
        elif name == "space":
            values[name] = dict(names_in(value or {}, None, "sweep.space"))
        elif name == "table":
            values[name] = text(value, "sweep.table")
        elif name == "keep":
            values[name] = read_keep(value)
        elif name == "baseline":
            values[name] = value
        else:
            values[name] = switch(value, f"sweep.{name}")
    return SweepOptions(**values)


def executor_options(given: Any) -> ExecutorOptions:
    """Validate the section `executor`.

    Raises
    ------
    UserError : an unknown name, or a value that is not allowed.
    """
    section = names_in(given, OF_EXECUTOR, "executor")
    kind = Declaration(kind="choice", default="processes", choices=KINDS, doc="who runs the blocks")
    return ExecutorOptions(
        kind=checked(section.get("kind", "processes"), kind, "executor.kind"),
        workers=checked(section.get("workers", 0), WORKERS, "executor.workers"),
        address=text(section.get("address"), "executor.address"),
    )
