"""What a command may be told besides settings, taken out of a composed configuration and checked like settings."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from typing import Any

from sim.config import declared, defaults
from sim.config.declare import Declaration, declarations, values
from sim.config.options import Options
from sim.config.settings import as_mapping, build_group
from sim.errors import UserError, nearest

UNDECLARED = (  # settings that are no number and no choice
    *("states", "world", "partners", "scenario.name", "scenario.events"),
    *("policy.japan.custom", "policy.others"),
)
WIDEST = 24  # characters of a default in the list of options
CHOSEN = "experiment"  # a group whose choice stands in the configuration, and says nothing else


def everything(kind: type[Options] = Options) -> dict[str, Any]:
    """All settings and a command's options with their defaults: the `declared` node of conf/config.yaml."""
    return defaults() | as_given(kind())


def as_given(options: Any) -> dict[str, Any]:
    """Options as a configuration gives them: plain values, what is blank as null."""
    return {name: _given_value(value) for name, value in values(options).items()}


def _given_value(value: Any) -> Any:
    if is_dataclass(value):
        return as_given(value)
    return None if value == "" else as_mapping(value)


def in_words(kind: type[Options]) -> str:
    """List the options of a command, one a line: name, default, what it is and what it may be."""
    rows = dict(declarations(kind))
    wide = max(map(len, rows))
    return "\n".join(
        f"{path:<{wide}}  {plain(row.default):<{WIDEST}}  {row.doc}{allowed_of(row)}"
        for path, row in rows.items()
    )


def allowed_of(one: Declaration) -> str:
    """What an option may be, in brackets; blank where its kind says it."""
    if one.kind in ("number", "integer", "numbers"):
        return f" ({one.low:g} to {one.high:g}{' ' if one.unit else ''}{one.unit})"
    return f" ({', '.join(one.names)})" if one.kind == "choice" else ""


def plain(value: Any) -> str:
    """Write a default as it is typed, a mapping by its names alone."""
    if value is None or value == "":
        return "null"
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, tuple | list):
        return f"[{','.join(map(plain, value))}]"
    if isinstance(value, Mapping):
        return f"{{{', '.join(map(str, value))}}}"
    return f"{value:g}" if isinstance(value, float) else str(value)


def known_paths(kind: type[Options] | None = Options) -> tuple[str, ...]:
    """Every dotted name that a command may be told, settings and options (None: settings alone), groups included."""
    options = [] if kind is None else [path for path, _ in declarations(kind)]
    named = {*declared(), *UNDECLARED, *options}
    groups = {path.rpartition(".")[0] for path in named}
    groups |= {group.rpartition(".")[0] for group in groups}
    return tuple(sorted((named | groups) - {""}))


def take_options(
    given: Mapping[str, Any], kind: type[Options] = Options
) -> tuple[Any, dict[str, Any]]:
    """Part a composed mapping into a command's options, of the class `kind`, and the rest, which are settings.

    Raises
    ------
    UserError : an unknown name at the top, or an option that is not allowed.
    """
    own = [item.name for item in fields(kind)]
    names = {*defaults(), *own}
    for name in given:
        if name not in names and name != CHOSEN:
            raise UserError(
                given=f"{name} is not a setting",
                allowed=nearest(str(name), names),
                where="on the command line or in the file under conf/ that names it",
            )
    entries = {name: given[name] for name in own if name in given}
    rest = {name: value for name, value in given.items() if name in defaults()}
    return build_group(kind, entries, ""), rest
