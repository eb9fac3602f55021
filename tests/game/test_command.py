"""The game at the terminal: orders from a file, from a pipe, again from the log; stopping loses nothing."""

from __future__ import annotations

import io
import os
from pathlib import Path

import pytest

from sim.cli import enter
from sim.game.command import play

SHORT = ["years.last=2026", "states=[PHL,VNM,KHM]", "game.runs=21"]
SEATS = "game.seats=[Japan,PHL]"
MOVES = "\ufeffosa_budget=40\nstance=-1\n# 2025\n\nresolve=1\n\n\n\n"


@pytest.fixture
def here(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    Path("moves.txt").write_text(MOVES, encoding="utf-8")
    return tmp_path


def game(*argv):
    return enter(play, config_name="game", name="game", argv=list(argv))


def bytes_in(folder):
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in sorted(Path(folder).rglob("*"))
        if path.is_file() and path.name not in ("config.yaml", ".straits.json")
    }


def test_a_game_is_played_and_played_again_to_the_byte(here, capsys):
    assert game(*SHORT, SEATS, "game.moves=moves.txt", "out=a") == 0
    told = capsys.readouterr().out
    assert "2025 PHL> resolve=1" in told
    assert "Debrief, 2026" in told and "A conditional scenario, not a forecast." in told
    assert "Beyond what chance alone does: " in told
    assert game("log=a/log.json", "game.runs=21", "out=b") == 0
    assert bytes_in("a") == bytes_in("b")
    assert {"log.json", "debrief.csv", "history.nc", os.path.join("figures", "game.png")} <= set(
        bytes_in("a")
    )
    assert not list(here.glob("*.json"))


class Keyboard(io.StringIO):
    """Somebody who types."""

    def isatty(self) -> bool:
        return True


def test_who_types_is_told_the_bill_and_asked_once_more(here, monkeypatch, capsys):
    one_year = [*SHORT, "years.last=2024", "game.seats=[JPN]", "figures=false"]
    typed = "?\nosa_budget=90\nallocation=nowhere\nosa_budget=90 oda=1.4\n"
    monkeypatch.setattr("sys.stdin", Keyboard(typed))
    assert game(*one_year, "out=a") == 0
    told = capsys.readouterr().out
    assert "A year's budget: Japan 300 JPY bn" in told and "oda 252.9" in told
    assert told.count("2024 JPN>") == 4 and told.count("Once more") == 2
    monkeypatch.setattr("sys.stdin", Keyboard("osa_budget=90\n"))
    assert game(*one_year, "game.budgets=null", "out=b") == 0
    told = capsys.readouterr().out
    assert "budget:" not in told and told.count("2024 JPN>") == 1


@pytest.mark.parametrize(
    ("lines", "part"),
    [
        ("\n\n\nresolve=0,9\n\n\n", "line 4 of moves.txt, the order of PHL for 2025: '9' cannot"),
        ("\n\n\nact=nowhere\n", "line 4 of moves.txt, the order of PHL for 2025"),
        ("# JPN first\n\n\nosa_budget=40\n\noda=2\n\n", "line 6 of moves.txt, the order of JPN"),
        ("\n\n\n?\n\n\n", "line 4 of moves.txt"),
        ("USA: exercises=3\n\n", "line 1 of moves.txt"),
        ("\n\n\n", "ends with line 3, before the order of PHL for 2025"),
        ("\n" * 6 + "\nresolve=1\n", "line 8 of moves.txt (resolve=1) comes after the last order"),
        ("", "no year was played"),
        ("# nothing but a remark", "no year was played"),
    ],
)
def test_a_line_that_is_no_order_is_refused_before_a_year_is_played(here, lines, part, capsys):
    """With file and line; the seats behind keep their own orders, and nothing is written."""
    Path("moves.txt").write_text(lines, encoding="utf-8")
    assert game(*SHORT, SEATS, "game.moves=moves.txt") == 2
    told = capsys.readouterr()
    assert (
        part in told.err and len(told.err.strip().splitlines()) == 1 and "2024 JPN>" not in told.out
    )
    assert [path.name for path in here.rglob("*")] == ["moves.txt"]


