"""What a manifest must look like before anything in it is used: types, sizes and ranges, declared entry by entry.

A manifest may have been sent by somebody else, or be damaged. What passes here can neither hang a command nor eat its memory.
"""

from __future__ import annotations

import json
import math
from collections.abc import Callable, Mapping
from typing import Any

from sim.config.settings import checked
from sim.ensemble.blocks import count_blocks
from sim.ensemble.options import OPTIONS
from sim.ensemble.store.contents import BLOCK, MADE
from sim.errors import UserError

MOST_BYTES = 128 * 2**20  # of a manifest
MOST_BLOCKS = 500_000
MOST_EXTENT = 100_000_000  # points, or replicates
MOST_EXTENTS = 10_000
MOST_CELL = 1_000_000  # runs of a block
MOST_DEPTH = 12
LONGEST = 10_000  # letters of one text
LARGEST = 2**63  # of a whole number, below

Check = Callable[[Any], bool]
KEPT = (
    "design",
    "threshold",
    "keep",
    "paths",
    "precision",
    "engine",
)  # options that must stay the same


def is_printable_text(value: Any) -> bool:
    """Whether this is a text of one printable line."""
    return isinstance(value, str) and value.isprintable()


def is_scalar(value: Any) -> bool:
    """Whether this is a text, a number or a switch."""
    return is_printable_text(value) or isinstance(value, int | float)


def is_checksum(value: Any) -> bool:
    """Whether this is a checksum, or blank for a file that is being made."""
    return isinstance(value, str) and (
        value == "" or len(value) == 16 and set(value) <= set("0123456789abcdef")
    )


def is_whole(low: int, high: int) -> Check:
    """Whether this is a whole number within bounds."""
    return lambda value: type(value) is int and low <= value <= high


def list_of(check: Check, least: int = 0, most: int = 10**6) -> Check:
    """Whether this is a list of so many things, each as it must be."""
    return lambda value: (
        isinstance(value, list) and least <= len(value) <= most and all(map(check, value))
    )


def is_name_list(least: int = 0) -> Check:
    """Whether this is a list of texts, none of them twice."""
    listed = list_of(is_printable_text, least, 10_000)
    return lambda value: listed(value) and len(set(value)) == len(value)


def mapping_of(check: Check, known: tuple[str, ...] = ()) -> Check:
    """Whether this maps texts (of those known, if any are) to things, each as it must be."""
    return lambda value: (
        isinstance(value, dict)
        and all(map(is_printable_text, value))
        and (not known or set(value) <= set(known))
        and all(map(check, value.values()))
    )


def group_check(entries: Mapping[str, Check]) -> Check:
    """Whether this holds these entries, each as it must be, and no others."""
    return lambda value: (
        isinstance(value, dict)
        and set(value) == set(entries)
        and all(check(value[name]) for name, check in entries.items())
    )


def _option_check(name: str) -> Check:
    def fits(value: Any) -> bool:
        try:
            checked(value, OPTIONS[name], name)
        except UserError:
            return False
        return value is not None

    return fits


def _settings_check(value: Any) -> bool:
    """Whether a seed and years stand where readers look for them (`read_plan` checks all the rest)."""
    if not isinstance(value, dict) or not isinstance(value.get("years"), dict):
        return False
    years = [value["years"].get(name) for name in ("first", "last")]
    return is_whole(0, LARGEST - 1)(value.get("seed")) and all(map(is_whole(1900, 2200), years))


extent = list_of(is_whole(1, MOST_EXTENT), 2, 2)  # points, replicates
REQUIRED: Mapping[str, Check] = {
    "format": is_printable_text,
    "version": is_printable_text,
    "commit": is_printable_text,
    "model": mapping_of(is_printable_text),
    "options": group_check({name: _option_check(name) for name in KEPT}),
    "columns": is_name_list(1),
    "groups": is_name_list(),
    "states": is_name_list(1),
    "bases": list_of(
        group_check({"choices": mapping_of(is_printable_text), "settings": _settings_check}), 1
    ),
    "points": is_checksum,
    "lattice": list_of(is_whole(1, MOST_CELL), 2, 2),
    "extents": list_of(extent, 1, MOST_EXTENTS),
}
OPTIONAL: Mapping[str, Check] = {
    "finished": extent,
    "blocks": list_of(
        lambda value: isinstance(value, str) and BLOCK.fullmatch(value) is not None, 1, MOST_BLOCKS
    ),
    "made": mapping_of(is_checksum, MADE),
    "baseline": lambda value: is_printable_text(value) or mapping_of(is_scalar)(value),
}


def fault_in(manifest: Mapping[str, Any]) -> str:
    """Say what in a manifest is not as it must be; blank if all is."""
    for name, check in REQUIRED.items():
        if name not in manifest:
            return f"it lacks {name}"
        if not check(manifest[name]):
            return f"its {name} cannot be"
    for name in manifest:
        if name not in REQUIRED and name not in OPTIONAL:
            return "it holds more than a sweep writes"
        if name in OPTIONAL and not OPTIONAL[name](manifest[name]):
            return f"its {name} cannot be"
    if "finished" in manifest and not {"blocks", "made"} <= set(manifest):
        return "it is finished and does not name its files"
    return _first_disagreement(manifest)


def _first_disagreement(manifest: Mapping[str, Any]) -> str:
    extents, lattice = manifest["extents"], manifest["lattice"]
    shrinks = any(
        later[0] < earlier[0] or later[1] < earlier[1]
        for earlier, later in zip(extents[:-1], extents[1:], strict=True)
    )
    if shrinks or math.prod(lattice) > MOST_CELL:
        return "its extents or lattice cannot be"
    if count_blocks(extents, lattice) > MOST_BLOCKS:
        return f"it has more than {MOST_BLOCKS:,} blocks"
    groups = set(manifest["groups"])
    if not groups <= set(manifest["columns"]):
        return "its groups are not among its columns"
    if any(set(entry["choices"]) != groups for entry in manifest["bases"]):
        return "its bases are not those of its groups"
    return ""


def parse_json(content: bytes) -> dict[str, Any]:
    """Read JSON in which no name stands twice, no number is endless and nothing is nested without end.

    Raises
    ------
    ValueError : it is not such JSON.
    """
    try:
        result = json.loads(
            content.decode("utf-8"), object_pairs_hook=_unique_entries, parse_constant=_no_number
        )
    except RecursionError as error:
        raise ValueError("nested too deeply") from error
    if not isinstance(result, dict):
        raise ValueError("no group of entries")
    waiting: list[tuple[Any, int]] = [(result, 0)]
    while waiting:
        value, depth = waiting.pop()
        inner = value.values() if isinstance(value, dict) else value
        if isinstance(value, dict | list):
            waiting += [(each, depth + 1) for each in inner]
        if depth > MOST_DEPTH or not _is_bounded(value):
            raise ValueError("an entry that is too large")
    return result


def _is_bounded(value: Any) -> bool:
    if isinstance(value, str):
        value.encode("utf-8")  # a ValueError where half a character stands
        return len(value) <= LONGEST
    if isinstance(value, float):
        return math.isfinite(value)
    return not isinstance(value, int) or abs(value) < LARGEST


def _unique_entries(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    result = dict(pairs)
    if len(result) < len(pairs):
        raise ValueError("a name that stands twice")
    return result


def _no_number(name: str) -> Any:
    raise ValueError(name)
