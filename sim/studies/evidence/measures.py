"""How runs become one number: differences of means, ratios, spreads, and what follows what.

A measure is given, for each side and name, an array (year, state, draw, replicate) of the row's states, and returns (draw,).
NaN where nothing happened that it could count.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from sim.axes import Array

ABSENT, NUMBER = "absent", "number"
REALIGNING = 0.2  # change of a government's leaning (-1 to 1) that counts as a realignment: assumed
MAJOR = 2.0  # size from which a step counts as major: access, forces, relations restored, the highest partnerships
LOW, HIGH = "low", "high"
Sides = Mapping[str, Mapping[str, Array]]  # side -> name -> (year, state, draw, replicate)


@dataclass(frozen=True)
class Measure:
    """One way to look at runs.

    compute : from sides, names and horizon to (draw,). says : what it is, in words.
    two_sided : compares low with high. names : of outcomes it needs.
    """

    compute: Callable[[Sides, tuple[str, ...], int], Array]
    says: str
    two_sided: bool = True
    names: int = 1


def _at(values: Array, horizon: int) -> Array:
    """The mean over states in the horizon's year, (draw, replicate)."""
    return values[horizon - 1].mean(axis=0)


def difference(sides: Sides, names: tuple[str, ...], horizon: int) -> Array:
    """High minus low, states averaged, in the horizon's year."""
    (name,) = names
    return (_at(sides[HIGH][name], horizon) - _at(sides[LOW][name], horizon)).mean(axis=-1)


def struck(sides: Sides, names: tuple[str, ...], horizon: int) -> Array:
    """High minus low in the horizon's year, where the second name was there in the first year on the high side."""
    name, cause = names
    hit = sides[HIGH][cause][0] > 0.0
    change = sides[HIGH][name][horizon - 1] - sides[LOW][name][horizon - 1]
    return _shares(np.where(hit, change, 0.0).sum(axis=(0, -1)), hit.sum(axis=(0, -1)))


def ratio(sides: Sides, names: tuple[str, ...], horizon: int) -> Array:
    """High over low, summed over states, runs and the years to the horizon."""
    (name,) = names
    high, low = (sides[side][name][:horizon].sum(axis=(0, 1, -1)) for side in (HIGH, LOW))
    return _shares(high, low)


def spread(sides: Sides, names: tuple[str, ...], horizon: int) -> Array:
    """High minus low of the standard deviation across states in the horizon's year."""
    (name,) = names
    high, low = (sides[side][name][horizon - 1].std(axis=0) for side in (HIGH, LOW))
    return np.asarray((high - low).mean(axis=-1))


def drift(sides: Sides, names: tuple[str, ...], horizon: int) -> Array:
    """Change of the states' mean from the first simulated year to the horizon's."""
    values = sides[HIGH][names[0]]
    return (_at(values, horizon) - _at(values, 1)).mean(axis=-1)


def wander(sides: Sides, names: tuple[str, ...], horizon: int) -> Array:
    """Standard deviation of a state's change round the mean change of its run."""
    values = sides[HIGH][names[0]]
    change = values[horizon - 1] - values[0]
    return np.asarray(np.sqrt(((change - change.mean(axis=0)) ** 2).mean(axis=(0, -1))))


def hazard(sides: Sides, names: tuple[str, ...], horizon: int) -> Array:
    """Share of state-years with a major step up."""
    return np.asarray((sides[HIGH][names[0]][:horizon] >= MAJOR).mean(axis=(0, 1, -1)))


def follows(sides: Sides, names: tuple[str, ...], horizon: int) -> Array:
    """Of the events of the first name, the share that one of the second follows in the same or the next year."""
    first, second = (sides[HIGH][name][:horizon] > 0.0 for name in names)
    events, near = _around(first, second, before=0, after=1)
    return _shares(_total(events & (near.sum(axis=0) > 0)), _total(events))


