"""Who is in the world: the states that may be asked for, the powers, and the named groups.

Facts of a state (year of joining ASEAN, coast, claim) are in ``states.csv``, powers in ``powers.csv``. A claimant is a state
that claims land features in the South China Sea which China claims too; Indonesia, whose sea zone
China's line overlaps but which claims no feature, is not one.
"""

from __future__ import annotations

import difflib
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from sim.errors import UserError
from sim.world.tables import read_cells, refuse_repeated, table_fault

STATES_FILE = Path(__file__).parent / "states.csv"
POWERS_FILE = Path(__file__).parent / "powers.csv"
WORLD_FILE = (
    "in a file under conf/world/, or on the command line: states=[PHL,VNM] partners=[CHN,USA,JPN]"
)
CODE = re.compile("[A-Z]{3}")
ASEAN_FOUNDED, LATEST = 1967, 2100
LONGEST = 60  # letters of a name that a message repeats

DEFAULT_PARTNERS = ("CHN", "USA", "JPN")
ASEAN_10 = ("BRN", "KHM", "IDN", "LAO", "MYS", "MMR", "PHL", "SGP", "THA", "VNM")
ASEAN_11 = (*ASEAN_10, "TLS")
OSA_RECIPIENTS = (*ASEAN_11, "BGD", "FJI", "PNG", "MNG", "DJI")
WORLDS: dict[str, tuple[str, ...]] = {
    "asean10": ASEAN_10,
    "asean11": ASEAN_11,
    "osa_recipients": OSA_RECIPIENTS,
}


@dataclass(frozen=True)
class State:
    """One hedging country.

    Parameters
    ----------
    code : ISO 3166 alpha-3 code.
    name, label : full English name, and a short one for figures.
    asean : year of joining ASEAN, or None.
    landlocked, claimant : has no coast; claims South China Sea features that China claims.
    """

    code: str
    name: str
    label: str
    asean: int | None
    landlocked: bool
    claimant: bool


@lru_cache(maxsize=1)
def roster() -> Mapping[str, State]:
    """Return every known state by code, in the order of ``states.csv``.

    Raises
    ------
    UserError : the file is missing, or a line of it cannot be used.
    """
    columns = ("code", "name", "label", "asean", "landlocked", "claimant")
    return {
        code: _read_state(row, line) for code, row, line in _roster_entries(STATES_FILE, columns)
    }


@lru_cache(maxsize=1)
def powers() -> Mapping[str, str]:
    """Return the English name of every known power by code, in the order of ``powers.csv``.

    Raises
    ------
    UserError : the file is missing, or a line of it cannot be used.
    """
    result = {code: row["name"] for code, row, _ in _roster_entries(POWERS_FILE, ("code", "name"))}
    for code in DEFAULT_PARTNERS:
        if code not in result:
            allowed = (
                f"{', '.join(DEFAULT_PARTNERS)}, who have policies of their own, must be there"
            )
            raise table_fault(POWERS_FILE, f"{code} does not stand in it", allowed)
    return result


def _roster_entries(
    path: Path, columns: Sequence[str]
) -> Iterator[tuple[str, Mapping[str, str], int]]:
    """Yield code, cells and line of every row of a roster; no code and no name stands twice, or is blank."""
    table = read_cells(path, needed=columns)
    for column in ("code", "name"):
        refuse_repeated(table, [column], path)
    for line, row in table.iterrows():
        cells = {str(column): str(cell) for column, cell in row.items()}
        if not CODE.fullmatch(cells["code"]) or not cells["name"]:
            given = f"line {line} has the code {cells['code']!r} and the name {cells['name']!r}"
            allowed = "a code is three capital letters (ISO 3166), and a name is needed"
            raise table_fault(path, given, allowed)
        yield cells["code"], cells, int(str(line))


def _read_state(row: Mapping[str, str], line: int) -> State:
    for column in ("landlocked", "claimant"):
        if row[column] not in ("0", "1"):
            given = f"line {line}, column {column!r} holds {row[column]!r}"
            raise table_fault(STATES_FILE, given, "it must be 0 or 1")
    year = row["asean"]
    if year and not (year.isdecimal() and ASEAN_FOUNDED <= int(year) <= LATEST):
        given = f"line {line}, column 'asean' holds {year!r}"
        allowed = f"it must be a year from {ASEAN_FOUNDED} to {LATEST}, or blank"
        raise table_fault(STATES_FILE, given, allowed)
    return State(
        code=row["code"],
        name=row["name"],
        label=row["label"] or row["name"],
        asean=int(year) if year else None,
        landlocked=row["landlocked"] == "1",
        claimant=row["claimant"] == "1",
    )


