"""A set-up as an address: only what differs from the usual, in names that the command line knows."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qsl, urlencode

from sim.dashboard.controls import controls
from sim.dashboard.measures import MEASURES
from sim.dashboard.setup import BOTH, SIDES, START, WHERE, Setup, Side, choice, settings_of, value
from sim.errors import UserError, nearest
from sim.world.roster import WORLDS, roster

REGION = "region"
NOTHING = "as"  # ?as=baseline: both sides changed in nothing, which an empty address is not
LONGEST = 8000  # characters of an address that is read
MOST_PARTS = 400  # of an address; all settings of both sides are fewer
LONGEST_PART = 80  # characters of a name or a value, of which none that is allowed has as many
MOST_MESSAGES = 8


@dataclass(frozen=True, kw_only=True)
class View:
    """What is looked at: a year (0: the last), the region or a state, a measure, as it is or as a difference."""

    year: int = 0
    place: str = REGION
    measure: str = "alignment"
    difference: bool = False


def write(setup: Setup, view: View | None = None) -> str:
    """Write a set-up and a view as the query of an address, without the question mark.

    >>> write(Setup(a=Side(changes={"policy.japan.oda": 3.0})), View(place="PHL"))
    'a.policy.japan.oda=3.0&place=PHL'
    """
    parts = [*_of_side(setup.both, "")]
    for name in SIDES:
        parts += _of_side(setup.side(name), f"{name}.")
    if not parts:
        parts = [(NOTHING, "baseline")]
    return urlencode([*parts, *_of_view(view or View())], safe="/")


def _of_side(side: Side, prefix: str) -> Iterator[tuple[str, str]]:
    for name, entry in (*sorted(side.choices.items()), *sorted(side.changes.items())):
        yield f"{prefix}{name}", entry if isinstance(entry, str) else repr(entry)


def _of_view(view: View) -> Iterator[tuple[str, str]]:
    usual = View()
    for name in ("year", "place", "measure"):
        if getattr(view, name) != getattr(usual, name):
            yield name, str(getattr(view, name))
    if view.difference:
        yield "difference", "yes"


def read(query: str) -> tuple[Setup, View, list[str]]:
    """Read an address; what cannot be used is left out, each with a message that says why.

    Parameters
    ----------
    query : with or without its question mark; blank stands for the set-up a visitor begins with.
    """
    text = query.removeprefix("?")
    if not text:
        return START, View(), []
    if len(text) > LONGEST:
        return START, View(), [f"The address has more than {LONGEST} characters; it was not read."]
    parts: dict[str, dict[str, dict[str, Any]]] = {
        name: {"choices": {}, "changes": {}} for name in (*SIDES, BOTH)
    }
    seen: dict[str, Any] = {}
    problems: list[str] = []
    pairs = parse_qsl(text, keep_blank_values=True, errors="replace")
    if len(pairs) > MOST_PARTS:
        return START, View(), [f"The address has more than {MOST_PARTS} parts; it was not read."]
    taken: set[str] = set()
    for at, (key, entry) in enumerate(pairs):
        if len(problems) == MOST_MESSAGES:
            problems.append(f"{len(pairs) - at} further parts of the address were not read.")
            break
        try:
            _check_address(key, entry, taken)
            _take_part(key, entry, parts, seen)
        except UserError as mistake:
            problems.append(str(mistake))
    setup = Setup(**{name: Side(**part) for name, part in parts.items()})
    try:
        for name in SIDES:
            settings_of(setup, name)
    except UserError as mistake:
        return START, View(), [*problems, str(mistake)]
    return setup, View(**seen), problems


def _check_address(key: str, told: str, taken: set[str]) -> None:
    """Refuse what is longer than anything allowed, and what was given before."""
    if len(key) > LONGEST_PART or len(told) > LONGEST_PART:
        shown = f"{key[:LONGEST_PART]}={told[:20]}…"
        _refuse(f"the part {shown!r} is too long", f"{LONGEST_PART} characters are the most")
    if key in taken:
        _refuse(f"{key} is given twice", "the first is taken")
    taken.add(key)


def _take_part(key: str, told: str, parts: dict[str, Any], seen: dict[str, Any]) -> None:
    """Put one part of an address where it belongs."""
    if key == NOTHING:
        return
    if key in ("year", "place", "measure", "difference"):
        seen[key] = _view_value(key, told)
        return
    side, _, name = key.partition(".")
    if side not in SIDES:
        side, name = BOTH, key
    if side == BOTH and name not in ("world", *controls()):
        _refuse(f"{key} is not known", nearest(key, _known_names()))
    if "/" in name or name in ("scenario", "theory", "world"):
        parts[side]["choices"][name] = choice(side, name, told)
    else:
        parts[side]["changes"][name] = value(side, name, _read_number(told, name))


def _known_names() -> list[str]:
    return ["a.policy/japan", "b.policy/japan", "world", "year", "place", "measure", "difference"]


def _read_number(told: str, name: str) -> Any:
    """A number where a number is wanted; text that is none stays text, to be refused by its range."""
    known = controls().get(name)
    if known is not None and known.declaration.kind == "choice":
        return told
    try:
        return int(told)
    except ValueError:
        pass
    try:
        return float(told)
    except ValueError:
        return told


def _view_value(key: str, told: str) -> Any:
    if key == "difference":
        return told == "yes"
    if key == "year":
        if not told.isdecimal() or not 2000 <= int(told) <= 2100:
            _refuse(f"year is {told!r}", "it must be a year of the run, such as 2035")
        return int(told)
    known = tuple(MEASURES) if key == "measure" else (REGION, *roster())
    if told not in known:
        _refuse(f"{key} is {told!r}", nearest(told, known))
    return told


def _refuse(given: str, allowed: str) -> None:
    raise UserError(given=given, allowed=allowed, where=WHERE)


def shown(view: View, world: str, states: tuple[str, ...] = ()) -> View:
    """The same view, of the region if its state is not in the world."""
    here = states or WORLDS[world]
    return view if view.place in (REGION, *here) else View(**(vars(view) | {"place": REGION}))
