"""Whether a sweep can be resumed in a store: with the same settings, design and model; else the difference is shown."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pandas as pd

from sim.ensemble.plan import Plan
from sim.ensemble.store.fingerprint import changed_files, fingerprint
from sim.ensemble.store.manifest import OTHER, check_format, describe_plan, of_another
from sim.ensemble.store.points import design_text, prefix_checksum, read_points
from sim.errors import UserError
from sim.provenance import version

SAME = ("options", "columns", "groups", "states")
MOST_TOLD = 4


def check_same(old: Mapping[str, Any], plan: Plan, folder: Path) -> None:
    """Refuse to go on in a store that something else was written to, with the difference shown.

    Raises
    ------
    UserError : another version or model, other settings, or points that do not begin with the old.
    """
    check_version(old, folder)
    now = describe_plan(plan)
    gone = [entry["choices"] for entry in old["bases"]]
    lines = _different_settings(
        {name: old[name] for name in SAME}
        | {_setting_label(entry): entry["settings"] for entry in old["bases"]},
        {name: now[name] for name in SAME}
        | {
            _setting_label(entry): entry["settings"]
            for entry in now["bases"]
            if entry["choices"] in gone
        },
    )
    lines = lines or _too_few(plan, old["extents"][-1])
    if not lines and prefix_checksum(design_text(plan), old["extents"][-1][0]) != old["points"]:
        lines = _points_differ(read_points(folder, old), plan)
    if lines:
        result = "; ".join(lines[:8]) + (f"; and {len(lines) - 8} more" if len(lines) > 8 else "")
        raise UserError(
            given=f"the store {folder} holds another sweep: {result}",
            allowed="a store goes on with the same settings; it may grow by replicates or points",
            where=OTHER,
            hint="Or ask for what the store holds.",
        )


def _setting_label(entry: Mapping[str, Any]) -> str:
    choices = sorted(entry["choices"].items())  # as read back, whatever the order of the design
    return ",".join(f"{name}={value}" for name, value in choices) or "settings"


def check_version(old: Mapping[str, Any], folder: Path) -> None:
    """Refuse a store of another format, version or model: what it holds could not be made again.

    Raises
    ------
    UserError : naming both; of the model, the files that differ.
    """
    check_format(old, folder)
    if old.get("version") != version():
        raise of_another("version", old, version(), folder)
    changed = changed_files(old["model"], fingerprint())
    if changed:
        more = f" and {len(changed) - MOST_TOLD} more" if len(changed) > MOST_TOLD else ""
        raise UserError(
            given=f"the store {folder} was written by another state of the model, at commit "
            f"{old.get('commit')}: since then {', '.join(changed[:MOST_TOLD])}{more} changed",
            allowed="one store holds runs of one state of the model, never two mixed (comments and "
            "docstrings may change)",
            where=OTHER,
            hint=f"Or undo the change (git stash, or git checkout {_plain_value(old.get('commit'))}).",
        )


def _plain_value(made_at: Any) -> str:
    return str(made_at).removesuffix("-dirty")


def _different_settings(old: Any, now: Any, path: str = "") -> list[str]:
    if isinstance(old, Mapping) and isinstance(now, Mapping):
        names = [*old, *(name for name in now if name not in old)]
        return [
            line
            for name in names
            for line in _different_settings(
                old.get(name, "nothing"), now.get(name, "nothing"), f"{path}.{name}".strip(".")
            )
        ]
    same = json.dumps(old, sort_keys=True) == json.dumps(now, sort_keys=True)
    return [] if same else [f"{path} is {_brief_value(now)} now and was {_brief_value(old)} there"]


def _brief_value(value: Any) -> str:
    """A value as told in an error; of a whole group of settings only that it is one."""
    return f"a group of {len(value)} settings" if isinstance(value, Mapping) else repr(value)


def _too_few(plan: Plan, extent: list[int]) -> list[str]:
    points, replicates = extent
    if len(plan.points) >= points and plan.replicates >= replicates:
        return []
    return [
        f"it has {points} points and {replicates} replicates, more than the "
        f"{len(plan.points)} and {plan.replicates} asked for"
    ]


def _points_differ(old: pd.DataFrame, plan: Plan) -> list[str]:
    for name in old:
        for row, (was, now) in enumerate(zip(old[name], plan.points[name], strict=False)):
            if was != now:
                return [f"point {row} has {name} {now!r} now and had {was!r} there"]
    return []
