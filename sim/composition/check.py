"""Are the names on the command line names there are? Asked before Hydra, to offer the nearest."""

from __future__ import annotations

import difflib
import sys
from collections.abc import Sequence
from functools import cache
from typing import Any

from hydra.core.override_parser.types import Glob, Override

from sim.composition.commands import COMMANDS, OWN_GROUPS
from sim.composition.compose import quoted_text
from sim.composition.hydra_settings import check_hydra_override, is_hydra
from sim.composition.multirun import values_swept
from sim.composition.options import known_paths
from sim.composition.sources import Source, choices_in, groups_in
from sim.config import Settings
from sim.errors import UserError, nearest
from sim.world.naming import with_codes
from sim.world.roster import WORLDS, partner_codes, state_codes
from sim.world.scenario import idle_events

OPEN = ("policy.japan.custom", "policy.others", "scenario.events")  # whose inner names are free
LISTS = {  # lists of names, and what may be written instead of an unfit one
    "states": "states=[PHL,VNM], or world=asean10 for all of a world",
    "partners": "partners=[CHN,USA,JPN]",
}
BY_NAME = ("scenario", "theory", "world")  # bundles of settings that are taken by name
NO_GROUPS = "this configuration is complete: single settings may be changed, not groups"
LISTED = "on the command line; --cfg job lists every setting"


def check_overrides(overrides: Sequence[Override], source: Source) -> None:
    """Refuse unknown names and choices with the nearest valid ones.

    Raises
    ------
    UserError : the first override that names what is not there, or deletes what is.
    """
    for override in overrides:
        key = override.key_or_group
        if key in LISTS:
            _check_list(override)
        if is_hydra(key):
            check_hydra_override(override)
        elif override.package is not None or not key:
            where = "on the command line: GROUP=NAME"
            _refuse(f"{override.input_line!r} names a package", "choices stand without @", where)
        elif override.is_delete():
            _refuse_deletion(override)
        elif choices := choices_of(source, key):
            _check_choice(override, choices)
        elif "/" in key:
            where = "on the command line: GROUP=NAME"
            valid = groups_of(source)
            _refuse(f"{key} is not a group", nearest(key, valid) if valid else NO_GROUPS, where)
        else:
            _check_name(override, source)


def _check_list(override: Override) -> None:
    """Refuse a list of nobody, and one that names somebody twice, before anything is composed."""
    key, given = override.key_or_group, override.value()
    if isinstance(given, list) and not given:
        _refuse(f"{key} is []", "it must name somebody", f"on the command line: {LISTS[key]}")
    if isinstance(given, list) and all(isinstance(name, str) for name in given):
        codes = state_codes if key == "states" else partner_codes
        codes(given, f"on the command line: {LISTS[key]}")


def choices_of(source: Source, group: str) -> tuple[str, ...]:
    """Return the named choices of a group, such as policy/japan; none if there is no such group."""
    return () if _is_hidden(source, group) else choices_in(source.folders, group)


def groups_of(source: Source) -> tuple[str, ...]:
    """Return the groups there are, such as policy/japan."""
    result = {group for folder in source.folders for group in groups_in(folder)}
    return tuple(sorted(group for group in result if not _is_hidden(source, group)))


def as_override(source: Source, over: str, value: str) -> str:
    """Return the override that takes a choice of a group, whatever its name holds, or a value of a setting."""
    return f"{over}={quoted_text(value) if choices_of(source, over) else value}"


def _is_hidden(source: Source, group: str) -> bool:
    """Whether a group is one of other experiments alone."""
    return group in OWN_GROUPS and group not in source.options.own_groups


def _check_choice(override: Override, choices: tuple[str, ...]) -> None:
    group = override.key_or_group
    if override.is_add():
        where = f"on the command line: {group}={choices[0]}"
        _refuse(f"+{group} adds what is there", "a group's choice is changed without a plus", where)
    if isinstance(override._value, Glob):
        fitting = ",".join(override._value.filter(list(choices)) or choices)
        where = f"on the command line: -m {group}={fitting}"
        _refuse(f"{group} asks for choices by a pattern", "each choice is named", where)
    for value in values_of(override):
        where = f"on the command line: {group}={choices[0]}, or {group}/NAME.yaml in conf/ or --config-dir"
        if not isinstance(value, str) and str(value) in choices:
            _refuse(f"{group} is the number {value}", f"a name is text: {group}='{value}'", where)
        if value not in choices:
            _refuse(f"{group} is {value}", _nearest_of(str(value), choices), where)


