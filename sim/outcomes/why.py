"""Why did a state's ties move, or why do two policies leave it at different places? Named reasons that sum exactly.

The log-odds of two options' ties (the United States against China, unless asked otherwise) change by what ties absorbed of each
term of the choice, by room (the divisor of all terms) and by inertia (ties catching up with what motives called for at the
start): see `sim.outcomes.absorbed`. Reasons of 2024 to 2025 and of 2025 to 2026 add up to those of 2024 to 2026, term by term.

Source: the log-odds of a logit choice are a sum (McFadden 1974). Ours: the split of partial adjustment, and *points*, which
scales each reason by the alignment the whole came to: a proportional split, not a second exact one.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
import xarray as xr

from sim.axes import DOMAINS, PARTNER, RUN, STATE
from sim.errors import UserError
from sim.outcomes.decomposition import attributed_difference, attributed_levels
from sim.outcomes.reasons import Why, points_by_odds, reasons, table
from sim.outcomes.trajectory import ChoiceTrajectory, read_trajectory

__all__ = ["NoTie", "Why", "explain", "explain_difference", "of_domains", "table"]

FOR, AGAINST = "USA", "CHN"
WHERE = "on the command line: years=[2024,2030]"


class NoTie(UserError):
    """A tie of zero has no log-odds, so there is nothing to explain from or to."""


def explain(
    history: xr.Dataset,
    *,
    state: str,
    domain: str,
    years: int | tuple[int, int] | None = None,
    options: tuple[str, str] = (FOR, AGAINST),
    run: int | None = None,
) -> Why:
    """Explain how a state's ties moved between two years.

    Parameters
    ----------
    history : with terms, from either engine. years : first and last; one year: since the year before; None: the whole span.
    options : the log-odds of the first against the second. run : number of the run, the first if None.

    Raises
    ------
    NoTie : one of the two ties is zero in one of the years.
    UserError : no terms, or anything that the history does not have.
    """
    course = read_trajectory(history, state=state, domain=domain, options=options, run=run)
    first, last = _year_span(course, years)
    places = _label_index(course, first, state, domain), _label_index(course, last, state, domain)
    before, after = attributed_levels(course)[list(places)]
    odds, alignment = (
        _end_alignments(course.odds, places),
        _end_alignments(course.alignment, places),
    )
    rate = points_by_odds(history, options, odds, alignment)
    return Why(
        state=state,
        name=_option_name(history, STATE, state),
        domain=domain,
        options=options,
        names=(
            _option_name(history, PARTNER, options[0]),
            _option_name(history, PARTNER, options[1]),
        ),
        years=(first, last),
        run=_chosen_run(history, run),
        against="",
        odds=odds,
        alignment=alignment,
        room=_end_alignments(course.room, (max(places[0] - 1, 0), places[1] - 1)),
        reasons=reasons(course, domain=domain, before=before, after=after, rate=rate),
    )


def explain_difference(
    history: xr.Dataset,
    against: xr.Dataset,
    *,
    state: str,
    domain: str,
    year: int | None = None,
    options: tuple[str, str] = (FOR, AGAINST),
    run: int | None = None,
    name: str = "the other policy",
    same_weights: bool = True,
) -> Why:
    """Explain where a state's ties stand under one policy (or theory) rather than another, same year, same random draws.

    A term that the choice of one of the two does not know counts there as zero: all of it is the other's.

    Parameters
    ----------
    history, against : with terms, of the same seed and run; the difference is history less against.
    year : the last if None. name : what the other is called. options, run : as for `explain`.
    same_weights : false where the two weigh motives otherwise (another theory), which the sentence then minds.

    Raises
    ------
    NoTie : one of the ties is zero that year.
    UserError : as for `explain`, or histories that cannot be paired.
    """
    asked = {"state": state, "domain": domain, "options": options, "run": run}
    first, other = (read_trajectory(each, **asked) for each in (history, against))  # type: ignore[arg-type]
    _refuse_unpaired(first, other)
    names = tuple(dict.fromkeys([*first.names, *other.names]))
    first, other = first.over(names), other.over(names)
    last = _year_index(first, int(first.years[-1]) if year is None else year)
    position = [_label_index(course, last, state, domain) for course in (first, other)][0]
    odds = float(other.odds[position]), float(first.odds[position])
    alignment = float(other.alignment[position]), float(first.alignment[position])
    rate = points_by_odds(history, options, odds, alignment)
    return Why(
        state=state,
        name=_option_name(history, STATE, state),
        domain=domain,
        options=options,
        names=(
            _option_name(history, PARTNER, options[0]),
            _option_name(history, PARTNER, options[1]),
        ),
        years=(last, last),
        run=_chosen_run(history, run),
        against=name,
        odds=odds,
        alignment=alignment,
        room=(float(other.room[max(position - 1, 0)]), float(first.room[max(position - 1, 0)])),
        reasons=reasons(
            first,
            domain=domain,
            before=None,
            after=attributed_difference(first, other)[position],
            rate=rate,
        ),
        same_weights=same_weights,
    )


def of_domains(
    explained: Callable[[str], Why], domains: Sequence[str] = DOMAINS
) -> tuple[list[Why], list[NoTie]]:
    """Explain every domain that can be, and say which cannot for want of a tie."""
    items: list[Why] = []
    untold: list[NoTie] = []
    for domain in domains:
        try:
            items.append(explained(domain))
        except NoTie as reason:
            untold.append(reason)
    return items, untold


def _year_span(course: ChoiceTrajectory, years: int | tuple[int, int] | None) -> tuple[int, int]:
    if years is None:
        tied = course.years[~np.isnan(course.odds)]
        years = int((tied if len(tied) else course.years)[0]), int(course.years[-1])
    first, last = (years - 1, years) if isinstance(years, int) else years
    _year_index(course, last), _year_index(course, first)
    if first >= last:
        raise UserError(
            given=f"the years are {first} and {last}",
            allowed="the first must come before the last",
            where=WHERE,
        )
    return first, last


def _year_index(course: ChoiceTrajectory, year: int) -> int:
    first, last = int(course.years[0]), int(course.years[-1])
    if not first <= year <= last:
        raise UserError(
            given=f"the year is {year}",
            allowed=f"reasons are known from {first}, the year before the first choice, to {last}",
            where=f"{WHERE}; years.last=2050 simulates further",
        )
    return year


def _label_index(course: ChoiceTrajectory, year: int, state: str, domain: str) -> int:
    position = year - int(course.years[0])
    if np.isnan(course.odds[position]):
        tied = course.years[~np.isnan(course.odds)]
        raise NoTie(
            given=f"in {year} one of the two {domain} ties of {state} is zero, which has no log-odds",
            allowed=f"both are above zero from {tied[0]}"
            if len(tied)
            else "it is so in every year",
            where="on the command line: years, domain or options",
        )
    return position


def _end_alignments(values: np.ndarray, places: tuple[int, int]) -> tuple[float, float]:
    return float(values[places[0]]), float(values[places[1]])


def _chosen_run(history: xr.Dataset, run: int | None) -> int:
    known = np.ravel(history[RUN].values) if RUN in history.coords else [0]
    return int(known[0]) if run is None else run


def _option_name(history: xr.Dataset, axis: str, code: str) -> str:
    if f"{axis}_name" not in history.coords or code not in history[axis].values:
        return code
    return str(history[f"{axis}_name"].sel({axis: code}).values)


def _refuse_unpaired(one: ChoiceTrajectory, other: ChoiceTrajectory) -> None:
    if not np.array_equal(one.years, other.years):
        first, second = (f"{each.years[0]} to {each.years[-1]}" for each in (one, other))
        raise UserError(
            given=f"the two histories differ in their years ({first}, and {second})",
            allowed="a difference is taken in the same year, after as many years of choices",
            where="on the command line: years.first, years.last, the same for both",
        )
