"""What a block is of: a checksum of the settings of its points and of all else that decides its runs.

Every block holds it, so that a block of another store, or of other points, is known for what it is whatever it is called.
"""

from __future__ import annotations

import csv
import json
from collections.abc import Mapping
from typing import Any

from sim.ensemble.blocks import Block
from sim.ensemble.store.files import checksum

DECISIVE = ("model", "options", "columns", "groups", "states")


class Origins:
    """Checksums of what the blocks of a store are of.

    manifest : of the store. design : its design as text, a line a point after the first.
    """

    def __init__(self, manifest: Mapping[str, Any], design: str) -> None:
        self._shared = _checksum_of({name: manifest[name] for name in DECISIVE})
        self._lines = design.rstrip("\n").split("\n")[1:]
        groups, columns = manifest["groups"], manifest["columns"]
        self._places = [1 + columns.index(name) for name in groups]
        self._bases = {
            tuple(entry["choices"][name] for name in groups): _checksum_of(entry["settings"])
            for entry in manifest["bases"]
        }

    def of(self, block: Block) -> str:
        """Sixteen letters for the origin of a block; blank where the store has no settings for one of its points."""
        lines = self._lines[block.first_point : block.last_point]
        keys = {
            tuple(row[position] for position in self._places if position < len(row))
            for row in csv.reader(lines)
        }
        if not keys <= set(self._bases):
            return ""
        return _checksum_of([self._shared, lines, [self._bases[key] for key in sorted(keys)]])


def _checksum_of(said: Any) -> str:
    return checksum(json.dumps(said, sort_keys=True).encode())
