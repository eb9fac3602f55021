"""The posterior that ships: a few hundred draws of the global weights, with where they come from.

`draws(n)` gives mappings from setting to value, `apply(settings, draw)` puts one in place: a sweep over
`parameters=posterior` does so for every design point.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache
from pathlib import Path

import numpy as np
import pandas as pd

from sim.axes import Array
from sim.config import declared
from sim.ensemble.priors import READING, Prior, apply, priors
from sim.errors import UserError

__all__ = ["apply", "as_csv", "draws", "identifiability", "proposals", "provenance", "read"]

POSTERIOR = Path(__file__).with_name("posterior.csv")
RECALIBRATE = "Restore the file, or run: python experiments/calibrate.py."
DIGITS = "%.6g"
LITTLE, NOTHING = 0.7, 0.9  # posterior over prior spread above which data say little, nothing


@lru_cache(maxsize=4)
def read(path: Path = POSTERIOR) -> pd.DataFrame:
    """Read the draws: one row a draw, one column a weight, the `error.` ones last.

    Raises
    ------
    UserError : the file is missing, or its columns are not settings of this version.
    """
    if not path.is_file():
        raise _posterior_error(path, "is missing")
    table = pd.read_csv(path, comment="#")
    known = {*declared(), *(prior.path for prior in priors())}
    strange = [str(name) for name in table.columns if name not in known]
    if strange or table.empty:
        raise _posterior_error(path, f"names {strange[0]}" if strange else "holds no draws")
    return table


def _posterior_error(path: Path, what: str) -> UserError:
    return UserError(
        given=f"the posterior {path.name} {what}",
        allowed="it must hold draws of this version's weights",
        hint=RECALIBRATE,
    )


def provenance(path: Path = POSTERIOR) -> dict[str, str]:
    """Read where the draws come from: the lines before the table."""
    lines = path.read_text(encoding="utf-8").splitlines()
    items = [line[1:].partition(":") for line in lines if line.startswith("#")]
    return {name.strip(): value.strip() for name, _, value in items}


def draws(n: int, *, path: Path = POSTERIOR) -> list[dict[str, float]]:
    """Return the first n draws as setting -> value, the reading of ties included, errors left out.

    Raises
    ------
    UserError : n is not between 1 and the number of draws stored.
    """
    table = read(path)
    if not 1 <= n <= len(table):
        raise UserError(
            given=f"{n} draws of the posterior were asked for",
            allowed=f"it must be a whole number between 1 and {len(table)}",
            where="on the command line: sweep.draws=20",
        )
    names = [str(name) for name in table.columns if not str(name).startswith("error.")]
    rows = table[names].head(n).to_dict("records")
    return [{str(name): float(value) for name, value in row.items()} for row in rows]


def arrays(path: Path = POSTERIOR) -> dict[str, Array]:
    """Return every column as an array, path -> (draw,), errors included."""
    return {str(name): column.to_numpy(float) for name, column in read(path).items()}


def as_csv(draws: Mapping[str, Array], notes: Mapping[str, str]) -> str:
    """Draws, path -> (draw,), under their provenance; undated, so equal draws are equal text."""
    table = pd.DataFrame({**draws, **dict.fromkeys(READING, 0.0)}).assign(**READING)
    head = "".join(f"# {name}: {value}\n" for name, value in notes.items())
    return head + table.to_csv(index=False, float_format=DIGITS, lineterminator="\n")


def identifiability(z: Array, given: Sequence[Prior] | None = None) -> pd.DataFrame:
    """Say what the data add to each prior; z is (draw, weight) in the prior's standard normal coordinates.

    Returns
    -------
    One row a weight: prior and posterior medians and 90 % intervals, shift and spread in prior standard deviations, verdict.
    """
    rows = []
    for index, prior in enumerate(given or priors()):
        column = z[:, index]
        low, middle, high = prior.value(np.quantile(column, (0.05, 0.5, 0.95)))
        before = prior.value(np.array([-1.645, 0.0, 1.645]))
        spread = float(column.std())
        rows.append(
            {
                "weight": prior.path,
                "prior": before[1],
                "prior_low": before[0],
                "prior_high": before[2],
                "posterior": middle,
                "low": low,
                "high": high,
                "shift": float(column.mean()),
                "spread": spread,
                "data_say": verdict(spread),
            }
        )
    return pd.DataFrame(rows)


def verdict(spread: float) -> str:
    """Put the ratio of posterior to prior spread into a word."""
    return "nothing" if spread > NOTHING else "little" if spread > LITTLE else "something"


def proposals(found: Mapping[str, Array]) -> dict[str, float]:
    """Posterior medians, rounded to two digits: the defaults the calibration would declare."""
    named = {p: float(np.median(v)) for p, v in found.items() if not p.startswith("error.")}
    return {path: float(f"{value:.2g}") for path, value in named.items()}
