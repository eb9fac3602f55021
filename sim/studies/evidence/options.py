"""What experiments/evidence.py may be told besides settings."""

from __future__ import annotations

from dataclasses import dataclass

from sim.composition.commands import command
from sim.config.declare import integer, names, section
from sim.config.options import Options


def row_names() -> list[str]:
    """Name the rows of the card."""
    from sim.studies.evidence.rows import read_rows  # late: the reader knows what the model has

    return [row.id for row in read_rows()]


@dataclass(frozen=True, kw_only=True)
class EvidenceSection:
    """How many draws of the posterior, and which rows."""

    draws: int = integer(100, "draws of the posterior", low=2, high=10_000)
    rows: tuple[str, ...] = names(
        (),
        "rows of sim/studies/evidence/rows.yaml (all if none)",
        valid=row_names,
        example="[osa_trust,us_credibility_choice]",
    )


@command("evidence")
@dataclass(frozen=True, kw_only=True)
class EvidenceCommand(Options):
    """Options of experiments/evidence.py."""

    evidence: EvidenceSection = section(EvidenceSection)
