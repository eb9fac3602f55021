"""The joint fit of the responses to the record: acts, opinion panels, stocks and episodes, then moments of free runs.

One posterior for all states together. Numbers on which the likelihood does not depend (found by moving each) keep their prior and
are drawn from it. How steps are made up (`double`, `climb`, `leap`, `slip`) is counted: their posteriors are beta distributions.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from sim.axes import Array
from sim.config import Settings
from sim.config.prior import Prior
from sim.config.theory_claims import CLAIMS
from sim.ensemble.fitting.claimed import settings_of
from sim.ensemble.fitting.moments import MomentFit, reweigh
from sim.ensemble.fitting.numbers import FittedNumber, fitted_numbers, values_of
from sim.ensemble.fitting.predict import acts_log_score
from sim.ensemble.fitting.record import KNOWN, Record, past_states, read_record, sum_parts
from sim.ensemble.fitting.sampler import Chains, sample
from sim.ensemble.fitting.steps import count_steps, draw_parts

SEED = 20221231
DRAWS = 400
CANDIDATES = 2048  # drawn from the chains, of which moments choose
NOTHING = 1e-9  # change of the likelihood below which a number says nothing of the record


@dataclass(frozen=True, kw_only=True)
class Fit:
    """A posterior, and how it was found.

    Parameters
    ----------
    draws : one row a draw, one column a number by its dotted name, what the theory holds last.
    log_likelihood_parts : the same rows; one column a part of the record.
    numbers : fitted and silent ones, in the order of the columns. silent : paths on which the record says nothing.
    chains : of the numbers that are not silent, before moments. moments : what free runs give, and how they weighed.
    settings, until, exclude, seed, data_versions : what was fitted, and to what.
    """

    draws: pd.DataFrame
    log_likelihood_parts: pd.DataFrame
    numbers: tuple[FittedNumber, ...]
    silent: tuple[str, ...]
    chains: Chains
    moments: MomentFit | None
    settings: Settings
    until: int
    exclude: str | None
    seed: int
    data_versions: str

    def acts_log_score(self, years: Sequence[int], states: Sequence[str] | None = None) -> float:
        """As `acts_log_score`, with this posterior."""
        return acts_log_score(self.draws, years, states, settings=self.settings)


def fit(
    until: int = KNOWN,
    exclude: str | None = None,
    theory: str = "insurance",
    *,
    walkers: int = 512,
    steps: int = 60,
    seed: int = SEED,
    draws: int = DRAWS,
    moments: bool = True,
    candidates: int = CANDIDATES,
    settings: Settings | None = None,
    priors: Mapping[str, Prior] | None = None,
) -> Fit:
    """Fit all declared responses to the record, for all states alike.

    Parameters
    ----------
    until : last year known. exclude : a state whose acts, answers, stocks and episodes are not seen.
    theory : what it holds at a value is not fitted, and its priors stand in for the declared ones.
    walkers, steps : of the sampler. draws : of the posterior. moments : whether free runs reweigh the draws, of `candidates`.
    settings : all else that the rules need; the declared defaults if None.
    priors : path -> prior in place of the declared one and of the theory's.
    """
    base, claims = settings_of(theory, settings), CLAIMS[theory]
    counted = past_states(base, exclude)
    record = read_record(base, until=until, states=counted)
    numbers = tuple(
        number
        for number in fitted_numbers({**claims.priors, **(priors or {})})
        if number.path not in claims.held
    )
    rng = np.random.default_rng(seed)
    spoken, silent = split_silent(record, numbers)

    def log_likelihood(u: Array) -> Array:
        return sum_parts(record.parts(values_of(numbers, _widened(u, numbers, spoken))))

    chains = sample(log_likelihood, len(spoken), walkers=walkers, steps=steps, seed=seed)
    flat = chains.u.reshape(-1, len(spoken))
    chosen = rng.choice(len(flat), size=max(candidates if moments else draws, draws), replace=False)
    u = _widened(flat[chosen], numbers, spoken)
    u[:, [numbers.index(n) for n in silent]] = rng.standard_normal((len(u), len(silent)))
    values = values_of(numbers, u) | draw_parts(
        count_steps(record.course.stage.observed, record.acts), len(u), rng
    )
    weighed = None
    if moments:
        kept, weighed = reweigh(record.course, values, draws=draws, seed=seed, states=counted)
        values = {path: value[kept] for path, value in values.items()}
    parts = record.parts({path: values[path] for path in (n.path for n in numbers)})
    held = {path: np.full(draws, value) for path, value in claims.held.items()}
    return Fit(
        draws=pd.DataFrame(values | held),
        log_likelihood_parts=pd.DataFrame(parts),
        numbers=numbers,
        silent=tuple(number.path for number in silent),
        chains=chains,
        moments=weighed,
        settings=base,
        until=until,
        exclude=exclude,
        seed=seed,
        data_versions=str(record.course.stage.world.attrs["data_versions"]),
    )


def split_silent(
    record: Record, numbers: Sequence[FittedNumber]
) -> tuple[tuple[FittedNumber, ...], tuple[FittedNumber, ...]]:
    """Numbers on which the likelihood depends, and those on which it does not: each is moved up and down from its middle."""
    count = len(numbers)
    u = np.zeros((2 * count + 1, count))
    u[1 : count + 1] += np.eye(count)
    u[count + 1 :] -= np.eye(count)
    worth = sum_parts(record.parts(values_of(numbers, u)))
    moved = np.maximum(
        np.abs(worth[1 : count + 1] - worth[0]), np.abs(worth[count + 1 :] - worth[0])
    )
    speaks = moved > NOTHING * np.abs(worth[0])
    return (
        tuple(n for n, yes in zip(numbers, speaks, strict=True) if yes),
        tuple(n for n, yes in zip(numbers, speaks, strict=True) if not yes),
    )


def _widened(u: Array, numbers: Sequence[FittedNumber], spoken: Sequence[FittedNumber]) -> Array:
    """Coordinates of all numbers, the silent ones at their middle."""
    wide = np.zeros((len(u), len(numbers)))
    wide[:, [list(numbers).index(number) for number in spoken]] = u
    return wide
