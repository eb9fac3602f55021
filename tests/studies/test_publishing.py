"""Pages go to docs/ and data into the package only by publish=true, and only as declared; nothing else is ever touched."""

from __future__ import annotations

import pytest

from docs._generate import gallery
from docs._generate.command import write_pages
from sim.cli import enter
from sim.config import declared
from sim.studies import _publishing as publishing
from sim.studies._publishing import (
    page_folder,
    published_commands,
    read_record,
    record,
    write_page,
)
from sim.studies._runner import STUDIES
from sim.studies.allocation.command import allocate
from sim.studies.calibration import command as calibrating
from sim.studies.calibration.command import write_posterior
from sim.studies.claims import command as claiming
from sim.studies.claims.command import try_all
from sim.studies.levers import command as describing
from sim.studies.levers.command import write_levers
from sim.studies.record.command import write_record
from sim.studies.scenario.command import run
from sim.studies.sensitivity import page as sensing_page
from sim.studies.sensitivity.command import sense
from sim.studies.start.command import write_start
from sim.studies.theories.command import write_theories
from sim.studies.validation import command as validating
from sim.studies.validation.command import write_validation
from sim.studies.validation.projection_command import write_projections
from tests.cli.conftest import program_files
from tests.studies.calibration.made import made_check, made_fit
from tests.studies.validation.made import findings

OSA = "policy.japan.osa_budget"
TASKS = {  # command: its task
    "allocate": allocate,
    "calibrate": write_posterior,
    "claims": try_all,
    "gallery": gallery.write_gallery,
    "handbook": write_pages,
    "levers": write_levers,
    "project": write_projections,
    "record": write_record,
    "sensitivity": sense,
    "start": write_start,
    "theories": write_theories,
    "validate": write_validation,
}
IN_OTHER_TESTS = {"allocate"}  # see conftest.py
SMALL = {  # command: what makes it small
    "claims": ("runs=2", "years.last=2028"),
    "levers": ("runs=2", "years.last=2025"),
    "project": ("runs=1",),
    "sensitivity": ("method=all",),
    "theories": ("runs=2", "years.last=2025", "theories.draws=2"),
}
STOOD_IN = {  # command: what takes minutes, and stands still here; the writing is its own
    "calibrate": (
        calibrating,
        {"fit": made_fit(), "coverage": made_check()},
    ),
    "claims": (claiming, {"try_claims": []}),
    "gallery": (gallery, {"_rows": ()}),
    "levers": (describing, {"levers": {OSA: declared()[OSA]}}),
    "sensitivity": (
        sensing_page,
        {"carried_out": None, "page_values": {}, "render_page": "# Page"},
    ),
    "validate": (
        validating,
        {"posteriors": None, "without_state": {}, "find": findings()},
    ),
}


@pytest.fixture
def here(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    return tmp_path


def command(name, *argv):
    return enter(
        {**TASKS, **STUDIES}[name],
        config_name=published_commands()[name].config,
        name=name,
        argv=list(argv),
    )


@pytest.mark.parametrize("name", sorted(TASKS.keys() - IN_OTHER_TESTS))
def test_a_command_writes_to_its_result_folder_alone(name, here, monkeypatch):
    module, stubs = STOOD_IN.get(name, (None, {}))
    for function, value in stubs.items():
        monkeypatch.setattr(module, function, lambda *_, value=value, **__: value)
    before = program_files()
    assert command(name, *SMALL.get(name, ()), "figures=false") == 0
    assert program_files() == before and [path.name for path in here.iterdir()] == ["results"]
    known, folder = published_commands()[name], here / "results" / name
    assert all((folder / one).is_file() for one in (*known.pages, *known.shipped))
    text = (folder / known.pages[0]).read_text("utf-8")
    assert name == "handbook" or read_record(text)["command"] == name


def test_every_command_with_a_page_is_tried():
    assert published_commands().keys() == TASKS.keys() | STUDIES.keys()  # each in its room's test


@pytest.mark.parametrize(
    ("name", "argv", "told"),
    [
        ("claims", ["seed=5"], "seed is 5 (declared: 20231216)"),
        ("levers", ["runs=7", "figures=false"], "runs is 7 (declared: 1); figures is False"),
        ("calibrate", ["policy/japan=none"], "policy.japan.osa_budget is 0"),
        ("start", ["figures=false"], "figures is False (declared: True)"),
        ("allocate", ["allocate.generations=2"], "allocate.generations is 2 (declared: 40)"),
        ("tipping", ["tipping.levels=3"], "tipping.levels is 3 (declared: 21)"),
        ("robust", ["sweep.replicates=4"], "sweep.replicates is 4 (declared: 20)"),
        ("survival", ["store=s"], "store is s (declared: None)"),
        ("sensitivity", ["method=sobol"], "method is sobol (declared: all)"),
        ("discovery", ["store=s", "below=0.4"], "below is 0.4 (declared: 0.3)"),
        ("discovery", ["store=s", "below=0.3"], "not the whole store of the declared sweep"),
    ],
)
def test_only_what_is_declared_is_published(name, argv, told, here, capsys):
    assert command(name, "publish=true", *argv) == 2
    said = capsys.readouterr().err
    assert told in said and "Traceback" not in said and said.count("\n") == 1
    assert not list(here.iterdir())


def test_a_command_without_a_page_publishes_nothing(here, capsys):
    assert enter(run, config_name="config", name="run", argv=["publish=true"]) == 2
    assert "run writes no page of docs/" in capsys.readouterr().err
    assert not list(here.iterdir())


def calibrated(job):
    """Stand in for a command: writes a page, a chart and data."""
    with page_folder(job, "calibrate") as folder:
        write_page(folder, "calibration.md", "# Page\n", record(job, "calibrate", {"draws": 3}))
        (folder / "posterior.csv").write_text("a\n1\n", encoding="utf-8")
        (folder / "figures").mkdir()
        for name in ("weights.png", "weights.svg"):
            (folder / "figures" / name).touch()
    return {}


def published(*argv):
    return enter(calibrated, config_name="config", name="calibrate", argv=["publish=true", *argv])


def test_page_chart_and_data_go_to_their_places(here, monkeypatch, capsys):
    monkeypatch.setattr(publishing, "ROOT", here)
    assert published() == 2  # no clone
    assert "has no docs/" in capsys.readouterr().err
    (here / "docs").mkdir()
    assert published("out=mine") == 0
    draws = here / "sim" / "ensemble" / "posterior.csv"
    page = (here / "docs" / "calibration.md").read_text("utf-8")
    assert draws.read_text("utf-8") == "a\n1\n"
    assert page == (here / "mine" / "calibration.md").read_text("utf-8")
    assert read_record(page)["sizes"] == {"draws": 3} and page.startswith("# Page\n")
    places = sorted(str(path.relative_to(here / "docs")) for path in (here / "docs").rglob("*.*"))
    assert places == ["calibration.md", "figures/weights.png"]


def test_docs_that_cannot_be_written_are_told(here, monkeypatch, capsys):
    monkeypatch.setattr(publishing, "ROOT", here)
    (here / "docs").mkdir()
    (here / "docs" / "figures").touch()
    assert published() == 2
    assert "cannot be written" in capsys.readouterr().err


def test_a_page_without_a_record_has_none():
    assert read_record("# Page\n") == {} and read_record("") == {}
