"""From a command line and files to one plain mapping: Hydra's grammar and order of merging, and nothing of Hydra's that runs.

Files are read as strict YAML and merged as data. A value may be `${NAME}` of another setting; no other lookup is made.
"""

from __future__ import annotations

import copy
import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, NoReturn

from hydra._internal.defaults_list import DefaultsList, create_defaults_list
from hydra.core.override_parser.overrides_parser import OverridesParser
from hydra.core.override_parser.types import Override, Quote, QuotedString
from hydra.errors import HydraException
from omegaconf.errors import OmegaConfBaseException

from sim.door.hydra_settings import LAUNCHER, check_hydra_settings
from sim.door.sections import rewritten
from sim.door.sources import Repository, Source, stands
from sim.door.strict_yaml import CODE, DEEPEST, INTERPOLATION, MOST, UNPRINTABLE
from sim.errors import UserError, nearest

CONF = Path(__file__).resolve().parents[2] / "conf"
LONGEST = 20_000  # characters of one override
FURTHEST = 10  # settings that a ${NAME} may lead through
MISTAKES = (  # what Hydra raises over a text or a list of defaults that is wrong
    *(HydraException, OmegaConfBaseException, RecursionError, AssertionError),
    *(ArithmeticError, LookupError, TypeError, ValueError),
)
SYNTAX = "it must read name=value, with quotes around a value that holds brackets, commas or spaces"
WHERE = "on the command line or in the files under conf/"
ON_THE_COMMAND_LINE = "on the command line"
PLAIN_TEXT = re.compile(r"(\+{0,2}[\w./]+)=([^\[\]{}(),$\"=\\]+)")


def find(folder: str | None, extra: str | None, name: str) -> Source:
    """Say where the configuration comes from: --config-path, --config-dir and --config-name.

    Raises
    ------
    UserError : a folder or file that is not there.
    """
    folders = [Path(text).resolve() if text else None for text in (folder, extra)]
    for given in filter(None, folders):
        if not stands(given.is_dir):
            raise UserError(
                given=f"{given} is not a folder",
                allowed="it must be a folder of configuration files",
                where="with --config-path or --config-dir",
            )
    source = Source(folder=folders[0] or CONF, name=name.removesuffix(".yaml"), extra=folders[1])
    if source.name == "" or Repository(source).load_config(source.name) is None:
        raise UserError(
            given=f"{source.folder} holds no configuration named {source.name}",
            allowed=nearest(source.name, [path.stem for path in source.folder.glob("*.yaml")]),
            where="with --config-name",
        )
    return source


def parse(texts: Sequence[str]) -> list[Override]:
    """Read overrides one by one; a malformed one is named.

    Raises
    ------
    UserError : what cannot be read as name=value.
    """
    return [_parse(text) for text in texts]


def _parse(text: str) -> Override:
    if len(text) > LONGEST:
        allowed = f"an override has at most {LONGEST:,} characters; longer ones go into a file"
        _refuse(f"{text[:40]!r}... has {len(text):,} characters", allowed)
    _check_nesting(text)
    given = rewritten([text])[0]
    plain = PLAIN_TEXT.fullmatch(given)
    try:
        try:
            return _read(given)
        except MISTAKES:
            if plain is None:
                raise
            return _read(f"{plain[1]}={quoted(plain[2])}")  # accents, apostrophes
    except MISTAKES as error:
        raise UserError(
            given=f"{_shortened(text)} cannot be read", allowed=SYNTAX, where=ON_THE_COMMAND_LINE
        ) from error


def _read(text: str) -> Override:
    return OverridesParser.create().parse_override(text)


def _check_nesting(text: str) -> None:
    depth = deepest = 0
    for letter in text:
        depth += (letter in "[{(") - (letter in "]})")
        deepest = max(deepest, depth)
    name = text.partition("=")[0]
    if deepest > DEEPEST or name.count(".") + name.count("[") > DEEPEST:
        _refuse(f"{_shortened(text)} is nested too deep", f"at most {DEEPEST} levels are read")


def quoted(text: str) -> str:
    """Put a text into quotes, as Hydra's grammar reads it back."""
    return QuotedString(text, Quote.single).with_quotes()


def _shortened(text: str) -> str:
    return repr(text if len(text) <= 200 else f"{text[:200]}...")


def _refuse(given: str, allowed: str, where: str = ON_THE_COMMAND_LINE) -> NoReturn:
    raise UserError(given=given, allowed=allowed, where=where)


def compose(source: Source, overrides: Sequence[str]) -> dict[str, Any]:
    """Compose one job's configuration into a plain mapping; see `compose_with_hydra`."""
    return compose_with_hydra(source, overrides)[0]


def compose_with_hydra(
    source: Source, overrides: Sequence[str]
) -> tuple[dict[str, Any], dict[str, Any]]:
    """Compose a configuration into its settings, and the little that may be asked of Hydra; hydra.run.dir is `out`.

    Raises
    ------
    UserError : whatever cannot be merged, is no plain data, or is Hydra's own.
    """
    repository = Repository(source)
    listed = defaults_of(source, overrides, repository)
    merged: dict[str, Any] = {}
    try:
        for default in listed.defaults:
            loaded: Any = repository.load_config(str(default.config_path))
            package = loaded.header["package"] if default.package is None else default.package
            merge(merged, _packaged(loaded.config, package or ""))
        for override in listed.config_overrides:
            _apply(merged, override)
        mapping = _resolved(merged)
    except RecursionError as error:
        raise _cannot_be_composed(error) from error
    hydra = check_hydra_settings(mapping.pop("hydra", {}))
    if mapping.get("out") is None and "run" in hydra:
        mapping["out"] = hydra["run"]["dir"]
    return mapping, hydra


