"""The commands of a fresh clone, with the Python you have: each sets up what it needs.

    python3 -m sim demo [setting=value ...]     run the baseline and draw its figures
    python3 -m sim dashboard [--port N ...]     serve the page with sliders, on this machine
    python3 -m sim docs [sphinx options ...]    build the documentation as a site, in build/site
    python3 -m sim test [pytest options ...]    check style, types, floors and facts
    python3 -m sim NAME [setting=value ...]     answer one question, as experiments/NAME.py does

On Windows ``py -m sim demo`` and so on. The first run makes ``.venv`` beside this package and
installs the locked versions (requirements.lock; with all extras for the dashboard, the site and the tests);
later runs start at once. Outside a clone, where the package is installed, ``python -m sim NAME`` is ``straits NAME``.
"""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from sim.errors import UserError
from sim.setup import environment
from sim.setup.commands import PAGES, commands
from sim.terminal import print_anything

ROOT = Path(__file__).resolve().parents[1]
SITE = "build/site"
FLOORS = "import sys; from importlinter.cli import lint_imports_command as c; sys.exit(c())"


def steps_of_demo(extra: Sequence[str]) -> list[list[str]]:
    """Return the one step of the demonstration, as arguments for Python."""
    return [["experiments/run.py", *extra]]


def steps_of_test(extra: Sequence[str]) -> list[list[str]]:
    """Return the steps of the tests, as arguments for Python; pytest speaks last."""
    return [
        ["-m", "ruff", "check", "."],
        ["-m", "ruff", "format", "--check", "."],
        ["-m", "mypy"],
        ["-c", FLOORS],
        ["-m", "pytest", "-n", "auto", "--dist", "loadfile", *extra],
    ]


def steps_of_dashboard(extra: Sequence[str]) -> list[list[str]]:
    """Return the one step of the dashboard, as arguments for Python."""
    return [["-m", "sim.dashboard", *extra]]


def steps_of_docs(extra: Sequence[str]) -> list[list[str]]:
    """Return the one step of the site, as arguments for Python; a warning is an error."""
    strict = ["-q", "-W", "--keep-going"]
    folders = ["-c", "docs/_site", "-d", "build/doctrees", ".", SITE]
    return [["-m", "sphinx", *strict, *extra, *folders]]


COMMANDS = {
    "demo": steps_of_demo,
    "dashboard": steps_of_dashboard,
    "docs": steps_of_docs,
    "test": steps_of_test,
}
LOCK = {  # others need the core alone
    "dashboard": environment.EVERYTHING,
    "docs": environment.EVERYTHING,
    "test": environment.EVERYTHING,
    **dict.fromkeys(PAGES, environment.EVERYTHING),
}


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command.

    Parameters
    ----------
    argv : the command and what is passed on to it; the real command line if None.

    Returns
    -------
    Exit status: 0 done, 2 a mistake of the user's, else that of the first step that failed.
    """
    print_anything()
    given = list(sys.argv[1:] if argv is None else argv)
    if not (ROOT / "pyproject.toml").is_file():
        from sim.cli.straits import main as straits

        return straits(given)
    name = given[0] if given else ""
    if name not in {*COMMANDS, *commands()}:
        print(__doc__, file=sys.stdout if name in ("-h", "--help") else sys.stderr)
        return 0 if name in ("-h", "--help") else 2
    try:
        python = environment.ensure(ROOT, LOCK.get(name, environment.CORE))
    except UserError as mistake:
        print(mistake, file=sys.stderr)
        return mistake.exit_status
    if name not in COMMANDS:
        return become(python, ["-m", "sim.cli.straits", *given])
    steps = COMMANDS[name](given[1:])
    if name == "dashboard":
        return become(python, steps[0])
    status = run_steps(python, steps)
    if name == "demo" and status == 0:
        print(where_figures_are(given[1:]))
    if name == "docs" and status == 0:
        print(f"Site: {ROOT / SITE / 'index.html'}")
    return status


def run_steps(python: Path, steps: Sequence[Sequence[str]]) -> int:
    """Run steps one after another in the top folder; stop at the first that fails."""
    surroundings = {"MPLBACKEND": "Agg", **os.environ}
    for step in steps:
        if len(steps) > 1:
            print(f"== {title(step)}", flush=True)
        status = subprocess.run([str(python), *step], cwd=ROOT, env=surroundings).returncode
        if status:
            return status
    return 0


def become(python: Path, step: Sequence[str]) -> int:
    """Turn this process into a step in the top folder, so that whoever asks it to end asks the step.

    Windows cannot: there the step is run, and its exit status returned.
    """
    if os.name == "nt":
        return run_steps(python, [step])
    os.chdir(ROOT)
    os.execve(str(python), [str(python), *step], {"MPLBACKEND": "Agg", **os.environ})


def title(step: Sequence[str]) -> str:
    """Return what a step is called.

    >>> title(["-m", "ruff", "check", "."])
    'ruff check .'
    >>> title(["-c", FLOORS])
    'lint-imports'
    """
    return "lint-imports" if step[0] == "-c" else " ".join(step[1:])


def where_figures_are(extra: Sequence[str]) -> str:
    """Return the sentence that ends the demonstration.

    >>> where_figures_are(["out=elsewhere"]).startswith("Figures: ")
    True
    """
    chosen = [argument[len("out=") :] for argument in extra if argument.startswith("out=")]
    folder = ROOT / (chosen[-1] if chosen else "results/run") / "figures"
    drawn = sorted(path.name for path in folder.glob("*.png"))
    return f"Figures: {folder} ({', '.join(drawn) or 'none were drawn'})"


if __name__ == "__main__":
    sys.exit(main())
