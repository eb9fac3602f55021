"""All three methods for one page: docs/sensitivity.md, what drives the outcomes of the default model."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pandas as pd

from sim.composition.context import StudyContext
from sim.config.labels import setting_label
from sim.ensemble.executors.options import ExecutorOptions
from sim.errors import UserError
from sim.plots.text import listed
from sim.results.files import write_config
from sim.studies._publishing import FIGURES, page_folder, record, where_it_went, write_page
from sim.studies.sensitivity.options import METHODS
from sim.studies.sensitivity.run_study import carried_out, study_of
from sim.studies.sensitivity.study import Study, Tables

NAME = "sensitivity"
OUTCOMES = ("hedging", "alignment", "cohesion")
NOT_THE_PAGES = ("settings", "samples", "replicates", "width")
SHOWN = 8
HEAD = """# What drives the outcomes?

{finding}

Outcomes are those of {last}, {place}: `hedging` (how spread and contradictory ties are), `alignment` (0 = China, 100 = United
States) and `cohesion` (1 less how far apart members lean: the spread of alignment, turned round). Shares are of the variance over
the *declared ranges* of the settings, which are wide on purpose: another range, another share. Nothing here says whether the
model is right. A conditional exploration, not a forecast.

Written by `python experiments/sensitivity.py method=all`; runs and full tables go to `results/sensitivity/`.
"""
BELIEF = (
    "**For {outcomes}, which theory of how states choose is taken for true outweighs every lever of every power, and the rivalry "
    "between them.** What the model says of a policy is said under a theory, or not at all.\n"
)
SOBOL = """## Levers, rivalry and theory together (Sobol indices)

{count} settings at once, {samples} samples, {replicates} replicates, {runs:,} runs. *First*: share of the variance of the
expected outcome that a setting explains alone; *total*: with all its interactions. Intervals are 95 %, over samples and luck.

Luck is common to all points. Means of products are taken over pairs of different replicates, so that noise is counted nowhere;
the indices are those of the expectation (`sim/studies/sensitivity/crossed.py`). Negative values are estimates of something near
nought.
"""
MORRIS = """## Every declared number, roughly (Morris screening)

{count} numbers, {samples} paths, {replicates} replicates, {runs:,} runs. *mu\\**: mean size of the effect of going from one end
of the range to the other; *sigma*: how much that differs from place to place. Numbers that only say how outcomes are read
(`observation`, `camp`) are among them: they move the ruler, not the region. Steps go a third of the range or more at a time, and
so seldom come near the defaults.
"""
TORNADO = """## One lever at a time (tornado)

