"""What may be asked of Hydra: where results go, how much is said, and a launcher of -m with a few plain numbers and names.

Everything else under `hydra` can name code to run, files to read or folders to write, and is refused, wherever it stands.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from importlib.metadata import PackageNotFoundError, version
from typing import Any, NoReturn

from hydra.core.override_parser.types import Override

from sim.errors import UserError

LAUNCHER = "hydra/launcher"
LAUNCHERS = {  # and the package that brings each
    "basic": "",
    "joblib": "hydra-joblib-launcher",
    "submitit_local": "hydra-submitit-launcher",
    "submitit_slurm": "hydra-submitit-launcher",
}
OF_LAUNCHERS = (  # numbers, and names such as a partition's; never a command, a path or a template
    *("n_jobs", "timeout_min", "cpus_per_task", "gpus_per_node", "tasks_per_node", "nodes"),
    *("mem_gb", "array_parallelism", "partition", "qos", "account", "constraint"),
)
ALLOWED = ("hydra.run.dir", "hydra.verbose", *(f"hydra.launcher.{name}" for name in OF_LAUNCHERS))
HINT = (
    "of Hydra's own only hydra.run.dir, hydra.verbose, hydra/launcher and the launcher's plain settings "
    "may be given (SECURITY.md)"
)
PLAIN_NAME = re.compile(r"[\w.,:@+-]{0,100}", re.ASCII)


def is_hydra(name: str) -> bool:
    """Whether a name on the command line is Hydra's own."""
    return re.split(r"[./@\[]", name.lstrip("/"), maxsplit=1)[0] == "hydra"


def check_hydra_override(override: Override) -> None:
    """Refuse an override of what is Hydra's own, but for the few allowed.

    Raises
    ------
    UserError : anything else.
    """
    name = override.key_or_group
    plain = (
        override.package is None and not override.is_delete() and not override.is_sweep_override()
    )
    if plain and name == LAUNCHER:
        _check_launcher(str(override.value()))
    elif not plain or name not in ALLOWED:
        _raise_user_error(f"{name} is Hydra's own", HINT)


def _check_launcher(name: str) -> None:
    if name not in LAUNCHERS:
        _raise_user_error(f"{LAUNCHER} is {name!r}", f"it must be one of {', '.join(LAUNCHERS)}")
    package = LAUNCHERS[name]
    try:
        if package:
            version(package)
    except PackageNotFoundError:
        allowed = f"it needs the package {package}, which is not installed; --help names the choices there are"
        _raise_user_error(f"{LAUNCHER} is {name}", allowed)


def launcher_of(overrides: Sequence[Override]) -> str:
    """Return the launcher that is asked for; the last one counts."""
    asked = [str(o.value()) for o in overrides if o.key_or_group == LAUNCHER]
    return asked[-1] if asked else "basic"


def check_hydra_settings(given: Any) -> dict[str, Any]:
    """Return the node `hydra` of a configuration if nothing but what is allowed stands in it.

    Raises
    ------
    UserError : anything else, naming it.
    """
    for name, value in _flat_items(given, "hydra"):
        if name not in ALLOWED:
            _raise_user_error(f"{name} is Hydra's own", HINT)
        if name == "hydra.run.dir":
            fits = isinstance(value, str) and bool(value.strip())
        elif name == "hydra.verbose":
            names = value if isinstance(value, list) else [value]
            fits = isinstance(value, bool) or all(isinstance(item, str) for item in names)
        else:
            plain = isinstance(value, str) and PLAIN_NAME.fullmatch(value)
            fits = isinstance(value, int | float | None) or bool(plain)
        if not fits:
            _raise_user_error(f"{name} is {value!r}", "it must be a plain number or name")
    return given if isinstance(given, dict) else {}


def _flat_items(given: Any, path: str) -> list[tuple[str, Any]]:
    if not isinstance(given, Mapping):
        return [(path, given)]
    return [pair for name, value in given.items() for pair in _flat_items(value, f"{path}.{name}")]


def _raise_user_error(given: str, allowed: str) -> NoReturn:
    raise UserError(
        given=given,
        allowed=allowed,
        where="on the command line or in the files of the configuration",
    )
