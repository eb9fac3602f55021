"""Recipes of agreements: the ladder, its renewal, bonds in use, and the acts of each year.

For a pair whose acts were read, everything follows the acts and levels. For any other pair (Timor-Leste, states outside ASEAN,
powers besides China, the United States and Japan) the level is derived from pacts, access and partnerships, and a change of
that level stands for the acts: 5 pact with bases in use, 4 pact, access or comprehensive strategic partnership, 3 strategic
partnership, 1 lower partnership or consultation pact, else 0.
"""

from __future__ import annotations

from itertools import product

import numpy as np
import pandas as pd

from sim.axes import Array
from sim.config.mechanisms import Ties
from sim.rules.ruler import next_renewed, next_use
from sim.world.recipes import security
from sim.world.recipes.acts import FIRST, LARGEST, read_acts, read_levels
from sim.world.recipes.raw import PARTNERS, STATES, Raw, table, years
from sim.world.series import FIRST_YEAR

DOUBT = ("observed", "derived", "partly", "memory")  # statuses, the surest first
USE_AT_START = {5: 0.6, 4: 0.2}  # use in 1995 by level: treaty exercised or bases in use; on paper


def rung(raw: Raw) -> pd.DataFrame:
    """Take the level of each pair at the year's end, derived where no acts were read."""
    level, doubt = _ladder(raw)
    return _to_rows(raw, level, doubt)


def act(raw: Raw, domain: str, way: int) -> pd.DataFrame:
    """Sum the steps up (`way` 1) or down (-1) by the state or both, at most two a year."""
    acts = read_acts(raw)
    acts = acts[(acts["domain"] == domain) & (acts["by"] != "partner")]
    steps, doubt = _steps(raw, acts, way)
    if domain == "security":
        change = _change_of_level(raw)
        steps, doubt = steps + np.maximum(way * change, 0.0), np.where(change, 1, doubt)
    return _to_rows(raw, steps, *_of_acts(raw, steps, doubt))


def partner_act(raw: Raw) -> pd.DataFrame:
    """Net the steps that the partner imposed or conferred, both domains together."""
    acts = read_acts(raw)
    acts = acts[acts["by"] == "partner"]
    net = _cube(raw, acts, acts["step"].astype(float), "sum")
    return _to_rows(raw, net, *_of_acts(raw, net, _doubt_of(raw, acts)))


def _of_acts(raw: Raw, steps: Array, doubt: Array) -> tuple[Array, Array]:
    """Flag years without an act, from memory where the level is, and leave them out for pairs that were not read."""
    memory, derived = DOUBT.index("memory"), DOUBT.index("derived")
    none = np.where(_ladder(raw)[1] == memory, memory, derived)
    return np.where(steps == 0.0, none, doubt), (steps != 0.0) | _was_read(read_levels(raw))


def renewed(raw: Raw) -> pd.DataFrame:
    """Count the years since the last security step up by the state or both; before the first one read, since 1995."""
    up, act_doubt = _steps_all(raw, 1, imposed=False)
    value, doubt = np.zeros_like(up), np.full(up.shape, DOUBT.index("derived"))
    for year in range(1, len(up)):
        value[year] = next_renewed(renewed=value[year - 1], steps=up[year])
        new = np.maximum(act_doubt[year], DOUBT.index("derived"))
        doubt[year] = np.where(up[year] > 0.0, new, doubt[year - 1])
    return _to_rows(raw, value, doubt)


def use(raw: Raw) -> pd.DataFrame:
    """Follow how far a bond is in use: every security step of either side moves it, from a level declared for 1995."""
    (up, doubt_up), (down, doubt_down) = (_steps_all(raw, way, imposed=True) for way in (1, -1))
    doubt = np.maximum.accumulate(np.maximum(doubt_up, doubt_down), axis=0)
    level = _ladder(raw)[0][0]
    last = np.select([level >= least for least in USE_AT_START], list(USE_AT_START.values()), 0.0)
    value = np.empty_like(up)
    for year, steps in enumerate(up - down):
        value[year] = last = next_use(use=last, steps=steps, per_step=Ties().per_step)
    return _to_rows(raw, value.round(9), np.maximum(doubt, DOUBT.index("derived")))


