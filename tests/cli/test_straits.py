"""The command straits: one word for each question, known by where it is declared and nowhere else."""

from __future__ import annotations

import ast
import importlib
import subprocess
import sys
from pathlib import Path

import pytest

from sim.cli import straits
from sim.provenance import ROOT
from sim.setup.commands import commands

EXPERIMENTS = sorted((ROOT / "experiments").glob("*.py"))
BODY = """

import sys

try:
    from sim.cli.straits import experiment
except ModuleNotFoundError as missing:
    print(f"{{missing}}; python3 -m sim {name} sets up what it needs", file=sys.stderr)
    sys.exit(2)

main = experiment("{name}")

if __name__ == "__main__":
    sys.exit(main())
"""


@pytest.mark.parametrize("path", EXPERIMENTS, ids=lambda path: path.stem)
def test_an_experiment_is_its_question_and_a_few_lines(path):
    text = path.read_text(encoding="utf-8")
    told = ast.get_docstring(ast.parse(text))
    assert text.removeprefix(f'"""{told}\n"""') == BODY.format(name=path.stem)
    assert f"python experiments/{path.stem}.py" in told
    question = commands()[path.stem].question
    assert told.startswith(question) or not question.endswith("?")


def test_every_command_but_the_dashboard_is_an_experiment():
    assert commands().keys() - {"dashboard"} == {path.stem for path in EXPERIMENTS}


@pytest.mark.parametrize("one", commands().values(), ids=lambda one: one.name)
def test_what_does_a_command_stands_where_it_is_said_to(one):
    assert callable(getattr(importlib.import_module(one.module), one.function))
    assert one.question


def test_a_command_is_found_by_its_decorator_alone(tmp_path, monkeypatch):
    monkeypatch.setattr("sim.setup.commands.PACKAGE", tmp_path / "sim")
    room = tmp_path / "sim" / "studies" / "chess"
    room.mkdir(parents=True)
    (room / "command.py").write_text(
        '@study(\n    "chess",\n    options=ChessCommand,\n)\n'
        'def analyse(context: StudyContext) -> StudyResult:\n    """Who wins? Play all games.\n\n    More."""\n\n\n'
        '@task("draughts", "Who loses?")\ndef other(job):\n    """Play."""\n',
        encoding="utf-8",
    )
    found = commands()
    assert found.keys() == {"chess", "dashboard", "draughts", "mesa_viz"}
    assert found["chess"][1:] == (
        "sim.studies.chess.command",
        "analyse",
        "Who wins? Play all games.",
    )
    assert found["draughts"][2:] == ("other", "Who loses?")


def test_help_lists_every_command_with_its_question(capsys):
    assert straits.main(["--help"]) == 0
    said = capsys.readouterr().out
    assert all(f"  {one.name} " in said and one.question in said for one in commands().values())


@pytest.mark.parametrize(
    ("words", "part"),
    [(["swep"], "did you mean sweep?"), ([], "no command is given"), (["--nope"], "--nope is no")],
)
def test_an_unknown_command_is_told_in_one_message(words, part, capsys):
    assert straits.main(words) == 2
    said = capsys.readouterr()
    assert part in said.err and said.err.count("\n") == 1 and said.out == ""


def test_it_tells_its_version(capsys):
    assert straits.main(["--version"]) == 0
    assert capsys.readouterr().out.startswith("straits 0.")


def test_a_command_has_the_flags_of_hydra(capsys):
    assert straits.main(["sweep", "--cfg", "job", "-p", "seed", "seed=7"]) == 0
    assert capsys.readouterr().out == "7\n"


@pytest.mark.parametrize(
    ("line", "offered"),
    [
        ("straits swe", ["sweep"]),
        ("straits why theory=comm", ["theory=commerce"]),
        ("straits sweep experiment=aid", ["experiment=aid_pressure"]),
        ("straits run experiment=aid", []),
        ("straits nothing theory=comm", []),
    ],
)
def test_completion_offers_commands_and_then_what_each_may_be_told(
    line, offered, capsys, monkeypatch
):
    monkeypatch.setenv("COMP_LINE", line)
    assert straits.main(["-sc", "query=bash"]) == 0
    assert capsys.readouterr().out.split() == offered


def test_a_python_without_the_package_says_what_to_do():
    script = Path("experiments") / "run.py"
    bare = [sys.executable, "-I", "-S", str(ROOT / script)]
    done = subprocess.run(bare, capture_output=True, text=True)
    assert done.returncode == 2 and done.stdout == ""
    assert done.stderr == "No module named 'sim'; python3 -m sim run sets up what it needs\n"
