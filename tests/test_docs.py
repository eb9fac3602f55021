"""The pages of docs/ say what the code says: regenerated in memory, they are the committed ones."""

from __future__ import annotations

import importlib
import inspect
import re
from pathlib import Path

import pytest
import yaml

from docs._generate.command import pages
from docs._generate.odd import BLOCKS, refreshed, rule_modules
from sim.config import declared
from sim.errors import UserError
from sim.world.series import SOURCES

DOCS = Path(__file__).resolve().parents[1] / "docs"
CONCEPTS = (
    *("Basic principles", "Emergence", "Adaptation", "Objectives", "Learning", "Prediction"),
    *("Sensing", "Interaction", "Stochasticity", "Collectives", "Observation"),
)
ELEMENTS = (
    *("Purpose and patterns", "Entities, state variables and scales"),
    *("Process overview and scheduling", "Design concepts", "Initialization", "Input data"),
    "Submodels",
)


@pytest.fixture(scope="module")
def written() -> dict[str, str]:
    return pages()


def committed(name: str) -> str:
    return (DOCS / name).read_text(encoding="utf-8")


@pytest.mark.parametrize("name", ["handbook.md", "outcomes.md", "options.md", "data.md", "odd.md"])
def test_the_committed_page_is_what_the_program_writes(name, written):
    assert committed(name) == written[name], "run: python experiments/handbook.py"


def test_every_setting_stands_once_in_the_handbook(written):
    rows = re.findall(r"^\| `([\w.]+)` \|", written["handbook.md"], re.MULTILINE)
    assert all(rows.count(name) == 1 for name in declared())


def test_every_series_stands_on_the_data_page(written):
    entries = yaml.safe_load(SOURCES.read_text(encoding="utf-8"))
    for name, entry in entries.items():
        assert f"### {name}\n" in written["data.md"] and entry["publisher"] in written["data.md"]


def test_the_description_has_the_seven_elements_and_the_eleven_concepts():
    headings = re.findall(r"^## \d\. (.*)$", committed("odd.md"), re.MULTILINE)
    assert tuple(headings) == ELEMENTS
    assert tuple(re.findall(r"^\*\*([A-Z][a-z ]+)\.\*\*", _section(4), re.MULTILINE)) == CONCEPTS


@pytest.mark.parametrize("module", rule_modules())
def test_every_rule_and_every_function_of_it_is_described(module):
    text = _section(7)
    assert f"**`{module}`**" in text
    own = text.split(f"**`{module}`**")[1].split("\n**`")[0]
    found = importlib.import_module(f"sim.rules.{module}")
    for name, function in inspect.getmembers(found, inspect.isfunction):
        if function.__module__ == found.__name__ and not name.startswith("_"):
            assert re.search(rf"\b{name}(_[a-z])?\b", own), f"{module}.{name}"


def _section(number: int) -> str:
    return re.split(r"^## \d\. ", committed("odd.md"), flags=re.MULTILINE)[number]


def test_a_description_without_a_marker_is_told():
    with pytest.raises(UserError, match="from the code: scales"):
        refreshed("nothing")
    assert refreshed(committed("odd.md")) == committed("odd.md") and len(BLOCKS) == 4


def test_links_between_pages_lead_somewhere():
    for page in (*DOCS.rglob("*.md"), DOCS.parent / "README.md"):
        prose = re.sub(r"^```.*?^```", "", page.read_text("utf-8"), flags=re.DOTALL | re.MULTILINE)
        for target in re.findall(r"\]\(([^)#:]+)\)", prose):
            assert (page.parent / target).exists(), f"{page.name}: {target}"
