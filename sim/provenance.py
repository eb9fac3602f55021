"""Where a result comes from: version, commit, data, seed, full configuration.

No times, so that the same run gives the same bytes.
"""

from __future__ import annotations

import subprocess
import tomllib
from collections.abc import Mapping
from functools import lru_cache
from importlib import metadata
from pathlib import Path
from typing import Any

import yaml

from sim.cite import references
from sim.config import Settings
from sim.config.settings import as_mapping

ROOT = Path(__file__).resolve().parents[1]
TITLE = "Straits: hedging in Southeast Asia, a conditional scenario"
DATA_ATTRIBUTES = ("data_versions", "data_version", "notes")


def provenance(
    settings: Settings, *, title: str = "", data: Mapping[Any, Any] | None = None
) -> dict[str, Any]:
    """Return the attributes that say where a Dataset comes from.

    Parameters
    ----------
    settings : of the run. title : of the Dataset.
    data : attributes of the history or its world, for its data versions, and for notes such as of events without effect.

    Returns
    -------
    title, version, commit, created_with, seed (text: it may pass 32 bits), config (YAML),
    references.
    """
    known = {name: str(data[name]) for name in DATA_ATTRIBUTES if data is not None and name in data}
    return {
        "title": title or TITLE,
        "version": version(),
        "commit": commit(),
        "created_with": f"straits {version()}",
        **known,
        "seed": str(settings.seed),
        "config": yaml.safe_dump(as_mapping(settings), sort_keys=False),
        "references": " ".join(references(settings)),
    }


@lru_cache(maxsize=1)
def version() -> str:
    """Return the version of this package, from pyproject.toml beside it or as installed."""
    project = ROOT / "pyproject.toml"
    if project.is_file():
        return str(tomllib.loads(project.read_text(encoding="utf-8"))["project"]["version"])
    try:
        return metadata.version("straits")
    except metadata.PackageNotFoundError:
        return "unknown"


@lru_cache(maxsize=1)
def commit() -> str:
    """Return the commit of the code, "-dirty" if changed since; "unknown" outside a repository."""
    if not (ROOT / ".git").exists():
        return "unknown"
    asked = [
        "git",
        "-C",
        str(ROOT),
        "describe",
        "--always",
        "--dirty",
        "--abbrev=40",
        "--exclude=*",
    ]
    try:
        result = subprocess.run(asked, capture_output=True, text=True, timeout=10, check=True)
    except (OSError, subprocess.SubprocessError):
        return "unknown"
    return result.stdout.strip() or "unknown"
