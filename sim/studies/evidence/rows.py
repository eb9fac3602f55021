"""The rows of the card, read from rows.yaml and checked against what the model has."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, fields
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml

from sim.axes import STATE
from sim.config.settings import checked, declared
from sim.engines.variables import VARIABLES
from sim.errors import UserError, nearest
from sim.outcomes.definitions import computed
from sim.studies.evidence.measures import ABSENT, HIGH, LOW, MEASURES, NUMBER
from sim.world.roster import ASEAN_10, DEFAULT_PARTNERS

ROWS = Path(__file__).with_name("rows.yaml")
LONGEST = 17  # years that the declared settings simulate
GRADES = ("A", "B", "C")
TAGS = ("seen", "computed", "from memory, unverified", "judgement")  # how well a source is known
GROUPS = {  # whom a row is about
    "all": ASEAN_10,
    "vocal": ("PHL", "VNM"),
    "quiet": ("BRN", "IDN", "MYS"),
    "others": ("KHM", "LAO", "MMR", "SGP", "THA"),
    "dependent": ("KHM", "LAO", "MMR"),  # non-democracies that lean on Chinese finance
    "targeted": ("KHM", "MMR", "THA"),  # non-democracies that the United States cut off
    "hedgers": ("IDN", "MYS", "SGP", "VNM"),
    "receivers": ("IDN", "MYS", "PHL", "VNM"),  # claimants designated for security assistance
}


@dataclass(frozen=True, kw_only=True)
class Row:
    """One published size and the comparison that answers it; rows.yaml says what its fields mean."""

    id: str
    lever: str
    label: str
    measure: str
    unit: str
    mean: float
    range: tuple[float, float]
    grade: str
    source: str
    outcome: str = ""
    second: str = ""
    setting: str = ""
    low: Mapping[str, Any] | None = None
    high: Mapping[str, Any] | None = None
    held: Mapping[str, Any] = field(default_factory=dict)
    states: str = "all"
    scale: float = 1.0
    horizon: int = 0
    read_at: str = ""
    fitted: bool = False
    note: str = ""
    argued: str = ""

    @property
    def names(self) -> tuple[str, ...]:
        """The outcomes and variables that its measure looks at."""
        return tuple(filter(None, (self.outcome, self.second)))

    @property
    def missing(self) -> tuple[str, ...]:
        """What the model does not have of what the row needs."""
        asked = (*self.names, *filter(None, (self.setting,)))
        return tuple(dict.fromkeys(name.partition("@")[0] for name in asked if not is_known(name)))

    @property
    def sides(self) -> dict[str, dict[str, Any]]:
        """The settings of each side that is looked at, "low" and "high" or "high" alone."""
        own = {LOW: self.low, HIGH: self.high}
        return {name: {**self.held, **values} for name, values in own.items() if values is not None}


def is_known(name: str) -> bool:
    """Whether the model has a setting, an outcome of states worked out from a history, or a variable (of a partner: trust@CHN).

    >>> is_known("trust@CHN"), is_known("alignment"), is_known("policy.japan.oda"), is_known("trust@XYZ")
    (True, True, True, False)
    """
    own, _, partner = name.partition("@")
    if partner:
        return own in VARIABLES and partner in DEFAULT_PARTNERS
    return own in computed(STATE) or own in VARIABLES or own in declared()


@lru_cache(maxsize=4)
def read_rows(path: Path = ROWS) -> tuple[Row, ...]:
    """Read the rows, in reading order.

    Raises
    ------
    UserError : no list of rows, or a row with a name, number or text that is not allowed.
    """
    content = yaml.safe_load(path.read_text(encoding="utf-8"))
    if not isinstance(content, list) or not content:
        raise _fault(path, "", f"it holds {content!r}", "it must be a list of rows")
    rows = tuple(_row(path, item) for item in content)
    ids = [row.id for row in rows]
    for name in ids:
        if ids.count(name) > 1:
            raise _fault(path, name, f"the id {name} stands twice", "each row has its own id")
    return rows


def _row(path: Path, given: Any) -> Row:
    name = str(given.get("id", "")) if isinstance(given, Mapping) else ""
    if not name:
        raise _fault(path, "", f"a row is {given!r}", "a row needs an id")
    known = {item.name for item in fields(Row)}
    for key in set(given) - known:
        raise _fault(path, name, f"it names {key}", nearest(str(key), known))
    try:
        row = Row(**{**given, "range": tuple(given.get("range", ()))})
    except TypeError as error:
        raise _fault(path, name, f"it is incomplete ({error})", "see the top of the file") from None
    for what, allowed in _faults(row):
        raise _fault(path, name, what, allowed)
    return row


def _faults(row: Row) -> Iterable[tuple[str, str]]:
    """What is wrong with a row, and what is allowed."""
    numbers = (row.mean, *row.range, row.scale)
    if len(row.range) != 2 or not all(isinstance(n, int | float) for n in numbers):
        yield (
            f"range is {list(row.range)}, mean {row.mean!r}",
            "the range needs two numbers, the mean one",
        )
        return
    low, high = row.range
    if not low <= row.mean <= high or low == high:
        yield f"mean is {row.mean:g}, range {low:g} to {high:g}", "the range must hold the mean"
    for name, value, allowed in (
        ("measure", row.measure, tuple(MEASURES)),
        ("grade", row.grade, GRADES),
        ("states", row.states, tuple(GROUPS)),
    ):
        if value not in allowed:
            yield f"{name} is {value!r}", f"it must be one of {', '.join(allowed)}"
    if not any(tag in row.source for tag in TAGS):
        yield (
            "source does not say how it is known",
            f"it must say {', '.join(TAGS[:-1])} or {TAGS[-1]}",
        )
    if row.measure == ABSENT:
        return
    yield from _comparison_faults(row)


def _comparison_faults(row: Row) -> Iterable[tuple[str, str]]:
    for name in row.missing:
        known = {**computed(STATE), **VARIABLES, **declared()}
        yield f"the model has no {name}", nearest(name, known)
    if row.measure == NUMBER:
        if not row.setting:
            yield "it names no setting", "a number of the model is a setting"
        return
    measure = MEASURES[row.measure]
    if (row.low is not None) != measure.two_sided or row.high is None:
        sides = "low and high" if measure.two_sided else "high alone"
        yield f"its sides do not fit the measure {row.measure}", f"it needs {sides}"
    if len(row.names) != measure.names:
        yield f"it names {len(row.names)} outcomes", f"{row.measure} needs {measure.names}"
    if not isinstance(row.horizon, int) or not 1 <= row.horizon <= LONGEST:
        yield f"horizon is {row.horizon!r}", f"it must be a year from 1 to {LONGEST}"
    for path, value in {**row.held, **(row.low or {}), **(row.high or {})}.items():
        if path not in declared():
            yield f"it sets {path}, which is not a setting", nearest(path, declared())
            continue
        try:
            checked(value, declared()[path], path)
        except UserError as error:
            yield error.given, error.allowed


def _fault(path: Path, row: str, given: str, allowed: str) -> UserError:
    named = f"row {row}: " if row else ""
    return UserError(given=f"{named}{given}", allowed=allowed, where=f"in {path.name}")
