"""What is said of a setting that is not allowed: what was given, in short, and where it is changed."""

from __future__ import annotations

from reprlib import Repr
from typing import Any

from sim.errors import UserError

SHORT = Repr()  # a value as a message repeats it: cut where it is long, or nested deeply
SHORT.maxlevel, SHORT.maxlist, SHORT.maxdict = 4, 12, 12
SHORT.maxstring = SHORT.maxother = SHORT.maxlong = 120


def where(path: str, example: str = "VALUE") -> str:
    """Say where a setting is changed, as a clause of an error."""
    group, *rest = path.split(".")
    folder = {"scenario": "scenario/", "policy": "/".join(["policy", *rest[:1], ""])}.get(group)
    if folder in (None, "policy/others/"):
        return f"on the command line: {path}={example}"
    event = "scenario.events=[{year: 2027, kind: incident, size: 5}]" if "[" in path else ""
    return f"in conf/{folder} or on the command line: {event or f'{path}={example}'}"


def refuse(value: Any, allowed: str, path: str, example: str = "VALUE") -> Any:
    """Refuse the value of a setting.

    Raises
    ------
    UserError : always.
    """
    raise UserError(
        given=f"{path} is {SHORT.repr(value)}", allowed=allowed, where=where(path, example)
    )
