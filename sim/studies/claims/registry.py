"""All claims, in reading order: words and rules from claims.yaml, readings from the modules beside it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import yaml

from sim.axes import Array
from sim.studies.claims import giving, literature, region
from sim.studies.claims.counterfactuals import CounterfactualRun
from sim.studies.claims.decide import Claim, Part

WORDS = Path(__file__).with_name("claims.yaml")
Read = Callable[[Mapping[str, CounterfactualRun]], tuple[Array, ...]]
Aside = Callable[[Mapping[str, CounterfactualRun]], str]

READINGS: dict[str, tuple[Read, Aside | None]] = {
    "1": (giving.symbolic, giving.symbolic_aside),
    "2": (giving.camp, None),
    "3": (region.beijing, None),
    "4": (region.tipping, region.tipping_aside),
    "5": (region.compensation, None),
    "6": (region.capped, None),
    "7": (region.shortening, region.shortening_aside),
    "8": (region.third, None),
    "9": (giving.lanes, giving.lanes_aside),
    "10": (giving.lethal, None),
    "L1": (literature.retreat, None),
    "L2": (literature.threatened, None),
    "L3": (literature.war, literature.war_aside),
    "L4": (literature.bound, literature.bound_aside),
}


def _claim(key: str, words: Mapping[str, Any]) -> Claim:
    read, aside = READINGS[key]
    told = dict(words)
    parts = tuple(Part(**part) for part in told.pop("parts"))
    worlds = tuple(told.pop("worlds"))
    return Claim(key=key, parts=parts, worlds=worlds, read=read, aside=aside, **told)


CLAIMS: tuple[Claim, ...] = tuple(
    _claim(str(key), words)
    for key, words in yaml.safe_load(WORDS.read_text(encoding="utf-8")).items()
)
