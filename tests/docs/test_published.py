"""Pages of docs/ are what their commands write today: cheap ones byte by byte, the others by the settings they record."""

from __future__ import annotations

import pytest

from sim.door import (
    allocating,
    calibrating,
    claiming,
    describing,
    projecting,
    robust,
    sensing_page,
    theorising,
    tipping,
)
from sim.door.compose import CONF, Source, compose
from sim.door.exploring import composer
from sim.door.job import Job, make_job
from sim.door.publishing import PUBLISHED, read_record, record
from sim.explore.first_year import first_year
from sim.explore.sweep.options import sweep_options
from sim.explore.sweep.plan import make_plan
from sim.provenance import ROOT

DOCS = ROOT / "docs"
STALE = "docs/{page} is stale, run: python experiments/{command}.py {given} publish=true"


def declared(command: str, config: str, given: tuple[str, ...]) -> Job:
    """The job a command does when it publishes."""
    source = Source(folder=CONF, name=config)
    return make_job(compose(source, given), source=source, overrides=given, task=command)


def size_of_plan(job: Job) -> dict[str, int]:
    options = sweep_options(job.options.sweep, runs=job.settings.runs)
    plan = make_plan(options, compose=composer(job), groups=job.groups())
    return {"points": len(plan.points), "replicates": plan.replicates}


def size_of_discovery(job: Job) -> dict[str, int]:
    points = size_of_plan(declared("sweep", "sweep", ("experiment=discovery",)))["points"]
    return {"points": points, "resamples": job.options.resamples}


SIZES = {  # command: its sample sizes, as it finds them itself
    "allocate": lambda job: allocating.sizes(job.options.allocate),
    "calibrate": lambda job: calibrating.sizes(calibrating.effort_of(job)),
    "claims": lambda job: claiming.sizes(job.settings),
    "discovery": size_of_discovery,
    "gallery": lambda job: {},
    "levers": lambda job: describing.sizes(job.settings),
    "project": lambda job: projecting.sizes(),
    "robust": lambda job: robust.sizes(robust.read(job), job.options.sweep.replicates),
    "sensitivity": lambda job: sensing_page.sizes(sensing_page.studies_of(job)),
    "start": lambda job: {},
    "survival": size_of_plan,
    "theories": lambda job: theorising.sizes(job.settings),
    "tipping": lambda job: tipping.sizes(tipping.read(job)),
    "validate": lambda job: calibrating.sizes(calibrating.effort_of(job)),
}


@pytest.mark.parametrize("command", SIZES)
def test_a_page_was_made_with_what_is_declared_today(command):
    known = PUBLISHED[command]
    made = record(job := declared(command, known.config, known.given), command, SIZES[command](job))
    told = read_record((DOCS / known.pages[0]).read_text(encoding="utf-8"))
    given = " ".join(known.given)
    stale = STALE.format(page=known.pages[0], command=command, given=given)
    assert {**told, "version": ""} == {**made, "version": ""}, stale


def test_every_page_is_compared():
    assert {*SIZES, "handbook"} == {*PUBLISHED}  # tests/test_docs.py writes the handbook's anew


def test_the_start_is_written_anew_the_same():
    job = declared("start", "config", ())
    page = (DOCS / "start.md").read_text(encoding="utf-8")
    assert page.startswith(first_year(job.settings)), STALE.format(
        page="start.md", command="start", given=""
    )


def test_another_declaration_makes_a_page_stale():
    job = declared("claims", "config", ())
    other = declared("claims", "config", ("policy.japan.osa_budget=3",))
    size = claiming.sizes(job.settings)
    assert record(job, "claims", size) != record(other, "claims", size)
    assert record(job, "claims", size) != record(job, "claims", size | {"runs": 401})
