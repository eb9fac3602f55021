"""The evidence card: the model's responses beside published sizes, with their grades."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from sim.composition.context import StudyContext
from sim.config import Settings
from sim.ensemble import posterior
from sim.errors import UserError
from sim.provenance import version
from sim.studies._progress import Progress
from sim.studies._runner import StudyResult, study
from sim.studies.evidence.analysis import OUTSIDE, Finding, measure_rows
from sim.studies.evidence.options import EvidenceCommand
from sim.studies.evidence.report import card_table, counts, report_values
from sim.studies.evidence.rows import LONGEST, Row, read_rows
from sim.world.roster import ASEAN_10, DEFAULT_PARTNERS, WORLDS

REPLICATES = 60
CARD = "sim/studies/evidence/card.csv"


@study(
    "evidence",
    "Do the model's responses lie within what has been published?",
    options=EvidenceCommand,
    shipped={"evidence.csv": CARD},
)
def evidence(context: StudyContext) -> StudyResult:
    """Measure every row over draws of the posterior.

    Raises
    ------
    UserError : a world or years in which the rows mean nothing, more draws than there are.
    """
    settings, size = context.settings, sizes(context)
    check_world(settings)
    rows = chosen_rows(context.options.evidence.rows)
    with Progress("draws of the posterior") as progress:
        findings = measure_rows(
            settings,
            rows,
            draws=drawn(size["draws"], settings.theory),
            replicates=size["replicates"],
            progress=progress,
        )
    made = {"posterior": posterior_mark(), "version": version()}
    years = {"first": settings.years.first, "last": settings.years.last}
    return StudyResult(
        values=size | years | made | {"theory": settings.theory} | report_values(findings),
        sizes=size,
        tables={"evidence.csv": card_table(findings, **made)},
        draw=lambda folder: _draw(folder, findings, settings),
        summary=_summary(findings),
        row={"outside": sum(each.verdict == OUTSIDE for each in findings)},
    )


def sizes(context: StudyContext) -> dict[str, int]:
    """How much is run: draws, and runs of each draw and side."""
    runs = context.settings.runs
    return {
        "draws": context.options.evidence.draws,
        "replicates": runs if runs > 1 else REPLICATES,
    }


def chosen_rows(names: Sequence[str]) -> list[Row]:
    """The rows asked for, all if none is named."""
    return [row for row in read_rows() if not names or row.id in names]


def drawn(count: int, theory: str = posterior.DEFAULT_THEORY) -> list[dict[str, float]]:
    """The first draws of a theory's posterior.

    Raises
    ------
    UserError : more than it holds.
    """
    path = posterior.path_of(theory)
    held = len(posterior.read(path))
    if count > held:
        raise UserError(
            given=f"evidence.draws is {count}",
            allowed=f"the posterior holds {held} draws",
            where=f"on the command line: evidence.draws={held}",
        )
    return posterior.draws(count, path=path)


def posterior_mark() -> str:
    """Return the posterior's version and a checksum of its draws, by which a card knows whether it is of today's."""
    content = hashlib.sha256(posterior.POSTERIOR.read_bytes()).hexdigest()[:12]
    return f"{posterior.provenance().get('version', '')} {content}".strip()


def check_world(settings: Settings) -> None:
    """Refuse settings in which the published sizes have no counterpart.

    Raises
    ------
    UserError : one of ASEAN's ten or of the three powers is missing, or there are too few years.
    """
    states = settings.states or WORLDS.get(settings.world, ())
    years = settings.years.last - settings.years.first + 1
    for missing, given, allowed, instead in (
        (
            set(ASEAN_10) - set(states),
            f"the states are {', '.join(states)}",
            "the published sizes are of ASEAN's ten members, which must all be there",
            "world=asean10",
        ),
        (
            set(DEFAULT_PARTNERS) - set(settings.partners),
            f"partners is {list(settings.partners)}",
            "China, the United States and Japan must be there",
            "partners=[CHN,USA,JPN]",
        ),
        (
            years < LONGEST,
            f"the years are {settings.years.first} to {settings.years.last}",
            f"the longest horizon is {LONGEST} years",
            f"years.last={settings.years.first + LONGEST - 1}",
        ),
    ):
        if missing:
            raise UserError(given=given, allowed=allowed, where=f"on the command line: {instead}")


def _summary(findings: Sequence[Finding]) -> str:
    lines = [
        f"{each.verdict:>12}  {each.row.id}: {each.mean:+.3g} ({each.low:+.3g} to {each.high:+.3g}); "
        f"published {each.row.mean:+.3g} ({each.row.range[0]:+.3g} to {each.row.range[1]:+.3g}), {each.row.grade}"
        if each.measured
        else f"{each.verdict:>12}  {each.row.id}: {each.why}"
        for each in findings
    ]
    firm: dict[str, Any] = counts(findings)["firm"]
    told = f"{firm['inside']} of {firm['measured']} measured rows of grade A or B lie inside ({firm['rows']} in all)"
    return "\n".join([*lines, told])


def _draw(folder: Path, findings: Sequence[Finding], settings: Settings) -> None:
    from sim.provenance import provenance
    from sim.studies.evidence.figures import draw_all

    draw_all(folder, findings, provenance(settings))
