"""PRIM and CART of the EMA Workbench, in the words of this package; the one place that knows its versions.

Source: PRIM, Friedman and Fisher (1999, unverified); its use to find scenarios, Bryant and Lempert (2010, unverified); the code,
Kwakkel (2017, unverified). Versions before 3 want `threshold=`; from 3 on there is none. A threshold just above nought asks
nothing of a box, as 3 does. Quasi-p values, which moved between the versions, are our own (`sim.studies.discovery.prune`).
"""

from __future__ import annotations

import inspect
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import numpy as np
import pandas as pd

from sim.errors import UserError
from sim.studies.discovery.boxes import Box, Mask

ANY = 1e-9
LEAST_MASS = 0.05


def peeled(table: pd.DataFrame, interest: Mask) -> list[Box]:
    """Return the boxes that PRIM peels and pastes, from all points to few.

    Parameters
    ----------
    table : (point, setting), choices as categories. interest : (point,) true for cases.

    Raises
    ------
    UserError : the EMA Workbench is not installed.
    """
    with _quietly():
        prim = _module("prim")
        found = _prim(
            prim, table.reset_index(drop=True), np.asarray(interest, dtype=int)
        ).find_box()
    whole = found.box_lims[0]
    return [_box(lims, whole) for lims in found.box_lims]


def leaves(table: pd.DataFrame, interest: Mask) -> list[Box]:
    """Return the leaves of a CART tree as boxes.

    Raises
    ------
    UserError : the EMA Workbench is not installed.
    """
    with _quietly():
        tree = _module("cart").CART(table, np.asarray(interest), mass_min=LEAST_MASS)
        with _seeded():
            tree.build_tree()
        return _down(tree, table, 0, {})


def _down(tree: Any, table: pd.DataFrame, node: int, limits: dict[str, Any]) -> list[Box]:
    """Walk to the leaves under a node. (The library's own boxes forget what the right of a choice keeps.)"""
    nodes = tree.clf.tree_
    if nodes.children_left[node] == -1:
        return [Box(limits=limits)]
    name, _, choice = tree.feature_names[nodes.feature[node]].partition(tree.sep)
    low, high = limits.get(name, (-np.inf, np.inf)) if not choice else (0.0, 0.0)
    at = float(nodes.threshold[node])
    if choice:
        kept = limits.get(name, frozenset(map(str, table[name].cat.categories)))
        sides = (kept - {choice}, kept & {choice})
    else:
        sides = ((low, min(high, at)), (max(low, at), high))
    found = []
    for child, side in zip((nodes.children_left, nodes.children_right), sides, strict=True):
        found += _down(tree, table, int(child[node]), {**limits, name: side})
    return found


def _prim(module: Any, table: pd.DataFrame, interest: Mask) -> Any:
    """Make a PRIM of either version."""
    asked = inspect.signature(module.Prim.__init__).parameters
    older = {"threshold": ANY} if "threshold" in asked else {}
    return module.Prim(table, interest, mass_min=LEAST_MASS, **older)


def _module(name: str) -> Any:
    try:
        return __import__(f"ema_workbench.analysis.{name}", fromlist=[name])
    except ImportError as error:
        raise UserError(
            given="scenario discovery needs the EMA Workbench, which is not installed",
            allowed="it is an extra, since it brings a library under another licence (GPL-3)",
            hint='In a clone, run: python -m pip install ".[analysis]".',
        ) from error


@contextmanager
def _seeded() -> Iterator[None]:
    """Let a tree break ties the same way every time: it draws from NumPy's global stream, lent and put back."""
    kept = np.random.get_state()
    np.random.seed(0)
    try:
        yield
    finally:
        np.random.set_state(kept)


@contextmanager
def _quietly() -> Iterator[None]:
    """Keep the warnings of the library, of what it lacks and what it deprecates, to itself."""
    with warnings.catch_warnings(), np.errstate(all="ignore"):
        warnings.simplefilter("ignore")
        yield


def _box(lims: pd.DataFrame, whole: pd.DataFrame) -> Box:
    limits: dict[str, Any] = {}
    for name in map(str, whole.columns):
        (low, high), (least, most) = lims[name], whole[name]
        if isinstance(least, set):
            if low != least:
                limits[name] = frozenset(map(str, low))
        elif low > least or high < most:
            limits[name] = (
                float(low) if low > least else -np.inf,
                float(high) if high < most else np.inf,
            )
    return Box(limits=limits)
