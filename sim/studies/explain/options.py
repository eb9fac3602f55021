"""What why.py may be asked: a state, perhaps a partner, a year or a span of years, a run, and what to compare with."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from sim.composition.commands import command
from sim.config import Settings
from sim.config.declare import choice, integer, read, required
from sim.config.options import Options
from sim.ensemble import option_kinds as common
from sim.errors import UserError, nearest
from sim.outcomes.reasons import OPINION, POSTURE, STRUCTURE
from sim.studies.explain.words_asked import as_asked, split_at_commas
from sim.world.roster import WORLDS, partner_code

if TYPE_CHECKING:
    from sim.composition.context import StudyContext

ACT, ALIGNMENT = "act", "alignment"
ABOUT = (ACT, ALIGNMENT, POSTURE, STRUCTURE, OPINION)
WHERE = "on the command line: "


def _read_year(value: Any) -> int | None:
    if value is None or (isinstance(value, int) and not isinstance(value, bool)):
        return value
    raise ValueError("it must be a year")


def _year(doc: str, example: str) -> Any:
    return read(_read_year, None, doc, example=example)


def _read_partner(value: Any) -> str:
    if not isinstance(value, str) or not value:
        raise ValueError("it must be one partner's code or name")
    try:
        return partner_code(value)
    except UserError as error:
        raise ValueError(error.allowed) from error


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
    partner: str = read(
        _read_partner, "", "the partner of an act or an opinion; null: alignment", example="JPN"
    )
    year: int | None = _year(
        "of an act; of alignment or opinion, since the year before; null: a span", "2031"
    )
    since: int | None = _year("first year of a span, also from=; null: the first simulated", "2024")
    until: int | None = _year("last year of a span, also to=; null: the last simulated", "2035")
    about: str | None = choice(
        None,
        ABOUT,
        "null: the act with a partner in a year, the opinion of a partner over a span, else alignment",
    )
    run: int = integer(0, "number of the run explained", low=0, high=100_000_000)
    against: tuple[str, ...] = read(
        _read_against,
        (),
        "choices or settings compared with; null: none",
        example="policy/japan=none",
    )

    @classmethod
    def as_asked(cls, argv: Sequence[str]) -> list[str]:
        """Read from=, to= and years= as a question (`sim.studies.explain.words_asked`)."""
        return as_asked(argv)

    @property
    def subject(self) -> str:
        """What is explained, one of `ABOUT`."""
        if self.about is not None:
            return self.about
        if not self.partner:
            return ALIGNMENT
        return OPINION if self.year is None else ACT

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
    where = f"{WHERE}against=policy/japan=none"
    if other.seed != job.settings.seed:
        allowed = "two policies are compared with common random numbers"
        raise UserError(given=f"against changes the seed ({name})", allowed=allowed, where=where)
    if other.years != job.settings.years or other.partners != job.settings.partners:
        allowed = (
            "a difference is taken in the same year, after as many years, with the same partners"
        )
        raise UserError(
            given=f"against changes the years or the partners ({name})",
            allowed=allowed,
            where=where,
        )
    if replace(other, runs=1) == replace(job.settings, runs=1):
        allowed = "it must differ from the settings asked about"
        raise UserError(given=f"against changes nothing ({name})", allowed=allowed, where=where)
    if job.options.state not in (other.states or WORLDS[other.world]):
        given = f"against takes {job.options.state} away ({name})"
        raise UserError(given=given, allowed="the state must be in both", where=where)
    return other


def years_asked(asked: WhyCommand, settings: Settings) -> tuple[int, int]:
    """The first and the last year asked about; of an act or a difference the last counts alone."""
    first, last = settings.years.first, settings.years.last
    if asked.year is not None:
        return asked.year - 1, asked.year
    return (
        first if asked.since is None else asked.since,
        last if asked.until is None else asked.until,
    )


def check_question(asked: WhyCommand, settings: Settings) -> None:
    """Refuse a question that runs of these settings cannot answer.

    Raises
    ------
    UserError : a state, partner, run or year that they will not have, or parts that do not go together.
    """
    states = settings.states or WORLDS[settings.world]
    if asked.state not in states:
        raise _unfit("state", asked.state, nearest(asked.state, states), f"state={states[0]}")
    if asked.partner and asked.partner not in settings.partners:
        known = settings.partners
        raise _unfit("partner", asked.partner, nearest(asked.partner, known), f"partner={known[0]}")
    if asked.run >= settings.runs:
        most, run = settings.runs - 1, asked.run
        allowed = f"it must be a whole number from 0 to {most}, since runs is {settings.runs}"
        raise _unfit("run", run, allowed, f"run=0, or run={run} runs={run + 1}")
    _check_parts(asked)
    _check_years(asked, settings)


def _check_parts(asked: WhyCommand) -> None:
    subject, span = asked.subject, asked.since is not None or asked.until is not None
    if asked.year is not None and span:
        raise _unfit("year", asked.year, "a year or a span is asked about, not both", "year=2031")
    if subject in (ACT, OPINION) and not asked.partner:
        raise _unfit("about", subject, "it is of a partner, who must be named", "partner=JPN")
    if subject == ACT and asked.year is None:
        raise _unfit("about", subject, "an act has one year, which must be named", "year=2031")
    if subject in (ALIGNMENT, POSTURE, STRUCTURE) and asked.partner:
        allowed = f"{subject} is towards all partners: leave partner out"
        raise _unfit("partner", asked.partner, allowed, f"about={OPINION}")


def _check_years(asked: WhyCommand, settings: Settings) -> None:
    first, last = settings.years.first, settings.years.last
    years = years_asked(asked, settings)
    single = bool(asked.against) or asked.subject == ACT
    for year in years[1:] if single else years:
        if not first <= year <= last:
            allowed = f"reasons are known from {first}, the first simulated year, to {last}"
            raise _unfit(
                "the year", year, allowed, "from=2024 to=2035; years.last=2050 runs further"
            )
    if not single and years[0] >= years[1]:
        allowed = "the first year must come before the last"
        raise _unfit("the span", f"{years[0]} to {years[1]}", allowed, "from=2024 to=2035")


def _unfit(path: str, value: Any, allowed: str, example: str) -> UserError:
    shown = value if isinstance(value, str) and " " in value else repr(value)
    return UserError(given=f"{path} is {shown}", allowed=allowed, where=f"{WHERE}{example}")