def defaults_of(source: Source, overrides: Sequence[str], repository: Repository) -> DefaultsList:
    """Return the files that make a configuration, in the order in which they are merged.

    Raises
    ------
    UserError : a list of defaults that names what is not there, or itself.
    """
    try:
        return create_defaults_list(
            repo=repository,
            config_name=source.name,
            overrides_list=parse(overrides),
            prepend_hydra=False,
            skip_missing=False,
        )
    except UserError:
        raise
    except MISTAKES as error:
        raise _cannot_be_composed(error) from error


def _packaged(content: Mapping[str, Any], package: str) -> Mapping[str, Any]:
    for name in reversed(package.split(".") if package else []):
        content = {name: content}
    return content


def merge(base: dict[str, Any], further: Mapping[str, Any]) -> None:
    """Lay a mapping over another in place: mappings are merged, all else is replaced."""
    for name, value in further.items():
        if isinstance(value, Mapping):
            below = base.get(name)
            base[name] = below if isinstance(below, dict) else {}
            merge(base[name], value)
        else:
            base[name] = copy.deepcopy(value)


def _apply(mapping: dict[str, Any], override: Override) -> None:
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
        below = _item(here, step)
        if below is None and adds and isinstance(here, dict):
            below = here[step] = {}
        here = below
    there = _item(here, name)
    missing = there is None and not (isinstance(here, dict) and name in here)
    if not isinstance(here, dict | list) or (missing and not (adds and isinstance(here, dict))):
        _refuse(
            f"{_shortened(text)} sets what is not there",
            "a new name is added with a plus before it",
        )
    if override.is_add() and there is not None and not isinstance(value, dict | list):
        _refuse(f"{_shortened(text)} adds what is there", "what is there is changed without a plus")
    if isinstance(here, list):
        here[int(name)] = value
    elif isinstance(value, dict):
        merge(here, {name: value})
    else:
        here[name] = value


def _item(here: Any, name: str) -> Any:
    """Return what stands under a name, or at a place of a list; None if nothing does."""
    if isinstance(here, dict):
        return here.get(name)
    if isinstance(here, list) and re.fullmatch(r"\d{1,6}", name) and int(name) < len(here):
        return here[int(name)]
    return None


def _resolved(mapping: dict[str, Any]) -> dict[str, Any]:
    """Return a mapping with every ${NAME} filled in, refusing whatever is no plain data or too much."""
    count = 0

    def walk(value: Any, path: str, depth: int) -> Any:
        nonlocal count
        count += 1
        if count > MOST or depth > DEEPEST:
            _refuse(
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

    resolved = walk(mapping, "", 0)
    assert isinstance(resolved, dict)
    return resolved


def _check_name(name: Any, path: str) -> None:
    if not isinstance(name, str):
        _refuse(f"{path} has {name!r} for a name", "names are text", WHERE)
    if CODE.fullmatch(name):
        allowed = "configuration is data: only settings may be given"
        _refuse(f"{path}.{name} names code to run".lstrip("."), allowed, WHERE)
    if UNPRINTABLE.search(name):
        _refuse(f"{path} has {name!r} for a name", "names hold no control characters", WHERE)


def _value_of(mapping: Mapping[str, Any], value: Any, path: str) -> Any:
    """Follow ${NAME} to a number, a text, true, false or null."""
    first = value
    for _ in range(FURTHEST):
        if not isinstance(value, str) or "${" not in value:
            break
        asked = INTERPOLATION.fullmatch(value)
        if asked is None:
            allowed = "a value may be ${NAME} of another setting; nothing else is looked up"
            _refuse(f"{path} is {_shortened(value)}", allowed, WHERE)
        here: Any = mapping
        for step in asked[1].split("."):
            if not isinstance(here, dict) or step not in here:
                allowed = "${NAME} names a setting of the configuration"
                _refuse(f"{path} is {value!r}, and there is no {asked[1]}", allowed, WHERE)
            here = here[step]
        value = here
    else:
        _refuse(
            f"{path} is {_shortened(first)}, which leads to itself",
            "it must lead to a value",
            WHERE,
        )
    if isinstance(value, dict | list):
        _refuse(f"{path} is {first!r}, a group or list", "${NAME} names a single value", WHERE)
    if isinstance(value, str) and UNPRINTABLE.search(value):
        _refuse(f"{path} is {_shortened(value)}", "a text holds no control characters", WHERE)
    return value


def _cannot_be_composed(error: Exception) -> UserError:
    """Tell an error of Hydra's as a user's mistake, by its first line."""
    lines = str(error).strip().splitlines()
    text = (
        "files that ask for each other"
        if isinstance(error, RecursionError)
        else lines[0]
        if lines
        else "?"
    )
    return UserError(
        given=f"the configuration cannot be composed ({text})",
        allowed="names and choices are those that --help lists",
        where=WHERE,
    )
