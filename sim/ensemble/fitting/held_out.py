"""How well does a posterior of 2000-15 foresee 2016-23? Acts, answers and episodes of which it knew nothing.

Acts and answers are predicted one year ahead: the rules see the record of the year before (teacher forcing), the drift of
courtship is filtered, and a state's answers are conditioned on all that it answered before. Of an episode the change of stance
that the rules expect is read as the fit reads it; changes of leader are known, what a new leader leans to is not.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd

from sim.axes import Array
from sim.config import Settings
from sim.engines.forced import Responses, respond
from sim.ensemble.fitting.episodes import (
    BOTH,
    NOISE,
    WAY,
    ScoredEpisode,
    leader_spread,
    read_episodes,
    way_chances,
)
from sim.ensemble.fitting.numbers import rules_with
from sim.ensemble.fitting.opinion import CHOICE, Answers, expected_answers
from sim.ensemble.fitting.predict import acts_predictions
from sim.ensemble.fitting.record import Record, read_record
from sim.world.opinion_filter import expit
from sim.world.opinion_skill import sample_crps

FIRST, CUT, LAST = 2001, 2015, 2023
YEARS = tuple(range(CUT + 1, LAST + 1))
SAMPLES = 5  # of every draw, for the score of answers


def score_acts(draws: pd.DataFrame, settings: Settings) -> pd.DataFrame:
    """Log score of the acts, rows of state, year, score: partners of a state-year together, in nats; higher is better.

    Parameters
    ----------
    draws : of a posterior that knows nothing after `CUT`. settings : of the theory that was fitted.
    """
    table = acts_predictions(draws, YEARS, settings=settings)
    none = 1.0 - table["up"] - table["down"]
    chance = np.select([table["step"] > 0, table["step"] < 0], [table["up"], table["down"]], none)
    table = table.assign(score=np.log(np.maximum(chance, 1e-9)))
    return _by_state_year(table)


def score_answers_and_episodes(
    draws: pd.DataFrame, settings: Settings, *, seed: int = 0
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """CRPS of answers (points; rows of state, year, score), and Brier score of episodes (rows of episode, state, score).

    Parameters
    ----------
    draws, settings : as in `score_acts`. seed : of the samples. Lower is better in both.
    """
    record = read_record(settings, until=LAST)
    values = {str(name): column.to_numpy(float) for name, column in draws.items()}
    responses = respond(
        record.course, rules_with(record.course.stage.settings.rules, values), len(draws)
    )
    rng = np.random.default_rng(seed)
    return (
        _score_answers(responses, record, values, rng),
        _score_episodes(responses, record, values),
    )


def _score_answers(
    responses: Responses, record: Record, values: Mapping[str, Array], rng: np.random.Generator
) -> pd.DataFrame:
    rows = []
    for kind, answers, mean, covariance in expected_answers(responses, record.panels, values):
        asked = _years(answers, responses.years)
        for year in sorted(set(asked) & set(YEARS)):
            now, before = asked == year, asked < year
            middle, spread = conditioned(mean, covariance, answers.value, now, before)
            root = np.linalg.cholesky(spread)
            noise = rng.standard_normal((SAMPLES, *middle.shape, 1))
            samples = (middle + (root @ noise)[..., 0]).reshape(-1, now.sum())
            truth = answers.value[now]
            if kind == CHOICE:
                samples, truth = expit(samples), expit(truth)
            rows += [
                {
                    "state": record.course.stage.states[answers.state],
                    "year": int(year),
                    "score": 100.0 * sample_crps(samples[:, k], float(truth[k])),
                }
                for k in range(len(truth))
            ]
    return pd.DataFrame(rows)


def _years(answers: Answers, years: Sequence[int]) -> Array:
    """The year of every answer, (answer,): the last that it looks at."""
    return np.array([years[int(np.flatnonzero(when)[-1])] for when in answers.when])


def conditioned(
    mean: Array, covariance: Array, value: Array, now: Array, before: Array
) -> tuple[Array, Array]:
    """Mean (run, n) and covariance (run, n, n) of some answers, given others.

    Parameters
    ----------
    mean : (run, answer). covariance : (run, answer, answer). value : (answer,). now, before : (answer,) which.
    """
    own = covariance[:, now][:, :, now]
    if not before.any():
        return mean[:, now], own
    cross, past = covariance[:, now][:, :, before], covariance[:, before][:, :, before]
    gain = np.linalg.solve(past, cross.transpose(0, 2, 1)).transpose(0, 2, 1)
    miss = (value - mean)[:, before, np.newaxis]
    return mean[:, now] + (gain @ miss)[..., 0], own - gain @ cross.transpose(0, 2, 1)


def _score_episodes(
    responses: Responses, record: Record, values: Mapping[str, Array]
) -> pd.DataFrame:
    stage = record.course.stage
    turnover = stage.world["turnover"].transpose("year", "state").sel(year=list(responses.years))
    episodes = read_episodes(
        np.nan_to_num(turnover.values),
        responses.years,
        states=stage.states,
        counted=stage.states,
        held_out=True,
    )
    leader = leader_spread(values)
    rows = []
    for episode in episodes:
        stance = responses.stance[:, :, episode.state, 0]
        change = stance[_at(responses, episode.last)] - stance[_at(responses, episode.first) - 1]
        chances = way_chances(change, np.sqrt(NOISE**2 + episode.turned * leader))
        rows.append(
            {
                "episode": episode.number,
                "state": stage.states[episode.state],
                "score": brier([float(chance.mean()) for chance in chances], episode),
                "never": brier([0.0, 1.0, 0.0], episode),
            }
        )
    return pd.DataFrame(rows)


def _at(responses: Responses, year: int) -> int:
    return responses.years.index(year)


def brier(chances: Sequence[float], episode: ScoredEpisode) -> float:
    """Brier score of chances of China, none and United States, 0 to 2; a move to both sides is given no chance."""
    happened = [float(episode.way == way) for way in WAY.values()]
    both = float(episode.way == BOTH)
    return both + sum((p - y) ** 2 for p, y in zip(chances, happened, strict=True))


def base_rate_scores(draws: pd.DataFrame, settings: Settings) -> pd.DataFrame:
    """As `score_acts`, by how often steps up and down with each partner were until `CUT`, half a step added to each."""
    table = acts_predictions(draws, range(FIRST, LAST + 1), settings=settings)
    past, ahead = table[table["year"] <= CUT], table[table["year"] > CUT]
    cases = past.groupby("partner")["step"].size() + 1.5
    rates = {
        step: ((past["step"] == step).groupby(past["partner"]).sum() + 0.5) / cases
        for step in (-1, 0, 1)
    }
    chance = [
        rates[step][partner] for step, partner in zip(ahead["step"], ahead["partner"], strict=True)
    ]
    scored = ahead.assign(score=np.log(chance))
    return _by_state_year(scored)


def _by_state_year(table: pd.DataFrame) -> pd.DataFrame:
    return table.groupby(["state", "year"])["score"].sum().reset_index()
