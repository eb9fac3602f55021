"""One room a question: what a study may be told, its analysis, its charts, its page, and its command."""

from __future__ import annotations

from importlib import import_module
from importlib.util import find_spec
from pkgutil import iter_modules


def load_options() -> None:
    """Import the options of every study, by which its configuration is known (`sim.composition.commands`)."""
    _load("options")


def load_commands() -> None:
    """Import the command of every study, by which it is known itself (`sim.studies._runner`)."""
    _load("command")


def _load(module: str) -> None:
    for room in iter_modules(__path__):
        name = f"{__name__}.{room.name}.{module}"
        if room.ispkg and find_spec(name) is not None:
            import_module(name)
