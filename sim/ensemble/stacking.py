"""How much each theory is to be believed: stacking weights by held-out acts, and the theory that a run draws by them.

Weights maximise the log score of the mixture of theories over state-years of 2016-23 that none of them knew. With so few cases
the best mixture lies in a corner that other states would not choose; so states are drawn anew (a Bayesian bootstrap) and the
weights are the mean over these draws, with the range in which they lie.

Source: Yao, Vehtari, Simpson and Gelman (2018; unverified) for stacking and for bootstrapped weights. Ours: states as the units.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path

import numpy as np
import pandas as pd

from sim.axes import Array
from sim.config.settings import THEORIES
from sim.errors import UserError

WEIGHTS = Path(__file__).with_name("theory_weights.csv")
REPLICATES, ROUNDS, SEED = 1000, 200, 20151231
INTERVAL = (0.05, 0.95)
RESTORE = "Restore the file, or run: straits theories refit=true."


def stacked(density: Array, counts: Array) -> Array:
    """Weights of theories that maximise the log score of their mixture, (draw, theory), by expectation maximisation.

    Parameters
    ----------
    density : (case, theory) predictive density of what happened. counts : (draw, case) how much each case counts.
    """
    weights = np.full((len(counts), density.shape[1]), 1.0 / density.shape[1])
    share = counts / counts.sum(axis=1, keepdims=True)
    for _ in range(ROUNDS):
        mixture = weights @ density.T  # (draw, case)
        weights = weights * ((share / mixture) @ density)
    return weights


def stacking_weights(
    scores: pd.DataFrame, *, replicates: int = REPLICATES, seed: int = SEED
) -> pd.DataFrame:
    """Weights with their uncertainty.

    Parameters
    ----------
    scores : log scores, rows of state and year, a column a theory. replicates : draws of how much each state counts.

    Returns
    -------
    One row a theory: theory, weight (mean over draws), low, high (90 % range), best (of the states as they are).
    """
    states, of_case = np.unique(scores["state"].to_numpy(str), return_inverse=True)
    theories = [str(name) for name in scores if name not in ("state", "year")]
    logs = scores[theories].to_numpy(float)
    density = np.exp(logs - logs.max(axis=1, keepdims=True))
    rng = np.random.default_rng(seed)
    counts = rng.dirichlet(np.ones(len(states)), replicates)[:, of_case]
    drawn = stacked(density, counts)
    low, high = np.quantile(drawn, INTERVAL, axis=0)
    return pd.DataFrame(
        {
            "theory": theories,
            "weight": drawn.mean(axis=0),
            "low": low,
            "high": high,
            "best": stacked(density, np.ones((1, len(logs))))[0],
        }
    )


@lru_cache(maxsize=2)
def read_weights(path: Path = WEIGHTS) -> dict[str, float]:
    """Read the weights that ship, theory -> weight, in the order of the theories.

    Raises
    ------
    UserError : the file is missing, or it does not hold a weight for each theory.
    """
    table = pd.read_csv(path, comment="#") if path.is_file() else pd.DataFrame()
    if set(table.get("theory", ())) != set(THEORIES) or not np.isclose(table["weight"].sum(), 1.0):
        raise UserError(
            given=f"{path.name} is missing or holds other theories",
            allowed=f"it must hold a weight for each of {', '.join(THEORIES)}, 1 together",
            hint=RESTORE,
        )
    found = table.set_index("theory")["weight"]
    return {name: float(found[name]) for name in THEORIES}


def theories_of_draws(number: int, weights: dict[str, float] | None = None) -> list[str]:
    """The theory of each of `number` draws: the first n are as near to the weights as n allows, whatever follows.

    >>> theories_of_draws(4, {"insurance": 0.5, "commerce": 0.25, "landscape": 0.25})
    ['insurance', 'commerce', 'landscape', 'insurance']
    """
    weights = weights or read_weights()
    used = dict.fromkeys(weights, 0)
    result = []
    for index in range(number):
        owed = {name: weight * (index + 1) - used[name] for name, weight in weights.items()}
        chosen = max(owed, key=lambda name: owed[name])
        used[chosen] += 1
        result.append(chosen)
    return result


def theory_of_seed(seed: int) -> str:
    """The theory that a single history draws: by the weights, and the same for the same seed."""
    weights = read_weights()
    return str(np.random.default_rng(seed).choice(list(weights), p=list(weights.values())))


def as_csv(table: pd.DataFrame, *, version: str, cases: int, states: Sequence[str]) -> str:
    """The weights as they ship, under where they come from."""
    head = (
        f"# what: stacking weights of the theories, by the log score of acts of 2016-23 fitted to 2000-15\n"
        f"# version: {version}\n# cases: {cases} state-years of {len(states)} states\n"
    )
    return head + table.to_csv(index=False, float_format="%.4f", lineterminator="\n")
