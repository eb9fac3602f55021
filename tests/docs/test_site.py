"""The site builds without a warning, asks nothing of the internet, and every link and anchor in it leads somewhere.

Lessons are shown without their results here: tests/notebooks runs them.
"""

from __future__ import annotations

import importlib.util
import subprocess
import sys
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from types import ModuleType
from urllib.parse import unquote, urlsplit

import pytest

from sim.__main__ import SITE, steps_of_docs

ROOT = Path(__file__).resolve().parents[2]
LOADS = {("script", "src"), ("link", "href"), ("img", "src"), ("iframe", "src")}


class Page(HTMLParser):
    """The anchors of a page, where it links to, and what a browser loads with it."""

    def __init__(self, path: Path) -> None:
        super().__init__()
        self.anchors: set[str] = set()
        self.links: list[str] = []
        self.loads: list[str] = []
        self.text = path.read_text(encoding="utf-8")
        self.feed(self.text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        for name, value in attrs:
            if name == "id" and value:
                self.anchors.add(value)
            elif (tag, name) in LOADS and value:
                self.loads.append(value)
            elif (tag, name) == ("a", "href") and value:
                self.links.append(value)


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> dict[Path, Page]:
    pytest.importorskip("sphinx")
    folder = tmp_path_factory.mktemp("site")
    (step,) = steps_of_docs(["-D", "nb_execution_mode=off"])
    step = [str(folder / "doctrees") if word == "build/doctrees" else word for word in step]
    step = [str(folder / "html") if word == SITE else word for word in step]
    done = subprocess.run([sys.executable, *step], cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr[-3000:]
    return {path: Page(path) for path in (folder / "html").rglob("*.html")}


def test_every_page_loads_what_lies_beside_it(site: dict[Path, Page]) -> None:
    assert len(site) > 40
    for path, page in site.items():
        for address in page.loads:
            parts = urlsplit(address)
            assert not parts.scheme and not parts.netloc, f"{path.name}: {address}"
            if parts.path:
                assert (path.parent / unquote(parts.path)).is_file(), f"{path.name}: {address}"


def _broken(site: dict[Path, Page]) -> Iterator[str]:
    for path, page in site.items():
        for address in page.links:
            parts = urlsplit(address)
            if parts.scheme or parts.netloc:
                continue
            target = (path.parent / unquote(parts.path)).resolve() if parts.path else path
            anchor = unquote(parts.fragment)
            missing = anchor and target in site and anchor not in site[target].anchors
            if missing or not target.is_file():
                yield f"{path.name}: {address}"


def test_every_link_and_anchor_leads_somewhere(site: dict[Path, Page]) -> None:
    assert not sorted(set(_broken(site)))


def test_no_page_names_the_folder_it_was_built_in(site: dict[Path, Page]) -> None:
    assert [path.name for path, page in site.items() if str(ROOT) in page.text] == []


def test_rules_are_there_with_their_equations(site: dict[Path, Page]) -> None:
    (path,) = [path for path in site if path.match("reference/rules.html")]
    assert "module-sim.rules.threat" in site[path].anchors
    assert "<mfrac>" in site[path].text


def test_every_term_of_the_glossary_is_explained() -> None:
    text = (ROOT / "docs" / "glossary.md").read_text(encoding="utf-8")
    entries = text.split("\n### ")[1:]
    names = [entry.partition("\n")[0] for entry in entries]
    assert names and len(names) == len(set(names))
    assert all(len(entry.split("\n## ")[0].partition("\n")[2].split()) > 5 for entry in entries)


@pytest.fixture(scope="module")
def equations() -> ModuleType:
    path = ROOT / "docs" / "_site" / "equations.py"
    spec = importlib.util.spec_from_file_location("equations", path)
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize(
    ("plain", "latex"),
    [
        ("a - (b - c)", r"a - \left(b - c\right)"),
        ("a * b / (c + d)", r"\frac{a \cdot b}{c + d}"),
        ("wealth ** k", r"\text{wealth}^{k}"),
        ("tie' = tie + 2 u_ij (1 - u_ij)", None),
        ("rate * sum_j b_j", r"\text{rate} \, \sum_{j} b_{j}"),
        ("effective distance / gradient", r"\frac{\text{effective distance}}{\text{gradient}}"),
    ],
)
def test_an_equation_is_set_as_mathematics(
    plain: str, latex: str | None, equations: ModuleType
) -> None:
    convert = pytest.importorskip("latex2mathml.converter").convert
    found = equations.to_latex(plain)
    assert latex in (None, found) and "merror" not in convert(found)


@pytest.mark.parametrize("text", ["|s_i (x_i - x_j)|", "a fellow of b", "c(i:j)", "x +", "'text'"])
def test_what_is_no_equation_stays_as_it_is(text: str, equations: ModuleType) -> None:
    with pytest.raises(equations.NotMathematics):
        equations.to_latex(text)


def test_code_in_a_docstring_is_no_equation(equations: ModuleType) -> None:
    code = ["Use it so::", "", "    x = a / b", "", "Then."]
    kept, turned = list(code), ["Use it so:", *code[1:]]
    for lines in (kept, turned):
        equations.show(None, "module", "x", None, None, lines)
    assert kept == code and turned[2] == ".. math::"
