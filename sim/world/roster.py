"""Who is in the world: the states that may be asked for, the powers, and the named groups.

Facts of a state (year of joining ASEAN, coast, claim) are in ``states.csv``, powers in ``powers.csv``. A claimant is a state
that claims land features in the South China Sea which China claims too; Indonesia, whose sea zone
China's line overlaps but which claims no feature, is not one.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from sim.errors import UserError, nearest

STATES_FILE = Path(__file__).parent / "states.csv"
POWERS_FILE = Path(__file__).parent / "powers.csv"

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
    UserError : the file is missing, or a line of it cannot be read.
    """
    try:
        with STATES_FILE.open(encoding="utf-8", newline="") as lines:
            return {row["code"]: _state(row) for row in csv.DictReader(lines)}
    except (OSError, KeyError, TypeError, ValueError) as error:
        raise UserError(
            given=f"{STATES_FILE} cannot be read ({error})",
            allowed="it must list code, name, label, asean, landlocked, claimant of every state",
            hint="Restore the file.",
        ) from error


def _state(row: Mapping[str, str]) -> State:
    return State(
        code=row["code"],
        name=row["name"],
        label=row["label"],
        asean=int(row["asean"]) if row["asean"] else None,
        landlocked=row["landlocked"] == "1",
        claimant=row["claimant"] == "1",
    )


def _powers() -> dict[str, str]:
    with POWERS_FILE.open(encoding="utf-8", newline="") as lines:
        return {row["code"]: row["name"] for row in csv.DictReader(lines)}


POWERS: dict[str, str] = _powers()  # code -> name


def names(codes: Iterable[str]) -> dict[str, str]:
    """Return the English name of each state or power.

    >>> names(["VNM", "CHN"])
    {'VNM': 'Vietnam', 'CHN': 'China'}
    """
    known = {code: state.name for code, state in roster().items()} | POWERS
    return {code: known[code] for code in codes}


def members(year: int) -> tuple[str, ...]:
    """Return the ASEAN members of a year, the joining year included.

    >>> len(members(2023)), len(members(2025))
    (10, 11)
    """
    return tuple(c for c, s in roster().items() if s.asean is not None and s.asean <= year)


def state_codes(asked: Sequence[str]) -> tuple[str, ...]:
    """Turn codes or English names of states into codes; UserError for an unknown or repeated one.

    >>> state_codes(["Vietnam", "PHL"])
    ('VNM', 'PHL')
    """
    known = {code: state.name for code, state in roster().items()}
    return _codes(asked, known=known, kind="state")


def partner_codes(asked: Sequence[str]) -> tuple[str, ...]:
    """Turn codes or English names of powers into codes; UserError for an unknown or repeated one.

    >>> partner_codes(["China", "USA"])
    ('CHN', 'USA')
    """
    return _codes(asked, known=POWERS, kind="partner")


def _codes(asked: Sequence[str], *, known: Mapping[str, str], kind: str) -> tuple[str, ...]:
    asked = [asked] if isinstance(asked, str) else list(asked)
    lookup = {name.lower(): code for code, name in known.items()}
    lookup |= {code.lower(): code for code in known}
    for name in asked:
        if str(name).lower() not in lookup:
            raise _unknown(str(name), known=known, kind=kind)
    codes = tuple(lookup[str(name).lower()] for name in asked)
    if len(set(codes)) < len(codes) or not codes:
        raise UserError(
            given=f"the list of {kind}s is {', '.join(asked) or 'empty'}",
            allowed=f"each {kind} stands in it once, and at least one is needed",
            where=f"in the list of {kind}s of conf/world/",
        )
    return codes


def _unknown(name: str, *, known: Mapping[str, str], kind: str) -> UserError:
    valid = [*known, *known.values()]
    return UserError(
        given=f"{name!r} is not a known {kind}",
        allowed=nearest(name, valid),
        where=f"in the list of {kind}s of conf/world/",
    )
