"""From a command line and files to one plain mapping: Hydra's grammar and order of merging, and nothing of Hydra's that runs.

Files are read as strict YAML and merged as data. A value may be `${NAME}` of another setting; no other lookup is made.
"""

from __future__ import annotations

import os
import re
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from hydra._internal.defaults_list import DefaultsList, create_defaults_list
from hydra.core.override_parser.overrides_parser import OverridesParser
from hydra.core.override_parser.types import Override, Quote, QuotedString
from hydra.errors import HydraException
from omegaconf.errors import OmegaConfBaseException

from sim.composition.commands import COMMANDS
from sim.composition.hydra_settings import check_hydra_settings
from sim.composition.keys import rewrite_keys
from sim.composition.merging import (
    ON_THE_COMMAND_LINE,
    WHERE,
    apply_override,
    merge_mapping,
    put_in_package,
    raise_user_error,
    resolve_references,
    shortened_text,
)
from sim.composition.sources import Repository, Source, stands
from sim.composition.strict_yaml import DEEPEST
from sim.errors import UserError, nearest

PACKAGE = Path(__file__).resolve().parents[1]
# In a clone conf/ stands beside the package; a wheel carries it inside.
CONF = packed if (packed := PACKAGE / "_conf").is_dir() else PACKAGE.parent / "conf"
BASE = "config"  # the configuration of a command without a file of its own
LONGEST = 20_000  # characters of one override
MISTAKES = (  # what Hydra raises over a text or a list of defaults that is wrong
    *(HydraException, OmegaConfBaseException, RecursionError, AssertionError),
    *(ArithmeticError, LookupError, TypeError, ValueError),
)
SYNTAX = "it must read name=value, with quotes around a value that holds brackets, commas or spaces"
PLAIN_TEXT = re.compile(r"(\+{0,2}[\w./]+)=([^\[\]{}(),$\"=\\]+)")


def find_source(folder: str | None, extra: str | None, name: str | None, command: str) -> Source:
    """Say where the configuration comes from: --config-path, --config-dir, --config-name, and the command's own.

    Raises
    ------
    UserError : a folder or file that is not there.
    """
    folders = [Path(os.path.realpath(text)) if text else None for text in (folder, extra)]
    for given in filter(None, folders):
        if not stands(given.is_dir):
            raise UserError(
                given=f"{given} is not a folder",
                allowed="it must be a folder of configuration files",
                where="with --config-path or --config-dir",
            )
    source = Source(
        folder=folders[0] or CONF,
        name=(name or command).removesuffix(".yaml"),
        extra=folders[1],
        command=command,
    )
    if not name and command in COMMANDS and not (source.folder / f"{command}.yaml").is_file():
        source = replace(source, name=BASE)  # a command needs no file of its own
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
    return [_parse_override(text) for text in texts]


def _parse_override(text: str) -> Override:
    if len(text) > LONGEST:
        allowed = f"an override has at most {LONGEST:,} characters; longer ones go into a file"
        raise_user_error(f"{text[:40]!r}... has {len(text):,} characters", allowed)
    _check_nesting(text)
    given = rewrite_keys([text])[0]
    plain = PLAIN_TEXT.fullmatch(given)
    try:
        try:
            return _read_override(given)
        except MISTAKES:
            if plain is None:
                raise
            return _read_override(f"{plain[1]}={quoted_text(plain[2])}")  # accents, apostrophes
    except MISTAKES as error:
        raise UserError(
            given=f"{shortened_text(text)} cannot be read",
            allowed=SYNTAX,
            where=ON_THE_COMMAND_LINE,
        ) from error


def _read_override(text: str) -> Override:
    return OverridesParser.create().parse_override(text)


def _check_nesting(text: str) -> None:
    depth = deepest = 0
    for letter in text:
        depth += (letter in "[{(") - (letter in "]})")
        deepest = max(deepest, depth)
    name = text.partition("=")[0]
    if deepest > DEEPEST or name.count(".") + name.count("[") > DEEPEST:
        raise_user_error(
            f"{shortened_text(text)} is nested too deep", f"at most {DEEPEST} levels are read"
        )


def quoted_text(text: str) -> str:
    """Put a text into quotes, as Hydra's grammar reads it back."""
    return QuotedString(text, Quote.single).with_quotes()


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
            merge_mapping(merged, put_in_package(loaded.config, package or ""))
        for override in listed.config_overrides:
            apply_override(merged, override)
        mapping = resolve_references(merged)
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
