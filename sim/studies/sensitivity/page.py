"""All three methods for one page: docs/sensitivity.md, what drives the outcomes of the default model."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pandas as pd

from sim.composition.context import StudyContext
from sim.config.labels import setting_label
from sim.ensemble.executors.options import ExecutorOptions
from sim.errors import UserError
from sim.plots.text import listed
from sim.results.files import write_config
from sim.studies._pages import render_page
from sim.studies._publishing import FIGURES, page_folder, record, where_it_went, write_page
from sim.studies.sensitivity.options import METHODS
from sim.studies.sensitivity.run_study import carried_out, study_of
from sim.studies.sensitivity.study import Study, Tables

NAME = "sensitivity"
OUTCOMES = ("hedging", "alignment", "cohesion")
NOT_THE_PAGES = ("settings", "samples", "replicates", "width")
SHOWN = 8


def write_sensitivity(job: StudyContext, executor: ExecutorOptions) -> Mapping[str, Any]:
    """Run (or go on with) all three studies and write sensitivity.md beside their stores.

    Raises
    ------
    UserError : something is given that is each method's own, or a folder that cannot be written.
    """
    _refuse_given(job)
    with page_folder(job, NAME, beside=tuple(METHODS)) as folder:
        studies = studies_of(job)
        results = {
            method: carried_out(job, study, job.folder / method, executor)
            for method, study in studies.items()
        }
        values = page_values(studies, results, last=job.settings.years.last)
        text = render_page(Path(__file__).parent, values)
        write_page(folder, "sensitivity.md", text, record(job, NAME, sizes(studies)))
        if job.options.figures:
            _copy(job.folder, folder / FIGURES)
        write_config(folder, job.mapping())
    print(text)
    print(where_it_went(job, NAME))
    return {"page": str(job.folder / "sensitivity.md")}


def studies_of(job: StudyContext) -> dict[str, Study]:
    """The three studies of the page, as the job's settings make them."""
    return {method: study_of(job, method, OUTCOMES) for method in METHODS}


def sizes(studies: Mapping[str, Study]) -> dict[str, dict[str, int]]:
    """How much each study runs, for the page's record."""
    return {
        method: {name: size for name, size in _size(study).items() if name != "runs"}
        for method, study in studies.items()
    }


def _refuse_given(job: StudyContext) -> None:
    for name in NOT_THE_PAGES:
        if getattr(job.options, name) is not None:
            raise UserError(
                given=f"{name} is given with method=all",
                allowed="the page takes each method's own",
                where=f"on the command line: method=sobol {name}=...",
            )


def _copy(results: Path, figures: Path) -> None:
    """Put the charts of the page beside it."""
    figures.mkdir(parents=True, exist_ok=True)
    for method in METHODS:
        drawn = results / method / "figures" / f"{method}_hedging.png"
        (figures / f"sensitivity_{method}.png").write_bytes(drawn.read_bytes())


def page_values(
    studies: Mapping[str, Study], results: Mapping[str, Tables], *, last: int
) -> dict[str, Any]:
    """Return the values of the page: what drives each outcome, and the first rows of each method's table."""
    sobol = results["sobol"]
    by_outcome = sobol.main.groupby("outcome", sort=False)
    decisive = [str(outcome) for outcome, table in by_outcome if _theory_leads(table)]
    shares = sobol.noise.set_index("outcome")["stochastic_share"]
    return {
        "last": last,
        "state": studies["sobol"].state,
        "decisive": listed(decisive) if decisive else "",
        "findings": [
            {"outcome": outcome, "stochastic": shares[outcome], **_finding(table)}
            for outcome, table in by_outcome
        ],
        "sizes": {method: _size(study) for method, study in studies.items()},
        "noise": sobol.noise.to_dict("records"),
        **{method: _first_rows(tables.main) for method, tables in results.items()},
    }


def _size(study: Study) -> dict[str, int]:
    count = len(study.space)
    rows = {"sobol": count + 2, "morris": count + 1}.get(study.method, 0) * study.samples
    return {
        "count": count,
        "samples": study.samples,
        "replicates": study.replicates,
        "runs": rows * study.replicates,
    }


def _finding(table: pd.DataFrame) -> dict[str, Any]:
    """Return the three settings with the largest totals above noise, in words, and Japan's strongest lever."""
    leading = table[~table["swamped"].astype(bool)].nlargest(3, "total")
    shares = zip(leading["setting"], leading["total"], strict=True)
    drivers = [f"{setting_label(name)} ({share:.0%})" for name, share in shares]
    japan = table[table["setting"].str.startswith("policy.japan.")].nlargest(1, "total").iloc[0]
    return {
        "drivers": listed(drivers) if drivers else "",
        "lever": setting_label(japan["setting"]),
        "total": japan["total"],
        "low": japan["total_low"],
        "high": japan["total_high"],
    }


def _theory_leads(table: pd.DataFrame) -> bool:
    """Whether the theory's total is surely the largest: its interval lies above all others."""
    own = table["setting"] == "theory"
    rest = table.loc[~own, "total_high"]
    return bool(own.any() and table.loc[own, "total_low"].min() > rest.max())


def _first_rows(table: pd.DataFrame) -> dict[str, Any]:
    """Return the rows of the first settings of each outcome."""
    return {
        str(outcome): part[part["setting"].isin(part["setting"].unique()[:SHOWN])].to_dict(
            "records"
        )
        for outcome, part in table.groupby("outcome", sort=False)
    }
