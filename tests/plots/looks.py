"""The main figures of made-up data, small: how they looked when somebody last looked at them.

`python -m tests.plots.looks` draws them anew into tests/plots/looks/: look at each before you keep it.
"""

from __future__ import annotations

from pathlib import Path

from sim.plots import paths, style
from sim.plots.story import Story
from sim.studies.explain.figures import draw_why
from sim.studies.scenario.figures import draw_all, draw_comparison
from sim.studies.sweep.figures import effects, leaving, phase
from tests.studies.explain.made import ATTRS, SCARED, TIED

from .conftest import synthetic, without
from .test_phase import made

FOLDER = Path(__file__).parent / "looks"
STATES = ("PHL", "VNM", "LAO", "IDN")
NAMES = (
    *("triangle", "paths", "readings", "steps", "tiles", "sea", "scorecard"),
    *("comparison", "phase", "leaving", "effects", "why"),
)


def draw(folder: Path, *, seed: int = 5) -> None:
    """Draw them, coarsely: 4 states, 7 runs, 3 partners."""
    fine, style.SETTINGS["savefig.dpi"] = style.SETTINGS["savefig.dpi"], 38
    try:
        history, outcomes = synthetic(STATES, runs=7, first=2012, last=2033, seed=seed)
        base = without(outcomes, size=0.2)
        draw_all(history, outcomes, folder, base)
        draw_comparison({"none": base, "much": outcomes}, folder)
        with style.context():
            style.save(phase.draw_postures(made()), folder, "phase")
            style.save(leaving.draw(made()), folder, "leaving")
            style.save(effects.draw_effects(made()), folder, "effects")
            alone, judged = synthetic(STATES, first=2012, last=2033, seed=seed)
            style.save(paths.draw(Story(history=alone, outcomes=judged)), folder, "steps")
        draw_why([SCARED, TIED], folder, ATTRS)
    finally:
        style.SETTINGS["savefig.dpi"] = fine


if __name__ == "__main__":
    draw(FOLDER)
    for path in FOLDER.iterdir():
        if path.suffix != ".png" or path.stem not in NAMES:
            path.unlink()
