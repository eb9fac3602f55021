"""What happened in one run, dated: acts, episodes, concessions, demands, new leaders, bad years at sea; each with its reason.

Every event comes with the chance that it had, so that luck can be told from cause ("one in nine").
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import xarray as xr
from scipy.special import pdtrc

from sim.axes import STATE
from sim.config.mechanisms import Rules
from sim.outcomes.act_reasons import PARTNER_GROUND, STEP, Step, explain_step
from sim.outcomes.trajectory import StateRecord, read_record
from sim.outcomes.wording import one_in, power_name, reason_phrase, signed, stepping, the
from sim.rules.coercion import likely_concession
from sim.rules.sea import incident_rate

ACT, INCIDENTS, TURNOVER, EPISODE, CONCESSION, DEMAND = KINDS = (
    "act",
    "incidents",
    "turnover",
    "episode",
    "concession",
    "demand",
)
ALIKE = 0.1  # log-odds: leaders who differ by less lean much alike; ours
UNUSUAL = 0.05  # years at sea as bad as this are told where no more than one in twenty is; ours


@dataclass(frozen=True, kw_only=True)
class Event:
    """One dated event.

    Parameters
    ----------
    year : of it. state, partner : codes; no partner of a new leader. kind : one of `KINDS`.
    text : what happened, without the year. reason : a clause, or blank where chance alone decides.
    chance : that it had, 0 to 1. size : steps, incidents, or change of leaning.
    """

    year: int
    state: str
    kind: str
    text: str
    reason: str
    chance: float
    size: float
    partner: str = ""

    @property
    def sentence(self) -> str:
        """The event in one sentence, with its date, reason and luck."""
        why = f", {self.reason}" if self.reason else ""
        return f"{self.year}: {self.text}{why}; {one_in(self.chance)}."


def chronicle(
    history: xr.Dataset, rules: Rules, *, run: int | None = None, states: Sequence[str] = ()
) -> list[Event]:
    """List what happened in one run, by year and within it by state.

    Parameters
    ----------
    history : with terms. rules : of its settings. run : number, the first if None. states : codes, all if none.

    Raises
    ------
    UserError : no terms, or a state or run that the history does not have.
    """
    every = [str(code) for code in history[STATE].values]
    events: list[Event] = []
    for code in states or every:
        record = read_record(history, rules, state=code, run=run)
        for index, year in enumerate(record.years):
            events += _events_of_year(record, index, year)
    return sorted(events, key=lambda event: event.year)


def act_words(name: str, step: Step, partner: str) -> str:
    """Say an act without its date.

    Parameters
    ----------
    name : of the state. step : what happened. partner : name of the partner.
    """
    rungs = {1: ", climbing a rung", 2: ", climbing two rungs", -1: ", losing a rung"}
    return f"{the(name)} {stepping(name, step.steps)} with {partner}{rungs.get(step.climbed, '')}"


def main_reason(step: Step) -> str:
    """The largest reason for what happened, as a clause; blank where none speaks for it."""
    pushed = [
        reason
        for reason in step.why.ranked()
        if reason.change > 0.0 and reason.term != PARTNER_GROUND
    ]
    if not pushed:
        return ""
    return f"mostly because of {reason_phrase(step.why, pushed[0])} ({signed(pushed[0].change, 2)})"


def _events_of_year(record: StateRecord, index: int, year: int) -> Iterator[Event]:
    yield from _turnover(record, index, year)
    for code in record.partners:
        yield from _episode(record, index, year, code)
        yield from _demand(record, index, year, code)
        yield from _act(record, index, year, code)
    yield from _at_sea(record, index, year)


def _act(record: StateRecord, index: int, year: int, code: str) -> Iterator[Event]:
    if record.values("steps")[index, record.partner(code)] == 0.0:
        return
    step = explain_step(record, code, year)
    reason = (
        f"answering a demand by {power_name(step.demanded)}" if step.demanded else main_reason(step)
    )
    yield Event(
        year=year,
        state=record.state,
        kind=ACT,
        text=act_words(record.name, step, power_name(code)),
        reason=reason,
        chance=step.chance,
        size=step.steps,
        partner=code,
    )


def _demand(record: StateRecord, index: int, year: int, code: str) -> Iterator[Event]:
    place = record.partner(code)
    accepted, refused = (
        record.values(name)[index, place] > STEP for name in ("accepted", "refused")
    )
    if not accepted and not refused:
        return
    likely = record.values("likely")[index]
    terms = dict(
        zip(record.names("demand_term"), record.values("demand_term")[index, place], strict=True)
    )
    way = 1.0 if accepted else -1.0
    name, size = max(terms.items(), key=lambda item: way * item[1])
    step = explain_step(record, code, year)
    named = (
        next(reason for reason in step.why.reasons if reason.term == name)
        if step.demanded
        else None
    )
    because = reason_phrase(step.why, named) if named else name
    yield Event(
        year=year,
        state=record.state,
        kind=DEMAND,
        text=f"{the(record.name)} {'gives in to' if accepted else 'refuses'} a demand by {power_name(code)}",
        reason=f"mostly because of {because} ({signed(size, 2)})" if way * size > 0.0 else "",
        chance=float(likely[place] if accepted else 1.0 - likely[place]),
        size=way,
        partner=code,
    )


def _episode(record: StateRecord, index: int, year: int, code: str) -> Iterator[Event]:
    place = record.partner(code)
    if record.values("outbreak")[index, place] < STEP:
        return
    numbers, who = record.rules.coercion, power_name(code)
    coercion = float(record.values("coercion")[index, place])
    refused = record.values("refused")[index, place] > STEP
    yield Event(
        year=year,
        state=record.state,
        kind=EPISODE,
        text=f"an episode of coercion by {who} against {the(record.name)} breaks out",
        reason="for refusing its demand" if refused else f"with its coercion at {coercion:.2f}",
        chance=1.0 if refused else numbers.rate * coercion,
        size=1.0,
        partner=code,
    )
    if record.values("conceded")[index, place] < STEP:
        return
    leverage = float(record.values("leverage")[index, place])
    yield Event(
        year=year,
        state=record.state,
        kind=CONCESSION,
        text=f"{the(record.name)} makes a concession to {who}",
        reason=f"under leverage of {leverage:.2f}",
        chance=float(
            likely_concession(
                leverage=np.array(leverage), yields=numbers.yields, leverage_weight=numbers.leverage
            )
        ),
        size=1.0,
        partner=code,
    )


def _turnover(record: StateRecord, index: int, year: int) -> Iterator[Event]:
    if record.values("turned")[index] < STEP:
        return
    jump = float(record.values("jump")[index])
    way = power_name("USA" if jump > 0.0 else "CHN")
    leaning = "much as the last" if abs(jump) < ALIKE else f"more to {way} than the last"
    yield Event(
        year=year,
        state=record.state,
        kind=TURNOVER,
        text=f"a new leader takes over in {the(record.name)}",
        reason=f"leaning {leaning} ({signed(jump, 2)})",
        chance=float(record.values("turnover")[index]),
        size=jump,
    )


def _at_sea(record: StateRecord, index: int, year: int) -> Iterator[Event]:

    numbers, resolve = record.rules.sea, float(record.values("resolve")[index])
    pressure = record.values("pressure")[index]
    rates = incident_rate(
        pressure=pressure,
        resolve=np.array(resolve),
        rate=numbers.incident_rate,
        passive=numbers.passive,
    )
    count, expected = float(record.values("incidents")[index].sum()), float(rates.sum())
    if round(count) < 1:
        return
    chance = float(pdtrc(round(count) - 1, expected)) if expected > 0.0 else 0.0
    if chance > UNUSUAL:
        return
    place = int(np.argmax(rates))
    yield Event(
        year=year,
        state=record.state,
        kind=INCIDENTS,
        text=f"{the(record.name)} meets {power_name(record.partners[place])} at sea in {count:.0f} incidents",
        reason=f"where {expected:.1f} were expected at pressure of {pressure[place]:.2f} and resolve of {resolve:.2f}",
        chance=chance,
        size=count,
        partner=record.partners[place],
    )
