"""Every candidate policy in every future: the futures drawn once and shared by all, so that policies meet the same luck.

Source: many policies against many futures, robust decision making, Lempert, Popper and Bankes (2003; unverified). Futures
are a Latin hypercube over what is deeply uncertain, as in `sim.ensemble.design_points`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import pandas as pd

from sim.config import Settings
from sim.config.settings import checked
from sim.ensemble.design import choices_in, declaration_of, group_name, read_space
from sim.ensemble.design_points import make_points
from sim.ensemble.drawn import one_draw_each
from sim.ensemble.plan import Choices
from sim.errors import UserError

FEWEST_POLICIES = 2
WHERE = (
    "on the command line: robust.policies={NAME:{policy/japan:osa_2023}}, or in conf/robust.yaml"
)


def candidates(
    given: Mapping[str, Any],
    *,
    groups: Mapping[str, Sequence[str]],
    compose: Callable[[Choices], Settings],
) -> pd.DataFrame:
    """Validate candidate policies into a table, a row a policy by name, a column a setting or group.

    What one policy sets and another does not is filled with what the settings have where it is not set.

    Parameters
    ----------
    given : name -> setting -> value (null takes a candidate out). groups : group -> its choices.
    compose : gives the settings for named choices.

    Raises
    ------
    UserError : fewer than two, one that sets nothing, two that are the same, an unknown name or value.
    """
    kept = {
        str(name): _one(str(name), levers, groups)
        for name, levers in given.items()
        if levers is not None
    }
    if len(kept) < FEWEST_POLICIES:
        raise UserError(
            given=f"robust.policies names {len(kept)} policies",
            allowed=f"at least {FEWEST_POLICIES} are needed to choose between",
            where=WHERE,
        )
    columns = list(dict.fromkeys(name for levers in kept.values() for name in levers))
    columns.sort(key=lambda name: name not in groups)  # groups first, then what they leave
    for group in (name for name in columns if name in groups):
        lacking = [name for name, levers in kept.items() if group not in levers]
        if lacking:
            raise UserError(
                given=f"robust.policies.{lacking[0]} does not say which {group}",
                allowed="every candidate must, since one does",
                where=WHERE,
            )
    rows = {
        name: [_filled(levers, column, groups, compose) for column in columns]
        for name, levers in kept.items()
    }
    _refuse_same(rows)
    return pd.DataFrame.from_dict(rows, orient="index", columns=columns)


def _refuse_same(rows: Mapping[str, list[Any]]) -> None:
    names = list(rows)
    for place, name in enumerate(names):
        for other in names[:place]:
            if rows[name] == rows[other]:
                raise UserError(
                    given=f"robust.policies names {other} and {name}, which are the same",
                    allowed="each candidate must differ from the others",
                    where=WHERE,
                )


def _one(name: str, levers: Any, groups: Mapping[str, Sequence[str]]) -> dict[str, Any]:
    if not isinstance(levers, Mapping) or not levers:
        raise UserError(
            given=f"robust.policies.{name} is {levers!r}",
            allowed="a candidate must set at least one setting or group",
            where=WHERE,
        )
    found = {}
    for setting, value in levers.items():
        column = group_name(str(setting), groups)
        path = f"robust.policies.{name}.{column}"
        if column in groups:
            (found[column],) = choices_in(column, [value], groups[column], path=path)
        else:
            one = declaration_of(column, groups, path="robust.policies")
            found[column] = checked(value, one, path)
    return found


def _filled(
    levers: Mapping[str, Any],
    column: str,
    groups: Mapping[str, Sequence[str]],
    compose: Callable[[Choices], Settings],
) -> Any:
    if column in levers:
        return levers[column]
    value: Any = compose(tuple((name, str(levers[name])) for name in levers if name in groups))
    for part in column.split("."):
        value = getattr(value, part)
    return value


def futures(
    space: Mapping[str, Any],
    *,
    groups: Mapping[str, Sequence[str]],
    count: int,
    seed: int,
    open_weights: bool = False,
) -> pd.DataFrame:
    """Draw futures, a row a future.

    Parameters
    ----------
    space : as of a sweep. count : how many. open_weights : each future also takes one draw of its theory's posterior.

    Raises
    ------
    UserError : an empty or unfit space.
    """
    drawn = make_points("lhs", read_space(space, groups), points=count, levels=1, seed=seed)
    if open_weights:
        return one_draw_each(drawn)
    return drawn


def crossed(policies: pd.DataFrame, drawn: pd.DataFrame) -> pd.DataFrame:
    """Every policy in every future, policies slowest: the table of points of a sweep.

    Raises
    ------
    UserError : a setting that is both a policy's and uncertain.
    """
    both = [str(name) for name in policies if name in drawn]
    if both:
        raise UserError(
            given=f"{both[0]} is set by a candidate policy, and is uncertain in sweep.space",
            allowed="it can be one or the other",
            where="on the command line: robust.policies, or sweep.space={" + both[0] + ":null}",
        )
    return policies.reset_index(drop=True).merge(drawn, how="cross")
