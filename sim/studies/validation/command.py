"""The task of experiments/validate.py: predictive performance on what was held out, as a page."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np

from sim.axes import Array
from sim.composition.context import StudyContext
from sim.ensemble import nowcast as foretold
from sim.ensemble.nowcast import Nowcast
from sim.plots import style
from sim.provenance import version
from sim.studies._runner import StudyResult, study
from sim.studies.validation import acts, bars, choice, episodes, opinion, scorebook
from sim.studies.validation import figures as charts
from sim.studies.validation.hindcasts import LEVELS, MAIN, STARTS, Hindcast, hindcasts
from sim.studies.validation.past_runs import PastContexts, observed
from sim.studies.validation.scores import Score
from sim.studies.validation.spread import Moment, future_spread, past_spread
from sim.studies.validation.weights import Report, Weights, WeightsByYear, posteriors, without_state
from sim.world.roster import names

DRAWS, RUNS = 200, 1000  # weights of a forecast, and runs of one with both
FUTURES = 200
EDGES = {"up": (0.2, 0.3, 0.4), "down": (0.02, 0.05)}  # of bins of chances


@dataclass(frozen=True, kw_only=True)
class Findings:
    """What every test found."""

    hindcasts: list[Hindcast]
    steps: acts.ActForecasts
    left_out: acts.ActForecasts
    panels: list[opinion.Answer]
    surveys: dict[int, Nowcast]
    cases: list[episodes.Case]
    moments: list[Moment]
    future: dict[str, float]
    partners: tuple[str, ...]
    known: tuple[int, ...]

    @cached_property
    def choice(self) -> dict[str, Score]:
        """Scores of the forced choice of 2023, by forecast."""
        return choice.year_ahead(self.surveys[choice.NEXT], self.panels, self.partners)

    def bars(self) -> list[bars.Bar]:
        """Every bar of the page, in its order."""
        return [
            *bars.bars_of_acts(acts.out_of_time(self.steps), acts.left_out(self.left_out)),
            *bars.bars_of_hindcasts(self.hindcasts),
            *bars.bars_of_opinion(opinion.skill(self.panels)),
            *bars.bars_of_choice(self.choice),
            *bars.bars_of_episodes(self.cases),
            *bars.bars_of_spread(self.moments, self.future),
        ]


@study(
    "validate",
    "How well does the model predict what was held out?",
    pages=("validation.md",),
    shipped={"bars.csv": "sim/studies/validation/bars.csv"},
)
def write_validation(job: StudyContext) -> StudyResult:
    """Fit to the record up to several years, and predict what came after."""
    count = sizes(job)["draws"]
    contexts = PastContexts(job.settings)
    states = contexts(acts.FIRST, acts.LAST).states
    weights = posteriors(job.settings, count=count, report=print)
    others = without_state(job.settings, states, count=count, report=print)
    found = find(contexts, weights, others, report=print)
    every = found.bars()
    met = sum(bar.met for bar in every)
    return StudyResult(
        values=page_values(found, seed=job.settings.seed, draws=count),
        files={"bars.csv": scorebook.as_csv(every)},
        draw=lambda folder: _draw(found, contexts, folder),
        sizes=sizes(job),
        row={"met": met, "bars": len(every)},
    )


def sizes(job: StudyContext) -> dict[str, int]:
    """How much is run, for the page's record; `runs` is the number of draws of each posterior."""
    count = job.settings.runs if job.settings.runs > 1 else DRAWS
    return {"draws": count, "runs": RUNS, "futures": FUTURES}


def find(
    contexts: PastContexts,
    weights: WeightsByYear,
    others: Mapping[str, Weights],
    *,
    report: Report | None = None,
) -> Findings:
    """Put the model to every test.

    Parameters
    ----------
    contexts : of the past. weights : posteriors by what they know. others : state -> weights that never saw it.
    report : told each step.
    """
    tell, settings = report or (lambda _: None), contexts.base
    tell("hindcasts of alignment")
    by_start = {start: weights.until(start) for start in STARTS}
    fans = hindcasts(
        contexts, by_start, replicates=_replicates(by_start[STARTS[0]]), seed=settings.seed
    )
    tell("dated acts")
    ahead = acts.predict_acts(weights.until(acts.CUT), settings)
    left_out = acts.predict_left_out(others, settings)
    tell("opinion panels")
    panels = opinion.foreseen(contexts, weights, replicates=2)
    tell("episodes")
    cases = episodes.predict_episodes(
        contexts, weights, replicates=_replicates(weights.until(acts.CUT))
    )
    tell("spread")
    latest = weights.until(choice.KNOWN)
    return Findings(
        hindcasts=fans,
        steps=ahead,
        left_out=left_out,
        panels=panels,
        surveys=choice.surveys(settings),
        cases=cases,
        moments=past_spread(contexts, latest, replicates=_replicates(latest), seed=settings.seed),
        future=future_spread(contexts, runs=FUTURES),
        partners=contexts(acts.FIRST, acts.LAST).partners,
        known=tuple(sorted(one.known_to for one in weights.known)),
    )


