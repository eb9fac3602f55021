"""The task of experiments/compare.py: named choices side by side, with common random numbers."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd
import xarray as xr

from sim.composition.commands import task
from sim.composition.context import StudyContext
from sim.config import Settings
from sim.outcomes.headline import CLOSING
from sim.outcomes.summary import REGION, differences, region_row, summarise
from sim.results.files import write_bibliography, write_config, write_dataset, write_table
from sim.results.result_folder import result_folder
from sim.studies._rows import row_of
from sim.studies.scenario.engine import judged, simulate
from sim.studies.scenario.options import variant_settings

SHOWN = (
    "alignment_end",
    "alignment_posture_end",
    "alignment_structural_end",
    "hedging_end",
    "capacity_end",
    "pressure_end",
    "deterrence_end",
    "sea_lanes_end",
)


@task("compare", "What difference does a choice make?")
def compare(job: StudyContext) -> Mapping[str, Any]:
    """Simulate and judge every variant, write tables and figures, print the region's rows.

    Returns
    -------
    The measure's region row, for the table of a sweep.

    Raises
    ------
    UserError : nothing to compare, or data or an output folder that cannot be used.
    """
    compared = variant_settings(job)
    with result_folder(job.folder, kind="compare") as folder:
        entries = {
            name: _judged_outcomes(settings, job, name) for name, settings in compared.items()
        }
        summaries = {
            name: summarise(outcomes, first=compared[name].years.first)
            for name, outcomes in entries.items()
        }
        table = pd.concat(
            [each.assign(choice=name) for name, each in summaries.items()], ignore_index=True
        )
        table.insert(0, "choice", table.pop("choice"))
        write_table(folder / "summary.csv", table)
        write_table(folder / "differences.csv", differences(summaries))
        for name, outcomes in entries.items():
            write_dataset(folder / f"outcomes_{_safe_name(name)}.nc", outcomes)
        if job.options.figures:
            from sim.studies.scenario.figures import draw_comparison

            draw_comparison(entries, folder / "figures")
        write_bibliography(folder, job.settings)
        write_config(folder, job.mapping())
    print(_comparison_text(job, table))
    first = next(iter(entries))
    return row_of(region_row(summaries[first]), entries[first], compared[first])


def _judged_outcomes(settings: Settings, job: StudyContext, name: str) -> xr.Dataset:
    history = simulate(settings, engine=job.options.engine, label=f"simulating {name}")
    return judged(history, settings)


def _comparison_text(job: StudyContext, table: pd.DataFrame) -> str:
    region = table[table["state"] == REGION].set_index("choice")
    shown = region[[column for column in SHOWN if column in region]]
    measure = shown.iloc[0]
    gaps = (shown - measure).iloc[1:]
    parts = [
        f"Straits: the region in {int(table['end_year'].iloc[0])}, by {job.options.compare.over}\n"
    ]
    parts.append(shown.to_string(float_format=lambda value: f"{value:.3f}"))
    if len(gaps):
        parts.append(f"\nDifference to {shown.index[0]}, same random draws:")
        parts.append(gaps.to_string(float_format=lambda value: f"{value:+.3f}"))
    return "\n".join([*parts, f"\n{CLOSING}", f"Results: {job.folder}"])


def _safe_name(name: str) -> str:
    return "".join(letter if letter.isalnum() or letter in "._-" else "_" for letter in name)
