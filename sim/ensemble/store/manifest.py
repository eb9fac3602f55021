"""What a store says of itself: settings, design, version, and a checksum of all it says; and the plan made of it again."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from sim.config import build
from sim.config.settings import as_mapping, checked
from sim.ensemble.options import OPTIONS, SweepOptions
from sim.ensemble.plan import Plan
from sim.ensemble.store.contents import MANIFEST, refuse_links
from sim.ensemble.store.files import atomic_write, broken, checksum
from sim.ensemble.store.fingerprint import fingerprint
from sim.ensemble.store.points import read_points
from sim.ensemble.store.schema import KEPT, MOST_BYTES, fault_in, parse_json
from sim.errors import UserError
from sim.provenance import commit, version

FORMAT = "straits sweep 2"
CHECKSUM = "checksum"  # of all else that the manifest says
OTHER = "on the command line: out=results/another"


def describe_plan(plan: Plan) -> dict[str, Any]:
    """Say all that a store must say of its plan, as plain values."""
    options = {name: getattr(plan.options, name) for name in KEPT}
    return {
        "format": FORMAT,
        "version": version(),
        "model": fingerprint(),
        "commit": commit(),
        "options": options,
        "columns": list(plan.points),
        "groups": list(plan.groups),
        "states": list(plan.states),
        "bases": [
            {"choices": dict(choices), "settings": as_mapping(settings)}
            for choices, settings in plan.bases
        ],
    }


def read_plan(folder: Path, manifest: Mapping[str, Any]) -> Plan:
    """Build the plan of a store again from what it says of itself.

    Raises
    ------
    UserError : its settings are none, or its design does not go with them.
    """
    points = read_points(folder, manifest)
    groups = tuple(manifest["groups"])
    options = {
        name: checked(value, OPTIONS[name], name) for name, value in manifest["options"].items()
    }
    try:
        bases = tuple(
            (tuple((name, entry["choices"][name]) for name in groups), build(entry["settings"]))
            for entry in manifest["bases"]
        )
        position = {
            tuple(name for _, name in choices): row for row, (choices, _) in enumerate(bases)
        }
        rows = list(zip(*(points[name] for name in groups), strict=True)) or [()] * len(points)
        plan = Plan(
            options=SweepOptions(**options),
            points=points,
            groups=groups,
            bases=bases,
            base_of=tuple(position[row] for row in rows),
            replicates=manifest["extents"][-1][1],
        )
        states = list(plan.states)
    except UserError as error:
        raise broken(folder, f"{MANIFEST}: {error.given}; {error.allowed}") from error
    except KeyError as error:
        raise broken(folder, f"{MANIFEST} has no settings for {error}") from error
    if states != manifest["states"]:
        raise broken(folder, f"{MANIFEST} names other states than its settings")
    return plan


def manifest_bytes(manifest: Mapping[str, Any]) -> bytes:
    """Lay a manifest out as it stands in its file, with the checksum of what it says."""
    said = {name: value for name, value in manifest.items() if name != CHECKSUM}
    signed = said | {CHECKSUM: _checksum_of(said)}
    return f"{json.dumps(signed, indent=1, sort_keys=True, allow_nan=False)}\n".encode()


def _checksum_of(said: Mapping[str, Any]) -> str:
    return checksum(json.dumps(said, sort_keys=True, allow_nan=False).encode())


def write_manifest(folder: Path, manifest: Mapping[str, Any]) -> None:
    """Write what a store says of itself, the same bytes for the same.

    Raises
    ------
    OSError : the disk is full or read-only.
    """
    atomic_write(folder / MANIFEST, lambda file: file.write(manifest_bytes(manifest)))


def is_as_written(folder: Path, manifest: Mapping[str, Any]) -> bool:
    """Whether the file of a manifest is what a sweep writes, to the byte."""
    return (folder / MANIFEST).read_bytes() == manifest_bytes(manifest)


def read_manifest(folder: Path) -> dict[str, Any]:
    """Read what a store says of itself, as far as it says what a sweep may write and has not been changed since.

    Raises
    ------
    UserError : there is no store; its manifest cannot be read, was changed, or is of another format; or a link or a
        folder stands where the store must have a file.
    """
    refuse_links(folder)
    path = folder / MANIFEST
    if not path.is_file():
        raise UserError(
            given=f"{folder} is not a store (it has no {MANIFEST})",
            allowed="it must be a folder that the command sweep has written",
            where="on the command line: store=results/sweep",
        )
    try:
        if path.stat().st_size > MOST_BYTES:
            raise ValueError(f"larger than {MOST_BYTES:,} bytes")
        result = parse_json(path.read_bytes())
    except (OSError, ValueError) as error:
        raise _unreadable_error(path, "cannot be read") from error
    check_format(result, folder)
    noted = result.pop(CHECKSUM, None)
    if noted != _checksum_of(result):
        raise _unreadable_error(path, "is not as the sweep wrote it")
    fault = fault_in(result)
    if fault:
        raise _unreadable_error(path, f"cannot be that of a sweep: {fault}")
    return result


def _unreadable_error(path: Path, why: str) -> UserError:
    return UserError(
        given=f"{path} {why}",
        allowed="it says what the runs beside it are of; without it they can be neither read nor resumed",
        where=OTHER,
        hint="Or put it back from a copy.",
    )


def check_format(old: Mapping[str, Any], folder: Path) -> None:
    """Refuse a store laid out otherwise, which could not even be read.

    Raises
    ------
    UserError : naming both formats.
    """
    if old.get("format") != FORMAT:
        raise of_another("format", old, FORMAT, folder)


def of_another(what: str, old: Mapping[str, Any], now: str, folder: Path) -> UserError:
    """Say that a store is of another format or version."""
    return UserError(
        given=f"the store {folder} was written by another {what} "
        f"({_brief_value(old.get(what))}; this is {now}; its commit is {_brief_value(old.get('commit'))})",
        allowed="a store is read and extended by the version that wrote it",
        where=OTHER,
        hint="Or go back to that version.",
    )


def _brief_value(value: Any) -> str:
    return ascii(value)[:60].strip("'")
