"""NSGA-II on the simplex: divisions that no other beats in every purpose, and what is chosen among them.

Source: Deb et al. (2002; unverified), as kept in pymoo; Pareto dominance as usual; the balanced point is the one nearest to the
ideal, as in compromise programming (Zeleny 1973; unverified); hypervolume, Zitzler and Thiele (1999; unverified). Ours: shares
are put on the simplex by dividing by their sum, and shares of less than one percent are dropped; purposes are scaled by their
range over the front. Shares and values are rounded before they are compared: their last bits differ between processors, and a
search that heeds them ends elsewhere on each.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sim.axes import Array
from sim.errors import UserError
from sim.studies.allocation.divisions import PLACES, on_simplex

Measure = Callable[[Array], Array]


@dataclass(frozen=True, kw_only=True)
class Front:
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
) -> Front:
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
    return _front(np.round(last.get("X"), PLACES), -last.get("F"), tried)


def start(recipients: int, population: int, generator: np.random.Generator) -> Array:
    """The first generation: everything to one, equal shares, and divisions drawn evenly over the simplex."""
    drawn = generator.dirichlet(np.ones(recipients), size=population)
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


def _front(shares: Array, values: Array, tried: int) -> Front:
    best = non_dominated(values)
    shares, indices = np.unique(shares[best], axis=0, return_index=True)
    values = values[best][indices]
    order = np.lexsort(values.T[::-1])[::-1]
    return Front(shares=shares[order], values=values[order], tried=tried)


def dominates(left: Array, right: Array) -> NDArray[np.bool_]:
    """Whether `left` is nowhere worse than `right` and somewhere better, over the last axis; more is better."""
    return np.asarray((left >= right).all(axis=-1) & (left > right).any(axis=-1))


def non_dominated(values: Array) -> NDArray[np.bool_]:
    """Which points no other dominates, (point,).

    Parameters
    ----------
    values : (point, purpose), more is better.
    """
    return np.asarray(~dominates(values[:, np.newaxis], values[np.newaxis]).any(axis=0))


def spread(values: Array) -> Array:
    """Range of each purpose over the points, (purpose,); 1 where all are equal."""
    width = np.ptp(values, axis=0)
    return np.where(width > 0.0, width, 1.0)


def balanced(values: Array) -> int:
    """Index of the point nearest to the best of every purpose at once, each purpose measured by its range."""
    short = (values.max(axis=0) - values) / spread(values)
    return int(np.sqrt((short**2).sum(axis=1)).argmin())


def challenger(values: Array, rival: Array) -> int:
    """Index of the point that beats `rival` by most in the purpose in which it beats it least.

    Parameters
    ----------
    values : (point, purpose). rival : (purpose,).
    """
    return int(((values - rival) / spread(values)).min(axis=1).argmax())


def hypervolume(values: Array, reference: Array) -> float:
    """Volume, in points cubed, that the points dominate above a reference; what is below it counts for nothing.

    Parameters
    ----------
    values : (point, purpose). reference : (purpose,).
    """
    from pymoo.indicators.hv import HV

    above = values[(values > reference).all(axis=1)]
    return float(HV(ref_point=-reference)(-above)) if len(above) else 0.0
