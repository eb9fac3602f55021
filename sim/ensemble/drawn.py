"""Points that take their numbers from the posterior of their theory, and draw the theory, too, where it is stacked."""

from __future__ import annotations

import pandas as pd

from sim.config import declared
from sim.config.settings import STACKED
from sim.ensemble import posterior
from sim.ensemble.posterior import DEFAULT_THEORY
from sim.ensemble.stacking import theories_of_draws

THEORY, PLACE = "theory", "place"


def with_draws(table: pd.DataFrame, number: int, theory: str = DEFAULT_THEORY) -> pd.DataFrame:
    """Repeat every point for each of `number` draws of its theory's posterior; what the design varies stays as designed.

    Parameters
    ----------
    table : of points. theory : of points whose row names none; `stacked` draws a theory with its numbers.

    Raises
    ------
    UserError : more draws than the posterior holds.
    """
    of_point = table[THEORY] if THEORY in table else pd.Series(theory, index=table.index)
    parts = []
    for name in dict.fromkeys(of_point):
        drawn = drawn_numbers(number, str(name))
        free = drawn[[column for column in drawn if column not in table]]
        parts.append(table[of_point == name].reset_index(names=PLACE).merge(free, how="cross"))
    whole = pd.concat(parts, ignore_index=True).sort_values(PLACE, kind="stable")
    return _filled(whole.drop(columns=PLACE).reset_index(drop=True))


def drawn_numbers(number: int, theory: str) -> pd.DataFrame:
    """Draws of a theory's posterior, a row a draw; of `stacked`, the theory of each draw beside the next of its own draws."""
    if theory != STACKED:
        return pd.DataFrame(posterior.draws(number, path=posterior.path_of(theory)))
    theories = theories_of_draws(number)
    own = {
        name: iter(posterior.draws(theories.count(name), path=posterior.path_of(name)))
        for name in dict.fromkeys(theories)
    }
    return _filled(pd.DataFrame([{THEORY: name, **next(own[name])} for name in theories]))


def one_draw_each(table: pd.DataFrame, theory: str = DEFAULT_THEORY) -> pd.DataFrame:
    """The next draw of its theory's posterior for every point, beside what the design varies.

    Parameters
    ----------
    table, theory : as in `with_draws`, but for `stacked`.
    """
    of_point = table[THEORY].tolist() if THEORY in table else [theory] * len(table)
    own = {name: drawn_numbers(of_point.count(name), name) for name in dict.fromkeys(of_point)}
    rows = {name: iter(numbers.to_dict("records")) for name, numbers in own.items()}
    drawn = pd.DataFrame([next(rows[name]) for name in of_point], index=table.index)
    return _filled(table.join(drawn[[column for column in drawn if column not in table]]))


def _filled(table: pd.DataFrame) -> pd.DataFrame:
    """Give numbers that are another theory's alone their declared value where a theory has none of its own."""
    known = declared()
    blank = {str(name): known[str(name)].default for name in table if table[name].isna().any()}
    return table.fillna(blank) if blank else table
