"""Orders from a file: every line is read, checked and laid to its seat and year before anything is played.

One line a seat a year, in the seats' order; a blank line is no new order, a line that begins with # a remark. The file may end
after any whole year: the game stops there. A line that cannot be used is refused with its number, since asking for another would
give this seat the order of the next.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from sim.errors import UserError
from sim.game.budget import check_paid
from sim.game.orders import LEVERS, Order, ordered_settings, read_order
from sim.game.turn import Game

Turn = dict[str, tuple[str, Order]]  # seat -> line, and the order it gives
REMARK = "#"


def read_moves(path: Path, game: Game) -> list[Turn]:
    """Read the orders of all years that a file holds, from the year the game stands at.

    Parameters
    ----------
    path : text in UTF-8, with or without a byte order mark. game : not changed.

    Raises
    ------
    UserError : a file that cannot be read; a line that is no order, that its seat may not give or cannot pay; a year without
        an order of every seat; orders after the last year. Told with file and line.
    """
    lines = _numbered_lines(path)
    years = [year for year in game.stage.years if game.year is not None and year >= game.year]
    places = [(year, seat) for year in years for seat in game.seats]
    _refuse_missing(path, lines, places, len(game.seats))
    _refuse_further(path, lines[len(places) :], game)
    turns: list[Turn] = []
    settings = game.settings
    for (year, seat), (number, text) in zip(places, lines, strict=False):
        try:
            order = read_order(text, seat, game.stage)
            settings = ordered_settings(settings, {seat: order})
            if game.budgets is not None and seat in LEVERS:
                check_paid(seat, settings, game.budgets, game.stage)
        except UserError as mistake:
            raise at_line(mistake, str(path), number, year, seat) from mistake
        if seat == game.seats[0]:
            turns.append({})
        turns[-1][seat] = text, order
    return turns


def at_line(mistake: UserError, source: str, number: int, year: int, seat: str) -> UserError:
    """Say of a mistake in which line it stands, and whose order of which year that is."""
    return UserError(
        given=f"line {number} of {source}, the order of {seat} for {year}: {mistake.given}",
        allowed=mistake.allowed,
        where=f"in line {number} of {source}",
    )


def play_moves(turns: list[Turn], game: Game) -> Iterator[dict[str, Order]]:
    """Give the orders year by year, each line shown as if it were typed."""
    for turn in turns:
        for seat, (text, _) in turn.items():
            print(f"{game.year} {seat}> {text}")
        yield {seat: order for seat, (_, order) in turn.items()}


def _numbered_lines(path: Path) -> list[tuple[int, str]]:
    """Lines with their numbers, remarks left out."""
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, ValueError) as error:
        raise UserError(
            given=f"the orders in {path} cannot be read ({error})",
            allowed="it must be a text file in UTF-8, one line a seat a year",
            where="on the command line: game.moves=moves.txt",
        ) from error
    numbered = ((number, line.strip()) for number, line in enumerate(text.split("\n"), 1))
    lines = [(number, line) for number, line in numbered if not line.startswith(REMARK)]
    return lines if lines[-1:] != [(text.count("\n") + 1, "")] else lines[:-1]


def _refuse_missing(
    path: Path, lines: list[tuple[int, str]], places: list[tuple[int, str]], seats: int
) -> None:
    if len(lines) < len(places) and len(lines) % seats:
        year, seat = places[len(lines)]
        raise UserError(
            given=f"{path} ends with line {lines[-1][0]}, before the order of {seat} for {year}",
            allowed=f"every year needs {seats} lines, one a seat (blank: as before)",
            where=f"at the end of {path}",
        )


def _refuse_further(path: Path, further: list[tuple[int, str]], game: Game) -> None:
    for number, text in further:
        if text:
            raise UserError(
                given=f"line {number} of {path} ({text}) comes after the last order of {game.stage.years[-1]}",
                allowed=f"there is one line a seat a year, in the order {', '.join(game.seats)}",
                where=f"in line {number} of {path}, or by a later last year: years.last=2035",
            )
