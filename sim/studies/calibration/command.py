"""The task of experiments/calibrate.py: draws of the posterior, and their page."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from sim.composition.context import StudyContext
from sim.ensemble import posterior
from sim.ensemble.priors import READING, priors, read_as_calibrated, values
from sim.plots import style
from sim.provenance import version
from sim.studies._runner import StudyResult, study
from sim.studies.calibration import figures as charts
from sim.studies.calibration.calibrate import (
    Hindcast,
    ParticlePopulation,
    SmcSettings,
    calibrate,
    set_hindcast,
)
from sim.studies.calibration.hindcast import KNOWN
from sim.studies.calibration.observation import parts
from sim.studies.calibration.persistence import persistence_check

DRAWS, STORED = 1024, 400
TARGETS = (
    "forced choice 2020-22; trust 2022; trade shares and security ties, means of 2009-11, 2017-19 and 2020-22; "
    "order of patrol days 2019-22"
)


def effort_of(job: StudyContext) -> SmcSettings:
    """Read how hard to look off a job: `runs` is the number of draws, `seed` the seed."""
    runs = job.settings.runs if job.settings.runs > 1 else DRAWS
    return SmcSettings(draws=runs, seed=job.settings.seed)


@study(
    "calibrate",
    "Which weights does the record allow?",
    pages=("calibration.md",),
    shipped={"posterior.csv": "sim/ensemble/posterior.csv"},
)
def write_posterior(job: StudyContext) -> StudyResult:
    """Calibrate. Published, the draws become those that ship."""
    effort = effort_of(job)
    hindcast = set_hindcast(base=read_as_calibrated(job.settings))
    cloud = calibrate(hindcast, effort, print)
    table = posterior.identifiability(cloud.z)
    return StudyResult(
        values=page_values(cloud, hindcast, effort, table),
        files={"posterior.csv": shipped_draws(cloud, hindcast, effort)},
        draw=lambda folder: _draw(cloud, table, folder, attrs_of(effort)),
        sizes=sizes(effort),
        row={"draws": len(cloud.z)},
    )


def sizes(effort: SmcSettings) -> dict[str, int]:
    """How hard was looked, for the page's record."""
    return {"draws": effort.draws, "moves": effort.moves, "replicates": effort.replicates}


def attrs_of(effort: SmcSettings) -> dict[str, Any]:
    """Attributes for a figure's footer."""
    return {"version": version(), "seed": effort.seed}


def shipped_draws(cloud: ParticlePopulation, hindcast: Hindcast, effort: SmcSettings) -> str:
    """Return evenly chosen draws with their provenance, as posterior.csv has them."""
    count = min(STORED, len(cloud.z))
    chosen = np.random.default_rng(effort.seed).permutation(len(cloud.z))[:count]
    draws = {name: column[chosen] for name, column in values(cloud.z).items()}
    notes = {
        "what": "posterior draws of Straits' global weights; no weight belongs to a state",
        "version": version(),
        "seed": str(effort.seed),
        "known_to": str(KNOWN),
        "targets": TARGETS,
        "method": f"sequential Monte Carlo, {effort.draws} draws, {len(cloud.rounds)} rounds of "
        f"{effort.moves} steps, {effort.replicates} histories a draw",
        "data_versions": str(hindcast.stages[-1].world.attrs["data_versions"]),
    }
    return posterior.as_csv(draws, notes)


def _draw(
    cloud: ParticlePopulation, table: pd.DataFrame, folder: Path, attrs: Mapping[str, Any]
) -> None:
    names = [name.removeprefix("rules.").replace("_", " ") for name in table["weight"]]
    with style.context():
        figure = charts.draw_weights(cloud.z, names, list(table["data_say"]), attrs)
        style.save(figure, folder, "weights")


def page_values(
    cloud: ParticlePopulation, hindcast: Hindcast, effort: SmcSettings, table: pd.DataFrame
) -> dict[str, Any]:
    """Return the values of the page: the fit of the declared defaults and of the posterior, and what each weight learnt.

    Parameters
    ----------
    cloud : the posterior. hindcast : what it was fitted to. effort : sizes and seed. table : a row a weight.
    """
    weights = values(cloud.z)
    default = {prior.path: np.array([prior.middle]) for prior in priors()}
    fitted = parts(hindcast.predict(cloud.z), weights, hindcast.targets)
    before = parts(hindcast.of(default), default, hindcast.targets)
    return {
        "known": KNOWN,
        "draws": effort.draws,
        "seed": effort.seed,
        "targets": TARGETS,
        "likelihoods": [
            {"name": name, "defaults": before[name][0], "posterior": fit.mean()}
            for name, fit in fitted.items()
        ],
        "weights": table.to_dict("records"),
        "long_hindcast": persistence_check(weights, hindcast.stages[0].settings).to_dict("records"),
        "defaults": {**posterior.proposals(weights), **READING},
    }
