"""What a visitor takes away: the numbers behind the charts, and a configuration that the command line runs."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping

import numpy as np
import yaml

from sim.config import Settings
from sim.config.settings import as_mapping
from sim.dashboard.charts.spread import LEVELS
from sim.dashboard.measures import MEASURES
from sim.dashboard.readings import Reading
from sim.dashboard.share import REGION

COLUMNS = ("scenario", "place", "year", "measure", "unit", "mean")
QUANTILES = tuple(f"q{100 * level:02.0f}" for level in LEVELS)


def data_csv(readings: Mapping[str, Reading]) -> str:
    """All measures of all places and years, as CSV: mean and quantiles over runs, and what was observed before."""
    text = io.StringIO()
    lines = csv.writer(text, lineterminator="\n")
    lines.writerow([*COLUMNS, *QUANTILES, "runs", "seed"])
    for scenario, reading in readings.items():
        for measure in MEASURES:
            for at, index in enumerate((*reading.states, REGION)):
                lines.writerows(_export_rows(scenario, reading, measure, index, at))
    return text.getvalue()


def _export_rows(
    scenario: str, reading: Reading, measure: str, place: str, at: int
) -> list[list[object]]:
    values = reading.levels[measure][at]
    spread = np.quantile(values, LEVELS, axis=-1).T
    return [
        [scenario, place, year, measure, MEASURES[measure].unit, *_plain_cells([mean, *quantiles])]
        + [reading.runs, reading.seed]
        for year, mean, quantiles in zip(
            reading.years, values.mean(axis=-1, dtype=float), spread, strict=True
        )
    ]


def _plain_cells(values: list[float]) -> list[str]:
    return [f"{value:.5g}" for value in values]


def configuration_yaml(settings: Settings, *, letter: str) -> str:
    """Settings as YAML, complete, with the command that runs them."""
    name = f"straits_{letter}"
    head = (
        f"# Scenario {letter.upper()} of the dashboard. Save this file as {name}.yaml in a folder, then run\n"
        f"#\n#   python experiments/run.py --config-path FOLDER --config-name {name}\n"
    )
    mapping = as_mapping(settings) | {"engine": "ensemble", "figures": True, "out": None}
    return head + yaml.safe_dump(mapping, sort_keys=False, allow_unicode=True)