def _replicates(weights: Weights) -> int:
    return max(1, RUNS // len(weights.trust_weight))


def page_values(found: Findings, *, seed: int, draws: int) -> dict[str, Any]:
    """Return the values of the page."""
    every = found.bars()
    main = [one.row for one in found.hindcasts if one.name == MAIN]
    scores = found.choice
    right, asked = episodes.read_right(found.cases)
    return {
        "bars": every,
        "met": sum(bar.met for bar in every),
        "missed": [bar for bar in every if not bar.met],
        "main": main,
        "hindcasts": [one.row | {"known_to": one.known_to} for one in found.hindcasts],
        "ahead": acts.summary(acts.out_of_time(found.steps)),
        "left_out": acts.summary(acts.left_out(found.left_out)),
        "panels": opinion.skill(found.panels),
        "choice": scores,
        "own": scores[choice.MODEL],
        "brier": episodes.skill(found.cases),
        "cases": [_case_row(case) for case in found.cases if not case.of_region],
        "classes": episodes.CLASSES,
        "read_right": {"right": right, "asked": asked},
        "moments": found.moments,
        "future": found.future,
        "starts": STARTS,
        "known": found.known,
        "least": {
            "stance": episodes.LEAST_STANCE,
            "trust": episodes.LEAST_TRUST,
            "use": episodes.LEAST_USE,
        },
        "seed": seed,
        "draws": draws,
        "runs": RUNS,
        "version": version(),
    }


def _case_row(case: episodes.Case) -> dict[str, Any]:
    one = case.episode
    return {
        "number": one.number,
        "name": names([case.state])[case.state],
        "years": f"{one.first}-{one.last % 100:02d}" if one.last > one.first else str(one.first),
        "reading": episodes.reading_of(one),
        "direction": one.direction,
        "chances": [100 * float(value) for value in case.chances["model"]],
        "record": case.record,
    }


def _draw(found: Findings, contexts: PastContexts, folder: Path) -> None:
    attrs = {"seed": contexts.base.seed, "version": version()}
    main = [one for one in found.hindcasts if one.name == MAIN]
    ahead = found.steps.between(acts.CUT + 1, acts.LAST)
    with style.context():
        style.save(
            charts.draw_reliability(
                {str(one.start): one.curve() for one in main},
                LEVELS,
                [acts.reliability(ahead, way=way, edges=edges) for way, edges in EDGES.items()],
                attrs,
            ),
            folder,
            "reliability",
        )
        style.save(
            charts.draw_hindcasts(
                [(one.start, one.years, one.samples) for one in main],
                observed(contexts(STARTS[0] + 1, acts.LAST), MAIN),
                names(main[0].states),
                attrs,
            ),
            folder,
            "hindcasts",
        )
        style.save(charts.draw_heldout(_answers(found.surveys), attrs), folder, "heldout")


def _answers(surveys: Mapping[int, Nowcast]) -> list[tuple[str, Array, Array, list[str]]]:
    """Surveys of elites predicted a year ahead, as panels of a chart: 2023, and the years before."""
    groups = {
        f"{choice.NEXT} from {choice.KNOWN}": [surveys[choice.NEXT]],
        "2021 and 2022, each from the year before": [
            one for year, one in surveys.items() if year < choice.NEXT
        ],
    }
    return [
        (
            name,
            np.concatenate([one.samples[foretold.MODEL] for one in some], axis=1),
            np.concatenate([one.answers for one in some]),
            [state for one in some for state in one.states],
        )
        for name, some in groups.items()
    ]
