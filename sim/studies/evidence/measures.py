"""How runs become one number: differences of means, ratios, spreads, and what follows what.

A measure is given, for each side and name, an array (year, state, draw, replicate) of the row's states, and returns (draw,).
NaN where nothing happened that it could count.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sim.axes import Array

ABSENT, NUMBER = "absent", "number"
REALIGNING = 0.2  # change of a government's leaning (-1 to 1) that counts as a realignment: assumed
WITHIN = 2  # years within which something answers: the same and the next
LOW, HIGH = "low", "high"
Flags = NDArray[np.bool_]
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
    """Share of state-years in which something steps up."""
    return np.asarray((sides[HIGH][names[0]][:horizon] > 0.0).mean(axis=(0, 1, -1)))


def follows(sides: Sides, names: tuple[str, ...], horizon: int) -> Array:
    """Of the beginnings of the first, the share during which or within a year of which the second begins."""
    first, second = (_begins(sides[HIGH][name][:horizon]) for name in names)
    return _shares(*_counts(first, second))


def answered(sides: Sides, names: tuple[str, ...], horizon: int) -> Array:
    """Of the steps up with one side, the share that a step up with the other follows in the same or the next year."""
    steps = [sides[HIGH][name][:horizon] > 0.0 for name in names]
    one, other = _counts(*steps), _counts(*reversed(steps))
    return _shares(one[0] + other[0], one[1] + other[1])


def answered_size(sides: Sides, names: tuple[str, ...], horizon: int) -> Array:
    """Size of the steps to the other side in the same and the next year, over the size of the steps they follow."""
    steps = [np.maximum(sides[HIGH][name][:horizon], 0.0) for name in names]
    parts, wholes = [], []
    for first, second in (steps, steps[::-1]):
        begun = first[: 1 - WITHIN] > 0.0
        after = sum(second[ahead : len(second) + 1 - WITHIN + ahead] for ahead in range(WITHIN))
        parts.append(np.where(begun, after, 0.0).sum(axis=(0, 1, -1)))
        wholes.append(np.where(begun, first[: 1 - WITHIN], 0.0).sum(axis=(0, 1, -1)))
    return _shares(sum(parts), sum(wholes))


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


def _begins(values: Array) -> Flags:
    """Whether something is there that was not the year before."""
    there = values > 0.0
    before = np.concatenate([np.zeros_like(there[:1]), there[:-1]])
    return there & ~before


def _counts(first: Flags, second: Flags) -> tuple[Array, Array]:
    """How many of the first the second follows, and how many there are; of those with all their years known."""
    known = first[: 1 - WITHIN]
    after = np.logical_or.reduce(
        [second[ahead : len(second) + 1 - WITHIN + ahead] for ahead in range(WITHIN)]
    )
    return (known & after).sum(axis=(0, 1, -1)), known.sum(axis=(0, 1, -1))


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
    "hazard": Measure(hazard, "share of state-years", two_sided=False),
    "follows": Measure(follows, "share of events that the other follows", two_sided=False, names=2),
    "answered": Measure(answered, "share of steps that are answered", two_sided=False, names=2),
    "answered_size": Measure(answered_size, "ratio of sizes of steps", two_sided=False, names=2),
    "jump": Measure(jump, "size at a realignment", two_sided=False, names=2),
    NUMBER: Measure(difference, "the declared number over the posterior", two_sided=False, names=0),
    ABSENT: Measure(difference, "no counterpart in the model", two_sided=False, names=0),
}
