"""The design of a store, design.csv: a row a point, read back exactly, and known by its checksum in the manifest."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pandas as pd

from sim.config.settings import checked
from sim.ensemble.design import declaration_of
from sim.ensemble.plan import Plan
from sim.ensemble.store.contents import DESIGN
from sim.ensemble.store.files import broken, checksum, checksum_of
from sim.ensemble.summary import POINT
from sim.errors import UserError


def design_text(plan: Plan) -> str:
    """The design as it stands in a store: a row a point."""
    return plan.points.to_csv(index=True, index_label=POINT, lineterminator="\n")


def prefix_checksum(design: str, points: int) -> str:
    """Checksum of the head and the first `points` rows of a design, as a design of so many points."""
    lines = design.split("\n", points + 1)[: points + 1]
    return checksum("\n".join([*lines, ""]).encode())


def is_intact(folder: Path, manifest: Mapping[str, Any]) -> bool:
    """Whether the design in a folder is as its manifest says."""
    return checksum_of(folder / DESIGN) == manifest["points"]


def read_design(folder: Path, manifest: Mapping[str, Any]) -> str:
    """Read the design of a store as text.

    Raises
    ------
    UserError : it is not there, or not as it was written.
    """
    if not is_intact(folder, manifest):
        raise broken(folder, f"{DESIGN} is not as the sweep wrote it")
    return (folder / DESIGN).read_bytes().decode("utf-8", errors="replace")


def read_points(folder: Path, manifest: Mapping[str, Any]) -> pd.DataFrame:
    """Read the design of a store back, exactly.

    Raises
    ------
    UserError : it is not there, not as it was written, or not that of its manifest.
    """
    text, columns = read_design(folder, manifest), manifest["columns"]
    try:
        head, *rows = csv.reader(text.rstrip("\n").split("\n"))
        numbers = [str(number) for number in range(manifest["extents"][-1][0])]
        if head != [POINT, *columns] or [row[0] for row in rows] != numbers:
            raise ValueError("other columns or points than the manifest says")
        laid = zip(*(row[1:] for row in rows), strict=True)
        return pd.DataFrame(
            {
                name: list(column) if name in manifest["groups"] else _exact_values(name, column)
                for name, column in zip(columns, laid, strict=True)
            }
        )
    except (ValueError, IndexError, csv.Error, UserError) as error:
        raise broken(folder, f"{DESIGN} cannot be read: {error}") from error


def _exact_values(name: str, column: tuple[str, ...]) -> list[Any]:
    item = declaration_of(name)
    read = {"choice": str, "integer": int}.get(item.kind, float)
    return [checked(read(text), item, name) for text in column]
