"""How far may it be trusted? What was held out, and what speaks against the model, from docs/."""

from __future__ import annotations

import re

from sim.provenance import ROOT
from sim.report.html import Markup, joined, table, tag
from sim.report.markdown import part_of, rows_of, to_html

DOCS = ROOT / "docs"
COMMENT = re.compile(r"<!--.*?-->\n?", re.DOTALL)
MODEL, RIVAL = "the model", "ridge regression"
BRIEF = ("rank", "miss", "CRPS", "coverage")
LACKING = (
    "docs/{name} is not here; python experiments/{made} writes it, or the repository holds it."
)


def page(name: str) -> str:
    """Return a page of docs/ as Markdown without its comments, or nothing where it is not."""
    path = DOCS / name
    return COMMENT.sub("", path.read_text(encoding="utf-8")) if path.is_file() else ""


def scores() -> Markup:
    """The scores of the model beside a rival that needs no model, in short."""
    told = _by_test()
    if not told:
        return tag("p", LACKING.format(name="validation.md", made="validate.py"))
    rows = [
        [test, *(joined([one[name], _beside(other[name])], "") for name in BRIEF)]
        for test, one, other in told
    ]
    caption = "Forecasts of survey answers the model never saw; in brackets those of a plain ridge regression"
    return joined([table(caption, ("test", *BRIEF), rows), tag("p", _verdict(told))])


def _beside(value: str) -> Markup:
    return tag("small", f" ({value})")


def _by_test() -> list[tuple[str, dict[str, str], dict[str, str]]]:
    """Each test that both were put to: its name, the model's scores, the rival's."""
    head, *rows = rows_of(part_of(page("validation.md"), "Scores")) or [[]]
    if not {"test", "forecast", *BRIEF} <= set(head):
        return []
    named = [dict(zip(head, row, strict=True)) for row in rows]
    sides = [
        {one["test"]: one for one in named if one["forecast"] == who} for who in (MODEL, RIVAL)
    ]
    return [(test, one, sides[1][test]) for test, one in sides[0].items() if test in sides[1]]


def _verdict(told: list[tuple[str, dict[str, str], dict[str, str]]]) -> str:
    """Say how often the rival is nearer, by the score that looks at the whole spread."""
    nearer = sum(float(other["CRPS"]) < float(one["CRPS"]) for _, one, other in told)
    return f"By CRPS the regression does better in {nearer} of {len(told)} tests."


def validation() -> Markup:
    """All that docs/validation.md says, but its pictures."""
    found = page("validation.md")
    if not found:
        return tag("p", LACKING.format(name="validation.md", made="validate.py"))
    return joined([to_html(found, below=1)])


def limits() -> Markup:
    """All that docs/limits.md says."""
    found = page("limits.md")
    return to_html(found, below=1) if found else tag("p", "docs/limits.md is not here.")
