"""The posterior that ships: a few hundred draws of the fitted numbers, with where they come from.

`draws(n)` gives mappings from setting to value, `apply(settings, draw)` puts one in place: a sweep over
`parameters=posterior` does so for every design point. Columns that begin with `error.` are errors of measurement, no settings.
Every theory has draws of its own (`path_of`), fitted to the same record; in each, what the theory holds stands as it is held.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

import pandas as pd

from sim.axes import Array
from sim.config import Settings, declared
from sim.config.settings import checked
from sim.ensemble.fitting.numbers import ERROR, ERRORS, fitted_numbers
from sim.errors import UserError, nearest

POSTERIOR = Path(__file__).with_name("posterior.csv")
EDITION = "2"  # of the model whose numbers the draws are
DEFAULT_THEORY = "insurance"
RECALIBRATE = "Restore the file, or run: straits calibrate publish=true."
REFIT = "Restore the file, or run: straits theories refit=true publish=true."
DIGITS = "%.4g"


def path_of(theory: str) -> Path:
    """Where the draws of a theory are kept."""
    return POSTERIOR if theory == DEFAULT_THEORY else POSTERIOR.with_name(f"posterior_{theory}.csv")


@lru_cache(maxsize=8)
def read(path: Path = POSTERIOR) -> pd.DataFrame:
    """Read the draws: one row a draw, one column a number, the `error.` ones last.

    Raises
    ------
    UserError : the file is missing, of another edition, or its columns are not the numbers of this version.
    """
    if not path.is_file():
        raise _unfit(path, "is missing")
    edition = provenance(path).get("edition", "1")
    if edition != EDITION:
        raise _unfit(path, f"was fitted to edition {edition} of the model; this is {EDITION}")
    table = pd.read_csv(path, comment="#")
    known = [*declared(), *(number.path for number in ERRORS)]
    strange = [str(name) for name in table.columns if name not in known]
    if strange:
        raise _unfit(path, f"names {strange[0]}, which is no number ({nearest(strange[0], known)})")
    missing = [n.path for n in fitted_numbers() if n.path not in table.columns]
    if missing:
        raise _unfit(path, f"lacks {missing[0]}, which has a prior")
    if table.empty:
        raise _unfit(path, "holds no draws")
    return table


def _unfit(path: Path, what: str) -> UserError:
    return UserError(
        given=f"the posterior {path.name} {what}",
        allowed="it must hold draws of this version's fitted numbers",
        hint=RECALIBRATE if path == POSTERIOR else REFIT,
    )


def provenance(path: Path = POSTERIOR) -> dict[str, str]:
    """Read where the draws come from: the lines before the table."""
    lines = path.read_text(encoding="utf-8").splitlines()
    items = [line[1:].partition(":") for line in lines if line.startswith("#")]
    return {name.strip(): value.strip() for name, _, value in items}


def draws(n: int, *, path: Path = POSTERIOR) -> list[dict[str, float]]:
    """Return the first n draws as setting -> value, errors left out.

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
    names = [str(name) for name in table.columns if not str(name).startswith(ERROR)]
    rows = table[names].head(n).to_dict("records")
    return [{str(name): float(value) for name, value in row.items()} for row in rows]


def arrays(path: Path = POSTERIOR) -> dict[str, Array]:
    """Return every column as an array, path -> (draw,), errors included."""
    return {str(name): column.to_numpy(float) for name, column in read(path).items()}


def as_csv(table: pd.DataFrame, notes: Mapping[str, str]) -> str:
    """Draws, one column a number, under their provenance; undated, so equal draws are equal text."""
    head = "".join(
        f"# {name}: {value}\n" for name, value in ({"edition": EDITION} | dict(notes)).items()
    )
    return head + table.to_csv(index=False, float_format=DIGITS, lineterminator="\n")


def apply(settings: Settings, draw: Mapping[str, float]) -> Settings:
    """Return the settings with a draw's numbers in place; the `error.` ones are left aside.

    Raises
    ------
    UserError : a number outside its declared range. KeyError : a name that is no declared setting.
    """
    known = declared()
    tree: dict[str, Any] = {}
    for path, value in draw.items():
        if path.startswith(ERROR):
            continue
        *groups, name = path.split(".")
        node = tree
        for group in groups:
            node = node.setdefault(group, {})
        node[name] = checked(float(value), known[path], path)
    return _replaced(settings, tree)


def _replaced(group: Any, tree: Mapping[str, Any]) -> Any:
    changed = {
        name: _replaced(getattr(group, name), part) if isinstance(part, Mapping) else part
        for name, part in tree.items()
    }
    return dataclasses.replace(group, **changed)


def points(settings: Settings, found: Mapping[str, Array]) -> list[Settings]:
    """Return the settings of every draw; `found` maps path -> (draw,)."""
    count = len(next(iter(found.values())))
    return [
        apply(settings, {path: float(column[k]) for path, column in found.items()})
        for k in range(count)
    ]
