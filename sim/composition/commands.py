"""The commands that have options of their own: the configuration's name -> the class that declares them.

A class names its command where it is declared, by `command`; whoever adds one touches no list.
Every other command has the options that all have (`sim.config.options.Options`).
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from sim.config.options import Options

Function = TypeVar("Function", bound=Callable[..., object])
COMMANDS: dict[str, type[Options]] = {}
OWN_GROUPS = frozenset(
    ("executor", "experiment", "parameters")
)  # that only commands that name them have


def command(name: str) -> Callable[[type[Options]], type[Options]]:
    """Declare a class to be the options of a command, by the name of its configuration."""

    def declare(kind: type[Options]) -> type[Options]:
        COMMANDS[name] = kind
        return kind

    return declare


def options_of(name: str) -> type[Options]:
    """Return the class of a command's options, by the name of its configuration."""
    return COMMANDS.get(name, Options)


def config_of(kind: type[Options]) -> str:
    """Return the name of the configuration that declares a class of options, `config` for those that all have."""
    return next((name for name, one in COMMANDS.items() if one is kind), "config")


def task(name: str, question: str = "") -> Callable[[Function], Function]:
    """Declare a function to be what `straits NAME` does, given a `StudyContext`, and the question it answers.

    Where it stands is enough for it to be found: `sim.setup.commands` reads the words of this decorator, and imports nothing.
    """

    def declare(function: Function) -> Function:
        return function

    return declare
