"""Merging configurations as data: mappings into one another, overrides upon them, and ${NAME} filled in; nothing is looked up
elsewhere, and nothing is called.
"""

from __future__ import annotations

import copy
import re
from collections.abc import Mapping
from typing import Any, NoReturn

from hydra.core.override_parser.types import Override

from sim.composition.hydra_settings import LAUNCHER
from sim.composition.strict_yaml import CODE, DEEPEST, INTERPOLATION, MOST, UNPRINTABLE
from sim.errors import UserError

FURTHEST = 10  # settings that a ${NAME} may lead through
WHERE = "on the command line or in the files under conf/"
ON_THE_COMMAND_LINE = "on the command line"


def put_in_package(content: Mapping[str, Any], package: str) -> Mapping[str, Any]:
    """Put what a file holds into its package, such as policy.japan."""
    for name in reversed(package.split(".") if package else []):
        content = {name: content}
    return content


def merge_mapping(base: dict[str, Any], further: Mapping[str, Any]) -> None:
    """Lay a mapping over another in place: mappings are merged, all else is replaced."""
    for name, value in further.items():
        if isinstance(value, Mapping):
            below = base.get(name)
            base[name] = below if isinstance(below, dict) else {}
            merge_mapping(base[name], value)
        else:
            base[name] = copy.deepcopy(value)


def apply_override(mapping: dict[str, Any], override: Override) -> None:
    """Set what an override names; without a plus only what is there.

    Raises
    ------
    UserError : it names what is not there, or adds what is.
    """
    if override.key_or_group == LAUNCHER:
        return
    text, value = str(override.input_line), override.value()
    *path, name = re.sub(r"\[(\w+)\]", r".\1", override.key_or_group).split(".")
    hydra = override.key_or_group.startswith("hydra.")
    adds = override.is_add() or override.is_force_add() or hydra
    here: Any = mapping
    for step in path:
        below = _item_at(here, step)
        if below is None and adds and isinstance(here, dict):
            below = here[step] = {}
        here = below
    there = _item_at(here, name)
    missing = there is None and not (isinstance(here, dict) and name in here)
    if not isinstance(here, dict | list) or (missing and not (adds and isinstance(here, dict))):
        raise_user_error(
            f"{shortened_text(text)} sets what is not there",
            "a new name is added with a plus before it",
        )
    if override.is_add() and there is not None and not isinstance(value, dict | list):
        raise_user_error(
            f"{shortened_text(text)} adds what is there", "what is there is changed without a plus"
        )
    if isinstance(here, list):
        here[int(name)] = value
    elif isinstance(value, dict):
        merge_mapping(here, {name: value})
    else:
        here[name] = value


def _item_at(here: Any, name: str) -> Any:
    """Return what stands under a name, or at a place of a list; None if nothing does."""
    if isinstance(here, dict):
        return here.get(name)
    if isinstance(here, list) and re.fullmatch(r"\d{1,6}", name) and int(name) < len(here):
        return here[int(name)]
    return None


def resolve_references(mapping: dict[str, Any]) -> dict[str, Any]:
    """Return a mapping with every ${NAME} filled in, refusing whatever is no plain data or too much."""
    count = 0

    def walk(value: Any, path: str, depth: int) -> Any:
        nonlocal count
        count += 1
        if count > MOST or depth > DEEPEST:
            raise_user_error(
                f"{path[:80]} holds too much",
                f"a configuration has at most {MOST:,} values, {DEEPEST} levels deep",
                WHERE,
            )
        if isinstance(value, dict):
            for name in value:
                _check_name(name, path)
            return {
                name: walk(item, f"{path}.{name}" if path else name, depth + 1)
                for name, item in value.items()
            }
        if isinstance(value, list):
            return [walk(item, f"{path}[{index}]", depth + 1) for index, item in enumerate(value)]
        return _value_of(mapping, value, path) if isinstance(value, str) else value

    filled = walk(mapping, "", 0)
    assert isinstance(filled, dict)
    return filled


def _check_name(name: Any, path: str) -> None:
    if not isinstance(name, str):
        raise_user_error(f"{path} has {name!r} for a name", "names are text", WHERE)
    if CODE.fullmatch(name):
        allowed = "configuration is data: only settings may be given"
        raise_user_error(f"{path}.{name} names code to run".lstrip("."), allowed, WHERE)
    if UNPRINTABLE.search(name):
        raise_user_error(
            f"{path} has {name!r} for a name", "names hold no control characters", WHERE
        )


def _value_of(mapping: Mapping[str, Any], value: Any, path: str) -> Any:
    """Follow ${NAME} to a number, a text, true, false or null."""
    first = value
    for _ in range(FURTHEST):
        if not isinstance(value, str) or "${" not in value:
            break
        asked = INTERPOLATION.fullmatch(value)
        if asked is None:
            allowed = "a value may be ${NAME} of another setting; nothing else is looked up"
            raise_user_error(f"{path} is {shortened_text(value)}", allowed, WHERE)
        here: Any = mapping
        for step in asked[1].split("."):
            if not isinstance(here, dict) or step not in here:
                allowed = "${NAME} names a setting of the configuration"
                raise_user_error(f"{path} is {value!r}, and there is no {asked[1]}", allowed, WHERE)
            here = here[step]
        value = here
    else:
        raise_user_error(
            f"{path} is {shortened_text(first)}, which leads to itself",
            "it must lead to a value",
            WHERE,
        )
    if isinstance(value, dict | list):
        raise_user_error(
            f"{path} is {first!r}, a group or list", "${NAME} names a single value", WHERE
        )
    if isinstance(value, str) and UNPRINTABLE.search(value):
        raise_user_error(
            f"{path} is {shortened_text(value)}", "a text holds no control characters", WHERE
        )
    return value


def shortened_text(text: str) -> str:
    """Show a text in a message, the first of it if it is long."""
    return repr(text if len(text) <= 200 else f"{text[:200]}...")


def raise_user_error(given: str, allowed: str, where: str = ON_THE_COMMAND_LINE) -> NoReturn:
    """Say what was given, what is allowed, and where to change it."""
    raise UserError(given=given, allowed=allowed, where=where)
