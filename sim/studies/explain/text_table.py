"""The table of reasons as text: one for all that is explained, largest reasons first, small ones summed."""

from __future__ import annotations

from collections.abc import Sequence

from sim.outcomes.reasons import STEPS, Reason, Why
from sim.outcomes.wording import reason_phrase, signed

SMALLEST = 0.01  # of the largest reason: smaller ones are summed
COLUMNS = ("of", "reason", "amount")


def text_table(whys: Sequence[Why]) -> list[str]:
    """Lay the reasons out, a line each, and what they sum to.

    Parameters
    ----------
    whys : explained together, of one state.
    """
    rows = [row for why in whys for row in _rows(why)]
    widths = [max(len(row[column]) for row in (*rows, COLUMNS)) for column in range(len(COLUMNS))]
    units = "; ".join(dict.fromkeys(f"{why.kind}: {why.unit}" for why in whys))
    head = [f"{about(whys[0])} ({units})", _line(COLUMNS, widths)]
    rule = "-" * (sum(widths) + 2 * len(widths) - 2)
    return [*head, rule, *(_line(row, widths) for row in rows)]


def about(why: Why) -> str:
    """Of whom, when and in which run."""
    who = f"{why.name} with {why.partner_name}" if why.partner else why.name
    one_year = why.kind in STEPS or why.against
    when = f"{why.years[1]}" if one_year else f"{why.years[0]} to {why.years[1]}"
    against = f", against {why.against}" if why.against else ""
    return f"{who}, {when}, run {why.run}{against}"


def _rows(why: Why) -> list[tuple[str, str, str]]:
    ranked, digits = why.ranked(), 3 if why.kind in STEPS else 2
    least = SMALLEST * abs(ranked[0].change) if ranked else 0.0
    large = [reason for reason in ranked if abs(reason.change) >= least]
    small = ranked[len(large) :]
    rows = [_row(why, reason, digits) for reason in large]
    if small:
        total = sum(reason.change for reason in small)
        rows.append((why.kind, f"{len(small)} smaller", signed(total, digits)))
    ends = (
        ""
        if why.kind in STEPS and not why.against
        else f" ({why.ends[0]:.2f} to {why.ends[1]:.2f})"
    )
    return [*rows, (why.kind, f"in all{ends}", signed(why.change, digits))]


def _row(why: Why, reason: Reason, digits: int) -> tuple[str, str, str]:
    return why.kind, reason_phrase(why, reason), signed(reason.change, digits)


def _line(row: Sequence[str], widths: Sequence[int]) -> str:
    left = [cell.ljust(width) for cell, width in zip(row[:-1], widths[:-1], strict=True)]
    return "  ".join([*left, row[-1].rjust(widths[-1])])
