"""One value checked against its declaration; what is not allowed is told in short, with the place where it is changed."""

from __future__ import annotations

from reprlib import Repr
from typing import Any

from sim.config.declare import Declaration
from sim.config.kinds import READERS
from sim.errors import UserError, nearest

SHORT = Repr()  # a value as a message repeats it: cut where it is long, or nested deeply
SHORT.maxlevel, SHORT.maxlist, SHORT.maxdict = 4, 12, 12
SHORT.maxstring = SHORT.maxother = SHORT.maxlong = 120


def where_changed(path: str, example: str = "VALUE") -> str:
    """Say where a setting is changed, as a clause of an error."""
    group, *rest = path.split(".")
    folder = {"scenario": "scenario/", "policy": "/".join(["policy", *rest[:1], ""])}.get(group)
    if folder in (None, "policy/others/"):
        return f"on the command line: {path}={example}"
    event = "scenario.events=[{year: 2027, kind: incident, size: 5}]" if "[" in path else ""
    return f"in conf/{folder} or on the command line: {event or f'{path}={example}'}"


def refuse_value(value: Any, allowed: str, path: str, example: str = "VALUE") -> Any:
    """Refuse the value of a setting.

    Raises
    ------
    UserError : always.
    """
    raise UserError(
        given=f"{path} is {SHORT.repr(value)}", allowed=allowed, where=where_changed(path, example)
    )


def checked(value: Any, declaration: Declaration, path: str) -> Any:
    """Check one value against its declaration and return it in its declared type."""
    if value is None and declaration.optional:
        return declaration.default
    if declaration.kind in READERS:
        try:
            return READERS[declaration.kind](value, declaration)
        except ValueError as unfit:
            allowed, *culprit = unfit.args
            refuse_value(
                culprit[0] if culprit else value, allowed, path, declaration.example or "VALUE"
            )
    if declaration.kind == "choice":
        if isinstance(value, str) and value in declaration.names:
            return value
        hint = nearest(str(value), declaration.names)
        allowed = hint if declaration.valid else f"{declaration.allowed} ({hint})"
        return refuse_value(value, allowed, path, declaration.example or "VALUE")
    number_like = isinstance(value, int | float) and not isinstance(value, bool)
    inside = number_like and declaration.low <= value <= declaration.high
    whole = declaration.kind != "integer" or (inside and float(value).is_integer())
    if not (inside and whole):
        refuse_value(value, declaration.allowed, path)
    return int(value) if declaration.kind == "integer" else float(value)
