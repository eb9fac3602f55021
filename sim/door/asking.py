"""What why.py may be asked: a state, years, a run, a domain, two options, and what to compare with."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sim.axes import DOMAINS, SELF
from sim.config import Settings
from sim.errors import UserError, nearest
from sim.world.roster import partner_code, state_code

QUOTES = ("'", '"')


@dataclass(frozen=True, kw_only=True)
class Question:
    """What is to be explained. years : first and last. against : overrides of the other policy, none for a change."""

    state: str
    years: tuple[int, int]
    run: int
    domains: tuple[str, ...]
    options: tuple[str, str]
    against: tuple[str, ...]


def as_asked(argv: Sequence[str]) -> list[str]:
    """Read years=[A,B] as a question, not as the settings years.first and years.last, and quote what against holds.

    >>> as_asked(["years=[2024,2030]", "years.last=2035", "against=policy/japan=none"])
    ['between=[2024,2030]', 'years.last=2035', "against='policy/japan=none'"]
    """
    return [_as_asked(text) for text in argv]


def _as_asked(text: str) -> str:
    name, _, value = text.partition("=")
    if name == "years":
        return f"between={value}"
    if name != "against" or "=" not in value or value.startswith(QUOTES):
        return text
    if value.startswith("[") and value.endswith("]"):
        return f"against=[{','.join(map(_quoted, pieces(value[1:-1])))}]"
    return f"against={_quoted(value)}"


def pieces(text: str) -> list[str]:
    """Part a text at its commas, but for those inside brackets.

    >>> pieces("policy/japan=none,states=[PHL,VNM]")
    ['policy/japan=none', 'states=[PHL,VNM]']
    """
    found, depth = [""], 0
    for letter in text:
        depth += (letter in "[{(") - (letter in "]})")
        if letter == "," and depth == 0:
            found.append("")
        else:
            found[-1] += letter
    return [piece.strip() for piece in found if piece.strip()]


def _quoted(text: str) -> str:
    return text if text.startswith(QUOTES) else "'" + text.replace("'", "\\'") + "'"


def question(given: Mapping[str, Any], settings: Settings) -> Question:
    """Validate what is asked.

    Parameters
    ----------
    given : the sections state, between, run, domain, options and against. settings : for years and runs.

    Raises
    ------
    UserError : a value that is not allowed.
    """
    return Question(
        state=_state(given.get("state")),
        years=_years(given.get("between"), settings),
        run=_run(given.get("run"), settings.runs),
        domains=_domains(given.get("domain")),
        options=_options(given.get("options")),
        against=_against(given.get("against")),
    )


def _state(value: Any) -> str:
    if not isinstance(value, str) or not value:
        raise _unfit("state", value, "it must be one state's code or name", "state=PHL")
    return state_code(value, "on the command line: state=PHL")


def _years(value: Any, settings: Settings) -> tuple[int, int]:
    first, last = settings.years.first, settings.years.last
    if value is None:
        return (first, last) if first < last else (first - 1, last)
    years = [value - 1, value] if _whole(value) else value
    if not isinstance(years, list) or len(years) != 2 or not all(map(_whole, years)):
        raise _unfit(
            "years", value, "it must be one year or two", f"years=[{first},{max(last, first + 1)}]"
        )
    return years[0], years[1]


def _run(value: Any, runs: int) -> int:
    if not _whole(value) or not 0 <= value < runs:
        allowed = f"it must be a whole number from 0 to {runs - 1}, since runs is {runs}"
        more = f"run=0, or run={value} runs={value + 1}" if _whole(value) and value > 0 else "run=0"
        raise _unfit("run", value, allowed, more)
    return int(value)


def _domains(value: Any) -> tuple[str, ...]:
    if value is None:
        return DOMAINS
    if value not in DOMAINS:
        raise _unfit("domain", value, nearest(str(value), DOMAINS), "domain=security")
    return (value,)


def _options(value: Any) -> tuple[str, str]:
    if not isinstance(value, list) or len(value) != 2 or not all(isinstance(o, str) for o in value):
        raise _unfit("options", value, "it must be a pair of options", "options=[USA,CHN]")
    where = "on the command line: options=[USA,CHN]"
    first, second = (SELF if one == SELF else partner_code(one, where) for one in value)
    return first, second


def _against(value: Any) -> tuple[str, ...]:
    if value is None:
        return ()
    found = [value] if isinstance(value, str) else value
    if not isinstance(found, list) or not found or not all(isinstance(o, str) for o in found):
        allowed = "it must be a choice or a setting, or a list of them"
        raise _unfit("against", value, allowed, "against=policy/japan=none")
    parts = [piece for one in found for piece in pieces(one)]
    for part in parts:
        if "=" not in part:
            raise _unfit("against", part, "it must read name=value", "against=policy/japan=none")
    return tuple(parts)


def _whole(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)


def _unfit(path: str, value: Any, allowed: str, example: str) -> UserError:
    return UserError(
        given=f"{path} is {value!r}", allowed=allowed, where=f"on the command line: {example}"
    )
