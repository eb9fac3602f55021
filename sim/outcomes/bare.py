"""A history without its labels: the same variables by name and dimension, spared xarray's lining-up of labels.

Every outcome is written once, on named dimensions. Asked about a Dataset it answers with labelled arrays; asked about a
`Bare` one, with bare variables, many times faster where there are few runs. Labels matter in three places only, all here.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import wraps
from typing import Any

import xarray as xr

from sim.axes import OPTION, PARTNER, SELF


class Bare:
    """The variables of a Dataset, whose labels are known to agree."""

    def __init__(self, history: xr.Dataset) -> None:
        self.variables = history.variables
        self.sizes: Mapping[Any, int] = history.sizes
        self.known: dict[tuple[str, ...], Any] = {}

    def __getitem__(self, name: str) -> Any:
        """Return one variable, bare."""
        variable = self.variables[name]
        return variable.to_base_variable()


History = xr.Dataset | Bare


def labels(history: History, axis: str) -> list[str]:
    """The labels along an axis."""
    return [str(label) for label in history[axis].values]


def pick(history: History, name: str, axis: str, label: str) -> Any:
    """One variable at one label of an axis, without that axis."""
    return history[name][{axis: labels(history, axis).index(label)}]


def partner_ties(history: History, domain: str, axis: str = PARTNER) -> Any:
    """One domain's ties with partners, their axis named ``partner`` (or as asked); the unaligned share left out."""
    ties = history[f"{domain}_tie"]
    options = labels(history, OPTION)
    if isinstance(history, xr.Dataset):
        return ties.drop_sel({OPTION: SELF}).rename({OPTION: axis} if axis != OPTION else {})
    if options != [*labels(history, PARTNER), SELF]:
        raise ValueError(f"options must be the partners in order, then {SELF}; found {options}")
    dims = tuple(axis if dim == OPTION else dim for dim in ties.dims)
    return xr.Variable(dims, ties[{OPTION: slice(0, -1)}].data)


def once(outcome: Callable[..., Any]) -> Callable[..., Any]:
    """Work an outcome out once for a `Bare` history, however many others ask for it; leave Datasets as they are."""

    @wraps(outcome)
    def asked(history: History, *given: str) -> Any:
        if not isinstance(history, Bare):
            return outcome(history, *given)
        key = (outcome.__name__, *given)
        if key not in history.known:
            history.known[key] = outcome(history, *given)
        return history.known[key]

    return asked
