"""How well does the filter foresee the next year's answers? Against the guess that nothing changes, panel by panel.

Each answer that follows one of the same state to the same panel a year before is predicted from answers up to that year, with
settings found on these alone. The score is the continuous ranked probability score in share points (lower is better). No change
comes in two forms: the last answer as it stands, and with the noise of two answers around it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from sim.axes import Array
from sim.world.filtering import fit_settings
from sim.world.opinion_filter import OpinionFilter, expit
from sim.world.panels import Panel

DRAWS = 2001  # of a fixed sample of the normal distribution


@dataclass(frozen=True)
class PanelSkill:
    """Mean scores of one panel in share points, and the share of answers inside the filter's 90 % interval."""

    source: str
    answers: int
    filter: float
    no_change: float
    no_change_noisy: float
    covered_90: float


def one_year_ahead(panels: Sequence[Panel]) -> list[PanelSkill]:
    """Score the predictions of every panel's answers from the year before.

    Parameters
    ----------
    panels : share panels over the same states and years, as from `sim.world.panels.share_panels`.
    """
    normals = np.random.default_rng(0).standard_normal(DRAWS)
    scores: dict[str, list[tuple[float, ...]]] = {panel.source: [] for panel in panels}
    for t in range(1, len(panels[0].years)):
        cases = [(p, i) for p in panels for i in np.flatnonzero(p.known()[:, t - 1 : t + 1].all(1))]
        if not cases:
            continue
        past = [panel.until(panel.years[t - 1]) for panel in panels]
        kalman = OpinionFilter(past, fit_settings(past))
        kalman.run()
        kalman.predict()
        for panel, i in cases:
            before, answer = panel.values[i, t - 1], panel.values[i, t]
            _, mean, variance = kalman.expect(panel, int(i))
            ahead = expit(mean + np.sqrt(variance) * normals)
            noisy = before + np.sqrt(2) * panel.noise[i] * normals
            low, high = np.quantile(ahead, [0.05, 0.95])
            scores[panel.source].append(
                (
                    sample_crps(ahead, answer),
                    abs(answer - before),
                    sample_crps(noisy, answer),
                    float(low <= answer <= high),
                )
            )
    return [_mean_skill(source, rows) for source, rows in scores.items() if rows]


def _mean_skill(source: str, rows: list[tuple[float, ...]]) -> PanelSkill:
    ahead, still, noisy, covered = np.mean(rows, axis=0)
    return PanelSkill(source, len(rows), 100 * ahead, 100 * still, 100 * noisy, float(covered))


def sample_crps(sample: Array, answer: float) -> float:
    """Continuous ranked probability score of a sample against one answer.

    >>> round(sample_crps(np.array([0.2, 0.4]), 0.3), 3)
    0.05
    """
    ordered, n = np.sort(sample), len(sample)
    spread = np.sum((2 * np.arange(1, n + 1) - n - 1) * ordered) / n**2
    return float(np.abs(ordered - answer).mean() - spread)
