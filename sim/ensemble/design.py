"""What is to be varied? A space of settings and named choices, and the table of points drawn from it.

A column is a dotted setting (policy.japan.osa_budget) or a group of named choices (policy/japan, theory). Two numbers are a
range, anything else a list of values; `{values: [0, 40]}` takes two numbers as values.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from sim.axes import Array
from sim.config.declare import Declaration
from sim.config.settings import checked, declared
from sim.errors import UserError, nearest

NOT_VARIED = ("runs",)
EXAMPLE = "on the command line: sweep.space.policy.japan.osa_budget=[0,40]"


@dataclass(frozen=True, kw_only=True)
class Dimension:
    """One column of a design: a range from low to high, or a tuple of values.

    group : the values are names of a configuration group. whole : only whole numbers.
    """

    name: str
    values: tuple[Any, ...] = ()
    low: float = 0.0
    high: float = 0.0
    group: bool = False
    whole: bool = False

    @property
    def is_range(self) -> bool:
        """Whether any number between low and high may be taken."""
        return not self.values

    def at(self, shares: Array) -> list[Any]:
        """Turn numbers in [0, 1) into values of this dimension, evenly."""
        if not self.is_range:
            places = np.minimum((shares * len(self.values)).astype(int), len(self.values) - 1)
            return [self.values[position] for position in places]
        if self.whole:
            steps = np.floor(shares * (self.high - self.low + 1.0))
            return [min(int(self.low + step), int(self.high)) for step in steps]
        return [float(value) for value in self.low + shares * (self.high - self.low)]

    def levels(self, count: int) -> list[Any]:
        """Return the values, or `count` even steps through the range, its ends included."""
        if not self.is_range:
            return list(self.values)
        steps = np.linspace(self.low, self.high, count)
        if self.whole:
            return [min(int(value), int(self.high)) for value in np.unique(np.round(steps))]
        return [float(value) for value in steps]


def read_space(
    space: Mapping[str, Any], groups: Mapping[str, Sequence[str]], *, listed: bool = False
) -> tuple[Dimension, ...]:
    """Validate a space into dimensions, in the order given.

    Parameters
    ----------
    space : name -> [low, high], a list of values, or {values: [...]}; nested names may be given as
        nested mappings; null takes a name out. groups : group -> its choices.
    listed : two numbers are two values, never a range (for paired designs).

    Raises
    ------
    UserError : a name that is not declared, a range or value outside the declared one.
    """
    result = [
        _read_dimension(name, value, groups, listed)
        for name, value in _flat_settings(space, "", groups).items()
    ]
    if not result:
        raise UserError(
            given="sweep.space is empty", allowed="it must name what is varied", where=EXAMPLE
        )
    return tuple(result)


def _flat_settings(space: Any, prefix: str, groups: Mapping[str, Sequence[str]]) -> dict[str, Any]:
    result: dict[str, Any] = {}
    for key, value in space.items():
        name = group_name(f"{prefix}{key}", groups)
        if isinstance(value, Mapping) and set(value) != {"values"}:
            result |= _flat_settings(value, f"{prefix}{key}.", groups)
        elif value is not None:
            result[name] = value
    return result


def group_name(name: str, groups: Mapping[str, Sequence[str]]) -> str:
    """Write a group with slashes, whichever way it was given."""
    slashed = name.replace(".", "/")
    return slashed if slashed in groups else name


def _read_dimension(
    name: str, given: Any, groups: Mapping[str, Sequence[str]], listed: bool
) -> Dimension:
    explicit = isinstance(given, Mapping)
    values = given["values"] if explicit else given
    values = list(values) if isinstance(values, list | tuple) else [values]
    if not values:
        _raise_user_error(name, values, "it must be a range [low,high] or a list of values")
    if name in groups:
        chosen = choices_in(name, values, groups[name])
        return Dimension(name=name, values=_check_unique(name, chosen, listed), group=True)
    item = declaration_of(name, groups)
    numbers = item.kind in ("number", "integer")
    if numbers and len(values) == 2 and not (explicit or listed):
        return _range_dimension(name, values, item)
    result = tuple(checked(value, item, f"sweep.space.{name}") for value in values)
    return Dimension(name=name, values=_check_unique(name, result, listed))


def _check_unique(name: str, values: tuple[Any, ...], listed: bool) -> tuple[Any, ...]:
    """Refuse a value given twice, but in lists taken side by side."""
    twice = [value for index, value in enumerate(values) if value in values[:index]]
    if twice and not listed:
        _raise_user_error(
            name, list(values), f"each value stands once, and {twice[0]!r} stands twice"
        )
    return values


def declaration_of(
    name: str, groups: Mapping[str, Sequence[str]] | None = None, *, path: str = "sweep.space"
) -> Declaration:
    """Return what is declared of a setting that `path` names.

    Raises
    ------
    UserError : no such setting, or one that a sweep cannot vary; the nearest names are offered.
    """
    known = declared()
    if name in NOT_VARIED:
        raise UserError(
            given=f"{path} names {name}",
            allowed="runs of a point are given by sweep.replicates",
            where="on the command line: sweep.replicates=100",
        )
    if name not in known:
        last = name.rpartition(".")[2]
        close = [path for path in known if path.rpartition(".")[2] == last][:3]
        offered = nearest(name, [*known, *(groups or {})])
        raise UserError(
            given=f"{path} names {name}, which is not a setting",
            allowed=f"did you mean {' or '.join(close)}?" if close else _short_text(offered),
            where=EXAMPLE if path == "sweep.space" else f"on the command line: {path}=...",
        )
    return known[name]


def _short_text(offered: str) -> str:
    long = offered.startswith("valid names")
    return "any number that --cfg job lists may be varied, or a group" if long else offered


def choices_in(
    name: str, values: Sequence[Any], valid: Sequence[str], *, path: str = ""
) -> tuple[str, ...]:
    """Return the values as names, all of them choices of their group, or refuse the first that is not."""
    for value in values:
        if str(value) not in valid:
            _raise_user_error(name, value, nearest(str(value), valid), path)
    return tuple(str(value) for value in values)


def _range_dimension(name: str, values: Sequence[Any], one: Declaration) -> Dimension:
    low, high = (checked(value, one, f"sweep.space.{name}") for value in values)
    if not low < high:
        _raise_user_error(name, list(values), "a range must be [low,high] with low below high")
    return Dimension(name=name, low=low, high=high, whole=one.kind == "integer")


def _raise_user_error(name: str, value: Any, allowed: str, path: str = "") -> None:
    raise UserError(
        given=f"{path or f'sweep.space.{name}'} is {value!r}",
        allowed=allowed,
        where=f"on the command line: {path}=VALUE"
        if path
        else f"on the command line: sweep.space.{name}=[...], or in conf/experiment/",
    )
