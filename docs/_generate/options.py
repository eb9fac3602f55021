"""The page of options: what every command may be told besides settings, written from its declarations."""

from __future__ import annotations

from dataclasses import fields

import sim.cli  # noqa: F401  (so that every command is known)
from sim.composition.commands import COMMANDS
from sim.composition.options import allowed_of, plain
from sim.config.declare import declarations
from sim.config.options import Options

HEAD = """# Options of the commands

What a command may be told besides settings ([handbook](handbook.md)): each option is declared once, beside its study, and that
declaration is its default, its check and its row here. `python experiments/NAME.py --help` lists the same.

Written by `python experiments/handbook.py`.

## Every command
"""
TABLE = "\n| option | default | meaning |\n|---|---|---|"


def options_page() -> str:
    """Write the page as Markdown."""
    common = {item.name for item in fields(Options)}
    parts = [HEAD, _table(Options, set())]
    for name, kind in sorted(COMMANDS.items()):
        parts += [f"\n## `experiments/{name}.py`\n", _table(kind, common)]
    return "\n".join(parts) + "\n"


def _table(kind: type[Options], without: set[str]) -> str:
    rows = []
    for path, declaration in declarations(kind):
        if path not in without:
            cells = (
                f"`{path}`",
                f"`{plain(declaration.default)}`",
                f"{declaration.doc}{allowed_of(declaration)}",
            )
            rows.append(f"| {' | '.join(cell.replace('|', '/') for cell in cells)} |")
    return "\n".join([TABLE.strip(), *rows])
