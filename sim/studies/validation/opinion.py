"""Is the next answer of a panel foreseen? The filter alone, the filter moved by the model, and that nothing changes.

Each answer that follows one of the same state to the same panel one or two years before is predicted from all answers up to
then. The filter knows no causes; the model adds what it expects of the years between, on record (a change of leader in
Washington) or simulated (incidents at sea): of elites the change of the log-odds of their choice, of publics what comes of
opinion alone. No change is the last answer with an error as large as this panel's changes so far.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy.special import logit, ndtri

from sim.axes import Array
from sim.studies.validation.past_runs import PastContexts, PastRuns, run_past
from sim.studies.validation.scores import covered, crps
from sim.studies.validation.weights import WeightsByYear
from sim.world.filtering import fit_settings
from sim.world.load import LAST_YEAR
from sim.world.opinion_filter import SCALE, OpinionFilter, expit
from sim.world.panels import Panel, opinion_panels, share_panels

HORIZONS = (1, 2)
FORECASTS = ("filter and model", "filter alone", "no change")
SAMPLES = ndtri((np.arange(801) + 0.5) / 801)  # of a standard normal, evenly spaced in probability
KEEP = ("forced_choice", "trust")


@dataclass(frozen=True, kw_only=True)
class Answer:
    """One answer of a panel and its forecasts, shares from 0 to 1.

    samples : by name of forecast, (sample,). shift : of the model, in log-odds of the panel.
    """

    source: str
    state: str
    year: int
    ahead: int
    answer: float
    shift: float
    samples: dict[str, Array]


def foreseen(
    contexts: PastContexts,
    weights: WeightsByYear,
    *,
    replicates: int,
    horizons: Sequence[int] = HORIZONS,
    first: int = 2003,
) -> list[Answer]:
    """Predict every answer to a panel that the same state had answered one or two years before.

    Parameters
    ----------
    contexts : of the past. weights : the latest that know nothing later than the forecast's start are used.
    replicates : histories a draw. horizons : years ahead. first : first year predicted.
    """
    stage = contexts(LAST_YEAR, LAST_YEAR)
    panels = share_panels(opinion_panels(stage.states, last=LAST_YEAR))
    years = panels[0].years
    result = []
    for start in range(first - min(horizons), LAST_YEAR):
        wanted = [h for h in horizons if first <= start + h <= LAST_YEAR]
        cases = {h: _asked(panels, years.index(start), h) for h in wanted}
        if not any(cases.values()):
            continue
        past = [panel.until(start) for panel in panels]
        kalman = OpinionFilter(past, fit_settings(past))
        kalman.run()
        stage = contexts(start + 1, min(start + max(HORIZONS), LAST_YEAR))
        known = weights.until(start)
        runs = run_past(stage, known.draws, replicates=replicates, keep=KEEP)
        moved = _changes(runs, np.repeat(known.trust_weight, replicates), stage.partners)
        for ahead in range(1, max(wanted) + 1):
            kalman.predict()
            for panel, state in cases.get(ahead, ()):
                result.append(_answer(panel, state, start, ahead, kalman, moved))
    return result


def _asked(panels: Sequence[Panel], at: int, ahead: int) -> list[tuple[Panel, int]]:
    return [
        (panel, int(state))
        for panel in panels
        for state in np.flatnonzero(panel.known()[:, [at, at + ahead]].all(axis=1))
    ]


def _changes(runs: PastRuns, trust_weight: Array, partners: Sequence[str]) -> dict[bool, Array]:
    """Mean change of log-odds for China since the start, (year, state), of elites (True) and of publics (False)."""
    choice = logit(runs.values["forced_choice"])
    trust = runs.values["trust"]
    favour = trust[..., partners.index("CHN")] - trust[..., partners.index("USA")]
    opinion = trust_weight[:, np.newaxis, np.newaxis] * favour
    return {
        elites: (value - value[:, :1]).mean(axis=0)
        for elites, value in ((True, choice), (False, opinion))
    }


def _answer(
    panel: Panel, i: int, start: int, ahead: int, kalman: OpinionFilter, moved: dict[bool, Array]
) -> Answer:
    at = panel.years.index(start)
    change = moved[panel.source == SCALE][:, i]
    turn = 0.5 * (change[ahead] + change[ahead - 1]) if panel.lead else change[ahead]
    slope = 1.0 if panel.source == SCALE else kalman.settings[f"slope_{panel.source}"]
    _, mean, variance = kalman.expect(panel, i)
    shift, error = float(slope * turn), np.sqrt(variance) * SAMPLES
    still = panel.values[i, at] + _size_of_changes(panel, at, ahead) * SAMPLES
    return Answer(
        source=panel.source,
        state=panel.states[i],
        year=start + ahead,
        ahead=ahead,
        answer=float(panel.values[i, at + ahead]),
        shift=shift,
        samples=dict(
            zip(FORECASTS, (expit(mean + shift + error), expit(mean + error), still), strict=True)
        ),
    )


def _size_of_changes(panel: Panel, at: int, ahead: int) -> float:
    """Root mean square of the panel's changes over so many years, up to a year; its noise where there are few."""
    past = panel.values[:, : at + 1]
    changes = (past[:, ahead:] - past[:, :-ahead]) if past.shape[1] > ahead else past[:, :0]
    known = changes[~np.isnan(changes)]
    if len(known) < 5:
        return float(np.sqrt(2.0) * panel.noise.mean())
    return float(np.sqrt(np.mean(known**2)))


def skill(answers: Sequence[Answer]) -> list[dict[str, float | int | str]]:
    """Mean CRPS in points and coverage of the 90 % interval in %, by horizon and panel, all panels first."""
    rows = []
    for ahead in sorted({one.ahead for one in answers}):
        ofthis = [one for one in answers if one.ahead == ahead]
        sources = sorted({one.source for one in ofthis})
        for name, some in [
            ("all panels", ofthis),
            *((source, [one for one in ofthis if one.source == source]) for source in sources),
        ]:
            row: dict[str, float | int | str] = {
                "panel": name,
                "ahead": ahead,
                "answers": len(some),
            }
            seen = np.array([one.answer for one in some])
            for forecast in FORECASTS:
                samples = np.stack([one.samples[forecast] for one in some], axis=1)
                row[forecast] = 100.0 * float(crps(samples, seen).mean())
                row[f"{forecast} covers"] = 100.0 * float(covered(samples, seen).mean())
            rows.append(row)
    return rows
