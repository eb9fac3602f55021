"""Every command, told to write where a user keeps files of the very names it writes, refuses and touches nothing."""

from __future__ import annotations

import importlib

import pytest

from sim.provenance import ROOT
from tests.results.test_result_folder import snapshot

WRITES_NOTHING = {"replay", "mesa_viz"}
COMMANDS = sorted({path.stem for path in (ROOT / "experiments").glob("*.py")} - WRITES_NOTHING)
SWEPT = (
    *("sweep.space.scenario.rivalry=[0.2,0.8]", "sweep.levels=2", "sweep.replicates=2"),
    *("states=[PHL,KHM]", "years.last=2024", "executor=serial", "figures=false"),
)
GIVEN = {
    "difference": ("store=../s", "baseline=point:0"),
    "discovery": ("store=../s", "below=0.3"),
    "game": ("game.moves=../moves.txt",),
    "report": ("store=../s",),
    "sensitivity": ("method=all",),
    "sweep": SWEPT,
    "why": ("years.last=2025", "state=PHL"),
}
NAMES = (
    *("config.yaml", "summary.csv", "table.csv", "differences.csv", "outcomes.nc", "log.json"),
    *("manifest.txt", "figures/paths.png", "blocks/notes.txt", "multirun.yaml", "report.html"),
)


def main(name, *argv):
    return importlib.import_module(f"experiments.{name}").main(list(argv))


@pytest.fixture(scope="module")
def place(tmp_path_factory):
    """A folder of the user's own, beside a small store and a file of orders."""
    folder = tmp_path_factory.mktemp("place")
    assert main("sweep", *SWEPT, f"out={folder / 's'}") == 0
    (folder / "moves.txt").write_text("\n" * 99, encoding="utf-8")
    pages = [f"{name}.md" for name in COMMANDS]
    for name in (*NAMES, *pages):
        (folder / "mine" / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / "mine" / name).write_text("years of work\n", encoding="utf-8")
    (folder / "here").mkdir()
    return folder


@pytest.mark.parametrize("name", COMMANDS)
def test_a_folder_of_the_users_own_is_spared_by_every_command(name, place, monkeypatch, capsys):
    monkeypatch.chdir(place / "here")
    before = snapshot(place)
    assert main(name, "out=../mine", *GIVEN.get(name, ())) == 2
    told = capsys.readouterr().err
    assert "mine holds " in told and "Traceback" not in told
    assert snapshot(place) == before


def test_several_jobs_spare_it_too(place, monkeypatch, capsys):
    monkeypatch.chdir(place / "here")
    before = snapshot(place)
    assert main("compare", "-m", "seed=1,2", "out=../mine") == 2
    assert "mine holds " in capsys.readouterr().err and snapshot(place) == before
