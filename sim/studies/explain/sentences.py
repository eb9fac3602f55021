"""A change of ties told in a sentence: which way, how far, mostly because of what, held back by what."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from sim.axes import SELF
from sim.outcomes.reasons import INERTIA, REST, ROOM, Reason, Why
from sim.plots.text import listed, sentence, signed, the

# What came with an option when its value rose, and when it fell; {who} is the option.
CLAUSES = {
    "protection": ("{who} had more protection to offer", "{who} had less protection to offer"),
    "market": ("{whose} market weighed more", "{whose} market weighed less"),
    "aid": ("{who} gave more aid", "{who} gave less aid"),
    "trust": ("it trusted {who} more", "it trusted {who} less"),
    "legitimacy": (
        "ties with {who} became easier to justify at home",
        "ties with {who} became harder to justify at home",
    ),
    "neighbours": (
        "its neighbours were drawn more to {who}",
        "its neighbours were drawn less to {who}",
    ),
    "reassurance": ("it had more cause to reassure {who}", "it had less cause to reassure {who}"),
    "threat": ("{who} frightened it less", "{who} frightened it more"),
    "retaliation": (
        "leaning to {who} risked less punishment",
        "leaning to {who} risked more punishment",
    ),
    "entrapment": (
        "{who} was less likely to drag it into quarrels",
        "{who} was more likely to drag it into quarrels",
    ),
    "concentration": (
        "it had less at stake with {who} already",
        "it had more at stake with {who} already",
    ),
    "autonomy": ("standing alone was worth more", "standing alone was worth less"),
    "affinity": (
        "its politics lay closer to {whose}",
        "its politics lay farther from {whose}",
    ),
    "trade": ("its trade leaned more on {who}", "its trade leaned less on {who}"),
    "contest": (
        "{who} stood to win more of a contest",
        "{who} stood to win less of a contest",
    ),
    "closeness": (
        "{whose} position lay closer to its own",
        "{whose} position lay farther from its own",
    ),
}
ALONE = "staying unaligned"  # the option self, in words
AT_LEAST = 0.1  # of the largest reason: smaller ones are not told
MOST, LITTLE = 2, 0.005  # reasons told either way; log-odds that count as hardly moving
NOTHING = 1e-6  # log-odds: smaller reasons are none


def explanation(why: Why) -> str:
    """Tell a change, or a difference of two policies, in one sentence."""
    pushed, held = _ranked_reasons(why)
    because = f"mostly because {_listed_clauses(pushed, why)}" if pushed else "no reason stands out"
    against = f"; held back because {_listed_clauses(held, why)}" if held else ""
    return f"{headline(why)} ({_size_text(why)}): {because}{against}."


def policy_explanation(why: Why) -> str:
    """Say which way the ties moved and the one reason that counts most: the title of a chart."""
    pushed, _ = _ranked_reasons(why)
    if not pushed or abs(why.change) < LITTLE:
        return sentence(headline(why))
    return sentence(f"{headline(why)}, mostly because {reason_clause(pushed[0], why)}")


def headline(why: Why) -> str:
    """Say which way the ties moved, without reasons."""
    whose = f"{possessive_name(the(why.name))} {why.domain} ties"
    still = abs(why.change) < LITTLE
    if why.against:
        where = "almost where they do" if still else f"nearer to {_goal_name(why)} than"
        return f"In {why.years[1]} {whose} stand {where} under {why.against}"
    moved = "hardly moved" if still else f"moved toward {_goal_name(why)}"
    return f"Between {why.years[0]} and {why.years[1]} {whose} {moved}"


def reason_clause(reason: Reason, why: Why) -> str:
    """Say what one reason was, as a clause after *because*."""
    if reason.term in (ROOM, REST, INERTIA):
        return _general_clause(reason, why)
    weightier = int(np.argmax(np.array(reason.sides) * np.sign(reason.change)))
    rose = (reason.sides[weightier] > 0.0) == (weightier == 0)
    who = option_name(why, weightier)
    if reason.label not in CLAUSES or not why.same_weights:
        return f"{reason.label} spoke {'more' if rose else 'less'} for {who}"
    return CLAUSES[reason.label][0 if rose else 1].format(who=who, whose=possessive_name(who))


def possessive_name(name: str) -> str:
    """Put a name in the genitive.

    >>> possessive_name("China"), possessive_name("the Philippines")
    ("China's", "the Philippines'")
    """
    return f"{name}'" if name.endswith("s") else f"{name}'s"


def _general_clause(reason: Reason, why: Why) -> str:
    if reason.term == ROOM:
        way = "narrower" if why.room[1] < why.room[0] else "wider"
        return f"a {way} room to hedge made motives count {'more' if way == 'narrower' else 'less'}"
    if reason.term == REST:
        return "the choice holds more than its terms"
    if why.against:
        return "ties adjusted at another speed"
    return "ties were still catching up with what motives called for at the start"


def _ranked_reasons(why: Why) -> tuple[list[Reason], list[Reason]]:
    """The reasons that count, largest first: with the change, and against it."""
    sizes = [abs(reason.change) for reason in why.reasons]
    least = max(AT_LEAST * max(sizes, default=0.0), NOTHING)
    result = sorted(
        (reason for reason in why.reasons if abs(reason.change) >= least),
        key=lambda reason: -abs(reason.change),
    )
    way = np.sign(why.change)
    pushed = [reason for reason in result if np.sign(reason.change) == way]
    held = [reason for reason in result if np.sign(reason.change) == -way]
    return pushed[:MOST], held[:MOST]


def _listed_clauses(found: Sequence[Reason], why: Why) -> str:
    count = digits(max((abs(reason.change) for reason in why.reasons), default=0.0), 2)
    return listed([f"{reason_clause(item, why)} ({signed(item.change, count)})" for item in found])


def _size_text(why: Why) -> str:
    pair = f"{option_name(why, 0)} against {option_name(why, 1)}"
    odds = f"log-odds of {pair} {signed(why.change, digits(why.change, 2))}"
    if not np.isfinite(why.moved):
        return odds
    points = f"{why.domain} alignment {signed(why.moved, digits(why.moved, 1))} points"
    unsplit = all(np.isnan(reason.points) for reason in why.reasons)
    return f"{odds}; {points}{', which counts other ties too' if unsplit else ''}"


def digits(value: float, least: int) -> int:
    """Decimals that show two figures of a number, at least `least` and at most 6.

    >>> digits(0.32, 2), digits(0.0045, 2), digits(0.0, 2)
    (2, 4, 2)
    """
    if value == 0.0 or not np.isfinite(value):
        return least
    return int(np.clip(1 - np.floor(np.log10(abs(value))), least, 6))


def option_name(why: Why, side: int) -> str:
    """Name the first (0) or the second (1) option, with its article."""
    return ALONE if why.options[side] == SELF else the(why.names[side])


def _goal_name(why: Why) -> str:
    return option_name(why, 0 if why.change >= 0.0 else 1)
