"""The bibliography holds what the rules cite, and says of each work whether it was seen."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

import pytest

import sim
from sim.cite import bibtex, entries, references
from sim.config.settings import THEORIES
from sim.errors import UserError

RULES = Path(sim.__file__).parent / "rules"
SOURCE = re.compile(r"Source:(.*?)(?:Ours|\n\n|\"\"\")", re.DOTALL)
SURNAMES = re.compile(r"([A-Z][a-z]+)(?:,? (?:and|et al\.?|[A-Z][a-z]+|,)+)*\s*\((\d{4})")


@dataclass
class Chosen:
    theory: str


def cited() -> set[tuple[str, str]]:
    text = "\n".join(path.read_text(encoding="utf-8") for path in RULES.rglob("*.py"))
    blocks = " ".join(SOURCE.findall(text)).replace("\n", " ")
    return set(SURNAMES.findall(re.sub(r"\s+", " ", blocks)))


def test_some_works_are_cited():
    assert ("Walt", "1987") in cited() and len(cited()) > 10


@pytest.mark.parametrize(("name", "year"), sorted(cited()))
def test_every_work_a_rule_cites_is_in_the_bibliography(name, year):
    if name in {"Affairs", "Japan"}:  # the Ministry of Foreign Affairs of Japan
        name = "Foreign Affairs"
    found = [e for e in entries().values() if name in e["author"] and e["year"].startswith(year)]
    assert found, f"{name} ({year}) is missing"


def test_every_entry_says_whether_it_was_seen_and_when_it_is_in_use():
    for key, entry in entries().items():
        assert re.search(r"\bseen\b|unverified", entry["note"]), key
        assert entry["keywords"] and entry["title"] and entry["author"] and entry["year"], key


def test_the_file_holds_no_entry_the_reader_misses():
    text = (Path(sim.__file__).parent / "references.bib").read_text(encoding="utf-8")
    assert len(re.findall(r"^@", text, re.MULTILINE)) == len(entries())


@pytest.mark.parametrize("theory", THEORIES)
def test_a_run_cites_its_theory(theory):
    keys = references(Chosen(theory))
    assert len(keys) == len(set(keys))
    assert all(key in bibtex(keys) for key in keys)
    assert ("Waltz1979" in keys) == (theory == "balance_of_power")


def test_an_unknown_key_is_a_users_mistake():
    with pytest.raises(UserError, match="Walt1987"):
        bibtex(["Walt1978"])


def test_theories_drawn_are_all_cited():
    keys = set(references(Chosen("stacked")))
    assert keys >= {key for theory in THEORIES for key in references(Chosen(theory))}
    assert "Yao2018" in keys and "Yao2018" not in references(Chosen("insurance"))
