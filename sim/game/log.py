"""The log of a game: settings, seats and orders, from which the same game is played again."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sim.config import Settings, build
from sim.config.settings import as_mapping, build_group
from sim.errors import UserError
from sim.game.orders import Order
from sim.game.prices import Budgets
from sim.game.turn import Game
from sim.provenance import version

FORM, WITHOUT_BUDGETS = 2, 1  # what a log with budgets, and one without, calls itself
PARTS = {"straits_game", "version", "seats", "settings", "turns"}
BUDGETS = "budgets"


@dataclass(frozen=True, kw_only=True)
class Log:
    """A game as it was kept.

    turns : year -> seat -> order. budgets : of the powers, None where none bound. version : of the program that wrote it.
    """

    settings: Settings
    seats: tuple[str, ...]
    turns: Mapping[int, Mapping[str, Order]]
    budgets: Budgets | None
    version: str


def log_of(game: Game) -> bytes:
    """Return the log of a game as text; the same game is the same bytes."""
    bound = game.budgets is not None
    kept = {
        "straits_game": FORM if bound else WITHOUT_BUDGETS,
        "version": version(),
        "seats": list(game.seats),
        "settings": as_mapping(game.stage.settings),
        **({BUDGETS: as_mapping(game.budgets)} if bound else {}),
        "turns": {str(year): orders for year, orders in game.turns.items()},
    }
    return (json.dumps(kept, indent=1, ensure_ascii=False) + "\n").encode()


def read_log(path: Path) -> Log:
    """Read a log.

    Raises
    ------
    UserError : no such file, or one that is no whole log of a game.
    """
    try:
        kept = json.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise _broken_log_error(path, error.strerror or str(error)) from error
    except ValueError as error:
        raise _broken_log_error(path, f"it is not JSON: {error}") from error
    _refuse_other_form(path, kept)
    seats = kept["seats"]
    if not isinstance(seats, list) or not all(isinstance(seat, str) for seat in seats):
        raise _broken_log_error(path, "its seats are no list of codes")
    try:
        settings = build(kept["settings"])
        bound = kept["straits_game"] == FORM
        budgets = build_group(Budgets, kept[BUDGETS], "game.budgets.") if bound else None
    except UserError as error:
        raise _broken_log_error(path, f"{error.given}; {error.allowed}") from error
    turns = _read_turns(path, kept["turns"], settings)
    version = str(kept["version"])
    return Log(settings=settings, seats=tuple(seats), turns=turns, budgets=budgets, version=version)


def _refuse_other_form(path: Path, kept: Any) -> None:
    parts = {FORM: PARTS | {BUDGETS}, WITHOUT_BUDGETS: PARTS}
    form = kept.get("straits_game") if isinstance(kept, dict) else None
    if not isinstance(form, int) or set(kept) != parts.get(form):
        raise _broken_log_error(
            path,
            f"a log holds {', '.join(sorted(PARTS))}; with {BUDGETS} its straits_game is {FORM}, without {WITHOUT_BUDGETS}",
        )


def _read_turns(path: Path, given: Any, settings: Settings) -> dict[int, dict[str, Order]]:
    first = settings.years.first
    years = [str(first + index) for index in range(len(given))] if isinstance(given, dict) else []
    if not isinstance(given, dict) or not given or list(given) != years:
        raise _broken_log_error(path, f"its turns must be the years from {first}, none left out")
    if int(years[-1]) > settings.years.last:
        raise _broken_log_error(path, f"it holds turns after {settings.years.last}")
    for year, orders in given.items():
        if not isinstance(orders, dict) or not all(isinstance(o, dict) for o in orders.values()):
            raise _broken_log_error(path, f"its turn of {year} does not map seats to orders")
    return {int(year): orders for year, orders in given.items()}


def replay_log(log: Log, path: Path) -> Game:
    """Play a log's turns again, under the budgets it was played under.

    Raises
    ------
    UserError : a seat or an order that is not allowed, told with the log's name.
    """
    try:
        game = Game(log.settings, log.seats, log.budgets)
        for orders in log.turns.values():
            game.turn(orders)
    except UserError as error:
        raise _broken_log_error(path, f"{error.given}; {error.allowed}") from error
    return game


def _broken_log_error(path: Path, reason: str) -> UserError:
    return UserError(
        given=f"the log {path} cannot be used ({reason})",
        allowed="it must be the log.json of a game, as it was written",
        where="on the command line: log=results/game/log.json",
    )
