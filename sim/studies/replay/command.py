"""The task of experiments/replay.py: one cell of a sweep again, in the Mesa region, with its reasons."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from sim.composition.commands import task
from sim.composition.context import StudyContext
from sim.errors import UserError
from sim.outcomes.why import Why
from sim.studies.explain.sentences import explanation
from sim.studies.replay.analysis import Replay
from sim.studies.replay.analysis import replay as run_again
from sim.studies.replay.options import ReplayCommand

MOST_TERMS = 4


@task("replay", "Why did this run of a sweep go that way?")
def replay(job: StudyContext) -> Mapping[str, Any]:
    """Run one cell of a sweep again and print why it went as it did.

    Raises
    ------
    UserError : no such cell, or another history than stored.
    """
    asked: ReplayCommand = job.options
    folder, point, replicate = Path(asked.store), asked.point, asked.replicate
    result = run_again(folder, point=point, replicate=replicate, states=asked.state)
    print(_replay_text(result, point, replicate))
    if not result.same:
        raise UserError(
            given=f"the region tells another history than {folder} holds: "
            f"{', '.join(result.differing)} differ",
            allowed="both engines must tell the same history",
            hint="This is a fault of the program or of the store, to be reported.",
        )
    return {"point": point, "replicate": replicate, "worst": result.worst}


def _replay_text(found: Replay, point: int, replicate: int) -> str:
    given = ", ".join(f"{name} = {value}" for name, value in found.point.items())
    years = found.outcomes["year"].values
    lines = [f"Point {point} ({given}), replicate {replicate}: {years[0]}-{years[-1]}\n"]
    lines.append(
        "Why: log-odds of the United States' ties against China's, by term (largest changes)"
    )
    told_of = None
    for why in found.reasons:
        if why.state != told_of:
            told_of = why.state
            alignment = found.outcomes["alignment"].sel(state=why.state).values
            lines.append(f"\n{why.state}: alignment {alignment[0]:.1f} -> {alignment[-1]:.1f}")
        lines += _reason_lines(why)
    lines += [f"\nNot told: {reason}." for reason in found.untold]
    same = f"the same history as stored (largest relative difference {found.worst:.1e})"
    return "\n".join([*lines, "", same if found.same else "NOT the same history as stored"])


def _reason_lines(why: Why) -> list[str]:
    most = sorted(why.reasons, key=lambda reason: -abs(reason.change))[:MOST_TERMS]
    return [
        f"  {why.domain}: log-odds {why.odds[0]:+.2f} -> {why.odds[1]:+.2f}, "
        f"alignment {why.alignment[0]:.1f} -> {why.alignment[1]:.1f}",
        *(
            f"    {item.label:<14}{item.levels[0]:+8.2f} -> {item.levels[1]:+8.2f}   {item.change:+8.2f}"
            for item in most
        ),
        f"  {explanation(why)}",
    ]
