"""An explanation in two sentences: what happened and mostly why, and what would have had to be different."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from sim.config.labels import term_label
from sim.outcomes.act_reasons import Step, StepDifference
from sim.outcomes.posture_reasons import posture_without
from sim.outcomes.reasons import DOWN, INERTIA, POSTURE, STRUCTURE, Reason, Why
from sim.outcomes.trajectory import StateRecord
from sim.outcomes.wording import (
    one_in,
    possessive,
    power_name,
    reason_phrase,
    reasons_listed,
    sentence,
    signed,
    the,
)

AT_LEAST = 0.1  # of the largest reason: smaller ones are not told
MOST = 2  # reasons told either way
STILL = 0.05  # points that count as hardly moving
NOTHING = 1e-6  # smaller reasons are none
READINGS = {POSTURE: "posture", STRUCTURE: "structure"}


def step_sentences(step: Step) -> tuple[str, str]:
    """Explain an act, or a year without one."""
    why = step.why
    return f"In {why.years[1]} {_step_text(step)}, {_step_because(step)}.", _step_otherwise(step)


def difference_sentences(found: StepDifference) -> tuple[str, str]:
    """Explain the odds of an act under one policy rather than another."""
    why, step, other = found.why, found.step, found.other
    way = "down" if why.kind == DOWN else "up"
    chances = [each.down if why.kind == DOWN else each.up for each in (step, other)]
    first = (
        f"In {why.years[1]} a step {way} by {the(why.name)} with {the(why.partner_name)} has a chance of "
        f"{chances[0]:.2f}, and of {chances[1]:.2f} under {why.against}"
    )
    because = _because(why, 2)
    same = f"{_happened(step)}, and {_happened(other)} under {why.against}"
    return (
        f"{first}{f', {because}' if because else ''}.",
        f"By the same draw ({step.draw:.2f}) there is {same}.",
    )


def alignment_sentences(whys: Sequence[Why], record: StateRecord) -> tuple[str, str]:
    """Explain posture, structure, or both."""
    parts = [_move_text(why, index == 0) for index, why in enumerate(whys)]
    others = [text for text in (_without_text(why, record) for why in whys) if text]
    again = "; ".join(others) or "no single reason stands out that would have changed it"
    return f"{'; '.join(parts)}.", f"{sentence(again)}."


def move_sentence(why: Why) -> str:
    """Explain posture or structure alone, in one sentence."""
    return f"{_move_text(why, True)}."


def opinion_sentences(why: Why) -> tuple[str, str]:
    """Explain opinion of a partner."""
    what = f"opinion of {the(why.partner_name)} in {the(why.name)}"
    size = f"{abs(why.change):.1f} points of 100"
    still = abs(why.change) < STILL
    if why.against:
        where = "almost as" if still else f"{size} {'higher' if why.change > 0 else 'lower'} than"
        head = f"In {why.years[1]} {what} is {where} under {why.against}"
    else:
        moved = "hardly moved" if still else f"{'rose' if why.change > 0 else 'fell'} by {size}"
        head = f"Between {why.years[0]} and {why.years[1]} {what} {moved}"
    because = _because(why, 1)
    return (
        f"{head}{f', {because}' if because else ''}.",
        f"{sentence(_left_without(why) or 'no reason stands out')}.",
    )


def title_of(why: Why) -> str:
    """Say which way it moved and the one reason that counts most: the title of a chart of alignment or opinion."""
    pushed, _ = ranked_reasons(why)
    because = f", mostly because of {reason_phrase(why, pushed[0])}" if pushed else ""
    if why.kind in READINGS:
        return sentence(f"{_headline(why, True)}{because}")
    return opinion_sentences(why)[0].partition(", mostly")[0].rstrip(".") + because


def step_title(step: Step) -> str:
    """Say what happened and the one reason that spoke most for it: the title of a chart."""
    head = f"In {step.why.years[1]} {_step_text(step).partition(' (chance')[0].partition(':')[0]}"
    favour = [reason for reason in step.why.ranked() if reason.change > 0.0]
    if not step.steps:
        return f"{head}: a step up had a chance of {step.up:.2f}"
    because = f", mostly because of {reason_phrase(step.why, favour[0])}" if favour else ""
    return f"{head}{because}"


def difference_title(found: StepDifference) -> str:
    """Say how the chance of an act differs: the title of a chart."""
    return (
        difference_sentences(found)[0].partition(", mostly")[0].partition(", held")[0].rstrip(".")
    )


def ranked_reasons(why: Why) -> tuple[list[Reason], list[Reason]]:
    """The reasons that count, largest first: with the change, and against it."""
    every = why.ranked()
    least = max(AT_LEAST * abs(every[0].change), NOTHING) if every else 0.0
    told = [reason for reason in every if abs(reason.change) >= least]
    way = np.sign(why.change)
    pushed = [reason for reason in told if np.sign(reason.change) == way]
    held = [reason for reason in told if np.sign(reason.change) == -way]
    return pushed, held


def _because(why: Why, digits: int) -> str:
    pushed, held = ranked_reasons(why)
    parts = []
    if pushed:
        parts.append(f"mostly because of {reasons_listed(why, pushed[:MOST], digits)}")
    if held:
        parts.append(f"held back by {reasons_listed(why, held[:MOST], digits)}")
    return ", ".join(parts)


def _step_text(step: Step) -> str:
    why = step.why
    name, partner = the(why.name), the(why.partner_name)
    if step.demanded:
        verb = "stepped up" if step.steps > 0 else "stepped down"
        did = "giving in to" if step.accepted else "refusing"
        luck = f"(chance {step.chance:.2f}, {one_in(step.chance)})"
        return f"{name} {verb} with {the(step.partner_name)} by {did} a demand by {partner} {luck}"
    if step.steps == 0:
        return (
            f"{name} took no step with {partner}: a step up had a chance of {step.up:.2f} ({one_in(step.up)}), "
            f"a step down of {step.down:.2f}, and the draw was {step.draw:.2f}"
        )
    verb = "stepped up" if step.steps > 0 else "stepped down"
    twice = " twice" if abs(step.steps) > 1 else ""
    return f"{name} {verb}{twice} with {partner} (chance {step.chance:.2f}, {one_in(step.chance)}; the draw was {step.draw:.2f})"


def _step_because(step: Step) -> str:
    """What spoke for the step, and what against."""
    why = step.why
    every = why.ranked()
    least = max(AT_LEAST * abs(every[0].change), NOTHING) if every else 0.0
    told = [reason for reason in every if abs(reason.change) >= least]
    favour = [reason for reason in told if reason.change > 0.0][:MOST]
    against = [reason for reason in told if reason.change < 0.0][:MOST]
    words = ("mostly because of", "against") if step.steps else ("with", "for it and against it")
    parts = [
        f"{word} {reasons_listed(why, some, 2)}"
        for word, some in zip(words, (favour, against), strict=True)
        if some
    ]
    return ", ".join(parts) if step.steps else " ".join(parts)


def _step_otherwise(step: Step) -> str:
    need = step.need
    if need is None:
        return f"The other answer had a chance of {1.0 - step.chance:.2f}."
    wanted = "no step" if step.steps else "a step up"
    outcome = (
        f"the same draw would have brought {wanted}"
        if need.turns
        else "its chance would have been halved"
    )
    if not need.term:
        return (
            f"No single motive within its range would have changed that: it takes log-odds of {signed(need.odds, 2)} "
            f"before {outcome.replace('would have brought', 'brings').replace('would have been', 'is')}."
        )
    label = reason_phrase(step.why, Reason(term=need.term, change=0.0))
    return (
        f"With {label} at {need.other:.2f} instead of {need.value:.2f}, and all else as it was, {outcome} "
        f"(log-odds {signed(need.odds, 2)})."
    )


def _happened(step: Step) -> str:
    if step.steps == 0:
        return "no step"
    way = "up" if step.steps > 0 else "down"
    return f"a step {way}" if abs(step.steps) == 1 else f"a step {way} that counts twice"


def _headline(why: Why, first: bool) -> str:
    whose = possessive(the(why.name)) if first else "its"
    size = f"{abs(why.change):.1f} points"
    goal = power_name("USA" if why.change >= 0.0 else "CHN")
    still = abs(why.change) < STILL
    if why.against:
        when = f"in {why.years[1]} " if first else ""
        where = "almost where it does" if still else f"{size} nearer to {goal} than"
        return f"{when}{whose} {READINGS[why.kind]} stands {where} under {why.against}"
    when = f"between {why.years[0]} and {why.years[1]} " if first else ""
    moved = "hardly moved" if still else f"moved {size} toward {goal}"
    return f"{when}{whose} {READINGS[why.kind]} {moved}"


def _move_text(why: Why, first: bool) -> str:
    because = _because(why, 1)
    text = f"{_headline(why, first)}{f', {because}' if because else ''}"
    return sentence(text) if first else text


def _without_text(why: Why, record: StateRecord) -> str:
    """Where it would have ended without the reason that counts most."""
    pushed = [reason for reason in ranked_reasons(why)[0] if reason.term != INERTIA]
    if why.kind != POSTURE or why.against or not pushed:
        return _left_without(why)
    first, last = why.years
    label = term_label(pushed[0].term, "stance")
    other = posture_without(record, pushed[0].term, first, last)
    return (
        f"had {label} stayed as in {first} and all else happened as it did, posture would have ended at {other:.1f} "
        f"rather than {why.ends[1]:.1f}"
    )


def _left_without(why: Why) -> str:
    """What remains without the reason that counts most."""
    pushed, _ = ranked_reasons(why)
    if not pushed:
        return ""
    label, left = reason_phrase(why, pushed[0]), why.change - pushed[0].change
    if why.against:
        gap = f"{signed(left)} of {signed(why.change)} points of difference"
        return f"without {label}, {gap} would remain in {READINGS.get(why.kind, 'opinion')}"
    ends = f"{why.ends[1] - pushed[0].change:.1f} rather than {why.ends[1]:.1f}"
    return f"without {label}, {READINGS.get(why.kind, 'it')} would have ended at {ends}"