def state_names() -> dict[str, str]:
    """Return the English name of every known state by code."""
    return {code: state.name for code, state in roster().items()}


def names(codes: Iterable[str]) -> dict[str, str]:
    """Return the English name of each state or power.

    >>> names(["VNM", "CHN"])
    {'VNM': 'Vietnam', 'CHN': 'China'}
    """
    known = {**state_names(), **powers()}
    return {code: known[code] for code in codes}


def members(year: int) -> tuple[str, ...]:
    """Return the ASEAN members of a year, the joining year included.

    >>> len(members(2023)), len(members(2025))
    (10, 11)
    """
    return tuple(c for c, s in roster().items() if s.asean is not None and s.asean <= year)


def find_code(name: str, known: Mapping[str, str]) -> str:
    """Return the code of a state or power by its code or English name, in any case; blank if it is neither.

    >>> find_code("timor leste", {"TLS": "Timor-Leste"}), find_code("Siam", {"THA": "Thailand"})
    ('TLS', '')
    """
    sought = _normalised_name(name)
    return next(
        (
            code
            for code in known
            if sought in (_normalised_name(code), _normalised_name(known[code]))
        ),
        "",
    )


def _normalised_name(name: str) -> str:
    """Write a name in one case, with one blank for every hyphen, underscore or run of blanks."""
    return " ".join(re.split(r"[\s_-]+", name.strip().casefold()))


def state_code(name: str, where: str = WORLD_FILE) -> str:
    """Turn the code or English name of one state into its code; `where` says where an unknown one is changed.

    Raises
    ------
    UserError : no such state; the nearest are offered.

    >>> state_code("philippines")
    'PHL'
    """
    return find_code(name, state_names()) or _raise_user_error(name, state_names(), "state", where)


def partner_code(name: str, where: str = WORLD_FILE) -> str:
    """Turn the code or English name of one power into its code; as `state_code`.

    >>> partner_code("united states")
    'USA'
    """
    return find_code(name, powers()) or _raise_user_error(name, powers(), "partner", where)


def state_codes(asked: Sequence[str], where: str = WORLD_FILE) -> tuple[str, ...]:
    """Turn codes or English names of states into codes; UserError for none, or an unknown or repeated one.

    >>> state_codes(["Vietnam", "PHL"])
    ('VNM', 'PHL')
    """
    return _known_codes(asked, state_code, "state", where)


def partner_codes(asked: Sequence[str], where: str = WORLD_FILE) -> tuple[str, ...]:
    """Turn codes or English names of powers into codes; UserError for none, or an unknown or repeated one.

    >>> partner_codes(["China", "USA"])
    ('CHN', 'USA')
    """
    return _known_codes(asked, partner_code, "partner", where)


def _known_codes(
    asked: Sequence[str], code_of: Callable[[str, str], str], kind: str, where: str
) -> tuple[str, ...]:
    asked = [asked] if isinstance(asked, str) else [str(name) for name in asked]
    codes = tuple(code_of(name, where) for name in dict.fromkeys(asked))
    if len(set(codes)) < len(asked) or not codes:
        repeated = next((name for name, count in Counter(asked).items() if count > 1), "")
        twice = repeated or next((code for code, count in Counter(codes).items() if count > 1), "")
        raise UserError(
            given=f"the list of {kind}s names {twice} twice"
            if twice
            else f"the list of {kind}s is empty",
            allowed=f"each {kind} stands in it once, and at least one is needed",
            where=where,
        )
    return codes


def _raise_user_error(name: str, known: Mapping[str, str], kind: str, where: str) -> str:
    near = {word.casefold(): word for pair in known.items() for word in pair}
    close = difflib.get_close_matches(name[:LONGEST].casefold(), near, n=3, cutoff=0.5)
    offered = [near[word] for word in close]
    every = ", ".join(f"{code} ({english})" for code, english in known.items())
    raise UserError(
        given=f"{name[:LONGEST]!r} is not a known {kind}",
        allowed=f"did you mean {' or '.join(offered)}?"
        if offered
        else f"it must be one of {every}",
        where=where,
    )
