"""Functions whose indices are known, and noise of known size."""

from __future__ import annotations

import numpy as np
import pandas as pd

from sim.ensemble.design import Dimension
from sim.studies.sensitivity.saltelli import parted, saltelli

# Ishigami and Homma (1990), a = 7, b = 0.1: the closed forms of its variance parts.
FIRST, TOTAL = np.array([0.3139, 0.4424, 0.0]), np.array([0.5576, 0.4424, 0.2437])
VARIANCE = 13.845


def space(count=3, low=-np.pi, high=np.pi):
    return tuple(Dimension(name=f"x{place}", low=low, high=high) for place in range(count))


def ishigami(table: pd.DataFrame) -> np.ndarray:
    one, two, three = table.to_numpy(float).T
    return np.sin(one) + 7.0 * np.sin(two) ** 2 + 0.1 * three**4 * np.sin(one)


def laid(samples, replicates, *, uneven=0.0, shared=0.0, seed=1):
    """Ishigami runs (sample, 5, replicate): noise of its own at each point, and noise shared by all."""
    values = ishigami(saltelli(space(), samples, seed))
    chance = np.random.default_rng(seed)
    noise = uneven * chance.normal(size=(len(values), replicates))
    noise = noise + shared * chance.normal(size=(1, replicates))
    return parted(values[:, np.newaxis] + noise, 3)