def test_orders_that_end_with_a_year_end_the_game_there(here, capsys):
    Path("moves.txt").write_text("osa_budget=40\r\n\r\n", encoding="utf-8", newline="")
    assert game(*SHORT, SEATS, "game.moves=moves.txt", "figures=false") == 0
    assert "stops after 2024" in capsys.readouterr().out


def test_a_line_piped_in_is_not_asked_for_again(here, monkeypatch, capsys):
    """The years played before are kept, as after any fault."""
    monkeypatch.setattr("sys.stdin", io.StringIO("\n\n\nresolve=0,9\nresolve=1\n"))
    assert game(*SHORT, SEATS, "out=a", "figures=false") == 2
    assert "line 4 of what is piped in, the order of PHL for 2025" in capsys.readouterr().err
    assert not Path("a").exists()
    assert game("log=a.unfinished.json", "game.runs=21", "out=b", "figures=false") == 0


def test_an_earlier_game_in_its_folder_is_replaced(here):
    for _ in range(2):
        assert game(*SHORT, SEATS, "game.moves=moves.txt", "figures=false") == 0
    assert Path("results/game/log.json").is_file()


def test_stopping_early_keeps_what_was_played_and_the_game_can_go_on(here, monkeypatch, capsys):
    monkeypatch.setattr("sys.stdin", io.StringIO("\n\nquit\n"))
    assert game(*SHORT, SEATS, "out=a", "figures=false") == 0
    assert "stops after 2024" in capsys.readouterr().out
    monkeypatch.setattr("sys.stdin", io.StringIO("osa_budget=5\n\n\n\n"))
    assert game("log=a/log.json", "game.go_on=true", "out=b", "figures=false") == 0
    assert "Debrief, 2026" in capsys.readouterr().out


def test_an_interrupt_after_a_year_saves_the_log(here, monkeypatch):
    def lines():
        yield from ("\n", "\n")
        raise KeyboardInterrupt

    monkeypatch.setattr("sys.stdin", lines())
    assert game(*SHORT, SEATS, "figures=false") == 0
    assert '"2024"' in Path("results/game/log.json").read_text(encoding="utf-8")


def test_a_fault_in_mid_game_leaves_the_years_played(here, monkeypatch):
    def lines():
        yield from ("\n", "\n")
        raise ZeroDivisionError

    monkeypatch.setattr("sys.stdin", lines())
    assert game(*SHORT, SEATS, "figures=false", "out=a") == 1
    assert not Path("a").exists()
    assert game("log=a.unfinished.json", "game.runs=21", "out=b", "figures=false") == 0


@pytest.mark.parametrize(
    ("argv", "part"),
    [
        ([SEATS, "game.moves=nowhere.txt"], "nowhere.txt"),
        ([SEATS, "game.runs=3"], "between 20 and 5000"),
        (["game.seats=3"], "list of names"),
        (["game.seats=[]"], "at least 1"),
        (["game.seats=[Phillipines]"], "Philippines"),
        (["game.seat=[PHL]"], "game.seats"),
        (["game.go_on=perhaps"], "true or false"),
        (["game.budgets.japan.limit=-1"], "between 0 and 100000 JPY bn"),
        (["game.budgets.japan.limt=1"], "game.budgets.japan.limit"),
        ([SEATS, "game.budgets.japan.limit=100"], "Japan would spend"),
        (["game.budgets=3"], "group of settings"),
        (["log=nowhere.json"], "nowhere.json"),
        (["log=moves.txt"], "cannot be used"),
        ([SEATS], "no year was played"),
    ],
)
def test_a_mistake_is_told_in_one_message_and_writes_nothing(here, argv, part, monkeypatch, capsys):
    monkeypatch.setattr("sys.stdin", io.StringIO(""))
    assert game(*argv) == 2
    told = capsys.readouterr().err
    assert part in told and "Traceback" not in told and len(told.strip().splitlines()) == 1
    assert [path.name for path in here.rglob("*")] == ["moves.txt"]


def test_settings_beside_a_log_are_refused(here, capsys):
    assert game(*SHORT, SEATS, "game.moves=moves.txt", "out=a", "figures=false") == 0
    for text in ("years.last=2040", "game.seats=[CHN]", "scenario=cold_war", "game.budgets=null"):
        assert game("log=a/log.json", text, "out=b") == 2
        assert text in capsys.readouterr().err
