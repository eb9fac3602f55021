"""The task of experiments/claims.py: try every claim, draw it, and write docs/claims.md."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from sim.config import Settings, build
from sim.config.settings import THEORIES
from sim.door.compose import CONF, Source, compose
from sim.door.job import Job
from sim.door.options import take_options
from sim.door.progress import Progress
from sim.errors import UserError
from sim.explore.claims import Finding, try_claims
from sim.explore.claims.page import in_words, page, table
from sim.explore.claims.parameters import Parameters, other_parameters
from sim.world.roster import WORLDS

DOCS = CONF.parent / "docs"
RUNS, DRAWS, REPLICATES = 400, 50, 50
FEWEST_YEARS, LATEST_GIFT = (
    5,
    2026,
)  # by 2026 all recipients of OSA that are modelled are designated


def try_all(job: Job) -> Mapping[str, Any]:
    """Try every claim over `runs` paired runs (400 if not said) and write claims.md and its figure.

    Raises
    ------
    UserError : a world in which the claims mean nothing, or a folder that cannot be written.
    """
    settings = job.settings
    check_world(settings)
    folder = _folder(job.options.out)
    runs = settings.runs if settings.runs > 1 else RUNS
    replicates = min(REPLICATES, runs)
    drawn = other_parameters(settings, DRAWS)
    rivals = rival_theories(settings)
    show = Progress("trying claims")
    found = try_claims(
        settings,
        runs=runs,
        parameters=drawn,
        theories=rivals,
        replicates=replicates,
        progress=show,
    )
    show.close()
    text = _text(found, settings, runs, replicates, drawn, rivals)
    path = _write(folder, text, found, settings, figures=job.options.figures)
    print("\n".join(f"{one.claim.key:>3}  {in_words(one)}" for one in found))
    print(f"{len(found)} claims over {runs} paired runs and {len(drawn.points)} draws: {path}")
    return {"page": str(path), **{f"claim_{one.claim.key}": one.verdict for one in found}}


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


def _text(
    found: list[Finding],
    settings: Settings,
    runs: int,
    replicates: int,
    drawn: Parameters,
    rivals: Mapping[str, Settings],
) -> str:
    return page(
        found,
        runs=runs,
        replicates=replicates,
        origin=drawn.origin,
        theories=list(rivals),
        first=settings.years.first,
        last=settings.years.last,
    )


def _folder(out: str) -> Path:
    """Make the folder before anything runs, so that a mistake is told at once."""
    folder = Path(out) if out else DOCS
    try:
        (folder / "figures").mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise _unwritable(folder, error) from error
    return folder


def _unwritable(path: Path, error: OSError) -> UserError:
    return UserError(
        given=f"{path} cannot be written ({error.strerror})",
        allowed="it must be a place where files may be written",
        where="on the command line: out=results/docs",
    )


def _write(
    folder: Path, text: str, found: list[Finding], settings: Settings, *, figures: bool
) -> Path:
    from sim.figures import claims, style
    from sim.provenance import provenance

    path = folder / "claims.md"
    try:
        path.write_text(text, encoding="utf-8", newline="\n")
        if figures:
            with style.context():
                drawing = claims.draw(table(found), provenance(settings))
                drawing.savefig(folder / "figures" / "claims.png", metadata={"Software": None})
    except OSError as error:
        raise _unwritable(path, error) from error
    return path
