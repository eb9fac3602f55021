"""What holds for every rule, whatever it says; checked the same way for each.

A crowd is many singles; the order in memory is nothing; arguments stay as they were; no lots are drawn; what comes
out lies where the rule says; and it moves the way its source says. Axes are of different lengths throughout.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, fields, is_dataclass
from typing import Any

import numpy as np
from hypothesis import strategies as st

RUNS, STATES, PARTNERS, LANES = 7, 4, 3, 6
LAST = {"p": PARTNERS, "o": PARTNERS + 1, "l": LANES}
AT_AN_END = 0.06  # part of the values put on either end of their range
SLACK = 1e-12
EXACT: Any = {"rtol": 1e-12, "atol": 1e-13}

seeds = st.integers(min_value=0, max_value=2**32 - 1)


@dataclass(frozen=True)
class Values:
    """How an argument is drawn: its axes (of run, state, partner, option, lane), range and kind.

    kind is "any", "flag" (0 or 1), "shares" (of one, along the last axis), "parts" (shares with a rest) or "number" (one
    for all; a plain float for a single).
    """

    axes: str
    low: float = 0.0
    high: float = 1.0
    kind: str = "any"

    def draw(self, lots: np.random.Generator) -> np.ndarray:
        """Draw values of shape (run, state, last), each axis of length one where it is not named."""
        last = next((LAST[axis] for axis in self.axes if axis in LAST), 1)
        shape = (RUNS if "r" in self.axes else 1, STATES if "s" in self.axes else 1, last)
        if self.kind == "flag":
            return lots.integers(0, 2, shape).astype(float)
        if self.kind == "shares":
            return lots.dirichlet(np.ones(last), shape[:2])
        if self.kind == "parts":
            return lots.dirichlet(np.ones(last + 1), shape[:2])[..., :-1]
        place = lots.uniform(size=shape)
        ends = lots.uniform(size=shape)
        place = np.where(ends < AT_AN_END, 0.0, np.where(ends > 1.0 - AT_AN_END, 1.0, place))
        return self.low + (self.high - self.low) * place


def plane(low: float = 0.0, high: float = 1.0, kind: str = "any") -> Values:
    """(run, state, partner)."""
    return Values("rsp", low, high, kind)


def column(low: float = 0.0, high: float = 1.0, kind: str = "any") -> Values:
    """(run, state, 1): what belongs to a state alone."""
    return Values("rs", low, high, kind)


def row(low: float = 0.0, high: float = 1.0, kind: str = "any") -> Values:
    """(run, 1, partner): what belongs to a power alone."""
    return Values("rp", low, high, kind)


def world(low: float = 0.0, high: float = 1.0) -> Values:
    """(run, 1, 1): what belongs to the world."""
    return Values("r", low, high)


def number(low: float = 0.0, high: float = 1.0) -> Values:
    """One number of the settings: by run in a crowd, a plain float for a single."""
    return Values("r", low, high, "number")


def option() -> Values:
    """(run, state, option) on the simplex."""
    return Values("rso", kind="shares")


@dataclass(frozen=True, kw_only=True)
class Rule:
    """One rule with what it takes and what it promises.

    `alone` says what one single is: a "state" in a run, or a whole "run" where the rule needs everybody. `within` bounds
    everything that comes out. It never falls where an argument in `rises` rises, and somewhere does rise; `falls` likewise.
    """

    function: Callable[..., Any]
    takes: Mapping[str, Any]
    alone: str = "state"
    within: tuple[float, float] | None = None
    rises: tuple[str, ...] = ()
    falls: tuple[str, ...] = ()
    call: Callable[..., Any] | None = field(default=None)

    def __str__(self) -> str:
        return self.function.__name__

    def __call__(self, given: Mapping[str, Any]) -> Any:
        return (self.call or self.function)(**given)


def check(rule: Rule, seed: int) -> None:
    """Check everything that a rule must keep, on arguments drawn from a seed."""
    lots = np.random.default_rng(seed)
    given = _drawn(rule.takes, lots)
    told = _copies(rule(given))
    _crowd_is_many_singles(rule, given, told)
    _same(told, rule(_each(np.asfortranarray, given)), f"{rule} minds the order in memory")
    for first, again in zip(told, leaves(rule(given)), strict=True):
        assert np.array_equal(first, again), f"{rule} draws lots"
    _stays_within(rule, told)
    for name, direction in [(n, 1.0) for n in rule.rises] + [(n, -1.0) for n in rule.falls]:
        _moves(rule, given, told, name, direction, lots)


def _drawn(takes: Any, lots: np.random.Generator) -> Any:
    """Draw every argument, locked, so that a rule that writes into one is refused."""
    if isinstance(takes, Mapping):
        return {name: _drawn(item, lots) for name, item in takes.items()}
    values = takes.draw(lots)
    values.setflags(write=False)
    return values


def _each(function: Callable[[np.ndarray], Any], tree: Any) -> Any:
    if isinstance(tree, Mapping):
        return {name: _each(function, item) for name, item in tree.items()}
    return function(tree)


def leaves(tree: Any) -> Iterator[np.ndarray]:
    """Every array in what a rule returns, in order."""
    if is_dataclass(tree):
        tree = [getattr(tree, f.name) for f in fields(tree)]
    if isinstance(tree, Mapping):
        tree = list(tree.values())
    if isinstance(tree, list | tuple):
        for item in tree:
            yield from leaves(item)
    else:
        yield np.asarray(tree)


def _copies(tree: Any) -> list[np.ndarray]:
    return [leaf.copy() for leaf in leaves(tree)]


def _same(told: list[np.ndarray], other: Any, message: str) -> None:
    for first, second in zip(told, leaves(other), strict=True):
        np.testing.assert_allclose(first, second, err_msg=message, **EXACT)


def at(values: np.ndarray, place: tuple[int, ...]) -> np.ndarray:
    """Cut one single's part out of a crowd's, where it has one."""
    return values[
        tuple(0 if size == 1 else p for p, size in zip(place, values.shape, strict=False))
    ]


def _single(takes: Any, given: Any, place: tuple[int, ...]) -> Any:
    if isinstance(takes, Mapping):
        return {name: _single(item, given[name], place) for name, item in takes.items()}
    return float(given[place[0], 0, 0]) if takes.kind == "number" else at(given, place)


def _crowd_is_many_singles(rule: Rule, given: Any, told: list[np.ndarray]) -> None:
    sizes = (RUNS, STATES) if rule.alone == "state" else (RUNS,)
    for place in np.ndindex(*sizes):
        alone = list(leaves(rule(_single(rule.takes, given, place))))
        for crowd, single in zip(told, alone, strict=True):
            mine = at(crowd, place)
            np.testing.assert_allclose(
                mine,
                np.broadcast_to(single, mine.shape),
                err_msg=f"{rule}: a crowd is not many singles",
                **EXACT,
            )


def _stays_within(rule: Rule, told: list[np.ndarray]) -> None:
    for leaf in told:
        assert np.isfinite(leaf).all(), f"{rule} gives a number that is not finite"
        if rule.within is not None:
            low, high = rule.within
            assert leaf.min() >= low - SLACK, f"{rule} falls below {low}"
            assert leaf.max() <= high + SLACK, f"{rule} rises above {high}"


def _moves(
    rule: Rule,
    given: dict[str, Any],
    told: list[np.ndarray],
    name: str,
    direction: float,
    lots: np.random.Generator,
) -> None:
    takes, value = rule.takes[name], given[name]
    step = lots.uniform(0.1, 0.9, value.shape) if takes.kind != "flag" else 1.0
    moved = list(leaves(rule({**given, name: value + step * (takes.high - value)})))
    change = [direction * (after - before) for after, before in zip(moved, told, strict=True)]
    assert min(c.min() for c in change) >= -SLACK, f"{rule} moves the wrong way with {name}"
    assert max(c.max() for c in change) > 0.0, f"{rule} does not mind {name}"
