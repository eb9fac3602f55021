"""Survival curves of the region and of each state, for every date followed."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from sim.ensemble.store.finished import Stored
from sim.plots import style
from sim.studies.survival.analysis import SurvivalSample, curves, regional
from sim.studies.survival.figures.region import About, draw_region
from sim.studies.survival.figures.states import draw_states
from sim.studies.survival.groups import Groups


def draw_all(
    folder: Path, stored: Stored, groups: Groups, samples: Sequence[SurvivalSample]
) -> None:
    """Draw the region's curves and the states', two charts a date, into a folder."""
    for one in samples:
        about = About(
            outcome=one.outcome,
            over=groups.over,
            between=groups.between,
            runs=groups.runs,
            first=stored.years[0],
            within=one.within,
            left_out=one.left_out,
            attrs={"version": stored.version, "seed": stored.seed},
            threshold=stored.plan.options.threshold,
        )
        means = {key: regional(cases, one.within) for key, cases in one.cases.items()}
        with style.context():
            style.save(draw_region(means, about), folder, f"survival_{one.outcome}")
            states = draw_states(curves(one), one.states, about)
            style.save(states, folder, f"survival_{one.outcome}_states")
