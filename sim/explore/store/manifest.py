"""What a store says of itself: settings, design, version; and the plan made of it again."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from sim.config import build
from sim.config.settings import as_mapping, checked
from sim.errors import UserError
from sim.explore.store.fingerprint import fingerprint
from sim.explore.store.points import read_points
from sim.explore.sweep.options import OPTIONS, SweepOptions
from sim.explore.sweep.plan import Plan
from sim.provenance import commit, version

FORMAT = "straits sweep 1"
MANIFEST = "manifest.json"
KEPT = ("design", "threshold", "paths", "precision", "engine")  # options that must stay the same
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
    path = folder / MANIFEST
    if not path.is_file():
        raise UserError(
            given=f"{folder} is not a store (it has no {MANIFEST})",
            allowed="it must be a folder that experiments/sweep.py has written",
            where="on the command line: store=results/sweep",
        )
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
        assert isinstance(found, dict)
        return found
    except (OSError, ValueError, AssertionError) as error:
        raise UserError(
            given=f"{path} cannot be read",
            allowed="it says what the runs beside it are of; without it they can be neither read nor gone on with",
            where=OTHER,
            hint="Or put it back from a copy.",
        ) from error
