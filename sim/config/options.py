"""What every command may be told besides settings: where to write, whether to draw, and what carries the model."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

from sim.config.declare import choice, path, switch

ENGINES = ("region", "ensemble")


@dataclass(frozen=True, kw_only=True)
class Options:
    """Options of a command; one with further options declares them in a class of its own that inherits these.

    own_groups : groups of conf/ that only commands that name them have.
    """

    out: str = path("", "the path of a folder to write into (results/NAME if left out)")
    figures: bool = switch(True, "draw charts")
    publish: bool = switch(False, "also put the page into docs/, if all is as declared")
    engine: str = choice("region", ENGINES, "what carries the model")

    own_groups: ClassVar[tuple[str, ...]] = ()

    @classmethod
    def as_asked(cls, argv: Sequence[str]) -> list[str]:
        """Return the words of a command line as the configuration names them; a command may have shorter ones."""
        return list(argv)

    def check(self, job: Any) -> None:
        """Refuse what does not fit the job's settings; asked of every job before the first of them is done.

        Raises
        ------
        UserError : such an option.
        """