def _nearest_of(value: str, choices: tuple[str, ...]) -> str:
    hint = nearest(value, choices)
    return hint if hint.startswith("valid") else f"{hint} (valid names are {', '.join(choices)})"


def values_of(override: Override) -> list[Any]:
    """Return the values an override gives, texts without their quotes."""
    if override.is_discrete_sweep():
        return [Override._convert_value(value) for value in values_swept(override)]
    return [override.value()]


def _check_name(override: Override, source: Source) -> None:
    key, valid = override.key_or_group, known_paths(source.options)
    if any(key.startswith((f"{path}.", f"{path}[")) for path in OPEN):
        if key.startswith(OPEN[:2]) and not override.is_add() and not override.is_force_add():
            _refuse(
                f"{key} is not there yet",
                "a new name is added with a plus",
                f"on the command line: +{key}=VALUE",
            )
        return
    _check_not_a_folder(key, source)
    if key in BY_NAME:
        _refuse(f"{key} names a group, and there is none here", NO_GROUPS, LISTED)
    if key in valid:
        return
    elsewhere = [name for name, kind in COMMANDS.items() if key in known_paths(kind)]
    if elsewhere:
        names = f"the command{'s' * (len(elsewhere) > 1)} {' and '.join(elsewhere)}"
        _refuse(f"{key} is not a setting of this experiment", f"it is one of {names}", LISTED)
    _refuse(f"{key} is not a setting", nearest_names(key, valid, groups_of(source)), LISTED)


def _check_not_a_folder(key: str, source: Source) -> None:
    """Refuse policy=none and policy.japan=none, which mean policy/japan=none."""
    folder = key.replace(".", "/")
    inside = [group for group in groups_of(source) if f"{group}/".startswith(f"{folder}/")]
    if not inside:
        return
    choices = choices_of(source, folder)
    chosen = (
        f"its choices are {', '.join(choices)}"
        if choices
        else f"its groups are {', '.join(inside)}"
    )
    where = f"on the command line: {inside[0]}=NAME, or {inside[0].replace('/', '.')}.SETTING=VALUE"
    _refuse(f"{key} is a group of settings", f"{chosen}; a choice is taken with a slash", where)


def nearest_names(key: str, known: Sequence[str], groups: Sequence[str] = ()) -> str:
    """Offer the nearest names: of options a very close spelling, the same last name, a close spelling, or what stands beside it.

    >>> nearest_names("osa_budget", ["seed", "policy.japan.osa_budget"])
    'did you mean policy.japan.osa_budget?'
    >>> nearest_names("size", ["sizes", "rules.acts.size"])
    'did you mean sizes or rules.acts.size?'
    """
    last = key.rpartition(".")[2]
    plain = [path for path in known if "." not in path]
    close = difflib.get_close_matches(key, plain, n=1, cutoff=0.85)
    close = [*close, *(path for path in known if path.rpartition(".")[2] == last)][:3]
    for cutoff in (0.9, 0.6):
        close = close or difflib.get_close_matches(key, [*known, *groups], n=3, cutoff=cutoff)
    if close:
        return f"did you mean {' or '.join(close)}?"
    parent = key
    while parent := parent.rpartition(".")[0]:
        beside = [path for path in known if path.rpartition(".")[0] == parent]
        if beside:
            return nearest(key, beside)
    return nearest(key, sorted({path.partition(".")[0] for path in known}))


def _refuse_deletion(override: Override) -> None:
    _refuse(
        f"~{override.key_or_group} takes a setting away",
        "a setting can be changed, not removed",
        f"on the command line: {override.key_or_group}=VALUE",
    )


def check_names(settings: Settings) -> Settings:
    """Return the settings with every state and power by its code; refuse those, and worlds, that are not known.

    A world of one's own may have any name, as long as it says which states are in it.

    Raises
    ------
    UserError : the first unknown name.
    """
    if settings.world not in WORLDS and not settings.states:
        _refuse(
            f"world is {settings.world!r}",
            nearest(settings.world, WORLDS),
            "on the command line: world=asean10",
        )
    coded = with_codes(settings)
    for note in idle_events(coded):
        _tell_once(note)
    return coded


@cache
def _tell_once(note: str) -> None:
    """Print a note on the error stream, once however many jobs it is true of."""
    print(f"Note: {note}.", file=sys.stderr)


def _refuse(given: str, allowed: str, where: str) -> None:
    raise UserError(given=given, allowed=allowed, where=where)