def answered(sides: Sides, names: tuple[str, ...], horizon: int) -> Array:
    """Of the major steps up with one side, the share with one to the other within two years, before or after."""
    steps = [sides[HIGH][name][:horizon] >= MAJOR for name in names]
    both = [_around(*order, before=2, after=2) for order in (steps, steps[::-1])]
    met = [_total(events & (near.sum(axis=0) > 0)) for events, near in both]
    return _shares(np.sum(met, axis=0), np.sum([_total(events) for events, _ in both], axis=0))


def answered_size(sides: Sides, names: tuple[str, ...], horizon: int) -> Array:
    """Size of all steps up with the other side in the same and the next two years, over that of the major steps they follow."""
    steps = [np.maximum(sides[HIGH][name][:horizon], 0.0) for name in names]
    both = [_around(*order, before=0, after=2) for order in (steps, steps[::-1])]
    sizes = [np.where(events >= MAJOR, events, 0.0) for events, _ in both]
    answers = [
        _total((size > 0.0) * near.sum(axis=0)) for size, (_, near) in zip(sizes, both, strict=True)
    ]
    return _shares(np.sum(answers, axis=0), np.sum([_total(size) for size in sizes], axis=0))


def jump(sides: Sides, names: tuple[str, ...], horizon: int) -> Array:
    """What a realignment of the government moves: its mean size times the outcome's change per unit of it.

    The slope is that of the outcome's change, over as many years as the horizon says, on the change of leaning in the first
    of them; so what moves the outcome anyway, either way, cancels.
    """
    outcome, leaning = (sides[HIGH][name] for name in names)
    turn = np.diff(leaning, axis=0)[: len(leaning) - horizon]
    change = outcome[horizon:] - outcome[: len(outcome) - horizon]
    large = np.abs(turn) >= REALIGNING
    count = np.maximum(large.sum(axis=(0, 1, -1)), 1)
    kept, moved = np.where(large, turn, 0.0), np.where(large, change, 0.0)
    mean, shift = (each.sum(axis=(0, 1, -1)) / count for each in (kept, moved))
    products = (kept * moved).sum(axis=(0, 1, -1)) / count - mean * shift
    squares = (kept**2).sum(axis=(0, 1, -1)) / count - mean**2
    return np.abs(_shares(products, squares)) * np.abs(kept).sum(axis=(0, 1, -1)) / count


def _around(first: Any, second: Any, *, before: int, after: int) -> tuple[Any, Any]:
    """The first in the years whose surroundings are all known, (year, ...), and the second in these, (place, year, ...)."""
    last = len(first) - after
    near = [second[before + shift : last + shift] for shift in range(-before, after + 1)]
    return first[before:last], np.stack(near)


def _total(values: Any) -> Array:
    """The sum over years, states and replicates, (draw,)."""
    return np.asarray(values.sum(axis=(0, 1, -1)), dtype=float)


def _shares(part: Array, whole: Array) -> Array:
    """Part over whole, NaN where the whole is nothing."""
    some = whole > 0
    return np.where(some, part / np.where(some, whole, 1.0), np.nan)


MEASURES: dict[str, Measure] = {
    "difference": Measure(difference, "difference of means, high minus low"),
    "struck": Measure(struck, "difference of means, of those struck in the first year", names=2),
    "ratio": Measure(ratio, "ratio of counts, high over low"),
    "spread": Measure(spread, "difference of standard deviations across states"),
    "drift": Measure(drift, "change since the first simulated year", two_sided=False),
    "wander": Measure(wander, "standard deviation round the regional mean", two_sided=False),
    "hazard": Measure(hazard, "share of state-years with a major step", two_sided=False),
    "follows": Measure(follows, "share of events that the other follows", two_sided=False, names=2),
    "answered": Measure(
        answered, "share of major steps that are answered", two_sided=False, names=2
    ),
    "answered_size": Measure(answered_size, "ratio of sizes of steps", two_sided=False, names=2),
    "jump": Measure(jump, "size at a realignment", two_sided=False, names=2),
    NUMBER: Measure(difference, "the declared number over the posterior", two_sided=False, names=0),
    ABSENT: Measure(difference, "no counterpart in the model", two_sided=False, names=0),
}
