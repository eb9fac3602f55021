"""What a bar is, and those of the last validation, kept with the package so that a page without docs/ can show them."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from dataclasses import asdict, dataclass, fields
from pathlib import Path

SCOREBOOK = Path(__file__).with_name("bars.csv")
MET, MISSED = "met", "MISSED"


@dataclass(frozen=True, kw_only=True)
class Bar:
    """One bar: which test, what was asked, what was found (with its rival), and whether it was met.

    key : under which the page keeps the reason of a miss.
    """

    key: str
    test: str
    bar: str
    figure: str
    met: bool


def read(path: Path = SCOREBOOK) -> tuple[Bar, ...]:
    """Read the bars of a validation, by default those kept with the package."""
    with path.open(encoding="utf-8", newline="") as lines:
        return tuple(
            Bar(
                key=row["key"],
                test=row["test"],
                bar=row["bar"],
                figure=row["figure"],
                met=row["met"] == MET,
            )
            for row in csv.DictReader(lines)
        )


def as_csv(bars: Iterable[Bar]) -> str:
    """Return bars as CSV, in the order given; a bar that was missed says so."""
    text = io.StringIO()
    book = csv.DictWriter(text, [field.name for field in fields(Bar)], lineterminator="\n")
    book.writeheader()
    book.writerows(asdict(bar) | {"met": MET if bar.met else MISSED} for bar in bars)
    return text.getvalue()
