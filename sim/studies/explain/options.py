"""What why.py may be asked: a state, years, a run, a domain, two options, and what to compare with."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from sim.axes import DOMAINS, SELF
from sim.composition.commands import command
from sim.config import Settings
from sim.config.declare import choice, integer, read, required
from sim.config.options import Options
from sim.ensemble import option_kinds as common
from sim.errors import UserError, nearest
from sim.world.roster import WORLDS

if TYPE_CHECKING:
    from sim.composition.context import StudyContext

QUOTES = ("'", '"')
YEARS = "it must be one year or two, as in years=[2024,2030]"


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
        return f"against=[{','.join(map(_quoted_text, split_at_commas(value[1:-1])))}]"
    return f"against={_quoted_text(value)}"


def split_at_commas(text: str) -> list[str]:
    """Part a text at its commas, but for those inside brackets.

    >>> split_at_commas("policy/japan=none,states=[PHL,VNM]")
    ['policy/japan=none', 'states=[PHL,VNM]']
    """
    result, depth = [""], 0
    for letter in text:
        depth += (letter in "[{(") - (letter in "]})")
        if letter == "," and depth == 0:
            result.append("")
        else:
            result[-1] += letter
    return [piece.strip() for piece in result if piece.strip()]


def _quoted_text(text: str) -> str:
    return text if text.startswith(QUOTES) else "'" + text.replace("'", "\\'") + "'"


def _read_years(value: Any) -> tuple[int, int]:
    years = [value - 1, value] if _is_whole(value) else value
    if not isinstance(years, list | tuple) or len(years) != 2 or not all(map(_is_whole, years)):
        raise ValueError(YEARS)
    if years[0] >= years[1]:
        raise ValueError("the first year must come before the last")
    return years[0], years[1]


def _is_whole(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)


def _read_options(value: Any) -> tuple[str, str]:
    pair = isinstance(value, list | tuple) and len(value) == 2
    if not pair or not all(isinstance(item, str) for item in value) or value[0] == value[1]:
        raise ValueError("it must be a pair of different options, powers or self")
    return value[0], value[1]


def _read_against(value: Any) -> tuple[str, ...]:
    given = [value] if isinstance(value, str) else value
    if not isinstance(given, list | tuple) or not given:
        raise ValueError("it must be a choice or a setting, or a list of them")
    parts = tuple(piece for item in given for piece in split_at_commas(str(item)))
    for part in parts:
        if "=" not in part:
            raise ValueError("it must read name=value", part)
    return parts


@command("why")
@dataclass(frozen=True, kw_only=True)
class WhyCommand(Options):
    """Options of experiments/why.py."""

    state: str = required(common.state("the state asked about", "PHL"))
    between: tuple[int, int] | None = read(
        _read_years,
        None,
        "years: two; one, since the year before; null: all",
        example="[2024,2030]",
    )
    run: int = integer(0, "number of the run explained", low=0, high=100_000_000)
    domain: str | None = choice(None, DOMAINS, "security or economic; null: both")
    options: tuple[str, str] = read(
        _read_options, ("USA", "CHN"), "the first against the second", example="[USA,CHN]"
    )
    against: tuple[str, ...] = read(
        _read_against,
        (),
        "choices or settings compared with; null: none",
        example="policy/japan=none",
    )

    @classmethod
    def as_asked(cls, argv: Sequence[str]) -> list[str]:
        """Read years=[A,B] as a question (`as_asked`)."""
        return as_asked(argv)

    def check(self, job: StudyContext) -> None:
        """Refuse a question that the runs will not answer, and a comparison of nothing."""
        check_question(self, job.settings)
        compared_with(job)


def compared_with(job: StudyContext) -> Settings | None:
    """The settings compared with, None for none.

    Raises
    ------
    UserError : they are the same, or have other random draws.
    """
    against: tuple[str, ...] = job.options.against
    if not against:
        return None
    other = job.varied(against)
    name = ", ".join(against)
    where = "on the command line: against=policy/japan=none"
    if other.seed != job.settings.seed:
        allowed = "two policies are compared with common random numbers"
        raise UserError(given=f"against changes the seed ({name})", allowed=allowed, where=where)
    if other.years != job.settings.years:
        allowed = "a difference is taken in the same year, after as many years of choices"
        given = (
            f"against changes the years ({name}), and the two histories would differ in their years"
        )
        raise UserError(given=given, allowed=allowed, where=where)
    if replace(other, runs=1) == replace(job.settings, runs=1):
        allowed = "it must differ from the settings asked about"
        raise UserError(given=f"against changes nothing ({name})", allowed=allowed, where=where)
    if job.options.state not in (other.states or WORLDS[other.world]):
        given = f"against takes {job.options.state} away ({name})"
        raise UserError(given=given, allowed="the state must be in both", where=where)
    return other


def years_asked(asked: WhyCommand, settings: Settings) -> tuple[int, int]:
    """The years between which a change is explained: those asked for, else all simulated ones."""
    first, last = settings.years.first, settings.years.last
    return asked.between or ((first, last) if first < last else (first - 1, last))


def check_question(asked: WhyCommand, settings: Settings) -> None:
    """Refuse a question that runs of these settings cannot answer.

    Raises
    ------
    UserError : a state, option, run or year that they will not have.
    """
    states = settings.states or WORLDS[settings.world]
    if asked.state not in states:
        raise _unfit_error("state", asked.state, nearest(asked.state, states), f"state={states[0]}")
    for option in asked.options:
        known = (*settings.partners, SELF)
        if option not in known:
            raise _unfit_error("options", option, nearest(option, known), "options=[USA,CHN]")
    if asked.run >= settings.runs:
        most, run = settings.runs - 1, asked.run
        allowed = f"it must be a whole number from 0 to {most}, since runs is {settings.runs}"
        raise _unfit_error("run", run, allowed, f"run=0, or run={run} runs={run + 1}")
    first, last = settings.years.first - 1, settings.years.last
    years = years_asked(asked, settings)
    for year in years[1:] if asked.against else years:
        if not first <= year <= last:
            allowed = f"reasons are known from {first}, the year before the first choice, to {last}"
            raise _unfit_error(
                "years", year, allowed, "years=[2024,2030]; years.last=2050 runs further"
            )


def _unfit_error(path: str, value: Any, allowed: str, example: str) -> UserError:
    return UserError(
        given=f"{path} is {value!r}", allowed=allowed, where=f"on the command line: {example}"
    )
