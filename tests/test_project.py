"""Facts about the project as a whole: what a clone holds, and what it promises."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from sim.__main__ import COMMANDS, main, run_steps, where_figures_are
from sim.errors import UserError
from sim.setup import environment

ROOT = Path(__file__).resolve().parents[1]
LONGEST = 260
# Long by nature: every number of the mechanisms, once.
GIANTS = {"sim/config/mechanisms.py": 430}
TEXT = {"", ".bib", ".cff", ".cfg", ".csv", ".lock", ".md", ".py", ".toml", ".txt", ".yaml", ".yml"}
LEFT_OUT = {"__pycache__", "results", "outputs", "multirun", "build", "dist"}
# In two halves, so that this file does not hold what it looks for.
MACHINE = re.compile(
    "|".join(
        head + tail
        for head, tail in [
            ("/wo", "rk/"),
            ("/ro", "ot/"),
            ("/ho", r"me/\w"),
            ("/tm", r"p/\w"),
            (r"[A-Z]:\\Us", r"ers\\"),
            (r"pypi\.", r"org"),
            (r"files\.python", "hosted"),
            ("extra-index", "-url"),
        ]
    )
)


def project() -> dict[str, object]:
    """Return the [project] table."""
    return tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]


def kept_files() -> list[Path]:
    """Return the files that git keeps or would keep; without git, those outside built folders."""
    asked = ["git", "-C", str(ROOT), "ls-files", "-z", "-co", "--exclude-standard"]
    try:
        told = subprocess.run(asked, capture_output=True, text=True, check=True).stdout
    except (OSError, subprocess.SubprocessError):
        return _walk(ROOT)
    found = [ROOT / name for name in told.split("\0") if name]
    return [path for path in found if path.is_file()]


def _walk(folder: Path) -> list[Path]:
    found: list[Path] = []
    for path in folder.iterdir():
        hidden = path.name.startswith(".") and path.name != ".ci"
        if path.is_dir() and path.name not in LEFT_OUT and not hidden:
            found += _walk(path)
        elif path.is_file():
            found.append(path)
    return found


def text_files() -> list[Path]:
    """Return the kept files that are text."""
    return [path for path in kept_files() if path.suffix in TEXT]


def test_the_version_is_the_same_wherever_it_is_told() -> None:
    version = project()["version"]
    citation = (ROOT / "CITATION.cff").read_text(encoding="utf-8")
    newest = re.search(  # of those released: the next is headed "0.2.0 (unreleased)"
        r"^## (\S+)$", (ROOT / "CHANGELOG.md").read_text(encoding="utf-8"), re.MULTILINE
    )
    assert f"\nversion: {version}\n" in citation
    assert newest is not None and newest[1] == version


def test_every_version_opens_with_what_changes_in_the_results() -> None:
    text = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    versions = re.split(r"^## ", text, flags=re.MULTILINE)[1:]
    for version in versions:
        headings = re.findall(r"^### (.*)$", version, re.MULTILINE)
        assert headings[0] == "Results change"


def test_the_names_and_the_bounds_are_those_promised() -> None:
    told = project()
    assert told["name"] == "straits"
    assert told["requires-python"] == ">=3.11"
    assert "mesa>=3.3,<4" in told["dependencies"]  # type: ignore[operator]
    assert "The Straits authors" in (ROOT / "LICENSE").read_text(encoding="utf-8")


def test_no_file_names_a_machine_or_a_registry() -> None:
    told = []
    for path in text_files():
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
            if MACHINE.search(line):
                told.append(f"{path.relative_to(ROOT)}:{number}: {line.strip()[:80]}")
    assert not told, "\n".join(told)


def test_the_look_out_for_machine_paths_sees_one() -> None:
    assert MACHINE.search("see /wo" + "rk/main") and MACHINE.search("https://pypi." + "org/simple")
    assert not MACHINE.search("frameworks/main and homework/")


def _pins(name: str) -> set[str]:
    lines = (ROOT / name).read_text(encoding="utf-8").splitlines()
    pins = [line for line in lines if line and not line.lstrip().startswith("#")]
    for pin in pins:
        assert re.fullmatch(r"[A-Za-z0-9._-]+==[^\s;]+( ; .+)?", pin), pin
    return {pin.split(" ;")[0] for pin in pins}


def test_every_locked_line_pins_one_version_and_every_dependency_is_locked() -> None:
    core, everything = _pins(environment.CORE), _pins(environment.EVERYTHING)
    assert core <= everything
    told = project()
    extras: dict[str, list[str]] = told["optional-dependencies"]  # type: ignore
    for pins, wanted in (
        (core, [*told["dependencies"], *extras["clone"]]),  # type: ignore
        (everything, [line for lines in extras.values() for line in lines]),
    ):
        names = {re.split(r"[<>=! ;\[]", line)[0].lower().replace("_", "-") for line in wanted}
        assert names <= {pin.split("==")[0] for pin in pins}


def test_importing_the_package_loads_nothing_from_outside() -> None:
    script = (
        "import sys; before = set(sys.modules); import sim, sim.setup.environment; "
        "new = {name.split('.')[0] for name in set(sys.modules) - before}; "
        "print(*sorted(new - set(sys.stdlib_module_names) - {'sim'}))"
    )
    told = subprocess.run(
        [sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert told.stdout.split() == []


def test_set_up_can_be_read_by_an_older_python() -> None:
    import ast

    for name in ("__init__", "__main__", "errors", "setup/__init__", "setup/environment"):
        text = (ROOT / "sim" / f"{name}.py").read_text(encoding="utf-8")
        ast.parse(text, feature_version=(3, 8))


def test_modules_are_small() -> None:
    told = []
    for path in sorted((ROOT / "sim").rglob("*.py")):
        name = path.relative_to(ROOT).as_posix()
        count = len(path.read_text(encoding="utf-8").splitlines())
        if count > GIANTS.get(name, LONGEST):
            told.append(f"{name} has {count} lines; at most {GIANTS.get(name, LONGEST)}")
    assert not told, "\n".join(told)


def test_the_commands_of_the_readme_exist() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    named = set(re.findall(r"\b(?:python3?|py) -m sim (\w+)", readme))
    assert named == set(COMMANDS)


def test_continuous_integration_runs_the_test_command_of_the_readme() -> None:
    script = (ROOT / ".ci" / "run").read_text(encoding="utf-8")
    assert script.splitlines()[-1] == "exec python3 -m sim test"
    assert "set -euo pipefail" in script
    assert "python3 -m sim test" in (ROOT / "README.md").read_text(encoding="utf-8")


@pytest.mark.skipif(os.name == "nt", reason="Windows cannot replace a process")
def test_any_question_is_answered_from_a_bare_clone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    locks: list[str] = []
    python = Path(sys.executable)
    monkeypatch.setattr(environment, "ensure", lambda root, lock: locks.append(lock) or python)
    started: list[list[str]] = []
    monkeypatch.setattr(os, "execve", lambda path, words, surroundings: started.append(words))
    for words in (["survival", "runs=7"], ["mesa_viz"]):
        main(words)
    straits = [str(python), "-m", "sim.cli.straits"]
    assert started == [[*straits, "survival", "runs=7"], [*straits, "mesa_viz"]]
    assert locks == [environment.CORE, environment.EVERYTHING]


def test_every_step_names_a_file_or_a_module_and_pytest_speaks_last() -> None:
    assert (ROOT / COMMANDS["demo"]([])[0][0]).is_file()
    steps = COMMANDS["test"](["-x"])
    assert steps[-1][:2] == ["-m", "pytest"] and steps[-1][-1] == "-x"


@pytest.mark.parametrize("given", [[], ["tset"], ["Demo"]])
def test_an_unknown_command_says_which_there_are(
    given: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(given) == 2
    told = capsys.readouterr()
    assert all(f"-m sim {name}" in told.err for name in COMMANDS) and told.out == ""


def test_help_is_no_mistake(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--help"]) == 0
    assert "-m sim demo" in capsys.readouterr().out


def test_the_steps_stop_at_the_first_that_fails(tmp_path: Path) -> None:
    never = tmp_path / "never"
    steps = [["-c", ""], ["-c", "raise SystemExit(5)"], ["-c", f"open({str(never)!r}, 'w')"]]
    assert run_steps(Path(sys.executable), steps) == 5
    assert not never.exists()


@pytest.mark.skipif(os.name == "nt", reason="Windows cannot replace a process")
def test_the_dashboard_takes_the_place_of_the_command_that_starts_it() -> None:
    step = ["-c", "import os; print(os.getpid(), os.getcwd())"]
    text = f"import sys; from sim.__main__ import *; become(Path(sys.executable), {step!r})"
    with subprocess.Popen(
        [sys.executable, "-c", text], cwd=ROOT, stdout=subprocess.PIPE, text=True
    ) as running:
        assert running.communicate(timeout=60)[0].strip() == f"{running.pid} {ROOT}"


def test_the_demonstration_names_the_figures_it_drew(tmp_path: Path) -> None:
    (tmp_path / "figures").mkdir()
    (tmp_path / "figures" / "triangle.png").touch()
    told = where_figures_are(["seed=3", f"out={tmp_path}"])
    assert str(tmp_path / "figures") in told and "triangle.png" in told


def test_an_environment_is_kept_until_the_locks_change(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    done: list[str] = []
    for name in environment.LOCKS:
        (tmp_path / name).write_text("one", encoding="utf-8")

    def create(folder: Path) -> None:
        done.append("create")
        python = environment.python_of(folder)
        python.parent.mkdir(parents=True)
        python.touch()

    monkeypatch.setattr(environment, "_create", create)
    monkeypatch.setattr(environment, "_install", lambda python, root, lock: done.append("install"))
    monkeypatch.setattr(environment, "works", lambda python: Path(python).exists())
    for _ in range(2):
        assert environment.ensure(tmp_path) == environment.python_of(tmp_path / ".venv")
    assert done == ["create", "install"]
    (tmp_path / environment.LOCKS[0]).write_text("two", encoding="utf-8")
    environment.ensure(tmp_path)
    assert done == ["create", "install", "install"]
    for lock in (environment.EVERYTHING, environment.EVERYTHING, environment.CORE):
        environment.ensure(tmp_path, lock)
    assert done == [
        "create",
        "install",
        "install",
        "install",
    ]  # what holds everything holds the core


def test_without_a_suitable_python_the_message_says_which_will_do(tmp_path: Path) -> None:
    with pytest.raises(UserError, match=r"3\.11, 3\.12 or 3\.13"):
        environment.suitable([str(tmp_path / "python3.13")])


def test_this_python_is_suitable() -> None:
    assert environment.suitable([sys.executable]) == sys.executable


def test_outside_a_clone_the_message_says_so(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="full clone"):
        environment.ensure(tmp_path)


def test_windows_keeps_its_python_elsewhere(tmp_path: Path) -> None:
    assert environment.python_of(tmp_path, "nt") == tmp_path / "Scripts" / "python.exe"
    assert environment.python_of(tmp_path, "posix") == tmp_path / "bin" / "python"
