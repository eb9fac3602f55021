"""Words for numbers and places, so that titles read as sentences."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import xarray as xr

from sim.outcomes.definitions import label_of
from sim.outcomes.wording import listed as listed
from sim.outcomes.wording import sentence as sentence
from sim.outcomes.wording import signed as signed
from sim.outcomes.wording import spell as spell
from sim.outcomes.wording import the as the

PARTNERS = {
    "CHN": "China",
    "USA": "United States",
    "JPN": "Japan",
    "IND": "India",
    "KOR": "South Korea",
    "AUS": "Australia",
    "self": "unaligned",
}

STATES = {
    "BRN": "Brunei",
    "KHM": "Cambodia",
    "IDN": "Indonesia",
    "LAO": "Laos",
    "MYS": "Malaysia",
    "MMR": "Myanmar",
    "PHL": "Philippines",
    "SGP": "Singapore",
    "THA": "Thailand",
    "VNM": "Vietnam",
    "TLS": "Timor-Leste",
    "BGD": "Bangladesh",
    "FJI": "Fiji",
    "PNG": "Papua N. G.",
    "MNG": "Mongolia",
    "DJI": "Djibouti",
}


def state_names(dataset: xr.Dataset) -> dict[str, str]:
    """Map the codes of a Dataset's states to names a reader knows.

    A coordinate `state_name` is used where there is one; a code nobody knows stands for itself.
    """
    codes = [str(code) for code in dataset["state"].values]
    if "state_name" in dataset.coords:
        return dict(zip(codes, map(str, dataset["state_name"].values), strict=True))
    return {code: STATES.get(code, code) for code in codes}


def counted(count: int, total: int) -> str:
    """Say how many of how many states, as a clause that can begin or continue a sentence.

    >>> counted(3, 10), counted(0, 10), counted(1, 1), counted(10, 10)
    ('three of ten states', 'none of ten states', 'the one state', 'all ten states')
    """
    if total == 1:
        return "the one state" if count else "no state"
    if count == total:
        return f"all {spell(total)} states"
    return f"{'none' if count == 0 else spell(count)} of {spell(total)} states"


def short(name: str, most: int = 20) -> str:
    """Cut a long name so that it fits beside an axis.

    >>> short("Prime"), short("A very long name of an actor")
    ('Prime', 'A very long name of…')
    """
    return name if len(name) <= most else f"{name[: most - 1].rstrip()}…"


def trend(start: float, end: float, least: float) -> str:
    """Name a change: rises, falls, or holds when it is smaller than `least`.

    >>> trend(0.2, 0.5, 0.02), trend(0.2, 0.21, 0.02)
    ('rises', 'holds')
    """
    change = end - start
    return "rises" if change >= least else "falls" if change <= -least else "holds"


def called(told: Mapping[Any, Any]) -> str:
    """What an outcome is called in a title.

    >>> called({"name": "hedging_share"}), called({"name": "capacity"})
    ('hedging share', 'capacity at sea')
    """
    label = label_of(str(told["name"]))
    return label[:1].lower() + label[1:]


def unit(told: Mapping[Any, Any]) -> str:
    """Its unit; nothing for a bare number.

    >>> unit({"units": "1"}), unit({"units": "points"})
    ('', 'points')
    """
    units = str(told.get("units", ""))
    return "" if units == "1" else units
