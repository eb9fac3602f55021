"""The task of experiments/replay.py: one cell of a sweep again, in the Mesa region, with its reasons."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from sim.composition.commands import task
from sim.composition.context import StudyContext
from sim.errors import UserError
from sim.studies.explain.sentences import alignment_sentences
from sim.studies.replay.analysis import Replay, StateReasons
from sim.studies.replay.analysis import replay as run_again
from sim.studies.replay.options import ReplayCommand


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
    lines = [f"Point {point} ({given}), replicate {replicate}: {years[0]}-{years[-1]}"]
    for reasons in found.reasons:
        lines += ["", *_state_lines(found, reasons)]
    same = f"the same history as stored (largest relative difference {found.worst:.1e})"
    return "\n".join([*lines, "", same if found.same else "NOT the same history as stored"])


def _state_lines(found: Replay, reasons: StateReasons) -> list[str]:
    record = reasons.record
    alignment = found.outcomes["alignment"].sel(state=record.state).values
    head = f"{record.name}: alignment {alignment[0]:.1f} -> {alignment[-1]:.1f}"
    told = alignment_sentences(reasons.whys, record) if reasons.whys else ()
    return [head, *told, *(f"  {event.sentence}" for event in reasons.events)]
