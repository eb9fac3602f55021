"""Which knobs there are: one for every declared setting, made from its declaration, the main levers first."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from sim.config import declared
from sim.config.declare import Declaration

LEVERS = {  # the main levers, beside the named choices that set them
    "policy/japan": ("policy.japan.osa_budget", "policy.japan.capacity_building"),
    "policy/china": (
        "policy.china.gray_zone",
        "policy.china.coercion",
        "policy.china.inducement",
    ),
    "policy/united_states": (
        "policy.united_states.presence",
        "policy.united_states.credibility",
    ),
    "scenario": ("scenario.rivalry",),
}
MAIN = tuple(name for names in LEVERS.values() for name in names)
SHARED = ("years.first", "years.last", "start", "seed")
NOT_SET = ("runs", "theory")  # the number of runs is the server's; the theory is a named choice
TITLES = {
    "policy.japan.osa_budget": "Japan: security aid (OSA)",
    "policy.japan.capacity_building": "Japan: training programmes",
    "policy.china.gray_zone": "China: pressure at sea",
    "policy.china.coercion": "China: economic coercion",
    "policy.china.inducement": "China: official finance",
    "policy.united_states.presence": "United States: presence",
    "policy.united_states.credibility": "United States: credibility",
    "scenario.rivalry": "Great-power rivalry",
    "years.first": "First simulated year",
    "years.last": "Last simulated year",
    "start": "Start of each run",
    "seed": "Seed of chance",
}
STEPS = 100  # an arrow key moves about a hundredth of the range
LARGEST = 2**53 - 1  # the largest whole number that a browser counts to


@dataclass(frozen=True, kw_only=True)
class Control:
    """One knob: the setting's dotted name, what the page calls it, its group, its declaration."""

    name: str
    title: str
    group: str
    declaration: Declaration

    @property
    def short(self) -> str:
        """Its title beside its actor's name.

        >>> controls()["policy.china.gray_zone"].short
        'Pressure at sea'
        """
        last = self.title.rpartition(": ")[2]
        return last[:1].upper() + last[1:]

    @property
    def step(self) -> float:
        """How far an arrow key moves the slider: 1, 2 or 5 times a power of ten."""
        if self.declaration.kind == "integer":
            return 1.0
        return nice_step((self.declaration.high - self.declaration.low) / STEPS)

    @property
    def high(self) -> float:
        """The largest value that may be given in a browser."""
        return min(self.declaration.high, LARGEST)

    @property
    def default_at(self) -> float:
        """Where on the slider the default lies, 0 to 1."""
        result = self.declaration
        return float((result.default - result.low) / (result.high - result.low))

    @property
    def extent(self) -> str:
        """Range and unit in words."""
        result = self.declaration
        unit = f" {result.unit}" if result.unit else ""
        return f"{result.low:g} to {result.high:g}{unit}"

    @property
    def help(self) -> str:
        """What the setting is, its unit, range, default and source."""
        result = self.declaration
        named = result.kind == "choice"
        span = f"one of {', '.join(result.choices)}" if named else self.extent
        return f"{result.doc}; {span}; default {result.default}. Source: {result.source}."


@lru_cache(maxsize=1)
def controls() -> Mapping[str, Control]:
    """All knobs by dotted name: the main levers, then the others in reading order."""
    result = declared()
    names = [*MAIN, *(name for name in result if name not in (*MAIN, *NOT_SET))]
    return {name: _setting_control(name, result[name]) for name in names}


def _setting_control(name: str, declaration: Declaration) -> Control:
    group, _, last = name.rpartition(".")
    title = TITLES.get(name, last.replace("_", " ").capitalize())
    return Control(name=name, title=title, group=group, declaration=declaration)


def further() -> Mapping[str, tuple[Control, ...]]:
    """The knobs of a side that are no main levers, by group."""
    result: dict[str, tuple[Control, ...]] = {}
    for name, control in controls().items():
        if name not in (*MAIN, *SHARED):
            result[control.group] = (*result.get(control.group, ()), control)
    return result


def group_title(group: str) -> str:
    """What a group is called on the page.

    >>> group_title("policy.united_states"), group_title("rules.sea")
    ('Policy: united states', 'Rules: sea')
    """
    first, _, rest = group.partition(".")
    return f"{first.capitalize()}: {rest.replace('_', ' ')}" if rest else first.capitalize()


def nice_step(step: float) -> float:
    """The nearest of 1, 2 and 5 times a power of ten that is not larger.

    >>> nice_step(0.012), nice_step(1.99), nice_step(6.0)
    (0.01, 1.0, 5.0)
    """
    power = 10.0 ** math.floor(math.log10(step) + 1e-9)
    factor = max(f for f in (1.0, 2.0, 5.0) if f * power <= step * (1 + 1e-9))
    return float(f"{factor * power:.12g}")
