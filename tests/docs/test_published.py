"""Pages of docs/ are what their commands write today: cheap ones byte by byte, the others by the settings they record."""

from __future__ import annotations

from pathlib import Path

import pytest

from sim.cli import enter as _enter  # noqa: F401  (so that every command is known)
from sim.composition.compose import compose, find_source
from sim.composition.context import StudyContext, make_context
from sim.ensemble.options import sweep_options
from sim.ensemble.plan import make_plan
from sim.provenance import ROOT
from sim.studies._pages import render_page
from sim.studies._publishing import published_commands, read_record, record
from sim.studies._sweeps import composer
from sim.studies.allocation.table import search_sizes
from sim.studies.calibration import command as calibrating
from sim.studies.claims import command as claiming
from sim.studies.evidence import command as evidencing
from sim.studies.levers import command as describing
from sim.studies.robustness import command as robust
from sim.studies.sensitivity import page as sensing_page
from sim.studies.start import analysis as start
from sim.studies.start import command as starting
from sim.studies.theories import command as theorising
from sim.studies.tipping import command as tipping
from sim.studies.validation import command as validating
from sim.studies.validation import projection_command as projecting

DOCS = ROOT / "docs"
STALE = "docs/{page} is stale, run: python experiments/{command}.py {given} publish=true"


def declared(command: str, config: str, given: tuple[str, ...]) -> StudyContext:
    """The job a command does when it publishes."""
    source = find_source(None, None, None, config)
    return make_context(compose(source, given), source=source, overrides=given, task=command)


def size_of_plan(job: StudyContext) -> dict[str, int]:
    options = sweep_options(job.options.sweep, runs=job.settings.runs)
    plan = make_plan(options, compose=composer(job), groups=job.groups())
    return {"points": len(plan.points), "replicates": plan.replicates}


def size_of_discovery(job: StudyContext) -> dict[str, int]:
    points = size_of_plan(declared("sweep", "sweep", ("experiment=discovery",)))["points"]
    return {"points": points, "resamples": job.options.resamples}


SIZES = {  # command: its sample sizes, as it finds them itself
    "allocate": lambda job: search_sizes(job.options.allocate),
    "calibrate": lambda job: calibrating.sizes(job),
    "claims": lambda job: claiming.sizes(job.settings),
    "discovery": size_of_discovery,
    "evidence": lambda job: evidencing.sizes(job),
    "gallery": lambda job: {},
    "levers": lambda job: describing.sizes(job.settings),
    "project": lambda job: projecting.sizes(),
    "record": lambda job: {},
    "robust": lambda job: robust.read(job).sizes,
    "sensitivity": lambda job: sensing_page.sizes(sensing_page.studies_of(job)),
    "start": lambda job: starting.sizes(job),
    "survival": size_of_plan,
    "theories": lambda job: theorising.sizes(job),
    "tipping": lambda job: tipping.read(job).sizes,
    "validate": lambda job: validating.sizes(job),
}


@pytest.mark.parametrize("command", sorted(published_commands().keys() - {"handbook"}))
def test_a_page_was_made_with_what_is_declared_today(command):
    known = published_commands()[command]
    told = read_record((DOCS / known.pages[0]).read_text(encoding="utf-8"))
    job = declared(command, known.config, known.given)
    sizes = SIZES[command](job) if command in SIZES else told["sizes"]
    made = record(job, command, sizes)
    given = " ".join(known.given)
    stale = STALE.format(page=known.pages[0], command=command, given=given)
    assert {**told, "version": ""} == {**made, "version": ""}, stale


def test_the_start_is_written_anew_the_same():
    job = declared("start", "start", ())
    page = (DOCS / "start.md").read_text(encoding="utf-8")
    asked = {"year": job.options.year, "draws": job.options.draws}
    anew = render_page(
        Path(start.__file__).parent, start.compare_with_answers(job.settings, **asked)
    )
    assert page.startswith(anew), STALE.format(page="start.md", command="start", given="")


def test_another_declaration_makes_a_page_stale():
    job = declared("claims", "config", ())
    other = declared("claims", "config", ("policy.japan.osa_budget=3",))
    size = claiming.sizes(job.settings)
    assert record(job, "claims", size) != record(other, "claims", size)
    assert record(job, "claims", size) != record(job, "claims", size | {"runs": 401})
