"""The task of `straits calibrate`: the joint fit, the draws that ship, and their page."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from sim.composition.context import StudyContext
from sim.ensemble import posterior
from sim.ensemble.fitting.check import coverage
from sim.ensemble.fitting.fit import SEED, Fit, fit
from sim.ensemble.fitting.narrowing import narrowing, proposed_defaults
from sim.plots import style
from sim.provenance import version
from sim.studies._runner import StudyResult, study
from sim.studies.calibration import figures as charts

WALKERS, STEPS = 512, 60
REPLICATES = 8  # of the check with simulated data
CHECKED = 160  # walkers of each replicate
INFORMED = 0.5  # correlation of truth and estimate from which data inform
TARGETS = (
    "acts of ten states with China and the United States 2001-22, with Japan 2006-22; Gallup 2009-14, Pew 2002-22, ISEAS "
    "2020-22; "
    "net trust of the Philippines; economic ties and arms shares; episodes 2-13; moments of free runs 2000-22"
)


@study(
    "calibrate",
    "How large are the responses that the record allows?",
    pages=("calibration.md",),
    shipped={"posterior.csv": "sim/ensemble/posterior.csv"},
)
def write_posterior(job: StudyContext) -> StudyResult:
    """Fit the responses to the record of 2000-22. Published, the draws become those that ship."""
    found = fit(
        theory=job.settings.theory,
        walkers=sizes(job)["walkers"],
        steps=STEPS,
        seed=job.settings.seed,
        settings=job.settings,
    )
    table = narrowing(found)
    checked = coverage(replicates=REPLICATES, seed=SEED, walkers=CHECKED, steps=STEPS // 3)
    return StudyResult(
        values=page_values(found) | _check_values(checked) | sizes(job),
        files={"posterior.csv": posterior.as_csv(found.draws, notes_of(found))},
        tables={"narrowing.csv": table, "moments.csv": _moments(found), "coverage.csv": checked},
        draw=lambda folder: _draw(found, folder),
        sizes=sizes(job),
        row={"draws": len(found.draws)},
    )


def sizes(job: StudyContext) -> dict[str, int]:
    """How hard is looked: `runs` is the number of walkers, if more than one."""
    walkers = job.settings.runs if job.settings.runs > 1 else WALKERS
    return {"walkers": walkers, "steps": STEPS, "replicates": REPLICATES}


def notes_of(found: Fit) -> dict[str, str]:
    """Where the draws come from, for the head of posterior.csv."""
    return {
        "what": "posterior draws of the numbers of Straits; no number belongs to a state",
        "version": version(),
        "seed": str(found.seed),
        "known_to": str(found.until),
        "theory": found.settings.theory,
        "targets": TARGETS,
        "method": f"{found.chains.u.shape[1]} walkers from the mode, weighed by free runs",
        "data_versions": found.data_versions,
    }


def page_values(found: Fit) -> dict[str, Any]:
    """Return the values of the page: what was fitted, what each number learnt, how the chains went."""
    table = narrowing(found)
    says = table["record_says"]
    chains = found.chains
    return {
        "known": found.until,
        "seed": found.seed,
        "draws": len(found.draws),
        "targets": TARGETS,
        "parts": found.log_likelihood_parts.mean().to_dict(),
        "numbers": table.to_dict("records"),
        "informed": int((says == "something").sum()),
        "nothing": int((says == "nothing").sum()),
        "silent": [path.removeprefix("rules.") for path in found.silent],
        "moments": _moments(found).to_dict("records"),
        "candidates": found.moments.candidates if found.moments else 0,
        "weighing": found.moments.effective if found.moments else 0.0,
        "evaluations": chains.evaluations,
        "accepted": chains.accepted,
        "r_hat": float(np.max(chains.r_hat)),
        "effective": float(np.min(chains.effective)),
        "defaults": proposed_defaults(found),
    }


def _check_values(checked: pd.DataFrame) -> dict[str, Any]:
    """Return how often known numbers came back inside their ranges, all, and those that such data inform."""
    informed = checked["correlation"] >= INFORMED
    return {
        "checked": len(checked),
        "inside": float(checked["inside"].mean()),
        "inside_informed": float(checked.loc[informed, "inside"].mean()),
        "informed_by_check": int(informed.sum()),
    }


def _moments(found: Fit) -> pd.DataFrame:
    assert found.moments is not None
    return found.moments.table


def _draw(found: Fit, folder: Any) -> None:
    attrs = {"version": version(), "seed": found.seed}
    with style.context():
        figure = charts.draw_numbers(narrowing(found), attrs)
        style.save(figure, folder, "weights")
