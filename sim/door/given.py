"""Reading what an experiment is told besides settings: a section's names, texts, switches, a store, one of its points."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from sim.config.declare import Declaration
from sim.errors import UserError, nearest

POINT = Declaration(kind="integer", default=0, high=1e9, doc="row of the design")
REPLICATE = Declaration(kind="integer", default=0, high=1e9, doc="number of the run")


def names_in(given: Any, names: Sequence[str] | None, path: str) -> Mapping[str, Any]:
    """Return a section; refuse what is none, and names that it has not (None: its names are free).

    Raises
    ------
    UserError : naming the nearest.
    """
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


def text(value: Any, path: str) -> str:
    """Return a text, blank for null; refuse anything else.

    Raises
    ------
    UserError : it is none.
    """
    if value is None:
        return ""
    if not isinstance(value, str):
        raise unfit(path, value, "it must be text", "NAME")
    return value


def switch(value: Any, path: str) -> bool:
    """Return true or false; refuse anything else.

    Raises
    ------
    UserError : it is neither.
    """
    if not isinstance(value, bool):
        raise unfit(path, value, "it must be true or false", "true")
    return value


def unfit(path: str, value: Any, allowed: str, example: str) -> UserError:
    """Say that a value does not fit, what would, and give an example."""
    return UserError(
        given=f"{path} is {value!r}",
        allowed=allowed,
        where=f"on the command line: {path}={example}",
    )


def store_of(given: Mapping[str, Any]) -> Path:
    """Return the folder of the store that is named.

    Raises
    ------
    UserError : none is.
    """
    store = text(given.get("store"), "store")
    if not store:
        allowed = "it must be the folder of a sweep"
        raise unfit("store", given.get("store"), allowed, "results/sweep")
    return Path(store)
