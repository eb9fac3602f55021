"""The task of experiments/claims.py: try every claim, draw it, and write claims.md."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from sim.composition.commands import task
from sim.composition.compose import CONF, Source, compose
from sim.composition.context import StudyContext
from sim.composition.options import take_options
from sim.config import Settings, build
from sim.config.settings import THEORIES
from sim.errors import UserError
from sim.results.files import write_config
from sim.studies._progress import Progress
from sim.studies._publishing import FIGURES, page_folder, record, where_it_went, write_page
from sim.studies.claims import Finding, try_claims
from sim.studies.claims.page import in_words, page, table
from sim.studies.claims.parameters import other_parameters
from sim.world.roster import WORLDS

NAME = "claims"
RUNS, DRAWS, REPLICATES = 400, 50, 50
FEWEST_YEARS, LATEST_GIFT = (
    5,
    2026,
)  # by 2026 all recipients of OSA that are modelled are designated


@task("claims", "Do the claims follow from the mechanisms?")
def try_all(job: StudyContext) -> Mapping[str, Any]:
    """Try every claim over `runs` paired runs (400 if not said) and write claims.md and its figure.

    Raises
    ------
    UserError : a world in which the claims mean nothing, or a folder that cannot be written.
    """
    settings = job.settings
    check_world(settings)
    size = sizes(settings)
    with page_folder(job, NAME) as folder:
        drawn = other_parameters(settings, size["draws"])
        rivals = rival_theories(settings)
        show = Progress("trying claims")
        found = try_claims(
            settings,
            runs=size["runs"],
            parameters=drawn,
            theories=rivals,
            replicates=size["replicates"],
            progress=show,
        )
        show.close()
        text = page(
            found,
            runs=size["runs"],
            replicates=size["replicates"],
            origin=drawn.origin,
            theories=list(rivals),
            first=settings.years.first,
            last=settings.years.last,
        )
        write_page(folder, "claims.md", text, record(job, NAME, size))
        if job.options.figures:
            _draw(found, settings, folder / FIGURES)
        write_config(folder, job.mapping())
    print("\n".join(f"{one.claim.key:>3}  {in_words(one)}" for one in found))
    print(f"{len(found)} claims over {size['runs']} paired runs and {len(drawn.points)} draws")
    print(where_it_went(job, NAME))
    verdicts = {f"claim_{one.claim.key}": one.verdict for one in found}
    return {"page": str(job.folder / "claims.md"), **verdicts}


def sizes(settings: Settings) -> dict[str, int]:
    """How much is run: paired runs, draws of the weights, and runs of each draw."""
    runs = settings.runs if settings.runs > 1 else RUNS
    return {"runs": runs, "draws": DRAWS, "replicates": min(REPLICATES, runs)}


def check_world(settings: Settings) -> None:
    """Refuse worlds in which the claims cannot be tried.

    Raises
    ------
    UserError : one of ASEAN's ten or of the three powers is missing, or there are too few years.
    """
    ten = set(WORLDS["asean10"])
    if not ten <= set(settings.states or WORLDS.get(settings.world, ())):
        _refuse(
            f"states is {list(settings.states)} in the world {settings.world}",
            "the claims are about ASEAN, so its ten members must be there",
            "world=asean10",
        )
    if not {"CHN", "USA", "JPN"} <= set(settings.partners):
        _refuse(
            f"partners is {list(settings.partners)}",
            "China, the United States and Japan must be there",
            "partners=[CHN,USA,JPN]",
        )
    years = settings.years
    if years.last - years.first + 1 < FEWEST_YEARS or years.last < LATEST_GIFT:
        _refuse(
            f"the years are {years.first} to {years.last}",
            f"the claims need at least {FEWEST_YEARS} years, and {LATEST_GIFT} among them",
            "years.first=2024 years.last=2040",
        )


def _refuse(given: str, allowed: str, example: str) -> None:
    raise UserError(given=given, allowed=allowed, where=f"on the command line: {example}")


def rival_theories(settings: Settings) -> dict[str, Settings]:
    """The same world under each other theory: theory -> settings with that theory's rules."""
    source = Source(folder=CONF, name="config")
    found = {}
    for name in THEORIES:
        if name != settings.theory:
            rules = build(take_options(compose(source, [f"theory={name}"]))[1]).rules
            found[name] = Settings(**(vars(settings) | {"theory": name, "rules": rules}))
    return found


def _draw(found: list[Finding], settings: Settings, folder: Path) -> None:
    from sim.plots import style
    from sim.provenance import provenance
    from sim.studies.claims import figures as claims

    folder.mkdir()
    with style.context():
        drawing = claims.draw(table(found), provenance(settings))
        drawing.savefig(folder / "claims.png", metadata={"Software": None})