From the baseline to either end of the declared range, all else as it is, {replicates} pairs of runs with the same luck.
"""


def write_sensitivity(job: StudyContext, executor: ExecutorOptions) -> Mapping[str, Any]:
    """Run (or go on with) all three studies and write sensitivity.md beside their stores.

    Raises
    ------
    UserError : something is given that is each method's own, or a folder that cannot be written.
    """
    _refuse_given(job)
    with page_folder(job, NAME, beside=tuple(METHODS)) as folder:
        studies = studies_of(job)
        found = {
            method: carried_out(job, study, job.folder / method, executor)
            for method, study in studies.items()
        }
        text = page(studies, found, last=job.settings.years.last)
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


def page(studies: Mapping[str, Study], found: Mapping[str, Tables], *, last: int) -> str:
    """Write the page as Markdown."""
    state = studies["sobol"].state
    place = f"of {state}" if state else "states averaged"
    parts = [HEAD.format(finding=_finding(found["sobol"]), last=last, place=place)]
    parts.append("![Shares of the variance of hedging](figures/sensitivity_sobol.png)\n")
    parts.append(SOBOL.format(**_size(studies["sobol"])))
    parts += [_luck(found["sobol"].noise), *_each(found["sobol"], _sobol_row, SOBOL_ROW)]
    parts.append(
        "![All numbers, mean size against spread of effects](figures/sensitivity_morris.png)\n"
    )
    parts += [MORRIS.format(**_size(studies["morris"]))]
    parts += _each(found["morris"], _morris_row, MORRIS_ROW)
    parts.append("![One lever at a time](figures/sensitivity_tornado.png)\n")
    parts += [TORNADO.format(**_size(studies["tornado"]))]
    parts += _each(found["tornado"], _tornado_row, TORNADO_ROW)
    return "\n".join(parts)


def _size(study: Study) -> dict[str, int]:
    count = len(study.space)
    rows = {"sobol": count + 2, "morris": count + 1}.get(study.method, 0) * study.samples
    return {
        "count": count,
        "samples": study.samples,
        "replicates": study.replicates,
        "runs": rows * study.replicates,
    }


def _finding(found: Tables) -> str:
    lines = []
    ruled = [str(name) for name, part in found.main.groupby("outcome", sort=False) if _ruled(part)]
    lines += [BELIEF.format(outcomes=listed(ruled))] if ruled else []
    for outcome, part in found.main.groupby("outcome", sort=False):
        sure = part[~part["swamped"].astype(bool)].nlargest(3, "total")
        names = [
            f"{setting_label(str(one.setting))} ({one.total:.0%})" for one in sure.itertuples()
        ]
        japan = part[part["setting"].str.startswith("policy.japan.")]
        most: Any = japan.nlargest(1, "total").iloc[0]
        share = float(found.noise.loc[found.noise["outcome"] == outcome, "noise_share"].iloc[0])
        lines.append(
            f"* **{str(outcome).capitalize()}** is driven by {listed(names)}. Of all Japan's levers the one that matters most, "
            f"{setting_label(str(most['setting']))}, has a total share of {most['total']:.1%} "
            f"({most['total_low']:.1%} to {most['total_high']:.1%}). Luck is {share:.0%} of the variance of single runs."
        )
    return "\n".join(lines)


def _ruled(part: pd.DataFrame) -> bool:
    """Whether the theory's total is surely the largest: its interval lies above all others."""
    own = part["setting"] == "theory"
    return bool(own.any() and part.loc[own, "total_low"].min() > part.loc[~own, "total_high"].max())


def _luck(noise: pd.DataFrame) -> str:
    lines = [
        "| outcome | sd from settings | sd from luck | luck, of the variance of single runs | of which moves all points alike "
        "| left in means of replicates, taken out |",
        "|---|---|---|---|---|---|",
    ]
    for row in noise.itertuples():
        lines.append(
            f"| {row.outcome} | {row.sd_settings:.3g} | {row.sd_luck:.3g} | {row.noise_share:.0%} "
            f"| {row.shared_part_of_luck:.0%} | {row.noise_left_in_means:.1%} |"
        )
    return "\n".join(lines) + "\n"


SOBOL_ROW = "| setting | first | total | |\n|---|---|---|---|"
MORRIS_ROW = "| setting | mu* | mu | sigma |\n|---|---|---|---|"
TORNADO_ROW = "| setting | to | change |\n|---|---|---|"


def _each(found: Tables, row: Any, head: str) -> Sequence[str]:
    parts = []
    for outcome, part in found.main.groupby("outcome", sort=False):
        names = list(dict.fromkeys(part["setting"]))[:SHOWN]
        shown = part[part["setting"].isin(names)]
        parts.append(f"### {str(outcome).capitalize()}\n")
        parts.append("\n".join([head, *(row(one) for one in shown.itertuples())]) + "\n")
    return parts


def _sobol_row(one: Any) -> str:
    note = "swamped by luck, or nought" if one.swamped else ""
    return (
        f"| `{one.setting}` | {one.first:.2f} ({one.first_low:.2f} to {one.first_high:.2f}) "
        f"| {one.total:.2f} ({one.total_low:.2f} to {one.total_high:.2f}) | {note} |"
    )


def _morris_row(one: Any) -> str:
    return (
        f"| `{one.setting}` | {one.mu_star:.3g} ({one.low:.3g} to {one.high:.3g}) "
        f"| {one.mu:+.3g} | {one.sigma:.3g} |"
    )


def _tornado_row(one: Any) -> str:
    value = f"{one.value:.4g}" if isinstance(one.value, float | int) else str(one.value)
    half = 0.5 * (one.high - one.low)
    return f"| `{one.setting}` | {value} | {one.change:+.3g} ± {half:.1g} |"
