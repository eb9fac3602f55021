"""What every test of a validation could have found: small, made up, of the right kinds."""

from __future__ import annotations

import numpy as np

from sim.ensemble.nowcast import FILTER, MODEL, Nowcast
from sim.studies.validation import acts, episodes, opinion
from sim.studies.validation.command import Findings
from sim.studies.validation.hindcasts import MAIN, STARTS, Hindcast
from sim.studies.validation.spread import CHOICE, RULERS, Moment
from sim.world.episodes import load_episodes

STATES, PARTNERS = ("KHM", "MYS", "PHL", "SGP"), ("CHN", "USA", "JPN")


def hindcast(start, *, off=0.0, width=1.0, rng):
    years = tuple(range(start + 1, 2024))
    record = 50.0 + rng.standard_normal((len(years) + 1, len(STATES)))
    samples = record[1:] + off + width * rng.standard_normal((60, len(years), len(STATES)))
    walk = record[1:] + 2.0 * rng.standard_normal((61, len(years), len(STATES)))
    return Hindcast(
        name=MAIN,
        start=start,
        known_to=start,
        years=years,
        states=STATES,
        samples=samples,
        record=record,
        walk=walk,
        with_arms=samples,
    )


def forecasts(rng, *, told=0.8):
    """Steps at random, and chances that give what happens a share `told`."""
    years = tuple(range(acts.FIRST, acts.LAST + 1))
    way = rng.choice(3, size=(len(years), len(STATES), len(PARTNERS)), p=(0.2, 0.1, 0.7))
    happened = np.eye(3)[way]
    return acts.ActForecasts(
        years=years,
        states=STATES,
        partners=PARTNERS,
        happened=happened,
        chances=np.where(happened > 0, told, (1.0 - told) / 2.0),
    )


def answers(rng):
    return [
        opinion.Answer(
            source=source,
            state=state,
            year=year,
            ahead=ahead,
            answer=0.4,
            shift=0.0,
            samples={name: 0.4 + 0.1 * rng.standard_normal(40) for name in opinion.FORECASTS},
        )
        for source in ("iseas", "pew")
        for state in STATES
        for year in (2021, 2022, 2023)
        for ahead in (1, 2)
    ]


def surveys(rng):
    seen = np.full(len(STATES), 0.4)
    return {
        year: Nowcast(
            year=year,
            states=STATES,
            answers=seen,
            samples={name: seen + 0.1 * rng.standard_normal((50, 4)) for name in (MODEL, FILTER)},
        )
        for year in (2021, 2022, 2023)
    }


def cases():
    flat = np.full(4, 0.25)
    return [
        episodes.Case(
            episode=one,
            state=state,
            chances={
                "model": flat,
                "never moves": np.eye(4)[3],
                "moves with every new leader": flat,
                "as often as before": flat,
            },
            record="none",
        )
        for one in load_episodes()
        if one.held_out
        for state in one.states
    ]


def findings(*, off=0.0, seed=5):
    """Findings whose hindcasts lie `off` points beside the record."""
    rng = np.random.default_rng(seed)
    return Findings(
        hindcasts=[hindcast(start, off=off, rng=rng) for start in STARTS],
        steps=forecasts(rng),
        left_out=forecasts(rng),
        panels=answers(rng),
        surveys=surveys(rng),
        cases=cases(),
        moments=[
            Moment(
                of=RULERS[0], name="sd of 1-year changes", record=2.0, model=2.1, low=1.8, high=2.4
            ),
            Moment(of=CHOICE, name="yearly rms", record=0.5, model=0.9, low=0.7, high=1.1),
        ],
        future={"runs": 7, "first": 2024, "last": 2040, "sd": 1.6, "largest": 9.0, "still": 50.0},
        partners=PARTNERS,
        known=(2005, 2010, 2015, 2022),
    )
