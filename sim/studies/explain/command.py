"""The task of experiments/why.py: a state's change, or two policies' difference, told in named reasons."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import xarray as xr

from sim.axes import DOMAINS
from sim.composition.commands import task
from sim.composition.context import StudyContext
from sim.config import Settings
from sim.config.settings import as_mapping
from sim.outcomes.headline import CLOSING
from sim.outcomes.reasons import Reason
from sim.outcomes.why import Why, explain, explain_difference, of_domains, table
from sim.provenance import provenance
from sim.results.files import write_bibliography, write_config, write_table
from sim.results.result_folder import result_folder
from sim.studies.explain.options import WhyCommand, compared_with, years_asked
from sim.studies.explain.sentences import digits, explanation

SMALLEST = 0.002  # of the largest number shown: smaller reasons are told together
WHOLE = 17  # digits that keep a number whole, so that reasons read back still sum exactly


@task("why", "Why did a state move, or why does it stand elsewhere under another policy?")
def why(job: StudyContext) -> Mapping[str, Any]:
    """Simulate, explain, write the result folder, print the reasons.

    Raises
    ------
    UserError : a question that cannot be answered, or data or an output folder that cannot be used.
    """
    asked: WhyCommand = job.options
    other = compared_with(job)
    history = simulated(job.settings, run=asked.run, engine=job.options.engine)
    whys = _explain_ties(job, asked, history, other)
    with result_folder(job.folder, kind="why") as folder:
        _write_results(folder, job, whys, history)
    print(in_full(whys))
    print(f"\n{CLOSING}\nResults: {job.folder}")
    return {"state": asked.state} | {f"{item.domain}_change": item.change for item in whys}


def simulated(settings: Settings, *, run: int, engine: str) -> xr.Dataset:
    """Simulate one run with every term, by either engine."""
    if engine == "ensemble":
        from sim.engines.ensemble import simulate as many

        history = many(replace(settings, runs=1), first=run, terms=True)
    else:
        from sim.engines.region import simulate as one_history

        history = one_history(settings, run=run)
    about = provenance(settings, title=history.attrs.get("title", ""), data=history.attrs)
    return history.assign_attrs(about)


def _explain_ties(
    job: StudyContext, asked: WhyCommand, history: xr.Dataset, other: Settings | None
) -> list[Why]:
    years = years_asked(asked, job.settings)
    common: dict[str, Any] = {"state": asked.state, "options": asked.options, "run": asked.run}
    if other is None:

        def explained(domain: str) -> Why:
            return explain(history, domain=domain, years=years, **common)

    else:
        against = simulated(other, run=asked.run, engine=job.options.engine)
        name, year = ", ".join(asked.against), years[1]
        rules = [as_mapping(item)["rules"] for item in (job.settings, other)]

        def explained(domain: str) -> Why:
            return explain_difference(
                history,
                against,
                domain=domain,
                year=year,
                name=name,
                same_weights=rules[0] == rules[1],
                **common,
            )

    whys, untold = of_domains(explained, (asked.domain,) if asked.domain else DOMAINS)
    if not whys:
        raise untold[0]
    for reason in untold:
        print(f"Not told: {reason.given}; {reason.allowed}.\n")
    return whys


def _write_results(
    folder: Path, job: StudyContext, whys: Sequence[Why], history: xr.Dataset
) -> None:
    write_table(folder / "why.csv", table(whys), digits=WHOLE)
    text = "\n".join([*map(explanation, whys), CLOSING, ""])
    (folder / "why.txt").write_text(text, encoding="utf-8", newline="\n")
    if job.options.figures:
        from sim.studies.explain.figures import draw_why

        draw_why(whys, folder / "figures", history.attrs)
    write_bibliography(folder, job.settings)
    write_config(folder, job.mapping())


def in_full(whys: Sequence[Why]) -> str:
    """Lay the reasons of every domain out in columns, with a sentence each."""
    return "\n\n".join("\n".join([*_column_headings(item), explanation(item)]) for item in whys)


def _column_headings(why: Why) -> list[str]:
    before, after = (why.against, "as asked") if why.against else map(str, why.years)
    pair = f"{why.options[0]} against {why.options[1]}"
    lines = [
        f"{why.name}, {why.domain} ties, {pair}, {_years_text(why)}, run {why.run}",
        f"  log-odds   {why.odds[0]:+.4f} ({before}) -> {why.odds[1]:+.4f} ({after})",
        f"  alignment  {why.alignment[0]:.2f} -> {why.alignment[1]:.2f}",
        f"    {'term':<14}{'' if why.against else before.rjust(9) + after.rjust(9)}"
        f"{'change':>10}{'points':>9}",
    ]
    width = f"10.{max(4, digits(why.change, 4))}f"
    sizes = [
        max(abs(reason.change), *np.nan_to_num(np.abs(reason.levels))) for reason in why.reasons
    ]
    least = SMALLEST * max(sizes)
    rows = [reason for reason, size in zip(why.reasons, sizes, strict=True) if size > least]
    small = [
        reason
        for reason, size in zip(why.reasons, sizes, strict=True)
        if size and reason not in rows
    ]
    lines += [_reason_row(row.label, _reason_numbers(row), why, width) for row in rows]
    lines += [_reason_row(f"{len(small)} smaller", _reason_sum(small), why, width)] if small else []
    return [*lines, _reason_row("in all", _reason_sum(why.reasons), why, width)]


def _reason_numbers(one: Reason) -> Sequence[float]:
    """Levels before and after, change, and points of one reason."""
    return np.nan_to_num([*one.levels, one.change]).tolist() + [one.points]


def _reason_sum(reasons: Sequence[Reason]) -> Sequence[float]:
    return np.sum([_reason_numbers(reason) for reason in reasons], axis=0).tolist()  # type: ignore[no-any-return]


def _reason_row(label: str, numbers: Sequence[float], why: Why, width: str) -> str:
    before, after, change, points = numbers
    ends = "" if why.against else f"{before:+9.3f}{after:+9.3f}"
    split = "" if np.isnan(points) else f"{points:+9.2f}"
    return f"    {label:<14}{ends}{change:+{width}}{split:>9}"


def _years_text(why: Why) -> str:
    return f"{why.years[1]}" if why.against else f"{why.years[0]}-{why.years[1]}"
