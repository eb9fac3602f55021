"""All claims, in reading order: texts and rules from claims.yaml, readings from the modules beside it."""

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
Facts = Callable[[Mapping[str, CounterfactualRun]], Mapping[str, Any]]

READINGS: dict[str, tuple[Read, Facts | None]] = {
    "1": (giving.claim_1_modest_assistance, giving.claim_1_facts),
    "2": (giving.claim_2_no_camp, None),
    "3": (region.claim_3_joint_resistance, None),
    "4": (region.claim_4_tipping, region.claim_4_facts),
    "5": (region.claim_5_compensation, region.claim_5_facts),
    "6": (region.claim_6_trade_cap, None),
    "7": (region.claim_7_time_to_choose, region.claim_7_facts),
    "8": (region.claim_8_third_partner, region.claim_8_facts),
    "9": (giving.claim_9_sea_lanes, giving.claim_9_facts),
    "10": (giving.claim_10_lethal_exports, None),
    "L1": (literature.claim_l1_patron_withdraws, None),
    "L2": (literature.claim_l2_direct_threat, literature.claim_l2_facts),
    "L3": (literature.claim_l3_open_war, literature.claim_l3_facts),
    "L4": (literature.claim_l4_allies_and_disputants, literature.claim_l4_facts),
}


def _claim(key: str, words: Mapping[str, Any]) -> Claim:
    read, facts = READINGS[key]
    texts = dict(words)
    parts = tuple(Part(**part) for part in texts.pop("parts"))
    worlds = tuple(texts.pop("worlds"))
    return Claim(key=key, parts=parts, worlds=worlds, read=read, facts=facts, **texts)


CLAIMS: tuple[Claim, ...] = tuple(
    _claim(str(key), words)
    for key, words in yaml.safe_load(WORDS.read_text(encoding="utf-8")).items()
)
