"""Where a composition finds its files: the folders of a source, read as strict YAML, for Hydra's list of defaults.

Hydra decides which files are merged, in what order and to which package; it is shown no configuration of its own, reads no
file itself, and runs nothing.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, NoReturn

from hydra import version
from hydra._internal.config_repository import ConfigRepository
from hydra.core.object_type import ObjectType
from hydra.plugins.config_source import ConfigResult, ConfigSource
from omegaconf import OmegaConf

from sim.composition.commands import options_of
from sim.composition.options import everything
from sim.composition.strict_yaml import parse_yaml, read_text
from sim.config.options import Options
from sim.errors import UserError

DECLARED = "declared"  # the name under which a defaults list asks for the declared settings
MOST_READ = 1_000  # files of a composition, counted as often as they are merged
MOST_ENTRIES = 100_000  # files and folders looked through for groups
DEEPEST_GROUP = 4
version.setbase("1.3")  # the behaviour asked of Hydra, not its release


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


class Repository(ConfigRepository):  # type: ignore[misc]
    """The files of a source as Hydra asks for them, by name without .yaml."""

    def __init__(self, source: Source) -> None:
        self.folders, self.options = source.folders, source.options
        self.sources: list[Any] = []
        self.read: dict[str, ConfigResult | None] = {}
        self.count = 0

    def load_config(self, config_path: str) -> ConfigResult | None:
        """Return what a file holds, its header and its list of defaults; None if it is not there.

        Raises
        ------
        UserError : it is no plain data, or too many files are asked for.
        """
        self.count += 1
        if self.count > MOST_READ:
            _raise_user_error(
                f"the list of defaults of {config_path} asks for more than {MOST_READ:,} files",
                "a configuration is made of a few files, none of which asks for itself",
            )
        if config_path not in self.read:
            self.read[config_path] = self._load(config_path)
        return self.read[config_path]

    def _load(self, name: str) -> ConfigResult | None:
        if name == DECLARED:
            return _config_result(name, everything(self.options), {"package": None}, [])
        path = self._find(f"{name}.yaml")
        if path is None:
            return None
        return _read_config(name, read_text(path), path)

    def _find(self, name: str) -> Path | None:
        """Return the file of a name in the first folder that has it.

        Raises
        ------
        UserError : the name, or a link, leads out of the folder.
        """
        for folder in self.folders:
            path = folder / name
            if stands(path.is_file):
                if not path.resolve().is_relative_to(folder.resolve()):
                    _raise_user_error(
                        f"{path} leads out of its folder", "a configuration stays in its folder"
                    )
                return path
        return None

    def config_exists(self, config_path: str) -> bool:
        """Whether there is such a file."""
        return config_path == DECLARED or self._find(f"{config_path}.yaml") is not None

    def group_exists(self, config_path: str) -> bool:
        """Whether there is such a group."""
        return bool(config_path) and bool(choices_in(self.folders, config_path))

    def get_group_options(
        self, group_name: str, results_filter: Any = ObjectType.CONFIG
    ) -> list[str]:
        """Return the choices of a group, or the groups in it."""
        return list(choices_in(self.folders, group_name))


@lru_cache(maxsize=256)
def _read_config(name: str, text: str, path: Path) -> ConfigResult:
    """Read the text of a file, the same text once; what is returned is not to be changed."""
    content = parse_yaml(text, path)
    defaults = content.pop("defaults", [])
    _check_defaults(defaults, path)
    reader = Repository(Source(folder=path.parent, name=name))
    try:
        header = ConfigSource._get_header_dict(text[:512])
        entries = reader._create_defaults_list(name, OmegaConf.create(defaults))
    except (AssertionError, ValueError) as error:
        _raise_user_error(
            f"{path} cannot be read ({error})", "its header or list of defaults is wrong"
        )
    return _config_result(name, content, header, entries)


def _config_result(
    name: str, content: Any, header: dict[str, str | None], defaults: list[Any]
) -> ConfigResult:
    return ConfigResult("conf", name, content, header, defaults)


def _check_defaults(defaults: Any, path: Path) -> None:
    """Refuse a list of defaults that Hydra would stumble over."""
    for entry in defaults if isinstance(defaults, list) else [defaults]:
        value = next(iter(entry.values())) if isinstance(entry, dict) and len(entry) == 1 else entry
        several = value if isinstance(value, list) and isinstance(entry, dict) else [value]
        plain = all(isinstance(name, str | None) for name in several)  # type: ignore[arg-type]
        if not isinstance(defaults, list) or entry is None or not plain:
            _raise_user_error(
                f"{path} holds {str(entry)[:80]} in its list of defaults",
                "it must be a list of names, and of groups with their choice, such as theory: insurance",
            )


def stands(asked: Callable[[], bool]) -> bool:
    """Whether a file or folder is there, as `Path.is_file` or `Path.is_dir` says; not if its name is none (too long)."""
    try:
        return asked()
    except OSError:
        return False


def choices_in(folders: tuple[Path, ...], group: str) -> tuple[str, ...]:
    """Return the named choices of a group, such as policy/japan; none if there is no such group."""
    parts = group.split("/")
    if ".." in parts or "" in parts or parts[0].startswith(".") or parts[0] == "hydra":
        return ()
    inside = [folder / group for folder in folders if stands((folder / group).is_dir)]
    return tuple(sorted({path.stem for folder in inside for path in folder.glob("*.yaml")}))


def groups_in(folder: Path) -> set[str]:
    """Return the groups of a folder: the folders in it that hold files of settings.

    Raises
    ------
    UserError : the folder holds far more than settings.
    """
    result, seen = set(), 0
    for here, folders, files in os.walk(folder, followlinks=True):
        seen += len(folders) + len(files)
        if seen > MOST_ENTRIES:
            _raise_user_error(
                f"{folder} holds more than {MOST_ENTRIES:,} files",
                "--config-path and --config-dir name a folder of configuration files",
            )
        inside = Path(here).relative_to(folder)
        hidden = () if inside.parts else ("hydra",)
        shown = [name for name in folders if not name.startswith(".") and name not in hidden]
        folders[:] = shown if len(inside.parts) < DEEPEST_GROUP else []
        if inside.parts and any(name.endswith(".yaml") for name in files):
            result.add(inside.as_posix())
    return result


def _raise_user_error(given: str, allowed: str) -> NoReturn:
    raise UserError(given=given, allowed=allowed, where="in the files of the configuration")
