"""The table of latent opinion as arrays: what answers up to each year tell of that year (made by `sim.world.latent`)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from sim.axes import Array
from sim.world.series import FOLDER

Labels = NDArray[Any]
TABLE = FOLDER / "latent.csv"
COLUMNS = ("state", "partner", "year", "mean", "sd")
SIDES = {"USA": 1.0, "CHN": -1.0}  # of the forced choice
CENTRE, WIDTH = 0.5, 0.2  # of trust where nothing was answered: mean and sd


@dataclass(frozen=True)
class Latent:
    """What answers tell of some states, powers and years.

    Parameters
    ----------
    choice, precision : (year, state, 1)  log-odds of choosing the United States over China, and one over its variance;
        0 where nobody had been asked.
    trust, trust_sd : (year, state, partner)  0-1.
    side : (1, partner)  1 the United States, -1 China, 0 else.
    """

    choice: Array
    precision: Array
    trust: Array
    trust_sd: Array
    side: Array


def read_latent(
    states: Sequence[str] | Labels, partners: Sequence[str] | Labels, years: Sequence[int] | Labels
) -> Latent:
    """Read the table for the states, powers and years asked for.

    Of a power that nobody was asked about, trust is as in the mean of the others, as wide as where nothing was answered. A choice
    between China and the United States tells nothing where one of them is no partner.
    """
    table = _table()
    keys = pd.MultiIndex.from_product(
        [list(states), ["", *partners], [int(year) for year in years]],
        names=["state", "partner", "year"],
    )
    found = table.reindex(keys).to_numpy().reshape(len(states), 1 + len(partners), len(years), 2)
    mean, sd = found.transpose(3, 2, 0, 1)
    asked = ~np.isnan(mean[..., :1]) & ({"CHN", "USA"} <= set(partners))
    trust, width = mean[..., 1:], sd[..., 1:]
    silent = np.isnan(trust)
    known = np.where(silent, 0.0, trust).sum(axis=-1, keepdims=True)
    count = (~silent).sum(axis=-1, keepdims=True)
    others = np.where(count > 0, known / np.maximum(count, 1), CENTRE)
    return Latent(
        choice=np.where(asked, -mean[..., :1], 0.0),
        precision=np.where(asked, 1.0 / np.where(asked, sd[..., :1], 1.0) ** 2, 0.0),
        trust=np.where(silent, others, trust),
        trust_sd=np.where(silent, WIDTH, width),
        side=np.array([[SIDES.get(str(code), 0.0) for code in partners]]),
    )


@lru_cache(maxsize=1)
def _table() -> pd.DataFrame:
    return pd.read_csv(TABLE, keep_default_na=False).set_index(["state", "partner", "year"])
