"""What experiments/game.py may be told besides settings."""

from __future__ import annotations

from dataclasses import dataclass

from sim.composition.commands import command
from sim.config.declare import integer, names, path, section, switch
from sim.config.options import Options
from sim.game.prices import Budgets

SEATS = ("CHN", "USA", "JPN", "PHL", "VNM")


@dataclass(frozen=True, kw_only=True)
class GameSection:
    """Who plays, what binds the powers, where orders come from."""

    seats: tuple[str, ...] = names(
        SEATS, "powers and states, in the order they are asked", fewest=1, example="[CHN,JPN,PHL]"
    )
    runs: int = integer(200, "futures of the model's own, for the debrief", low=20, high=5000)
    budgets: Budgets | None = section(Budgets, optional=True)
    moves: str = path("", "the path of a file of orders (null: the keyboard)", example="moves.txt")
    go_on: bool = switch(False, "with log: go on where the log ends")


@command("game")
@dataclass(frozen=True, kw_only=True)
class GameCommand(Options):
    """Options of experiments/game.py."""

    game: GameSection = section(GameSection)
    log: str = path("", "the path of the log of an earlier game, to be played again")
