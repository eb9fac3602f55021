"""The task of experiments/game.py: asks the seats, plays the years, keeps the log and the debrief."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from sim.axes import STATE
from sim.composition.commands import task
from sim.composition.context import StudyContext
from sim.config.settings import as_mapping
from sim.ensemble.store.files import atomic_write
from sim.errors import UserError
from sim.game.closing import debrief_text
from sim.game.debrief import compare_with_baseline, unplayed_baseline
from sim.game.log import Log, log_of, read_log, replay_log
from sim.game.moves import REMARK, at_line, play_moves, read_moves
from sim.game.options import GameSection
from sim.game.orders import Order, read_order
from sim.game.turn import Game
from sim.game.words import opening, options_of, year_told
from sim.provenance import provenance, version
from sim.results.files import write_bibliography, write_config, write_dataset, write_table
from sim.results.result_folder import result_folder

OF_REPLAY = ("log", "out", "figures", "game.runs", "game.moves", "game.go_on")
STOP = frozenset({"quit", "exit", "stop"})
HELP = frozenset({"?", "help"})


class Stopped(Exception):
    """The players stop: no more orders come."""


@task("game", "What would you do?")
def play(job: StudyContext) -> Mapping[str, Any]:
    """Play a game, or one that was logged again; write log, debrief, history and chart.

    Raises
    ------
    UserError : a seat, a log, a file of orders or a folder that cannot be used, or no year played.
    """
    options: GameSection = job.options.game
    path: str = job.options.log
    log = read_log(Path(path)) if path else None
    game = _begin_game(job, options, log)
    turns = _ask_seats(game)
    if options.moves:
        turns = play_moves(read_moves(Path(options.moves), game), game)
    kept = job.folder.with_name(f"{job.folder.name}.unfinished.json")
    with result_folder(job.folder, kind="game") as folder:
        if log is None or options.go_on:
            print(opening(game))
            _play_interactively(game, turns, kept)
        row = _write_results(job, game, options, folder)
    kept.unlink(missing_ok=True)
    print(f"Results: {job.folder} (play it again: log={job.folder / 'log.json'})")
    return row


def _begin_game(job: StudyContext, options: GameSection, log: Log | None) -> Game:
    if log is None:
        return Game(job.settings, options.seats, options.budgets)
    other = [text for text in job.overrides if text.lstrip("+").partition("=")[0] not in OF_REPLAY]
    if other:
        raise UserError(
            given=f"{other[0]} is given with a log",
            allowed="settings, seats and budgets come from the log",
            where="on the command line: leave it out",
        )
    if log.version != version():
        print(
            f"The log was written by Straits {log.version}, this is {version()}: "
            "the same orders may lead elsewhere.",
            file=sys.stderr,
        )
    return replay_log(log, Path(job.options.log))


def _play_interactively(game: Game, turns: Iterator[Mapping[str, Order]], kept: Path) -> None:
    """Play year by year, until the last year or until no more orders come."""
    try:
        for orders in turns:
            game.turn(orders)
            kept.parent.mkdir(parents=True, exist_ok=True)
            atomic_write(kept, lambda file: file.write(log_of(game)))
            print(year_told(game))
    except KeyboardInterrupt:
        pass
    if not game.records:
        raise UserError(
            given="no year was played",
            allowed="each seat gives one line of orders a year (blank: as before)",
            where="on the command line: game.moves=FILE",
            hint="Or type them.",
        )
    if game.year is not None:
        print(
            f"\nThe game stops after {game.records[-1].year}; orders of a year not played are dropped."
        )


def _ask_seats(game: Game) -> Iterator[Mapping[str, Order]]:
    """Ask every seat, year by year, until the players stop."""
    lines = enumerate(sys.stdin, 1)
    while game.year is not None:
        try:
            orders = {seat: _ask_seat(game, seat, lines) for seat in game.seats}
        except Stopped:
            return
        yield orders


def _ask_seat(game: Game, seat: str, lines: Iterator[tuple[int, str]]) -> Order:
    """Ask one seat until it gives an order that is allowed; blank leaves all as it is.

    Who types is asked once more after a mistake. A program that hands lines over is refused: its next line is the next seat's.
    """
    if not game.records:
        print(options_of(game, seat))
    while True:
        print(f"{game.year} {seat}> ", end="", flush=True)
        number, text = _next_order(lines)
        if text.lower() in STOP:
            raise Stopped
        if text.lower() in HELP:
            print(options_of(game, seat))
            continue
        try:
            order = read_order(text, seat, game.stage)
            game.check_paid(seat, order)
            return order
        except UserError as mistake:
            if not sys.stdin.isatty():
                year = game.stage.years[len(game.records)]
                raise at_line(mistake, "what is piped in", number, year, seat) from mistake
            print(
                f"  {mistake.given}; {mistake.allowed}\n  Once more ('?' lists what {seat} may order)."
            )


def _next_order(lines: Iterator[tuple[int, str]]) -> tuple[int, str]:
    for number, line in lines:
        text = line.lstrip("\ufeff").strip()
        if not text.startswith(REMARK):
            return number, text
    raise Stopped


def _write_results(
    job: StudyContext, game: Game, options: GameSection, folder: Path
) -> Mapping[str, Any]:
    settings = game.stage.settings
    history = game.history()
    history = history.assign_attrs(
        provenance(settings, title=history.attrs["title"], data=history.attrs)
    )
    named = {"state_name": (STATE, history["state_name"].values)}
    outcomes = game.outcomes().assign_coords(named)
    outcomes = outcomes.assign_attrs(history.attrs | outcomes.attrs)
    own = unplayed_baseline(game, options.runs).assign_coords(named)
    table = compare_with_baseline(outcomes, own, start=settings.years.first - 1)
    (folder / "log.json").write_bytes(log_of(game))
    write_table(folder / "debrief.csv", table)
    write_dataset(folder / "history.nc", history)
    write_dataset(folder / "outcomes.nc", outcomes)
    write_bibliography(folder, settings)
    if job.options.figures:
        from sim.game.figures import draw_game

        draw_game(history, outcomes, own, folder / "figures", played=game.seats)
    write_config(folder, job.mapping() | as_mapping(settings))
    print(debrief_text(game, table, options.runs))
    moved = table[table["measure"] == "alignment"]
    return {"years": len(game.records), "moved": float(moved["difference"].abs().max())}
