"""Cases with a box planted in them, or none."""

from __future__ import annotations

import numpy as np
import pandas as pd

from sim.studies.discovery.cases import Cases

ONE, OTHER, THIRD = "policy.china.gray_zone", "policy.united_states.credibility", "scenario.rivalry"


def table(points=240, seed=1):
    chance = np.random.default_rng(seed)
    found = pd.DataFrame({name: chance.random(points) for name in (ONE, OTHER, THIRD)})
    theory = chance.choice(["insurance", "commerce", "landscape"], points).astype(object)
    return found.assign(theory=pd.Categorical(theory))


def planted(points=240, seed=1, likely=0.97, else_=0.03):
    """Gray zone above 0.6 and credibility below 0.5: there most of seven replicates are of interest."""
    made = table(points, seed)
    there = (made[ONE] > 0.6) & (made[OTHER] < 0.5)
    chances = np.where(there, likely, else_)[:, np.newaxis]
    runs = np.random.default_rng(seed + 1).random((points, 7)) < chances
    return Cases(table=made, runs=runs, share=0.5, told="hedging below 0.45")


def twice_planted(points=400, seed=1):
    """All of one theory, and elsewhere the same box as above."""
    made = table(points, seed)
    there = ((made[ONE] > 0.6) & (made[OTHER] < 0.5)) | (made["theory"] == "commerce")
    chances = np.where(there, 0.97, 0.03)[:, np.newaxis]
    runs = np.random.default_rng(seed + 1).random((points, 7)) < chances
    return Cases(table=made, runs=runs, share=0.5, told="hedging below 0.45")
