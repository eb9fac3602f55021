"""What game.py is told besides settings."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sim.config.settings import build_group
from sim.door.given import names_in, switch, text, unfit
from sim.door.sections import OF_GAME
from sim.explore.game.prices import Budgets


def section_of_game(sections: Mapping[str, Any]) -> tuple[dict[str, Any], str]:
    """Validate the section `game` and `log`: seats (codes or names), moves and log (paths, blank for none), go_on, budgets.

    Raises
    ------
    UserError : an unknown name, or a value of the wrong kind.
    """
    section = names_in(sections.get("game", {}), OF_GAME, "game")
    seats = section.get("seats") or []
    if not isinstance(seats, list) or not all(isinstance(seat, str) for seat in seats):
        raise unfit("game.seats", seats, "it must be a list of powers and states", "[CHN,JPN,PHL]")
    found = dict(section) | {
        "seats": tuple(seats),
        "moves": text(section.get("moves"), "game.moves"),
        "go_on": switch(section.get("go_on", False), "game.go_on"),
        "budgets": _budgets(section.get("budgets", {})),
    }
    return found, text(sections.get("log"), "log")


def _budgets(given: Any) -> Budgets | None:
    if given is None:
        return None
    budgets: Budgets = build_group(Budgets, given, "game.budgets.")
    return budgets
