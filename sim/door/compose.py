"""Hydra's composition, done before anything runs, and its errors told in our words."""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import hydra
import yaml
from hydra.core.config_store import ConfigStore
from hydra.core.global_hydra import GlobalHydra
from hydra.core.override_parser.overrides_parser import OverridesParser
from hydra.core.override_parser.types import Override
from hydra.errors import HydraException
from omegaconf import OmegaConf
from omegaconf.errors import OmegaConfBaseException

from sim.config.options import Options
from sim.door.commands import options_of
from sim.door.options import everything
from sim.errors import UserError, nearest

CONF = Path(__file__).resolve().parents[2] / "conf"
HYDRA_VERSION = "1.3"  # the behaviour asked of Hydra, not its release
SYNTAX = "it must read name=value, with quotes around a value that holds brackets, commas or spaces"
SWEEP = "several values at once need -m before them: -m {text}"
WHERE = "on the command line or in the files under conf/"


@dataclass(frozen=True, kw_only=True)
class Source:
    """Where the configuration comes from: a folder, a file in it, and perhaps a further folder.

    command : the configuration's name that the command itself has, where the user names another.
    """

    folder: Path
    name: str
    extra: Path | None = None
    command: str = ""

    @property
    def options(self) -> type[Options]:
        """The class of the command's options."""
        return options_of(self.command or self.name)

    @property
    def folders(self) -> tuple[Path, ...]:
        """Every folder that may hold groups."""
        return (self.folder,) if self.extra is None else (self.folder, self.extra)


def register() -> None:
    """Give Hydra the declared defaults, under the name `declared`."""
    ConfigStore.instance().store(name="declared", node=everything())


def find(args: argparse.Namespace, config_name: str) -> Source:
    """Say where the configuration comes from, by Hydra's own flags.

    Raises
    ------
    UserError : a folder or file that is not there.
    """
    folder = Path(args.config_path).resolve() if args.config_path else CONF
    extra = Path(args.config_dir).resolve() if args.config_dir else None
    name = (args.config_name or config_name).removesuffix(".yaml")
    for given in filter(None, (folder, extra)):
        if not given.is_dir():
            raise UserError(
                given=f"{given} is not a folder",
                allowed="it must be a folder of configuration files",
                where="with --config-path or --config-dir",
            )
    if not (folder / f"{name}.yaml").is_file():
        raise UserError(
            given=f"{folder} holds no configuration named {name}",
            allowed=nearest(name, [path.stem for path in folder.glob("*.yaml")]),
            where="with --config-name",
        )
    return Source(folder=folder, name=name, extra=extra, command=config_name)


def parse(texts: Sequence[str]) -> list[Override]:
    """Read overrides one by one; a malformed one is named.

    Raises
    ------
    UserError : what cannot be read as name=value.
    """
    return [_parse(text) for text in texts]


def _parse(text: str) -> Override:
    try:
        return OverridesParser.create().parse_override(text)
    except (HydraException, OmegaConfBaseException, ValueError) as error:
        raise UserError(
            given=f"{text!r} cannot be read", allowed=SYNTAX, where="on the command line"
        ) from error


def expand(overrides: Sequence[Override], *, many: bool) -> list[tuple[str, ...]]:
    """Turn overrides into those of each job, in Hydra's own order.

    Raises
    ------
    UserError : several values without -m, or a kind of sweep that Hydra's basic sweeper lacks.
    """
    sweeps = [o for o in overrides if o.is_sweep_override()]
    if sweeps and not many:
        text = str(sweeps[0].input_line)
        raise UserError(
            given=f"{text!r} gives several values",
            allowed=SWEEP.format(text=text),
            where="on the command line",
        )
    if not many:
        return [tuple(str(o.input_line) for o in overrides)]
    from hydra._internal.core_plugins.basic_sweeper import BasicSweeper

    try:
        batches = BasicSweeper.split_arguments(list(overrides), max_batch_size=None)
    except HydraException as error:
        raise translated(error) from error
    return [tuple(job) for batch in batches for job in batch]


def compose(source: Source, overrides: Sequence[str]) -> dict[str, Any]:
    """Compose one job's configuration into a plain mapping.

    Raises
    ------
    UserError : whatever Hydra, OmegaConf or YAML object to, and any `_target_`.
    """
    register()
    further = [f"hydra.searchpath=['file://{source.extra}']"] if source.extra else []
    try:
        with (
            _apart(),
            hydra.initialize_config_dir(config_dir=str(source.folder), version_base=HYDRA_VERSION),
        ):
            composed = hydra.compose(source.name, overrides=[*further, *overrides])
        return plain(composed)
    except (HydraException, OmegaConfBaseException, yaml.YAMLError) as error:
        raise translated(error) from error


@contextmanager
def _apart() -> Iterator[None]:
    """Set a running Hydra aside, so that a configuration can be composed within a job."""
    instance = GlobalHydra.instance()
    kept, instance.hydra = instance.hydra, None
    try:
        yield
    finally:
        instance.hydra = kept


def plain(composed: Any) -> dict[str, Any]:
    """Turn a composed configuration into a plain mapping, refusing names of code to run.

    Raises
    ------
    UserError : a `_target_` key anywhere.
    """
    mapping = OmegaConf.to_container(composed, resolve=True)
    if not isinstance(mapping, dict):
        raise UserError(
            given="the configuration is a list", allowed="it must be a mapping", where=WHERE
        )
    _refuse_code(mapping, "")
    return {str(key): value for key, value in mapping.items() if key != "hydra"}


def _refuse_code(value: Any, path: str) -> None:
    items = (
        value.items()
        if isinstance(value, Mapping)
        else enumerate(value)
        if isinstance(value, list)
        else ()
    )
    for key, item in items:
        place = f"{path}.{key}" if path else str(key)
        if str(key) == "_target_":
            raise UserError(
                given=f"{place} names code to run",
                allowed="configuration is data: only settings may be given",
                where=WHERE,
            )
        _refuse_code(item, place)


def translated(error: Exception) -> UserError:
    """Tell an error of composition as a user's mistake, by its first line and its cause's."""
    lines = [str(each).strip().splitlines() for each in (error, error.__cause__) if each]
    text = ": ".join(part[0].strip() for part in lines if part)
    return UserError(
        given=f"the configuration cannot be composed ({text})",
        allowed="names and choices are those that --help lists",
        where=WHERE,
    )
