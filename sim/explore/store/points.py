"""The design of a store, design.csv: a row a point, read back exactly, and known by its letters in the manifest."""

from __future__ import annotations

import csv
import io
import itertools
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pandas as pd

from sim.config.settings import checked
from sim.errors import UserError
from sim.explore.store.files import checksum
from sim.explore.sweep.design import declaration_of
from sim.explore.sweep.plan import Plan
from sim.explore.sweep.reduce import POINT

DESIGN = "design.csv"


def design_text(plan: Plan) -> str:
    """The design as it stands in a store: a row a point."""
    return plan.points.to_csv(index=True, index_label=POINT, lineterminator="\n")


def letters_of(design: str, points: int) -> str:
    """Sixteen letters for the head and the first `points` rows of a design as text."""
    return checksum("\n".join(design.split("\n", points + 1)[: points + 1]).encode())


def read_points(folder: Path, manifest: Mapping[str, Any]) -> pd.DataFrame:
    """Read the design of a store back, exactly.

    Raises
    ------
    UserError : it is not there, or not as it was written.
    """
    points = manifest["extents"][-1][0]
    text = _design_in(folder)
    if letters_of(text, points) != manifest.get("points", letters_of(text, points)):
        raise UserError(
            given=f"{folder / DESIGN} is not as the sweep wrote it",
            allowed="it must say what was varied, a row a point",
            hint="Run the command of that sweep again, which writes it anew.",
        )
    rows = list(itertools.islice(csv.DictReader(io.StringIO(text)), points))
    groups = manifest["groups"]
    return pd.DataFrame(
        {
            name: [row[name] if name in groups else _exact(name, row[name]) for row in rows]
            for name in manifest["columns"]
        }
    )


def _design_in(folder: Path) -> str:
    """The text of a design; blank if it cannot be read."""
    try:
        return (folder / DESIGN).read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError):
        return ""


def stands(folder: Path, manifest: Mapping[str, Any]) -> bool:
    """Whether the design in a folder is as its manifest says."""
    return letters_of(_design_in(folder), manifest["extents"][-1][0]) == manifest.get("points")


def _exact(name: str, text: str) -> Any:
    one = declaration_of(name)
    return checked(text if one.kind == "choice" else float(text), one, name)
