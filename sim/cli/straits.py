"""The command `straits`: one word for each question, and behind it settings, choices and flags as Hydra has them.

    straits NAME [setting=value ...] [group=choice ...] [flags]

In a clone `python experiments/NAME.py` is the same, and `python3 -m sim NAME` too, which sets up what it needs.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from importlib import import_module
from typing import Any

from sim.cli.completion import print_completion
from sim.cli.main import enter
from sim.composition.commands import COMMANDS
from sim.composition.compose import BASE, find_source
from sim.composition.context import StudyContext
from sim.errors import UserError, nearest
from sim.provenance import version
from sim.setup.commands import PAGES, Command, commands
from sim.terminal import print_anything

HELP = ("-h", "--help")
COMPLETION = ("-sc", "--shell-completion")
EXAMPLE = """Examples:
  straits run scenario=cold_war policy.japan.osa_budget=20
  straits sweep experiment=aid_pressure
  straits run --help          what may be set; --cfg job: every setting
Tab completion in bash: eval "$(straits -sc install=bash)" (or zsh, fish)."""


def main(argv: Sequence[str] | None = None) -> int:
    """Do what a command line asks for, and return the exit status, as `sim.cli.main.enter` says it."""
    print_anything()
    name, *rest = [*(sys.argv[1:] if argv is None else argv)] or [""]
    known = commands()
    if name in known:
        return run_command(known[name], rest)
    try:
        if name in COMPLETION:
            return _complete(rest, known)
        if name in HELP:
            print(help_text())
        elif name == "--version":
            print(f"straits {version()}")
        else:
            raise UserError(
                given=f"{name} is no command" if name else "no command is given",
                allowed=nearest(name, known),
                hint="Run straits --help: it lists them, each with its question.",
            )
    except UserError as mistake:
        print(" ".join(str(mistake).splitlines()), file=sys.stderr)
        return mistake.exit_status
    return 0


def experiment(name: str) -> Callable[..., int]:
    """Return the `main` of experiments/NAME.py: the command of that name."""

    def run(argv: Sequence[str] | None = None) -> int:
        return run_command(commands()[name], sys.argv[1:] if argv is None else argv)

    return run


def run_command(one: Command, argv: Sequence[str]) -> int:
    """Run one command and return its exit status."""
    if one.name in PAGES:
        return int(import_module(one.module).main(list(argv)))
    return enter(partial(do, one), config_name=configuration_of(one.name), name=one.name, argv=argv)


def configuration_of(name: str) -> str:
    """Return the name of a command's configuration: its own, where it has options of its own."""
    return name if name in COMMANDS else BASE


def do(one: Command, job: StudyContext) -> Mapping[str, Any]:
    """Do one job; what does it is imported late, so that a mistake is told at once."""
    row: Mapping[str, Any] = getattr(import_module(one.module), one.function)(job)
    return row


def help_text() -> str:
    """List the commands, each with its question."""
    known = commands()
    wide = max(map(len, known))
    listed = [f"  {one.name:<{wide}}  {one.question}" for one in known.values()]
    usage = "straits NAME [setting=value ...] [group=choice ...] [flags]"
    return "\n".join([usage, "", *listed, "", EXAMPLE])


def _complete(asked: Sequence[str], known: Mapping[str, Command]) -> int:
    """Print a shell's script, or what may stand next on its line: a command, then whatever the command may be told."""
    typed, name = os.environ.get("COMP_LINE", ""), BASE
    program, _, rest = typed.lstrip().partition(" ")
    first, behind, words = rest.lstrip().partition(" ")
    if asked[:1] and asked[0].startswith("query"):
        if not behind or first not in known:
            shown = [one for one in known if one.startswith(first)] if not behind else []
            print("\n".join(shown))
            return 0
        os.environ["COMP_LINE"] = f"{program} {words}"
        name = configuration_of(first)
    print_completion(asked, find_source(None, None, None, name))
    return 0


if __name__ == "__main__":
    sys.exit(main())
