"""One word for each motive, wherever it is read: settings, charts, tables, the handbook and the glossary."""

from __future__ import annotations

from pathlib import Path

import pytest

from sim.config import declared
from sim.config.labels import OF_GROUP, SINGULAR, TERM_LABELS, setting_label, term_label
from sim.engines.variables import TERM_GROUPS
from sim.outcomes.ruler_split import PARTS
from sim.rules import stance

GLOSSARY = Path(__file__).parents[2] / "docs" / "glossary.md"
OF_MODEL = {
    (name.rpartition("_")[0], term) for name, group in TERM_GROUPS.items() for term in group.names
} | {("structure", part) for part in (*PARTS, "economic")}
WEIGHED = [
    (group, term)
    for group, term in sorted(OF_MODEL)
    for settings in [next((many for many, one in SINGULAR.items() if one == group), group)]
    if f"rules.{settings}.{term}" in declared() and group in ("stance", "act", "opinion", "demand")
]


@pytest.mark.parametrize(("group", "term"), WEIGHED)
def test_a_weight_is_called_as_the_motive_it_weighs(group: str, term: str) -> None:
    settings = next((many for many, one in SINGULAR.items() if one == group), group)
    assert setting_label(f"rules.{settings}.{term}") == f"{settings}: {term_label(term, group)}"


@pytest.mark.parametrize("term", [*stance.TERMS, "room", "inertia"])
def test_the_glossary_explains_every_motive_of_the_stance(term: str) -> None:
    page = GLOSSARY.read_text(encoding="utf-8").casefold()
    headings = [line.removeprefix("### ") for line in page.splitlines() if line.startswith("### ")]
    words = {word for heading in headings for word in heading.split(", ")}
    assert term_label(term, "stance").casefold() in words


def test_no_label_is_left_over() -> None:
    terms = {term for _, term in OF_MODEL} | {"room", "return", "inertia"}
    assert set(TERM_LABELS) <= terms | {"demand"}
    assert {term for _, term in OF_GROUP} <= terms


def test_two_motives_of_one_sum_never_share_a_label() -> None:
    for group in {group for group, _ in OF_MODEL}:
        labels = [term_label(term, group) for one, term in OF_MODEL if one == group]
        assert len(set(labels)) == len(labels), group
