"""Does a start drawn from answers foretell the next survey? The forced choice of one year, from what was known the year before.

A run begins from the filtered state of the year before and passes one year; the answers that it would give are its forced choice
with the noise of the survey. The filter alone (`sim.world.filtering`) is the yardstick: it knows the answers, but no ties, no
trust and no mechanism. The survey of a year is taken at the turn to it, half a year before the run's value; the filter minds
that, the run does not.
"""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass

import numpy as np
import pandas as pd

from sim.axes import STATE, YEAR, Array
from sim.config import Settings
from sim.engines.ensemble import simulate
from sim.errors import UserError
from sim.outcomes import compute_outcomes
from sim.world.filtering import fit_settings
from sim.world.opinion_filter import OpinionFilter, expit
from sim.world.opinion_skill import sample_crps
from sim.world.panels import FORCED_CHOICE, Panel, opinion_panels, share_panels
from sim.world.roster import partner_codes

RUNS = 1000
INTERVAL = (0.05, 0.95)
MODEL, FILTER = "model", "filter"


@dataclass(frozen=True)
class Nowcast:
    """Predictive samples of the share choosing China, noise of the survey included, beside what was answered.

    Parameters
    ----------
    year : of the survey. states : those that answered.
    answers : (state,)  0-1. samples : "model" and "filter" -> (draw, state), 0-1.
    """

    year: int
    states: tuple[str, ...]
    answers: Array
    samples: dict[str, Array]

    def table(self) -> pd.DataFrame:
        """Tell of every state its answer and, by who predicts, median, 90 % interval, score (points) and whether it is inside."""
        table = pd.DataFrame({"answer": self.answers}, index=pd.Index(self.states, name="state"))
        for name, sample in self.samples.items():
            low, middle, high = np.quantile(sample, (INTERVAL[0], 0.5, INTERVAL[1]), axis=0)
            table[f"{name}_low"], table[f"{name}_median"], table[f"{name}_high"] = low, middle, high
            table[f"{name}_crps"] = [
                100.0 * sample_crps(sample[:, i], answer) for i, answer in enumerate(self.answers)
            ]
            table[f"{name}_inside"] = (low <= self.answers) & (self.answers <= high)
        return table

    def scores(self) -> dict[str, tuple[float, float]]:
        """Mean CRPS in points and share of answers inside the 90 % interval, by who predicts."""
        table = self.table()
        return {
            name: (float(table[f"{name}_crps"].mean()), float(table[f"{name}_inside"].mean()))
            for name in self.samples
        }


def nowcast(settings: Settings, *, year: int = 2023, runs: int = RUNS) -> Nowcast:
    """Foretell a year's forced choice from the year before, by the model and by the filter alone.

    Parameters
    ----------
    settings : of the model; its years and its way of starting are set here. year : of a survey. runs : draws of both.

    Raises
    ------
    UserError : China or the United States is no partner, so that nobody could choose between them.
    """
    if not {"CHN", "USA"} <= set(partner_codes(settings.partners)):
        raise UserError(
            given=f"partners is {list(settings.partners)}",
            allowed="CHN and USA must be among them: the forced choice is between these two",
            where="on the command line: partners=[CHN,USA,JPN]",
        )
    years = dataclasses.replace(settings.years, first=year, last=year)
    asked = dataclasses.replace(settings, years=years, start="assimilated", runs=max(runs, 2))
    outcomes = compute_outcomes(simulate(asked), asked.rules.observation)
    choice = outcomes["forced_choice"].sel({YEAR: year})
    states = tuple(str(code) for code in choice[STATE].values)
    panels = share_panels(opinion_panels(states, last=year))
    (survey,) = [panel for panel in panels if panel.kind == FORCED_CHOICE]
    known = survey.known()[:, -1]
    normals = np.random.default_rng(0).standard_normal((2, asked.runs, len(states)))
    model = np.clip(choice.transpose(..., STATE).values + survey.noise * normals[0], 0.0, 1.0)
    alone = _by_filter(panels, survey, normals[1])
    return Nowcast(
        year=year,
        states=tuple(state for state, there in zip(states, known, strict=True) if there),
        answers=survey.values[known, -1],
        samples={MODEL: model[:, known], FILTER: alone[:, known]},
    )


def _by_filter(panels: list[Panel], survey: Panel, normals: Array) -> Array:
    past = [panel.until(panel.years[-2]) for panel in panels]
    kalman = OpinionFilter(past, fit_settings(past))
    kalman.run()
    kalman.predict()
    expected = [kalman.expect(survey, i) for i in range(len(survey.states))]
    mean, variance = np.array([[mean, variance] for _, mean, variance in expected]).T
    return expit(mean + np.sqrt(variance) * normals)
