"""Looking for divisions that no other beats in every purpose: NSGA-II on the simplex.

Source: Deb et al. (2002; unverified), as kept in pymoo. Ours: shares are put on the simplex by dividing by their sum, and
shares of less than one percent are dropped. Shares and values are rounded before they are compared: their last bits differ
between processors, and a search that heeds them ends elsewhere on each.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np

from sim.axes import Array
from sim.errors import UserError
from sim.studies.allocation.divisions import PLACES, on_simplex
from sim.studies.allocation.front import non_dominated

Measure = Callable[[Array], Array]


@dataclass(frozen=True, kw_only=True)
class Found:
    """shares : (point, recipient), best in the first purpose first. values : (point, purpose). tried : how many divisions."""

    shares: Array
    values: Array
    tried: int


def check_optimiser() -> None:
    """Say at once where the optimiser is missing.

    Raises
    ------
    UserError : pymoo is not installed.
    """
    try:
        import pymoo  # noqa: F401  (late: it is optional)
    except ModuleNotFoundError as error:
        raise UserError(
            given=f"dividing a budget was asked for, and {error.name} is not installed",
            allowed="the search needs pymoo, an optional library",
            hint='In a clone, run: python -m pip install ".[analysis]".',
        ) from error


def search(
    measure: Measure, *, recipients: int, population: int, generations: int, seed: int
) -> Found:
    """Search the simplex and return the divisions that none of the last generation dominates.

    Parameters
    ----------
    measure : shares (point, recipient) -> values (point, purpose), more is better. recipients : at least 2.
    population, generations : divisions in a generation, and generations with the first.
    seed : of the optimiser; the same seed and measure give the same front.

    Raises
    ------
    UserError : pymoo is not installed.
    """
    check_optimiser()
    first = start(recipients, population, np.random.default_rng(seed))
    algorithm, tried = _algorithm(recipients, first, population, generations, seed), 0
    while algorithm.has_next():
        asked = algorithm.ask()
        shares = np.round(asked.get("X"), PLACES)
        asked.set("F", -np.round(measure(shares), PLACES))
        tried += len(asked)
        algorithm.tell(infills=asked)
    last = algorithm.pop
    return _found(np.round(last.get("X"), PLACES), -last.get("F"), tried)


def start(recipients: int, population: int, lots: np.random.Generator) -> Array:
    """The first generation: everything to one, equal shares, and divisions drawn evenly over the simplex."""
    drawn = lots.dirichlet(np.ones(recipients), size=population)
    plain = np.vstack([np.eye(recipients), np.full((1, recipients), 1.0 / recipients)])
    return on_simplex(np.vstack([plain, drawn])[:population])


def _algorithm(recipients: int, first: Array, population: int, generations: int, seed: int) -> Any:
    from pymoo.algorithms.moo.nsga2 import NSGA2
    from pymoo.core.problem import Problem
    from pymoo.core.repair import Repair

    class OnSimplex(Repair):  # type: ignore[misc]
        """Put every candidate on the simplex."""

        def _do(self, problem: Any, given: Array, **_: Any) -> Array:
            return np.round(on_simplex(given), PLACES)

    algorithm = NSGA2(pop_size=population, sampling=first, repair=OnSimplex())
    problem = Problem(n_var=recipients, n_obj=3, xl=0.0, xu=1.0)
    algorithm.setup(problem, termination=("n_gen", generations), seed=seed % 2**32, verbose=False)
    return algorithm


def _found(shares: Array, values: Array, tried: int) -> Found:
    best = non_dominated(values)
    shares, places = np.unique(shares[best], axis=0, return_index=True)
    values = values[best][places]
    order = np.lexsort(values.T[::-1])[::-1]
    return Found(shares=shares[order], values=values[order], tried=tried)
