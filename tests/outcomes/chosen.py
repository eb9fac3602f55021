"""Made-up choices: random motives through the real rule of choice, five years, four states, three partners, seven runs."""

from __future__ import annotations

import numpy as np
import xarray as xr
from sim.rules.alignment import SELF_TERMS, TERMS, choose

from sim.axes import options, partners_of, self_of
from tests.outcomes.made import CAMP, PARTNERS, STATES

RUNS, FIRST, YEARS = 7, 2024, 5
DOMAINS = ("security", "economic")


def history(
    seed: int,
    *,
    adjustment: float = 0.2,
    off: str = "",
    start: int = 0,
    shrink: float = 0.5,
    still: bool = False,
) -> xr.Dataset:
    """Choose for five years after an observed one.

    Parameters
    ----------
    seed : of motives. off : a term that is zero throughout. start : seed of the observed ties.
    shrink : 0 leaves room constant. still : no motive ever changes.
    """
    lots, begin = np.random.default_rng(seed), np.random.default_rng(start)
    rivalry = lots.uniform(size=(YEARS, RUNS, 1, 1))
    room = 1.0 - shrink * (rivalry * 0.0 if still else rivalry)
    found = {f"{domain}_{name}": [] for domain in DOMAINS for name in ("tie", "target", "term")}
    for domain in DOMAINS:
        tie = _shares(begin, (RUNS, len(STATES), len(PARTNERS) + 1))
        found[f"{domain}_tie"].append(tie)
        motives = _motives(lots, off)
        for year in range(YEARS):
            if not still and year:
                motives = _motives(lots, off)
            weighing = choose(
                partner_terms=motives[0],
                self_terms=motives[1],
                room=room[year],
                tie=tie,
                adjustment=adjustment,
            )
            tie = weighing.tie
            found[f"{domain}_tie"].append(tie)
            found[f"{domain}_target"].append(weighing.target)
            found[f"{domain}_term"].append(_laid_out(motives, tie.shape))
    return _labelled(found, room[:, :, 0, 0])


def _shares(lots: np.random.Generator, shape: tuple[int, ...]) -> np.ndarray:
    value = lots.uniform(0.01, 1.0, shape)
    return value / value.sum(axis=-1, keepdims=True)


def _motives(lots: np.random.Generator, off: str) -> tuple[dict, dict]:
    shape = (RUNS, len(STATES), len(PARTNERS) + 1)
    drawn = {name: lots.normal(size=shape) * (name != off) for name in TERMS}
    own = {name: self_of(drawn[name]) for name in SELF_TERMS}
    return {name: partners_of(drawn[name]) for name in TERMS if name != "autonomy"}, own


def _laid_out(motives: tuple[dict, dict], shape: tuple[int, ...]) -> np.ndarray:
    none = np.zeros(shape)
    return np.stack(
        [
            options(motives[0].get(name, partners_of(none)), motives[1].get(name, self_of(none)))
            for name in TERMS
        ],
        axis=-2,
    )


def _labelled(found: dict[str, list[np.ndarray]], room: np.ndarray) -> xr.Dataset:
    dims = {"tie": ("state", "option"), "target": ("state", "option")}
    blank = len(room) + 1
    data = {}
    for name, values in found.items():
        stacked = np.stack(values, axis=1)
        if len(values) < blank:
            gap = np.full_like(stacked[:, :1], np.nan)
            stacked = np.concatenate([gap, stacked], axis=1)
        last = dims.get(name.rpartition("_")[2], ("state", "term", "option"))
        data[name] = ("run", "year", *last), stacked
    unknown = np.full((RUNS, 1), np.nan)
    return xr.Dataset(
        data
        | {
            "room": (("run", "year"), np.concatenate([unknown, room.T], axis=1)),
            "camp": ("partner", CAMP),
        },
        {
            "run": np.arange(RUNS),
            "year": np.arange(FIRST - 1, FIRST + YEARS),
            "state": list(STATES),
            "partner": list(PARTNERS),
            "option": [*PARTNERS, "self"],
            "term": list(TERMS),
        },
    )
