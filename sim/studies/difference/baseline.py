"""Against which point is each point of a sweep measured? One point for all, or the one that differs in what is named alone.

`point:0` measures every point against point 0. A value such as {policy/japan: none} measures each against the point that has it
and is otherwise the same, so that what else varies (a scenario, a draw of the posterior) is the same on both sides.
"""

from __future__ import annotations

import re
from collections.abc import Hashable, Mapping
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from sim.errors import UserError, nearest

POINT = re.compile(r"^point:(\d+)$")
NONE = -1  # of a point that has no baseline
FORMS = "it must be point:N, or a value of what was varied"
MOST_TOLD = 6
Given = str | Mapping[str, Any]


def baselines(given: Any, points: pd.DataFrame, *, path: str = "baseline") -> NDArray[np.int_]:
    """Find the baseline of each point.

    Parameters
    ----------
    given : "point:N", or column -> value (a column's last name does where only one ends so).
    points : the design, a row a point. path : what the option is called.

    Returns
    -------
    (point,) row of its baseline, its own where it is one, `NONE` where the design holds none for it.

    Raises
    ------
    UserError : no such point, column or value; or nothing left to be measured against a baseline.
    """
    result = (
        _matched_points(given, points, path)
        if isinstance(given, Mapping) and given
        else np.full(len(points), _named_point(given, len(points), path))
    )
    if not ((result != NONE) & (result != np.arange(len(points)))).any():
        raise _unfit_error(
            path, given, "it must leave points that differ from a baseline in what it names alone"
        )
    return result


def _named_point(given: Any, count: int, path: str) -> int:
    match = POINT.match(given) if isinstance(given, str) else None
    if match is None:
        raise _unfit_error(path, given, FORMS)
    point = int(match[1])
    if point >= count:
        raise _unfit_error(path, given, f"the sweep has points 0 to {count - 1}")
    return point


def _matched_points(given: Mapping[str, Any], points: pd.DataFrame, path: str) -> NDArray[np.int_]:
    values = {column(str(name), points, path): value for name, value in given.items()}
    is_base = np.ones(len(points), dtype=bool)
    for name, value in values.items():
        is_base &= _has_settings(points[name], value)
        if not is_base.any():
            raise UserError(
                given=f"{path}.{name} is {value!r}",
                allowed=_told_of(points[name]),
                where=f"on the command line: {path}.{name}=VALUE",
            )
    others = points[[name for name in points if name not in values]]
    keys: list[Hashable] = list(zip(*(others[name] for name in others), strict=True))
    keys = keys or [()] * len(points)
    base_of = {keys[row]: row for row in reversed(np.flatnonzero(is_base))}
    return np.array([base_of.get(key, NONE) for key in keys])


def column(name: str, points: pd.DataFrame, path: str) -> str:
    """Return the column that is meant: by its name, or by its last part if only one ends so.

    Raises
    ------
    UserError : no column, or several.
    """
    known = [str(each) for each in points]
    ending = [each for each in known if re.split(r"[./]", each)[-1] == name]
    if name in known or len(ending) == 1:
        return name if name in known else ending[0]
    raise UserError(
        given=f"{path} names {name}, which {'several columns end in' if ending else 'did not vary'}",
        allowed=nearest(name, ending or known),
        where=f"on the command line: {path}.{(ending or known)[0]}=VALUE",
    )


def _has_settings(values: pd.Series[Any], wanted: Any) -> NDArray[np.bool_]:
    if isinstance(wanted, bool | list | Mapping) or wanted is None:
        return np.zeros(len(values), dtype=bool)
    if values.dtype.kind in "if":
        number = isinstance(wanted, int | float)
        return np.isclose(values, wanted, rtol=1e-9) if number else np.zeros(len(values), bool)
    return (values.astype(str) == str(wanted)).to_numpy()


def _told_of(values: pd.Series[Any]) -> str:
    each = [f"{value:g}" if isinstance(value, float) else str(value) for value in values.unique()]
    more = f" and {len(each) - MOST_TOLD} more" if len(each) > MOST_TOLD else ""
    return f"the sweep has it at {', '.join(each[:MOST_TOLD])}{more}, beside what else is named"


def _unfit_error(path: str, given: Any, allowed: str) -> UserError:
    return UserError(
        given=f"{path} is {given!r}",
        allowed=allowed,
        where=f"on the command line: {path}=point:0, or {path}.NAME=VALUE",
    )
