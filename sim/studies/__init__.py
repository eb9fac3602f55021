"""One room a question: what a study is told, how it answers, what it draws and how it tells it."""

from __future__ import annotations

from importlib import import_module
from importlib.util import find_spec
from pkgutil import iter_modules


def load_options() -> None:
    """Import the options of every study, by which its commands become known (`sim.composition.commands`)."""
    for room in iter_modules(__path__):
        name = f"{__name__}.{room.name}.options"
        if room.ispkg and find_spec(name) is not None:
            import_module(name)
