"""What is to be varied, and how far? Names and groups of settings, as dimensions.

A name is a setting (policy.china.gray_zone), a part of the tree of settings (policy, rules.stance), a group of named choices
(theory, policy/japan, scenario), `responses`: every number with a prior, or `all`: every declared number. A response ranges over
the 90 % of its prior, other numbers over their declared range, drawn in by `span` around where each starts from, unless given.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sim.config.declare import Declaration
from sim.config.levers import NOT_LEVERS
from sim.config.settings import declared
from sim.ensemble.design import Dimension, read_space
from sim.errors import UserError, nearest

ALL, RESPONSES = "all", "responses"
NEVER = ("seed", "runs", "years.first", "years.last", "theory")  # of a run, or a label
EXAMPLE = "on the command line: settings=[policy,theory]"


def problem(
    given: Sequence[Any] | Mapping[str, Any],
    groups: Mapping[str, Sequence[str]],
    values: Mapping[str, Any],
    *,
    span: float = 1.0,
    numbers: bool = False,
) -> tuple[Dimension, ...]:
    """Turn names into dimensions.

    Parameters
    ----------
    given : names, or name -> [low, high] or a list of values (null: as above). groups : group -> its
        choices. values : where each setting starts from. span : part of each range that is kept
        on either side of it. numbers : no choices.

    Raises
    ------
    UserError : an unknown name, one twice, none, or a choice where only numbers can be moved.
    """
    asked = given if isinstance(given, Mapping) else dict.fromkeys(map(str, given))
    if not isinstance(given, Mapping) and len(asked) < len(given):
        _refuse("settings names one twice", "each is varied once", EXAMPLE)
    dimensions: dict[str, Dimension] = {}
    for name, limits in asked.items():
        for path, one in _expanded(str(name), limits, groups, numbers).items():
            kept = one if isinstance(one, Dimension) else _dimension(path, one, values[path], span)
            dimensions.setdefault(path, kept)
    if len(dimensions) < 2:
        _refuse(f"settings gives {len(dimensions)} to vary", "there must be at least two", EXAMPLE)
    return tuple(dimensions.values())


def _expanded(
    name: str, limits: Any, groups: Mapping[str, Sequence[str]], numbers: bool
) -> Mapping[str, Dimension | Declaration]:
    if limits is not None:
        return {one.name: one for one in read_space({name: limits}, groups)}
    if name in groups:
        if numbers:
            _refuse_choice(name)
        return {name: Dimension(name=name, values=tuple(groups[name]), group=True)}
    known = {path: one for path, one in declared().items() if path not in NEVER}
    if name in known:
        if numbers and known[name].kind == "choice":
            _refuse_choice(name)
        return {name: known[name]}
    inside = _inside(name, known, numbers)
    if not inside:
        tops = {path.rpartition(".")[0] for path in known} | {"policy", "rules", ALL, RESPONSES}
        offered = nearest(name, [*known, *groups, *tops])
        short = (
            "it must be a setting, a part of them such as rules.stance, a group, responses or all"
        )
        allowed = short if offered.startswith("valid names") else offered
        _refuse(f"settings names {name}, which is not a setting", allowed, EXAMPLE)
    return inside


def _inside(name: str, known: Mapping[str, Declaration], numbers: bool) -> dict[str, Declaration]:
    """Return what a part of the tree holds; facts about a power only if all is asked for."""
    if name == RESPONSES:
        return {path: one for path, one in known.items() if one.prior is not None}
    inside = {
        path: one
        for path, one in known.items()
        if name == ALL
        or (path.startswith(f"{name}.") and path.rpartition(".")[2] not in NOT_LEVERS)
    }
    only_numbers = numbers or name == ALL
    return {path: one for path, one in inside.items() if not only_numbers or one.kind != "choice"}


def _dimension(name: str, declaration: Declaration, value: Any, span: float) -> Dimension:
    if declaration.kind == "choice":
        return Dimension(name=name, values=declaration.choices)
    low, high = _range(declaration)
    low, high = value - span * (value - low), value + span * (high - value)
    return Dimension(
        name=name,
        low=max(low, declaration.low),  # rounding may lead out of the declared range
        high=min(high, declaration.high),
        whole=declaration.kind == "integer",
    )


def _range(declaration: Declaration) -> tuple[float, float]:
    """The 90 % of a response's prior within its declared range; of any other number the declared range."""
    if declaration.prior is None:
        return declaration.low, declaration.high
    low = max(declaration.prior.low, declaration.low)
    return low, min(declaration.prior.high, declaration.high)


def _refuse_choice(name: str) -> None:
    _refuse(
        f"settings names {name}, a choice among names",
        "method=morris moves numbers by steps; sobol and tornado take choices, too",
        "on the command line: settings=[policy,rules], or method=sobol",
    )


def refuse_overlap(space: Sequence[Dimension], touched: Mapping[str, Sequence[str]]) -> None:
    """Refuse a group of choices and a number that it sets, side by side: the number would undo the choice.

    Parameters
    ----------
    touched : group -> the dotted settings in which its choices differ.

    Raises
    ------
    UserError : naming both.
    """
    numbers = {one.name for one in space if not one.group}
    for group, paths in touched.items():
        both = sorted(numbers.intersection(paths))
        if both:
            _refuse(
                f"settings has {group} and {both[0]}, which {group} sets as well "
                f"({group} sets {len(paths)} numbers, {len(both)} of them named)",
                "a number given apart would undo what the choice sets: one of the two is left out",
                EXAMPLE,
            )


def flat(mapping: Mapping[str, Any], prefix: str = "") -> dict[str, Any]:
    """Flatten nested settings to dotted names."""
    values: dict[str, Any] = {}
    for name, value in mapping.items():
        if isinstance(value, Mapping):
            values |= flat(value, f"{prefix}{name}.")
        else:
            values[f"{prefix}{name}"] = value
    return values


def _refuse(given: str, allowed: str, where: str) -> None:
    raise UserError(given=given, allowed=allowed, where=where)
