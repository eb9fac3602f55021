"""What the trial says: scores beside the best, changes beside the record, and whether theories can be told apart."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from sim.config.settings import THEORIES
from sim.studies.theories.trial import ACTS, ANSWERS, CHOICE, EPISODES

HIGHER = (ACTS,)  # tests in which a higher score is better
TESTS = (ACTS, ANSWERS, EPISODES, CHOICE)
SURE = 2.0  # standard errors


def score_table(scores: pd.DataFrame) -> list[dict[str, Any]]:
    """Mean score of each theory and rival, a row a test and theory: how far behind the test's best theory, and its error.

    States are the independent units: `behind` is the mean over states of the difference to the best, `error` its standard error.

    Parameters
    ----------
    scores : rows of test, theory, state, case, score.
    """
    rows = []
    for test in TESTS:
        some = scores[scores["test"] == test]
        wide = some.pivot_table(index=["state", "case"], columns="theory", values="score")
        mean = wide.mean()
        own = mean[list(THEORIES)]
        best = str(own.idxmax() if test in HIGHER else own.idxmin())
        sign = 1.0 if test in HIGHER else -1.0
        rivals = [str(each) for each in wide if each not in THEORIES]
        for name in [*THEORIES, *rivals]:
            behind = sign * (wide[best] - wide[name]).groupby(level="state").mean()
            rows.append(
                {
                    "test": test,
                    "theory": name,
                    "score": float(mean[name]),
                    "behind": float(behind.mean()),
                    "error": float(behind.std(ddof=1) / np.sqrt(len(behind))),
                    "best": name == best,
                    "cases": len(wide),
                }
            )
    return rows


def told_apart(rows: list[dict[str, Any]]) -> dict[str, list[str]]:
    """Theories that are behind the best of each test by more than two standard errors, by test."""
    return {
        test: [
            row["theory"]
            for row in rows
            if row["test"] == test
            and row["theory"] in THEORIES
            and row["behind"] > SURE * row["error"]
            and not row["best"]
        ]
        for test in TESTS
    }


def amplitude_table(moments: pd.DataFrame) -> list[dict[str, Any]]:
    """Size of structural changes by theory and horizon, beside the record; `inside` where the mean lies within 20 %.

    Parameters
    ----------
    moments : rows of theory, moment, target, low, high, after, after_low, after_high.
    """
    sizes = moments[moments["moment"].str.startswith("sd of")]
    return [
        {
            "theory": row["theory"],
            "horizon": int("".join(filter(str.isdigit, row["moment"]))),
            "record": row["target"],
            "mean": row["after"],
            "low": row["after_low"],
            "high": row["after_high"],
            "inside": row["low"] <= row["after"] <= row["high"],
        }
        for row in sizes.to_dict("records")
    ]
