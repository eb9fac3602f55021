"""The scores of the last validation, kept with the package so that a page without docs/ can show them."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from dataclasses import asdict, dataclass, fields
from pathlib import Path

SCOREBOOK = Path(__file__).with_name("scores.csv")


@dataclass(frozen=True, kw_only=True)
class Row:
    """One forecast's scores in one test, as text, rounded as the page of docs/ has them; rank may be blank."""

    test: str
    forecast: str
    rank: str
    miss: str
    crps: str
    coverage: str
    cases: str


def read(path: Path = SCOREBOOK) -> tuple[Row, ...]:
    """Read the scores of a validation, by default those kept with the package."""
    with path.open(encoding="utf-8", newline="") as lines:
        return tuple(Row(**row) for row in csv.DictReader(lines))


def as_csv(rows: Iterable[Row]) -> str:
    """Return rows as CSV, in the order given."""
    text = io.StringIO()
    book = csv.DictWriter(text, [field.name for field in fields(Row)], lineterminator="\n")
    book.writeheader()
    book.writerows(asdict(row) for row in rows)
    return text.getvalue()
