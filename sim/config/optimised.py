"""The shares behind ``policy.japan.allocation=optimised``: what a search found, for one world and budget, and when.

The table is a result, not a law: it is good for the model, the world and the settings it was searched in, which stand beside it.
``python experiments/allocate.py publish=true`` writes it anew.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml

from sim.errors import UserError

TABLE = Path(__file__).with_name("optimised.yaml")
HEAD = """# Shares of Japan's security assistance that a search found: policy.japan.allocation=optimised.
# Written by: python experiments/allocate.py publish=true
# Good for the settings named under `found` alone; for others run the command and paste what it prints.
"""


@dataclass(frozen=True, kw_only=True)
class Optimised:
    """shares : state -> part of the budget. found : in which settings, how; gain : purpose -> points over the record."""

    shares: Mapping[str, float]
    found: Mapping[str, Any]
    gain: Mapping[str, float]


def read(path: Path = TABLE) -> Optimised:
    """Read the table.

    Raises
    ------
    UserError : the file is missing or is no such table.
    """
    try:
        held = yaml.safe_load(path.read_text(encoding="utf-8"))
        shares = {str(code): float(part) for code, part in held["shares"].items()}
        gain = {str(name): float(points) for name, points in held["gain"].items()}
        if not shares or min(shares.values()) < 0.0 or abs(sum(shares.values()) - 1.0) > 1e-3:
            raise ValueError("shares must be at least 0 and sum to 1")
        return Optimised(shares=shares, found=dict(held["found"]), gain=gain)
    except (OSError, KeyError, TypeError, ValueError, AttributeError, yaml.YAMLError) as error:
        raise UserError(
            given=f"{path} cannot be read ({error})",
            allowed="it must hold shares, found and gain",
            hint="Restore the file, or run: python experiments/allocate.py publish=true.",
        ) from error


@lru_cache(maxsize=1)
def shipped() -> Optimised:
    """Return the table that ships, read once."""
    return read()


def as_text(table: Optimised) -> str:
    """Write a table as the text of its file."""
    held = {"shares": dict(table.shares), "found": dict(table.found), "gain": dict(table.gain)}
    return HEAD + yaml.safe_dump(held, sort_keys=False)
