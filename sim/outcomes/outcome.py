"""What is declared of an outcome, and of each number that is kept of it in a run."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from sim.axes import STATE, Array

if TYPE_CHECKING:
    from sim.outcomes.calculator import OutcomeCalculator

REGION, LANE = "region", "lane"
UP, DOWN, NONE = "up", "down", "none"
LAST, SUM, MEAN, SHARE, SINCE, BELOW, CODE = (
    *("last", "sum", "mean", "share", "since", "below"),
    "code",
)
REDUCTIONS = {  # how the years of a run become one number -> what the number's meaning adds; columns stand in this order
    LAST: "; last year",
    SUM: ", all simulated years",
    MEAN: "; mean of the simulated years",
    SHARE: "",  # of states for which the outcome is 0, in the last year
    SINCE: "",  # first of three years in a row in which the outcome is above 0
    BELOW: "",  # first of three years in a row in which the outcome is below the sweep's threshold
    CODE: "",  # the last year's code, a whole number
}
DATES = (SINCE, BELOW)
LEANS, ROOM, AT_SEA = "which way they lean", "room to hedge", "at sea"
JAPAN, COST = "Japan's three purposes", "what it costs"
GROUPS = (LEANS, ROOM, AT_SEA, JAPAN, COST)  # in the order in which pages show them
CHINA, UNITED_STATES, PARTNER_JAPAN = "CHN", "USA", "JPN"
POWERS = (
    ("china", "China", CHINA),
    ("united_states", "the United States", UNITED_STATES),
    ("japan", "Japan", PARTNER_JAPAN),
)


@dataclass(frozen=True, kw_only=True, eq=False)
class Column:
    """One number kept of a run.

    Parameters
    ----------
    name : of the column in stores and tables. reduce : one of `REDUCTIONS`.
    source : the outcome it is of. of, unit, label, meaning, better : where they differ from the outcome's own.
    default : kept by every sweep; the others are, where `sweep.keep` names them. main : printed in short tables.
    until, still : of a date, what it comes to, and what those that have not come to it do, how that is told ("...").
    shares : what tables make of it and a report shows, name -> meaning; a date or a code is not shown itself.
    """

    name: str
    reduce: str = LAST
    source: str = ""
    of: str = ""
    unit: str = ""
    label: str = ""
    meaning: str = ""
    better: str = ""
    default: bool = True
    main: bool = False
    until: str = ""
    still: tuple[str, str] = ("", "")
    shares: Mapping[str, str] = field(default_factory=dict)

    @property
    def is_date(self) -> bool:
        """Whether it is a year, blank in runs that never come to it."""
        return self.reduce in DATES

    @property
    def is_number(self) -> bool:
        """Whether every run has a number of it that can be averaged."""
        return not self.is_date and self.reduce != CODE


@dataclass(frozen=True, kw_only=True, eq=False)
class Outcome:
    """One outcome: a row of the register.

    Parameters
    ----------
    name : in code, files and on the command line. of : "state", "region" or "lane".
    label : what charts and tables call it. unit : "1" for a bare number. meaning : one clause, small at its beginning.
    group : under which pages show it. better : "up", "down", or "none" where neither end is good in itself.
    decimals : of a level; a difference has one more. low, high : what it can be.
    ends : what its low and its high end mean, in a word or two; an outcome of states that has them is on the dashboard.
    over_states : "mean" or "sum", how the region's number is made of its states'.
    main : printed in short tables. path : kept by year where a sweep keeps paths.
    keep : the numbers kept of a run; the last year's under the outcome's own name if nothing else is said.
    codes : the names of its values, where it is a code. compute : the formula, from what is known of one or many
        years; None where the history says it (see `sim.outcomes.compute`).
    """

    name: str
    of: str
    label: str
    unit: str
    meaning: str
    group: str
    better: str = NONE
    decimals: int = 2
    low: float = 0.0
    high: float = 1.0
    ends: tuple[str, str] = ("", "")
    over_states: str = "mean"
    main: bool = False
    path: bool = False
    keep: tuple[Column, ...] | None = None
    codes: tuple[str, ...] = ()
    compute: Callable[[OutcomeCalculator], Array] | None = None

    @property
    def word(self) -> str:
        """Its label within a sentence."""
        return self.label[:1].lower() + self.label[1:]

    @property
    def scale(self) -> str:
        """Its unit; of a bare number its range."""
        if self.unit != "1":
            return self.unit
        return f"{self.low:g} to {self.high:g}" if math.isfinite(self.high) else ""

    @property
    def axis(self) -> str:
        """What its axis says."""
        return ", ".join(filter(None, (self.word, self.scale)))

    @property
    def short_unit(self) -> str:
        """Its unit in a sentence; a bare number needs none."""
        return "" if self.unit == "1" else self.unit

    @property
    def is_number(self) -> bool:
        """Whether it can be averaged over runs, and is of the states or the region."""
        return not self.codes and self.of in (STATE, REGION)

    @property
    def columns(self) -> tuple[Column, ...]:
        """The numbers kept of a run, complete."""
        given = (Column(name=self.name),) if self.keep is None else self.keep
        return tuple(self._complete(column) for column in given)

    def _complete(self, column: Column) -> Column:
        meaning = self.meaning
        if column.reduce == SUM:
            meaning = meaning.removesuffix(" in the year")
        own = column.name == self.name
        return replace(
            column,
            source=self.name,
            of=column.of or self.of,
            unit=column.unit or self.unit,
            label=column.label or (self.label if own else f"{self.label}, {column.reduce}"),
            meaning=column.meaning or meaning + REDUCTIONS[column.reduce],
            better=column.better or self.better,
            main=column.main or (own and self.main),
        )

    def told(self, value: float) -> str:
        """A value of it, in its own number of decimals."""
        return f"{value:.{self.decimals}f}"
