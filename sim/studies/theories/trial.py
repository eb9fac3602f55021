"""One theory on trial: fitted to 2000-15 and scored on what came after; to 2000-22 and tested for the size of its changes."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from io import StringIO
from pathlib import Path

import pandas as pd

from sim.config import Settings
from sim.config.settings import THEORIES
from sim.ensemble import posterior, stacking
from sim.ensemble.fitting.claimed import settings_of
from sim.ensemble.fitting.fit import Fit, fit
from sim.ensemble.fitting.held_out import (
    CUT,
    base_rate_scores,
    score_acts,
    score_answers_and_episodes,
)
from sim.ensemble.nowcast import FILTER, MODEL, nowcast
from sim.errors import UserError
from sim.provenance import version

WALKERS, STEPS, DRAWS, CANDIDATES = 256, 20, 200, 512
SCORED = 3  # times as many steps, and five times as many draws, where theories differ by hundredths of a nat
SURVEY, SURVEY_RUNS = 2023, 400
ACTS, ANSWERS, EPISODES, CHOICE = "acts", "answers", "episodes", "forced choice"
BASE, NEVER = "base rate", "never moves"  # rivals that are no theory
SCORES, MOMENTS = "theory_scores.csv", "theory_moments.csv"
ROOM = Path(__file__).parent


@dataclass(frozen=True, kw_only=True)
class Trial:
    """What was found of one theory.

    Parameters
    ----------
    fit : to all that may be known. scores : rows of test, theory, state, case, score (rivals among them).
    moments : the amplitude test, a row a moment. r_hat, effective : worst of both fits.
    """

    theory: str
    fit: Fit
    scores: pd.DataFrame
    moments: pd.DataFrame
    r_hat: float
    effective: float


def put_on_trial(
    theory: str, settings: Settings, *, walkers: int = WALKERS, steps: int = STEPS
) -> Trial:
    """Fit a theory twice and score it.

    Parameters
    ----------
    theory : its name. settings : all else. walkers, steps : of the sampler.
    """
    once = partial(fit, theory=theory, settings=settings, walkers=walkers)
    early = once(CUT, moments=False, steps=SCORED * steps, draws=5 * DRAWS)
    late = once(steps=steps, draws=DRAWS, candidates=CANDIDATES)
    assert late.moments is not None
    chains = (early.chains, late.chains)
    return Trial(
        theory=theory,
        fit=late,
        scores=held_out_scores(early, late).assign(theory=theory).pipe(_named_rivals),
        moments=late.moments.table.assign(theory=theory),
        r_hat=max(float(each.r_hat.max()) for each in chains),
        effective=min(float(each.effective.min()) for each in chains),
    )


def held_out_scores(early: Fit, late: Fit) -> pd.DataFrame:
    """Scores of what neither fit knew, rows of test, state, case, score, rival (blank for the theory itself)."""
    acts = score_acts(early.draws, early.settings)
    answers, episodes = score_answers_and_episodes(early.draws, early.settings)
    survey = _score_survey(late)
    tables = {
        ACTS: acts.rename(columns={"year": "case"}),
        ANSWERS: answers.rename(columns={"year": "case"}),
        EPISODES: episodes.rename(columns={"episode": "case"}).drop(columns="never"),
        CHOICE: survey[["state", "case", "score"]],
    }
    rivals = {
        (ACTS, BASE): base_rate_scores(early.draws, early.settings).rename(
            columns={"year": "case"}
        ),
        (EPISODES, NEVER): episodes[["episode", "state", "never"]].set_axis(
            ["case", "state", "score"], axis=1
        ),
        (CHOICE, FILTER): survey[["state", "case", "filter"]].set_axis(
            ["state", "case", "score"], axis=1
        ),
    }
    parts = [table.assign(test=test, rival="") for test, table in tables.items()]
    parts += [table.assign(test=test, rival=name) for (test, name), table in rivals.items()]
    return pd.concat(parts, ignore_index=True)


def _score_survey(late: Fit) -> pd.DataFrame:
    """CRPS (points) of the forced choice of 2023 from 2022, at the posterior's medians."""
    medians = {str(path): float(value) for path, value in late.draws.median().items()}
    settings = posterior.apply(settings_of(late.settings.theory), medians)
    found = nowcast(settings, year=SURVEY, runs=SURVEY_RUNS).table().reset_index()
    return found.assign(case=SURVEY).rename(
        columns={f"{MODEL}_crps": "score", f"{FILTER}_crps": "filter"}
    )


