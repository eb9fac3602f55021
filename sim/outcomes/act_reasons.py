"""Why did a state step up or down with a partner this year, or why not? The log-odds of the step are a sum of named terms.

A step up is explained from even odds: the partner's usual activity, its courtship, the size of the state's economy, and each
motive of the score; a step down by the same score with the sign turned. One uniform draw decided, and is in the record. A step
that answered a demand is explained by the terms of that answer.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from sim.outcomes.needed_change import Need, needed_change
from sim.outcomes.reasons import ANSWER, DOWN, UP, Reason, Why, to_reasons
from sim.outcomes.trajectory import StateRecord, about, pair, paired_index

PARTNER_GROUND, COURTSHIP, SIZE = "partner", "courtship", "size"
STEP = 0.5  # steps and rungs are whole numbers; more than this is one


@dataclass(frozen=True, kw_only=True)
class Step:
    """What happened between a state and a partner in a year, and why.

    Parameters
    ----------
    why : the log-odds of it, from even odds; of a step up where nothing happened.
    steps : -2 to 2. climbed : rungs. up, down : chances of a step of its own. draw : uniform, low is up and high is down.
    chance : of what happened. partner_name : with whom.
    demanded : code of the power whose demand it answered, or blank. accepted : it was given in to.
    need : what single change would have made it otherwise; None of an answer to a demand.
    """

    why: Why
    steps: int
    climbed: int
    up: float
    down: float
    draw: float
    chance: float
    partner_name: str
    demanded: str = ""
    accepted: bool = False
    need: Need | None = None

    @property
    def one_in(self) -> float:
        """One in how many such years it happens."""
        return 1.0 / self.chance if self.chance > 0.0 else float("inf")


@dataclass(frozen=True, kw_only=True)
class StepDifference:
    """The same year and draw under two policies. why : the difference of the log-odds, this less the other."""

    step: Step
    other: Step
    why: Why


def explain_step(record: StateRecord, partner: str, year: int) -> Step:
    """Explain a year between a state and a partner: the act there was, or that there was none.

    Raises
    ------
    UserError : no such partner, or a year without reasons.
    """
    at, place = record.index(year), record.partner(partner)
    demanded = _demanded_by(record, at)
    steps = round(float(record.values("steps")[at, place]))
    if demanded and abs(steps) > STEP:
        return _answer(record, partner, year, demanded, steps)
    up, down = (float(record.values(name)[at, place]) for name in ("up", "down"))
    draw = float(record.values("draw")[at, place])
    kind = DOWN if steps < -STEP else UP
    reasons = _step_reasons(record, at, place, kind)
    return Step(
        why=_step_why(record, partner, year, kind, reasons),
        steps=steps,
        climbed=_climbed(record, at, place),
        up=up,
        down=down,
        draw=draw,
        chance=_chance(record, steps, up, down),
        partner_name=record.partner_name(partner),
        need=needed_change(
            terms=dict(
                zip(record.names("act_term"), record.values("act_term")[at, place], strict=True)
            ),
            weights=vars(record.rules.acts),
            camp=float(record.camp[place]),
            up=up,
            down=down,
            draw=draw,
        ),
    )


def step_difference(
    record: StateRecord, other: StateRecord, partner: str, year: int, name: str
) -> StepDifference:
    """Explain the odds of a step under one policy rather than another, by the same draw.

    Parameters
    ----------
    record, other : of the same state, run and years. name : what the other is called.

    Raises
    ------
    UserError : no such partner, a year without reasons, or records that cannot be paired.
    """
    at = paired_index(record, other, year)
    step, base = (explain_step(each, partner, year) for each in (record, other))
    fell = min(step.steps, base.steps) < -STEP and max(step.steps, base.steps) < STEP
    kind = DOWN if fell and min(step.down, base.down) > 0.0 else UP
    place = record.partner(partner)
    reasons, less = (_step_reasons(each, at, place, kind) for each in (record, other))
    ends = tuple(sum(part.change for part in parts) for parts in (less, reasons))
    was = {part.term: part.change for part in less}
    return StepDifference(
        step=step,
        other=base,
        why=Why(
            kind=kind,
            partner=partner,
            partner_name=record.partner_name(partner),
            reasons=tuple(
                Reason(term=part.term, change=part.change - was[part.term]) for part in reasons
            ),
            ends=pair(np.array(ends)),
            **about(record, (year, year), name),
        ),
    )


def _step_reasons(record: StateRecord, at: int, place: int, kind: str) -> tuple[Reason, ...]:
    """The terms of the log-odds of a step against none, in the order of the rule."""
    terms = record.values("act_term")[at, place]
    names = record.names("act_term")
    ground = dict(
        zip(record.names("act_ground"), record.values("act_ground")[at, place], strict=True)
    )
    if kind == UP:
        return to_reasons(ground.keys(), ground.values()) + to_reasons(names, terms)  # type: ignore[arg-type]
    up, down = (float(record.values(name)[at, place]) for name in ("up", "down"))
    usual = np.log(down / (1.0 - up - down)) + terms.sum() - ground[SIZE]
    return to_reasons((PARTNER_GROUND, SIZE), (usual, ground[SIZE])) + to_reasons(names, -terms)


def _step_why(
    record: StateRecord, partner: str, year: int, kind: str, reasons: tuple[Reason, ...]
) -> Why:
    return Why(
        kind=kind,
        partner=partner,
        partner_name=record.partner_name(partner),
        reasons=reasons,
        ends=(0.0, sum(reason.change for reason in reasons)),
        **about(record, (year, year), ""),
    )


def _chance(record: StateRecord, steps: int, up: float, down: float) -> float:
    """Chance of what happened: of a step that counts twice, of any step that way, or of none."""
    if steps == 0:
        return 1.0 - up - down
    double = float(record.rules.acts.double) if abs(steps) > 1 else 1.0
    return double * (up if steps > 0 else down)


def _climbed(record: StateRecord, at: int, place: int) -> int:
    """Rungs climbed or lost in the year; those of the first year are not known."""
    rung = record.values("rung")[:, place]
    return round(float(rung[at] - rung[at - 1])) if at else 0


def _demanded_by(record: StateRecord, at: int) -> str:
    """Code of the power whose demand was answered in the year: given in to, or else refused."""
    for name in ("accepted", "refused"):
        found = np.flatnonzero(record.values(name)[at] > STEP)
        if len(found):
            return record.partners[int(found[0])]
    return ""


def _answer(record: StateRecord, partner: str, year: int, demanded: str, steps: int) -> Step:
    at, place = record.index(year), record.partner(demanded)
    likely = record.values("likely")[at]
    accepted = bool(record.values("accepted")[at, place] > STEP)
    terms = record.values("demand_term")[at, place]
    none = 1.0 - likely.sum()
    weight = np.log(likely[place] / none) - terms.sum()
    reasons = to_reasons(("demand",), (weight,)) + to_reasons(record.names("demand_term"), terms)
    met = record.partner(partner)
    return Step(
        why=_step_why(record, demanded, year, ANSWER, reasons),
        steps=steps,
        climbed=_climbed(record, at, met),
        up=float(record.values("up")[at, met]),
        down=float(record.values("down")[at, met]),
        draw=float(record.values("draw")[at, met]),
        chance=float(likely[place] if accepted else none),
        partner_name=record.partner_name(partner),
        demanded=demanded,
        accepted=accepted,
    )
