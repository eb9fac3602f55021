"""What a store says of itself: settings, design, version; and whether a sweep may go on in it."""

from __future__ import annotations

import csv
import itertools
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pandas as pd

from sim.config import build
from sim.config.settings import as_mapping, checked
from sim.errors import UserError
from sim.explore.store.fingerprint import changed_files, fingerprint
from sim.explore.sweep.design import declaration_of
from sim.explore.sweep.options import OPTIONS, SweepOptions
from sim.explore.sweep.plan import Plan
from sim.provenance import commit, version

FORMAT = "straits sweep 1"
MANIFEST, DESIGN = "manifest.json", "design.csv"
KEPT = ("design", "threshold", "paths", "precision", "engine")  # options that must stay the same
SAME = ("options", "columns", "groups", "states")
MOST_TOLD = 4
OTHER = "on the command line: out=results/another"


def describe(plan: Plan) -> dict[str, Any]:
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


def check_same(old: Mapping[str, Any], plan: Plan, folder: Path) -> None:
    """Refuse to go on in a store that something else was written to, with the difference shown.

    Raises
    ------
    UserError : another version or model, other settings, or points that do not begin with the old.
    """
    check_version(old, folder)
    now = describe(plan)
    gone = [entry["choices"] for entry in old["bases"]]
    lines = _different(
        {name: old[name] for name in SAME}
        | {_label(entry): entry["settings"] for entry in old["bases"]},
        {name: now[name] for name in SAME}
        | {_label(entry): entry["settings"] for entry in now["bases"] if entry["choices"] in gone},
    )
    lines = lines or _points_differ(read_points(folder, old), plan, old["extents"][-1])
    if lines:
        told = "; ".join(lines[:8]) + (f"; and {len(lines) - 8} more" if len(lines) > 8 else "")
        raise UserError(
            given=f"the store {folder} holds another sweep: {told}",
            allowed="a store goes on with the same settings; it may grow by replicates or points",
            where=f"to what it was, or {OTHER}",
        )


def _label(entry: Mapping[str, Any]) -> str:
    choices = sorted(entry["choices"].items())  # as read back, whatever the order of the design
    return ",".join(f"{name}={value}" for name, value in choices) or "settings"


def check_format(old: Mapping[str, Any], folder: Path) -> None:
    """Refuse a store laid out otherwise, which could not even be read.

    Raises
    ------
    UserError : naming both formats.
    """
    if old.get("format") != FORMAT:
        raise _of_another("format", old, FORMAT, folder)


def check_version(old: Mapping[str, Any], folder: Path) -> None:
    """Refuse a store of another format, version or model: what it holds could not be made again.

    Raises
    ------
    UserError : naming both; of the model, the files that differ.
    """
    check_format(old, folder)
    if old.get("version") != version():
        raise _of_another("version", old, version(), folder)
    changed = changed_files(old.get("model"), fingerprint())
    if changed:
        more = f" and {len(changed) - MOST_TOLD} more" if len(changed) > MOST_TOLD else ""
        raise UserError(
            given=f"the store {folder} was written by another state of the model, at commit "
            f"{old.get('commit')}: since then {', '.join(changed[:MOST_TOLD])}{more} changed",
            allowed="one store holds runs of one state of the model, never two mixed (comments and "
            "docstrings may change)",
            where=f"by undoing that (git stash, or git checkout {_plain(old.get('commit'))}), or {OTHER}",
        )


def _plain(made_at: Any) -> str:
    return str(made_at).removesuffix("-dirty")


def _of_another(what: str, old: Mapping[str, Any], now: str, folder: Path) -> UserError:
    return UserError(
        given=f"the store {folder} was written by another {what} "
        f"({old.get(what)}; this is {now}; its commit is {old.get('commit')})",
        allowed="a store is read and extended by the version that wrote it",
        where=f"by going back to that version, or {OTHER}",
    )


def _different(old: Any, now: Any, path: str = "") -> list[str]:
    if isinstance(old, Mapping) and isinstance(now, Mapping):
        names = [*old, *(name for name in now if name not in old)]
        return [
            line
            for name in names
            for line in _different(
                old.get(name, "nothing"), now.get(name, "nothing"), f"{path}.{name}".strip(".")
            )
        ]
    same = json.dumps(old, sort_keys=True) == json.dumps(now, sort_keys=True)
    return [] if same else [f"{path} is {_brief(now)} now and was {_brief(old)} there"]


def _brief(value: Any) -> str:
    """A value as told in an error; of a whole group of settings only that it is one."""
    return f"a group of {len(value)} settings" if isinstance(value, Mapping) else repr(value)


def _points_differ(old: pd.DataFrame, plan: Plan, extent: list[int]) -> list[str]:
    points, replicates = extent
    if len(plan.points) < points or plan.replicates < replicates:
        return [
            f"it has {points} points and {replicates} replicates, more than the "
            f"{len(plan.points)} and {plan.replicates} asked for"
        ]
    for name in old:
        for row, (was, now) in enumerate(zip(old[name], plan.points[name], strict=False)):
            if was != now:
                return [f"point {row} has {name} {now!r} now and had {was!r} there"]
    return []


def read_points(folder: Path, manifest: Mapping[str, Any]) -> pd.DataFrame:
    """Read the design of a store back, exactly."""
    points = manifest["extents"][-1][0]
    with open(folder / DESIGN, encoding="utf-8", newline="") as lines:
        rows = list(itertools.islice(csv.DictReader(lines), points))
    groups = manifest["groups"]
    return pd.DataFrame(
        {
            name: [row[name] if name in groups else _exact(name, row[name]) for row in rows]
            for name in manifest["columns"]
        }
    )


def _exact(name: str, text: str) -> Any:
    one = declaration_of(name)
    return checked(text if one.kind == "choice" else float(text), one, name)


def read_plan(folder: Path, manifest: Mapping[str, Any]) -> Plan:
    """Build the plan of a store again from what it says of itself."""
    points = read_points(folder, manifest)
    groups = tuple(manifest["groups"])
    bases = tuple(
        (
            tuple((name, entry["choices"][name]) for name in groups),
            build(entry["settings"]),
        )
        for entry in manifest["bases"]
    )
    place = {tuple(value for _, value in choices): row for row, (choices, _) in enumerate(bases)}
    rows = list(zip(*(points[name] for name in groups), strict=True)) or [()] * len(points)
    options = {
        name: checked(value, OPTIONS[name], name) if name in OPTIONS else value
        for name, value in manifest["options"].items()
    }
    return Plan(
        options=SweepOptions(**options),
        points=points,
        groups=groups,
        bases=bases,
        base_of=tuple(place[row] for row in rows),
        replicates=manifest["extents"][-1][1],
    )


def read_manifest(folder: Path) -> dict[str, Any]:
    """Read what a store says of itself.

    Raises
    ------
    UserError : there is no store, or its manifest cannot be read.
    """
    try:
        found = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
        assert isinstance(found, dict)
        return found
    except (OSError, ValueError, AssertionError) as error:
        raise UserError(
            given=f"{folder} is not a store (no readable {MANIFEST})",
            allowed="it must be a folder that experiments/sweep.py has written",
            where="on the command line: store=results/sweep",
        ) from error
