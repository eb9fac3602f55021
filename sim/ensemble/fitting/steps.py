"""What steps are made up of: how many count twice, climb a rung, leap two, or lose one. Counted, with a flat prior each."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import xarray as xr

from sim.axes import Array
from sim.ensemble.fitting.acts import ActsRecord

PATHS = {name: f"rules.acts.{name}" for name in ("double", "climb", "leap", "slip")}


def count_steps(observed: xr.Dataset, record: ActsRecord) -> dict[str, tuple[int, int]]:
    """How many of how many, by name: part of steps that count twice, part of steps up that climb, part of climbs that leap,
    part of steps down that lose a rung."""
    axes = ("year", "state", "partner")
    years = list(record.years)
    steps = observed["steps"].transpose(*axes).sel(year=years).values
    rung = observed["rung"].transpose(*axes)
    before = rung.sel(year=[year - 1 for year in years]).values
    climbed = rung.sel(year=years).values - before
    up, down = record.up & record.counts, record.down & record.counts
    twice = np.abs(steps) >= 2
    climbs = up & (climbed > 0)
    return {
        "double": (int(((up | down) & twice).sum()), int((up | down).sum())),
        "climb": (int(climbs.sum()), int((up & (before < 5)).sum())),
        "leap": (int((climbs & (climbed > 1)).sum()), int(climbs.sum())),
        "slip": (int((down & (climbed < 0)).sum()), int(down.sum())),
    }


def draw_parts(
    counts: Mapping[str, tuple[int, int]], number: int, rng: np.random.Generator
) -> dict[str, Array]:
    """Draws of each part from its beta posterior, path -> (draw,)."""
    return {
        PATHS[name]: rng.beta(1 + some, 1 + whole - some, number)
        for name, (some, whole) in counts.items()
    }
