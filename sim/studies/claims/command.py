"""Command of experiments/claims.py: try every claim, draw it, and write claims.md."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from sim.composition.compose import CONF, Source, compose
from sim.composition.context import StudyContext
from sim.composition.options import take_options
from sim.config import Settings, build
from sim.config.settings import THEORIES
from sim.errors import UserError
from sim.studies._progress import Progress
from sim.studies._runner import StudyResult, study
from sim.studies.claims import Finding, try_claims
from sim.studies.claims.decide import FEW_DRAWS, HOLDS, MOST_DRAWS
from sim.studies.claims.parameters import other_parameters
from sim.world.roster import WORLDS

NAME = "claims"
RUNS, DRAWS, REPLICATES = 400, 50, 50
FEWEST_YEARS, LATEST_GIFT = (
    5,
    2026,
)  # by 2026 all recipients of OSA that are modelled are designated


@study("claims", "Do the claims follow from the mechanisms?")
def try_all(context: StudyContext) -> StudyResult:
    """Try every claim over `runs` paired runs (400 if not said).

    Raises
    ------
    UserError : a world in which the claims mean nothing.
    """
    settings = context.settings
    check_world(settings)
    size = sizes(settings)
    drawn, rivals = other_parameters(settings, size["draws"]), rival_theories(settings)
    with Progress("trying claims") as progress:
        findings = try_claims(
            settings,
            runs=size["runs"],
            parameters=drawn,
            theories=rivals,
            replicates=size["replicates"],
            progress=progress,
        )
    years = {"first": settings.years.first, "last": settings.years.last}
    values = size | years | {"origin": drawn.origin, "theories": list(rivals)}
    lines = [f"{each.claim.key:>3}  {each.explanation}" for each in findings]
    lines.append(
        f"{len(findings)} claims over {size['runs']} paired runs and {len(drawn.points)} draws"
    )
    return StudyResult(
        values=values | report_values(findings),
        sizes=size,
        draw=lambda folder: _draw(findings, settings, folder),
        summary="\n".join(lines),
        row={f"claim_{each.claim.key}": each.verdict for each in findings},
    )


def report_values(findings: Sequence[Finding]) -> dict[str, Any]:
    """Values of report.md.j2: the thresholds of the verdicts, and each claim with its parts in their own digits."""
    return {"most": MOST_DRAWS, "few": FEW_DRAWS, "claims": [_claim(each) for each in findings]}


def _claim(finding: Finding) -> dict[str, Any]:
    claim = finding.claim
    rows = zip(
        claim.parts, finding.effects, finding.parts, finding.shares, finding.ranges, strict=True
    )
    return vars(claim) | {
        "verdict": finding.explanation,
        "holding": finding.parts.count(HOLDS),
        "share": finding.share,
        "theories": [name for name, holds in finding.theories.items() if holds],
        "aside": finding.aside,
        "parts": [
            {
                "rule": part.rule,
                "effect": part.text(effect.mean),
                "low": part.text(effect.low),
                "high": part.text(effect.high),
                "result": result,
                "share": share,
                "range_low": part.text(spread[0]),
                "range_high": part.text(spread[1]),
            }
            for part, effect, result, share, spread in rows
        ],
    }


def sizes(settings: Settings) -> dict[str, int]:
    """Sample sizes: paired runs, draws of the weights, and runs of each draw."""
    runs = settings.runs if settings.runs > 1 else RUNS
    return {"runs": runs, "draws": DRAWS, "replicates": min(REPLICATES, runs)}


def check_world(settings: Settings) -> None:
    """Refuse worlds in which the claims cannot be tried.

    Raises
    ------
    UserError : one of ASEAN's ten or of the three powers is missing, or there are too few years.
    """
    ten = set(WORLDS["asean10"])
    if not ten <= set(settings.states or WORLDS.get(settings.world, ())):
        _refuse(
            f"states is {list(settings.states)} in the world {settings.world}",
            "the claims are about ASEAN, so its ten members must be there",
            "world=asean10",
        )
    if not {"CHN", "USA", "JPN"} <= set(settings.partners):
        _refuse(
            f"partners is {list(settings.partners)}",
            "China, the United States and Japan must be there",
            "partners=[CHN,USA,JPN]",
        )
    years = settings.years
    if years.last - years.first + 1 < FEWEST_YEARS or years.last < LATEST_GIFT:
        _refuse(
            f"the years are {years.first} to {years.last}",
            f"the claims need at least {FEWEST_YEARS} years, and {LATEST_GIFT} among them",
            "years.first=2024 years.last=2040",
        )


def _refuse(given: str, allowed: str, example: str) -> None:
    raise UserError(given=given, allowed=allowed, where=f"on the command line: {example}")


def rival_theories(settings: Settings) -> dict[str, Settings]:
    """The same world under each other theory: theory -> settings with that theory's rules."""
    source = Source(folder=CONF, name="config")
    rivals = {}
    for name in THEORIES:
        if name != settings.theory:
            rules = build(take_options(compose(source, [f"theory={name}"]))[1]).rules
            rivals[name] = Settings(**(vars(settings) | {"theory": name, "rules": rules}))
    return rivals


def _draw(findings: list[Finding], settings: Settings, folder: Path) -> None:
    from sim.plots import style
    from sim.provenance import provenance
    from sim.studies.claims import figures as claims

    folder.mkdir()
    with style.context():
        drawing = claims.draw(claims.effect_rows(findings), provenance(settings))
        drawing.savefig(folder / "claims.png", metadata={"Software": None})
