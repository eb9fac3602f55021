"""Words for numbers, names and reasons, so that what is explained reads as sentences."""

from __future__ import annotations

import math
from collections.abc import Sequence

from sim.outcomes.reasons import STEPS, Reason, Why
from sim.world.roster import names

NUMBERS = [
    "no",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
]

ROUNDED = 0.005  # what no two digits show
OF_PARTNER = {"arms": "from", "presence": "of", "camp": "of"}  # "with" for other parts of ties
PHRASES = {  # of a step or an answer, where the partner has a part in the motive
    "partner": "{whose} usual activity",
    "courtship": "{whose} courtship",
    "pressure": "pressure by {who}",
    "counterpressure": "pressure by {whose} rivals",
    "offers": "aid by {who} beyond the usual",
    "compensation": "recent steps with {whose} rivals",
    "protection": "protection by {who}",
    "leverage": "{whose} leverage",
}


def spell(count: int) -> str:
    """Spell a small whole number; a large one stays in figures.

    >>> spell(3), spell(40)
    ('three', '40')
    """
    return NUMBERS[count] if 0 <= count < len(NUMBERS) else str(count)


def sentence(text: str) -> str:
    """Begin with a capital, leaving the rest as it is.

    >>> sentence("three of ten states lean to Japan")
    'Three of ten states lean to Japan'
    """
    return text[:1].upper() + text[1:]


def the(name: str) -> str:
    """Set the article where a name wants one.

    >>> the("Philippines"), the("Laos")
    ('the Philippines', 'Laos')
    """
    return f"the {name}" if name in ("Philippines", "United States") else name


def stepping(name: str, steps: float) -> str:
    """Say which way one steps, in the number that its name takes.

    >>> stepping("Laos", 1), stepping("the Philippines", -2)
    ('steps up', 'step down twice')
    """
    verb = "step" if name.removeprefix("the ") == "Philippines" else "steps"
    return f"{verb} {'up' if steps > 0 else 'down'}{' twice' if abs(steps) > 1 else ''}"


def listed(parts: Sequence[str]) -> str:
    """Join parts as a sentence does; nothing where there are none.

    >>> listed(["a", "b", "c"])
    'a, b and c'
    """
    return " and ".join([", ".join(parts[:-1]), *parts[-1:]]) if len(parts) > 1 else "".join(parts)


def signed(value: float, digits: int = 1) -> str:
    """Write a difference with its sign, a true minus, and no negative zero.

    >>> signed(3.14), signed(-0.04), signed(-2.0)
    ('+3.1', '0.0', '−2.0')
    """
    if not math.isfinite(value):
        return "n/a"
    rounded = round(value, digits)
    sign = "+" if rounded > 0 else "−" if rounded < 0 else ""
    return f"{sign}{abs(rounded):.{digits}f}"


def digits(value: float, least: int) -> int:
    """Decimals that show two figures of a number, at least `least` and at most 6.

    >>> digits(0.32, 2), digits(0.0045, 2), digits(0.0, 2)
    (2, 4, 2)
    """
    if value == 0.0 or not math.isfinite(value):
        return least
    return min(max(1 - math.floor(math.log10(abs(value))), least), 6)


def possessive(name: str) -> str:
    """Put a name in the genitive.

    >>> possessive("China"), possessive("the Philippines")
    ("China's", "the Philippines'")
    """
    return f"{name}'" if name.endswith("s") else f"{name}'s"


def one_in(chance: float) -> str:
    """Say how often what has this chance happens.

    >>> one_in(0.11), one_in(0.004), one_in(0.8), one_in(1.0)
    ('one in nine', 'one in 250', 'more likely than not', 'certain')
    """
    if not chance > 0.0:
        return "beyond all chance"
    if chance > 1.0 - ROUNDED:
        return "certain"
    number = round(1.0 / chance)
    return "more likely than not" if number < 2 else f"one in {spell(number)}"


def power_name(code: str) -> str:
    """Name a power, with its article.

    >>> power_name("USA")
    'the United States'
    """
    return the(names([code])[code])


def reason_phrase(why: Why, reason: Reason) -> str:
    """Name a reason within a sentence, with whose it is."""
    if why.kind in STEPS:
        who = the(why.partner_name)
        phrase = PHRASES.get(reason.term)
        return phrase.format(who=who, whose=possessive(who)) if phrase else why.label(reason)
    if not reason.partner:
        return why.label(reason)
    return f"{why.label(reason)} {OF_PARTNER.get(reason.term, 'with')} {power_name(reason.partner)}"


def reasons_listed(why: Why, reasons: Sequence[Reason], digits: int) -> str:
    """List reasons with their sizes."""
    return listed(
        [f"{reason_phrase(why, item)} ({signed(item.change, digits)})" for item in reasons]
    )
