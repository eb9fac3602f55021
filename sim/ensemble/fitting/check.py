"""Does the fit find what is there? Acts and panels are simulated from known numbers, and fitted as if they were the record.

Numbers drawn from the prior must come back inside their 90 % ranges nine times in ten. The forced pass is the record's; acts and
answers are drawn from what it says by the known numbers, courtship and house effects included.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping

import numpy as np
import pandas as pd

from sim.axes import Array
from sim.config import Settings
from sim.engines.forced import Responses, respond
from sim.ensemble.fitting.acts import ActsRecord, acts_log_likelihood
from sim.ensemble.fitting.numbers import FittedNumber, fitted_numbers, rules_with, values_of
from sim.ensemble.fitting.opinion import (
    CHOICE,
    LEVEL,
    Answers,
    PanelRecord,
    expected_answers,
    panels_log_likelihood,
)
from sim.ensemble.fitting.record import Record, read_record, sum_parts
from sim.ensemble.fitting.sampler import sample

INSIDE = (0.05, 0.95)


def coverage(
    *,
    replicates: int,
    seed: int,
    walkers: int = 160,
    steps: int = 24,
    paths: tuple[str, ...] | None = None,
    settings: Settings | None = None,
) -> pd.DataFrame:
    """Refit simulated acts and panels, each replicate with numbers of its own.

    Parameters
    ----------
    replicates : how many. paths : the numbers that are drawn and fitted, the rest at their middle; all that matter if None.

    Returns
    -------
    One row a number: path, inside (part of replicates in which the 90 % range holds the truth), correlation of the posterior mean
    with the truth over replicates.
    """
    record = read_record(settings or Settings())
    numbers = fitted_numbers()
    chosen = [n for n in numbers if (paths is None and _matters(n)) or n.path in (paths or ())]
    places = [numbers.index(n) for n in chosen]
    rng = np.random.default_rng(seed)
    truth, found, inside = [], [], []
    for _ in range(replicates):
        true = np.zeros((2, len(numbers)))
        true[:, places] = rng.standard_normal(len(places))
        fake = simulated(record, numbers, true, rng)

        def log_likelihood(u: Array, fake: Record = fake) -> Array:
            wide = np.zeros((len(u), len(numbers)))
            wide[:, places] = u
            return _two_parts(fake, values_of(numbers, wide))

        chains = sample(
            log_likelihood,
            len(places),
            walkers=walkers,
            steps=steps,
            seed=int(rng.integers(2**31)),
        )
        flat = chains.u.reshape(-1, len(places))
        low, high = np.quantile(flat, INSIDE, axis=0)
        at = true[0, places]
        truth.append(at)
        found.append(flat.mean(axis=0))
        inside.append((low <= at) & (at <= high))
    return pd.DataFrame(
        {
            "path": n.path,
            "inside": float(np.mean([row[k] for row in inside])),
            "correlation": _correlation([t[k] for t in truth], [f[k] for f in found]),
        }
        for k, n in enumerate(chosen)
    )


def _matters(number: FittedNumber) -> bool:
    return number.path.startswith(
        ("rules.opinion", "rules.stance", "rules.acts", "rules.observation", "error")
    )


def _correlation(first: list[float], second: list[float]) -> float:
    if len(first) < 3:
        return float("nan")
    return float(np.corrcoef(first, second)[0, 1])


def _two_parts(record: Record, values: Mapping[str, Array]) -> Array:
    rules = record.course.stage.settings.rules
    runs = len(next(iter(values.values())))
    responses = respond(record.course, rules_with(rules, values), runs)
    acts = acts_log_likelihood(
        responses, record.acts, keep=rules.acts.keep, drift=values["rules.acts.drift"]
    )
    panels = panels_log_likelihood(responses, record.panels, values)
    return acts + sum_parts(panels)


def simulated(
    record: Record, numbers: tuple[FittedNumber, ...], u: Array, rng: np.random.Generator
) -> Record:
    """The record with acts and answers drawn from known numbers, u (2, number), both rows alike."""
    values = values_of(numbers, u)
    rules = record.course.stage.settings.rules
    responses = respond(record.course, rules_with(rules, values), len(u))
    return dataclasses.replace(
        record,
        acts=_simulated_acts(
            responses, record.acts, rules.acts.keep, float(values["rules.acts.drift"][0]), rng
        ),
        panels=_simulated_panels(responses, record.panels, values, rng),
    )


def _simulated_acts(
    responses: Responses,
    record: ActsRecord,
    keep: float,
    drift: float,
    rng: np.random.Generator,
) -> ActsRecord:
    rest = 1.0 - responses.up[:, 0] - responses.down[:, 0]
    rise, fall = responses.up[:, 0] / rest, responses.down[:, 0] / rest
    courtship = drift / np.sqrt(1.0 - keep**2) * rng.standard_normal(rise.shape[-1])
    up, down = np.zeros(rise.shape, bool), np.zeros(rise.shape, bool)
    for t in range(len(rise)):
        tilted = rise[t] * np.exp(courtship)
        bulk = 1.0 + tilted + fall[t]
        chance = rng.random(tilted.shape)
        up[t] = chance < tilted / bulk
        down[t] = chance > 1.0 - fall[t] / bulk
        courtship = keep * courtship + drift * rng.standard_normal(len(courtship))
    return dataclasses.replace(record, up=up, down=down)


def _simulated_panels(
    responses: Responses,
    record: PanelRecord,
    values: Mapping[str, Array],
    rng: np.random.Generator,
) -> PanelRecord:
    drawn: dict[str, list[Answers]] = {CHOICE: [], LEVEL: []}
    for kind, answers, mean, spread in expected_answers(responses, record, values):
        value = rng.multivariate_normal(mean[0], spread[0])
        drawn[kind].append(dataclasses.replace(answers, value=value))
    return dataclasses.replace(record, choice=tuple(drawn[CHOICE]), level=tuple(drawn[LEVEL]))
