"""The task of experiments/levers.py: what each lever moves, as a page."""

from __future__ import annotations

from sim.composition.compose import CONF, Source, compose
from sim.composition.context import StudyContext
from sim.composition.options import take_options
from sim.config import Settings, build
from sim.studies._progress import Progress
from sim.studies._runner import StudyResult, study
from sim.studies.levers import analysis
from sim.studies.levers.analysis import LeverEffects, ends, horizons, levers
from sim.studies.levers.bars import bar_rows, bars
from sim.studies.levers.words import effect_table, page_rows
from sim.world.roster import WORLDS

PAIRS = 200


@study("levers", "What does each lever move, with which sign, and how much?")
def write_levers(job: StudyContext) -> StudyResult:
    """Move every lever alone."""
    runs = sizes(job.settings)["runs"]
    moved = _move_levers(job, runs)
    held = bars(job.settings, runs=runs) if has_ten(job.settings) else []
    rows = page_rows(moved)
    still = [row["lever"] for row in rows if not row["moved"]]
    missed = [bar.response for bar in held if not bar.met]
    return StudyResult(
        values={
            "rows": rows,
            "bars": bar_rows(held),
            "missed": len(missed),
            "runs": runs,
            "horizons": horizons(job.settings),
            "last": job.settings.years.last,
        },
        sizes=sizes(job.settings),
        tables={"levers.csv": effect_table(moved)},
        summary=f"{len(rows)} moves of {len(levers())} levers over {runs} paired runs\n"
        f"Levers that move nothing: {', '.join(still) or 'none'}.\n"
        f"Bars met: {len(held) - len(missed)} of {len(held)}; missed: {'; '.join(missed) or 'none'}.",
        row={"still": len(still), "bars_missed": len(missed)},
    )


def has_ten(settings: Settings) -> bool:
    """Whether the settings have the ten states and three powers, and years enough, that the bars are about."""
    states = set(settings.states or WORLDS.get(settings.world, ()))
    powers = {"CHN", "USA", "JPN"} <= set(settings.partners)
    return powers and set(WORLDS["asean10"]) <= states and len(horizons(settings)) > 1


def sizes(settings: Settings) -> dict[str, int]:
    """How many pairs of runs each move takes, for the page's record."""
    return {"runs": settings.runs if settings.runs > 1 else PAIRS}


def _move_levers(job: StudyContext, runs: int) -> list[LeverEffects]:
    """Move every lever alone, from one end of its range to the other."""
    table: list[LeverEffects] = []
    moves = [(name, lever, pair) for name, lever in levers().items() for pair in ends(lever)]
    with Progress("moving levers") as progress:
        for name, lever, (low, high) in moves:
            if name == "theory":
                before, after = _with_theory(job, low), _with_theory(job, high)
                effects = analysis.compare(before, after, runs=runs)
            else:
                effects = analysis.move(job.settings, name, low, high, runs=runs)
            table.append(
                LeverEffects(lever=name, unit=lever.unit, low=low, high=high, effects=effects)
            )
            progress(len(table), len(moves))
    return table


def _with_theory(job: StudyContext, theory: str) -> Settings:
    mapping = compose(Source(folder=CONF, name="config"), [f"theory={theory}"])
    composed = build(take_options(mapping)[1])
    return Settings(**(vars(job.settings) | {"theory": theory, "rules": composed.rules}))