def _steps_all(raw: Raw, way: int, *, imposed: bool) -> tuple[Array, Array]:
    acts = read_acts(raw)
    acts = acts[(acts["domain"] == "security") & (imposed | (acts["by"] != "partner"))]
    steps, doubt = _steps(raw, acts, way)
    return steps + np.maximum(way * _change_of_level(raw), 0.0), doubt


def _steps(raw: Raw, acts: pd.DataFrame, way: int) -> tuple[Array, Array]:
    acts = acts[way * acts["step"] > 0]
    total = _cube(raw, acts, way * acts["step"].astype(float), "sum")
    return np.minimum(total, LARGEST), _doubt_of(raw, acts)


def _doubt_of(raw: Raw, acts: pd.DataFrame) -> Array:
    return _cube(raw, acts, acts["status"].map(DOUBT.index).astype(float), "max")


def _change_of_level(raw: Raw) -> Array:
    """Steps of the pairs without acts, (year, state, partner): the change of their derived level."""
    change = np.diff(_derived_level(raw), axis=0, prepend=_derived_level(raw)[:1])
    return np.clip(change, -LARGEST, LARGEST) * ~_was_read(read_levels(raw))


def _ladder(raw: Raw) -> tuple[Array, Array]:
    levels = read_levels(raw)
    last = levels["year"].max()
    level = _cube(raw, levels, levels["level"].astype(float), "max")
    doubt = _doubt_of(raw, levels)
    level[last - FIRST + 1 :] = level[last - FIRST]  # carried beyond the last year of the levels
    doubt[last - FIRST + 1 :] = DOUBT.index("derived")
    known = _was_read(levels)
    derived = np.where(known, level, _derived_level(raw))
    return derived, np.where(known, doubt, DOUBT.index("derived"))


def _was_read(levels: pd.DataFrame) -> np.ndarray:
    pairs = set(zip(levels["state"], levels["partner"], strict=True))
    return np.array([[(s, p) in pairs for p in PARTNERS] for s in STATES])


def _derived_level(raw: Raw) -> Array:
    pact, access, partnership, consultation = (
        _cube(raw, rows, rows["value"].astype(float), "max")
        for rows in (
            security.defence_pact(raw),
            security.access(raw),
            security.partnership(raw),
            security.consultation_pact(raw),
        )
    )
    level = np.select(
        [
            (pact > 0.0) & (access >= 1.0),
            (pact > 0.0) | (access > 0.0) | (partnership >= 0.8),
            partnership >= 0.6,
            (partnership > 0.0) | (consultation > 0.0),
        ],
        [5.0, 4.0, 3.0, 1.0],
        0.0,
    )
    level[: FIRST_YEAR - FIRST] = level[FIRST_YEAR - FIRST]  # the tables behind it start in 2000
    return level


def _cube(raw: Raw, rows: pd.DataFrame, values: pd.Series, how: str) -> Array:
    """Lay values out over year, state and partner, zero where there is no row."""
    index = pd.MultiIndex.from_product([years(raw.last, first=FIRST), STATES, PARTNERS])
    together = values.groupby([rows["year"], rows["state"], rows["partner"]]).agg(how)
    laid = together.reindex(index, fill_value=0.0).to_numpy(copy=True)
    return laid.reshape(-1, len(STATES), len(PARTNERS))


def _to_rows(raw: Raw, value: Array, doubt: Array, only: Array | None = None) -> pd.DataFrame:
    index = product(years(raw.last, first=FIRST), STATES, PARTNERS)
    rows = pd.DataFrame(index, columns=["year", "state", "partner"])
    rows["value"] = value.ravel()
    rows["status"] = np.array(DOUBT)[doubt.ravel().astype(int)]
    return table(rows if only is None else rows[only.ravel()])
