"""The package alone: built into a wheel, installed where there is no clone, and asked what its readers ask of it."""

from __future__ import annotations

import os
import site
import subprocess
import sys
import tomllib
import venv
import zipfile
from pathlib import Path

import pytest
import xarray as xr

from sim.setup.commands import commands
from sim.setup.environment import python_of

ROOT = Path(__file__).resolve().parents[1]
SHORT = ("years.last=2026", "figures=false")
TINY = (
    *("sweep.space.scenario.rivalry=[0.2,0.8]", "sweep.levels=2", "sweep.replicates=2"),
    *("states=[PHL,KHM]", "executor=serial", *SHORT),
)


def pip(*words: str) -> None:
    quiet = ("--disable-pip-version-check", "--quiet", "--no-input")
    subprocess.run([sys.executable, "-m", "pip", *quiet, *words], check=True)


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel, built without a network."""
    folder = tmp_path_factory.mktemp("wheel")
    alone = ("--no-deps", "--no-build-isolation", "--no-index")
    pip("wheel", *alone, "--wheel-dir", str(folder), str(ROOT))
    [built] = folder.glob("*.whl")
    return built


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The commands of an environment that holds the wheel, and sees what it depends on but no clone."""
    folder = tmp_path_factory.mktemp("bare")
    venv.create(folder, symlinks=os.name != "nt")
    python = python_of(folder)
    pip("--python", str(python), "install", "--no-deps", "--no-index", str(wheel))
    [packages] = folder.rglob("site-packages")
    # A path file's folders are searched, but the path files in them, such as a clone's, are not read.
    (packages / "dependencies.pth").write_text("\n".join(site.getsitepackages()), encoding="utf-8")
    return python.parent


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An empty folder to work in."""
    return tmp_path_factory.mktemp("elsewhere")


def run(installed: Path, folder: Path, program: str, *words: str) -> tuple[int, str, str]:
    """Run a program of the environment: its exit status and what it said."""
    own = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}
    done = subprocess.run(
        [str(installed / program), *words], cwd=folder, env=own, capture_output=True, text=True
    )
    return done.returncode, done.stdout, done.stderr


def files(folder: Path) -> set[str]:
    found = {path.relative_to(folder) for path in folder.rglob("*") if path.is_file()}
    return {path.as_posix() for path in found if "__pycache__" not in path.parts}


def test_the_wheel_holds_every_file_of_the_package_and_every_choice(wheel: Path) -> None:
    held = {name for name in zipfile.ZipFile(wheel).namelist() if name.startswith("sim/")}
    wanted = {f"sim/{name}" for name in files(ROOT / "sim")}
    wanted |= {f"sim/_conf/{name}" for name in files(ROOT / "conf")}
    assert wanted <= held
    assert not {name for name in held if name.startswith("sim/") and name.endswith(".pyc")}


def test_it_runs_one_scenario_and_says_where_the_result_comes_from(
    installed: Path, folder: Path
) -> None:
    status, said, wrong = run(installed, folder, "straits", "run", "runs=2", *SHORT)
    assert status == 0, wrong
    assert "Results: results" in said
    version = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["version"]
    with xr.open_dataset(folder / "results" / "run" / "history.nc") as history:
        assert history.attrs["version"] == version and history.attrs["commit"] == "unknown"


def test_it_sweeps_and_reports(installed: Path, folder: Path) -> None:
    status, _, wrong = run(installed, folder, "straits", "sweep", *TINY, "out=store")
    assert status == 0, wrong
    status, _, wrong = run(installed, folder, "straits", "report", "store=store", "figures=false")
    assert status == 0, wrong
    assert (folder / "results" / "report" / "report.html").is_file()


def test_it_simulates_in_python(installed: Path, folder: Path) -> None:
    script = "import sim; print(sim.__file__, sim.simulate('scenario=cold_war').sizes['year'])"
    status, said, wrong = run(installed, folder, "python", "-c", script)
    assert status == 0, wrong
    path, years = said.split()
    assert Path(path).is_relative_to(installed.parent) and int(years) > 17


def test_its_help_lists_every_command_that_needs_no_clone(installed: Path, folder: Path) -> None:
    status, said, _ = run(installed, folder, "straits", "--help")
    listed = {line.split()[0] for line in said.splitlines() if line.startswith("  ")}
    own = {one.name for one in commands().values() if one.module.startswith("sim.")}
    assert status == 0 and own <= listed and "handbook" not in listed
    assert run(installed, folder, "python", "-m", "sim", "--help")[:2] == (0, said)


def test_it_publishes_nothing(installed: Path, folder: Path) -> None:
    status, said, wrong = run(installed, folder, "straits", "start", "publish=true", "out=start")
    assert status == 2 and said == "" and wrong.count("\n") == 1
    assert "in a clone" in wrong and not (folder / "start").exists()


def test_its_tab_completion_is_named_after_it(installed: Path, folder: Path) -> None:
    status, said, _ = run(installed, folder, "straits", "-sc", "install=bash")
    assert status == 0 and said.endswith("-F hydra_bash_completion straits\n")
