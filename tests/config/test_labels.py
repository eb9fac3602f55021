"""One word for each motive, wherever it is read: settings, charts, tables, the handbook and the glossary."""

from __future__ import annotations

from pathlib import Path

import pytest
from sim.rules.alignment import PARTNER_TERMS, SELF_TERMS

from sim.axes import DOMAINS
from sim.config import declared
from sim.config.labels import setting_label, term_label

GLOSSARY = Path(__file__).parents[2] / "docs" / "glossary.md"
MOTIVES = [
    (domain, term)
    for domain in DOMAINS
    for term in dict.fromkeys((*PARTNER_TERMS, *SELF_TERMS))
    if f"rules.{domain}.{term}" in declared()
]


@pytest.mark.parametrize(("domain", "term"), MOTIVES)
def test_a_motive_has_one_word_everywhere(domain: str, term: str) -> None:
    word = term_label(term, domain)
    name = f"rules.{domain}.{term}"
    assert setting_label(name) == f"{domain}: {word}"
    assert word in declared()[name].doc
    assert f"### {word}\n".casefold() in GLOSSARY.read_text(encoding="utf-8").casefold()


def test_the_same_setting_is_protection_in_one_domain_and_a_market_in_the_other() -> None:
    labels = [term_label("attraction", domain) for domain in DOMAINS]
    assert labels == ["protection", "market"]
    assert [term_label("room", domain) for domain in DOMAINS] == ["room to hedge"] * 2
