"""Likelihood of the opinion panels: latent opinion by the model's own rule, read through each panel's noise.

The rule of opinion is linear in trust and its base, so that its yearly luck makes the deviations from the forced pass a Gaussian
process; all answers of a state are judged at once under its covariance, which is what a Kalman filter would find year by year.
A source may differ lastingly from state to state (a house effect, Gaussian, integrated out). Gallup and Pew are shares of China
in the liking of both powers, on the log-odds linear in the difference of trust; ISEAS goes through the observation model of the
forced choice; net trust of the Philippine public is trust in China itself, taken as independent of the rest.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import xarray as xr
from numpy.typing import NDArray

from sim.axes import Array
from sim.config import Settings
from sim.engines.forced import Responses
from sim.outcomes.alignment import combined, leaning, points
from sim.world.opinion_filter import FLOOR, logit
from sim.world.panels import Panel, opinion_panels

START_SD = 0.2  # of trust in 2000, where nobody had asked: it lasts, as anchors are set there (engines/assimilate.py)
HOUSE_LEVEL = 0.15  # house effect of net trust, trust; assumed
SOURCES = ("gallup", "pew", "iseas")
CHOICE, LEVEL = "choice", "net_trust"


@dataclass(frozen=True, kw_only=True)
class Answers:
    """All answers of one state about one quantity.

    Parameters
    ----------
    state : index. value, noise : (answer,). when : (answer, year) weights of the years. source : (answer,) index in `SOURCES`.
    """

    state: int
    value: Array
    noise: Array
    when: Array
    source: NDArray[np.int64]


@dataclass(frozen=True, kw_only=True)
class PanelRecord:
    """Answers on the choice, by state, those on trust in China, and structural alignment, (year, state), -1 to 1."""

    choice: tuple[Answers, ...]
    level: tuple[Answers, ...]
    structure: Array


def read_panels(
    observed: xr.Dataset,
    years: Sequence[int],
    *,
    states: Sequence[str],
    camp: Array,
    settings: Settings,
) -> PanelRecord:
    """Read the answers given in the years asked for, and structural alignment, for the states that count."""
    everyone = [str(code) for code in observed["state"].values]
    panels = opinion_panels(everyone, last=years[-1])
    shares = [panel for panel in panels if panel.source in SOURCES]
    levels = [panel for panel in panels if panel.source not in SOURCES]
    counted = [k for k, code in enumerate(everyone) if code in states]
    part = settings.rules.observation.economic_part
    then = observed.sel(year=list(years))
    ties = (then[name].values for name in ("security_tie", "economic_tie"))
    security, economic = (points(leaning(tie=tie, camp=camp))[..., 0] for tie in ties)
    structure = combined(first=security, second=economic, second_part=part) / 50.0 - 1.0
    return PanelRecord(
        choice=tuple(a for k in counted if (a := _answers(shares, k, years)) is not None),
        level=tuple(a for k in counted if (a := _answers(levels, k, years)) is not None),
        structure=structure,
    )


def _answers(panels: Sequence[Panel], state: int, years: Sequence[int]) -> Answers | None:
    rows: list[tuple[float, float, Array, int]] = []
    for panel in panels:
        for year in panel.years:
            value = panel.values[state, panel.years.index(year)]
            if np.isnan(value) or year not in years:
                continue
            when = np.zeros(len(years))
            k = years.index(year)
            when[k] = 1.0
            if panel.lead and k > 0:
                when[k - 1 : k + 1] = 0.5
            noise = float(panel.noise[state])
            if panel.source in SOURCES:
                share = min(max(value, FLOOR), 1.0 - FLOOR)
                value, noise = float(logit(np.array(value))), noise / (share * (1.0 - share))
            source = SOURCES.index(panel.source) if panel.source in SOURCES else -1
            rows.append((value, noise, when, source))
    if not rows:
        return None
    columns = [np.array(column) for column in zip(*rows, strict=True)]
    return Answers(
        state=state, value=columns[0], noise=columns[1], when=columns[2], source=columns[3]
    )


def opinion_covariance(
    *, swing: Array, scar: Array, back: Array, noise: Array, years: int
) -> Array:
    """Covariance of trust in one partner with itself over the years, (run, year, year), round the forced pass: luck and start."""
    a = np.empty((len(swing), 2, 2))
    a[:, 0, 0], a[:, 0, 1] = 1.0 - swing, swing
    a[:, 1, 0], a[:, 1, 1] = scar * (1.0 - swing), 1.0 - scar - back + scar * swing
    push = np.stack([np.ones_like(scar), scar], axis=-1) * noise[:, np.newaxis]
    shock = push[:, :, np.newaxis] * push[:, np.newaxis, :]
    state = np.zeros((len(swing), 2, 2))
    result = np.empty((len(swing), years, years))
    for first in range(years):
        state = a @ state @ a.transpose(0, 2, 1) + shock
        column = state[:, :, 0]
        for later in range(first, years):
            result[:, first, later] = result[:, later, first] = column[:, 0]
            column = (a @ column[..., np.newaxis])[..., 0]
    return result + START_SD**2


def panels_log_likelihood(
    responses: Responses, record: PanelRecord, values: Mapping[str, Array]
) -> dict[str, Array]:
    """Log likelihood of the choice panels and of net trust, name -> (run,).

    Parameters
    ----------
    values : path -> (run,) of the numbers of opinion, of observation, and the errors.
    """
    total = {CHOICE: np.zeros(responses.trust.shape[1]), LEVEL: np.zeros(responses.trust.shape[1])}
    for kind, answers, mean, covariance in expected_answers(responses, record, values):
        total[kind] += gaussian(answers.value - mean, covariance)
    return total


def expected_answers(
    responses: Responses, record: PanelRecord, values: Mapping[str, Array]
) -> Iterator[tuple[str, Answers, Array, Array]]:
    """Every state's answers with the mean (run, answer) and covariance (run, answer, answer) expected of them, and their kind."""
    of_one = opinion_covariance(
        **{name: values[f"rules.opinion.{name}"] for name in ("swing", "scar", "back", "noise")},
        years=len(responses.years),
    )
    trust = responses.trust[..., 0], responses.trust[..., 1]  # (year, run, state)
    favour, stance = trust[1] - trust[0], responses.stance[..., 0]
    slopes = -_rows(values, "error.slope_gallup", "error.slope_pew", "rules.observation.trust")
    offsets = _rows(values, "error.offset_gallup", "error.offset_pew")
    offsets = np.concatenate([offsets, -_rows(values, "rules.observation.intercept")])
    house = values["error.house"][:, np.newaxis, np.newaxis] ** 2
    for answers in record.choice:
        slope = slopes[answers.source].T  # (run, answer)
        government = values["rules.observation.posture"][:, np.newaxis] * (
            answers.when @ stance[:, :, answers.state]
        ).T + values["rules.observation.slope"][:, np.newaxis] * (
            answers.when @ record.structure[:, answers.state]
        )
        mean = (
            offsets[answers.source].T
            + slope * (answers.when @ favour[:, :, answers.state]).T
            - np.where(answers.source == SOURCES.index("iseas"), government, 0.0)
        )
        latent = 2.0 * answers.when @ of_one @ answers.when.T  # of two partners
        same = answers.source[:, np.newaxis] == answers.source
        spread = slope[:, :, np.newaxis] * slope[:, np.newaxis, :] * latent + house * same
        yield CHOICE, answers, mean, spread + np.diag(answers.noise**2)
    for answers in record.level:
        mean = (answers.when @ trust[0][:, :, answers.state]).T
        spread = answers.when @ of_one @ answers.when.T + HOUSE_LEVEL**2
        yield LEVEL, answers, mean, spread + np.diag(answers.noise**2)


def _rows(values: Mapping[str, Array], *paths: str) -> Array:
    return np.stack([values[path] for path in paths])


def gaussian(miss: Array, covariance: Array) -> Array:
    """Log density of misses (run, answer) under covariances (run, answer, answer)."""
    _, size = np.linalg.slogdet(covariance)
    scaled = np.linalg.solve(covariance, miss[..., np.newaxis])[..., 0]
    return -0.5 * (size + (miss * scaled).sum(axis=-1) + miss.shape[-1] * np.log(2.0 * np.pi))
