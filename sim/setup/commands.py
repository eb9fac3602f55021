"""Which commands there are: the functions that their rooms declare by `@study` or `@task`, read without importing one.

So whoever adds a command touches no list, and a Python that lacks the packages can still say which there are.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import NamedTuple

PACKAGE = Path(__file__).resolve().parents[1]
ROOMS = ("sim/*/command.py", "sim/studies/*/*command.py", "docs/_generate/*.py")
DECLARED = re.compile(
    r'^@(?:study|task)\(\s*"(?P<name>\w+)"(?:,\s*"(?P<question>[^"]*)")?[^@]*?'
    r'^def (?P<function>\w+)\([^"]*"""(?P<docstring>[^"\n]*)',
    re.MULTILINE,
)
PAGES = {  # what serves a page until it is stopped: its module, and what it shows
    "dashboard": ("sim.dashboard.serve", "What happens if I move this? Sliders in a browser."),
    "mesa_viz": (
        "sim.dashboard.mesa_page",
        "Who are the agents, and what do they carry? Mesa's own page, in a browser.",
    ),
}


class Command(NamedTuple):
    """One command: its name, the module and function that do it, and the question it answers."""

    name: str
    module: str
    function: str
    question: str


def commands() -> dict[str, Command]:
    """Return every command by its name; those that write the repository's pages stand in a clone alone."""
    top = PACKAGE.parent
    paths = [path for room in ROOMS for path in sorted(top.glob(room))]
    declared = [one for path in paths for one in _declared(path, top)]
    served = [Command(name, module, "main", told) for name, (module, told) in PAGES.items()]
    return {one.name: one for one in sorted([*declared, *served])}


def _declared(path: Path, top: Path) -> list[Command]:
    module = ".".join(path.relative_to(top).with_suffix("").parts)
    return [
        Command(one["name"], module, one["function"], one["question"] or one["docstring"])
        for one in DECLARED.finditer(path.read_text(encoding="utf-8"))
    ]