def _named_rivals(table: pd.DataFrame) -> pd.DataFrame:
    return table.assign(theory=table["theory"].where(table["rival"] == "", table["rival"])).drop(
        columns="rival"
    )


def put_all_on_trial(settings: Settings) -> list[Trial]:
    """Fit and score every theory, saying how it goes."""
    trials = []
    for theory in THEORIES:
        trials.append(put_on_trial(theory, settings))
        print(
            f"{theory}: R-hat {trials[-1].r_hat:.3f}, effective {trials[-1].effective:.0f}",
            flush=True,
        )
    return trials


def scores_of(trials: list[Trial]) -> pd.DataFrame:
    """Scores of all theories, each rival once."""
    whole = pd.concat([trial.scores for trial in trials], ignore_index=True)
    return whole[["test", "theory", "state", "case", "score"]].drop_duplicates(
        ["test", "theory", "state", "case"], ignore_index=True
    )


def weights_of(scores: pd.DataFrame) -> pd.DataFrame:
    """Stacking weights from the scores of acts."""
    acts = scores[(scores["test"] == ACTS) & scores["theory"].isin(THEORIES)]
    wide = acts.pivot(index=["state", "case"], columns="theory", values="score")[list(THEORIES)]
    return stacking.stacking_weights(wide.reset_index().rename(columns={"case": "year"}))


def files_of(trials: list[Trial]) -> dict[str, str]:
    """What ships of the trials, file -> text: draws of each theory, scores, moments, weights."""
    scores = scores_of(trials)
    moments = pd.concat([trial.moments for trial in trials], ignore_index=True)
    chains = {trial.theory: (trial.r_hat, trial.effective) for trial in trials}
    moments["r_hat"], moments["effective"] = zip(*moments["theory"].map(chains), strict=True)
    acts = scores[(scores["test"] == ACTS) & (scores["theory"] == THEORIES[0])]
    states = sorted(set(acts["state"]))
    draws = {
        posterior.path_of(trial.theory).name: posterior.as_csv(trial.fit.draws, _notes(trial))
        for trial in trials
        if trial.theory != posterior.DEFAULT_THEORY  # whose draws `straits calibrate` makes
    }
    return draws | {
        SCORES: _csv(scores),
        MOMENTS: _csv(moments),
        stacking.WEIGHTS.name: stacking.as_csv(
            weights_of(scores), version=version(), cases=len(acts), states=states
        ),
    }


def _csv(table: pd.DataFrame) -> str:
    return table.to_csv(index=False, float_format="%.5g", lineterminator="\n")


def _notes(trial: Trial) -> dict[str, str]:
    return {
        "what": "posterior draws of the numbers of Straits under one theory; no number belongs to a state",
        "version": version(),
        "seed": str(trial.fit.seed),
        "known_to": str(trial.fit.until),
        "theory": trial.theory,
        "method": f"{WALKERS} walkers tempered from the prior, weighed by free runs",
        "data_versions": trial.fit.data_versions,
    }


def read_text(path: Path) -> str:
    """Read a file that ships.

    Raises
    ------
    UserError : it is missing.
    """
    if not path.is_file():
        raise UserError(
            given=f"{path.name} is missing",
            allowed="it must hold what was found when the theories were fitted",
            hint=stacking.RESTORE,
        )
    return path.read_text(encoding="utf-8")


def read_csv(text: str) -> pd.DataFrame:
    """Read one of the tables of `files_of`."""
    return pd.read_csv(StringIO(text), comment="#")
