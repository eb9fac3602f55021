"""Names in any script are drawn without boxes and without warnings, which are errors here."""

from __future__ import annotations

import io

import pytest

from sim.plots import letters, style
from sim.world.roster import State


@pytest.fixture(autouse=True)
def no_further_fonts(monkeypatch):
    """Let every machine have the main font alone."""
    monkeypatch.setattr(letters, "font_families", lambda: (letters.MAIN,))
    monkeypatch.setattr(style, "font_families", lambda: (letters.MAIN,))
    letters._known.cache_clear()
    letters._tell_once.cache_clear()
    yield
    letters._known.cache_clear()


def drawn(name):
    with style.context():
        page = style.sheet(width=4, height=2, title=f"{name} moves", note="", attrs={})
        axes = page.figure.add_subplot()
        axes.barh([name, "East"], [1, 2], label=name)
        axes.set_yticks([0, 1], [f"{name} (3)", "East"])
        axes.legend()
        page.figure.savefig(io.BytesIO(), format="png")
        ticks = [label.get_text() for label in axes.get_yticklabels()]
        return [text.get_text() for text in page.figure.texts] + ticks


@pytest.mark.parametrize("name", ["北", "南方", "日本", "한국", "ไทย", "🙂"])
def test_letters_that_no_font_has_are_drawn_by_number_and_said_once(name, capsys):
    words = drawn(name)
    numbers = f"[U+{' '.join(f'{ord(letter):04X}' for letter in name)}]"
    assert words[0] == f"{numbers} moves" and words[-2:] == [f"{numbers} (3)", "East"]
    assert capsys.readouterr().err.count("no installed font") == 1


def test_a_state_is_drawn_by_its_code(monkeypatch, capsys):
    state = State("VNM", "베트남", "베트남", None, False, True)
    monkeypatch.setattr(letters, "roster", lambda: {"VNM": state})
    monkeypatch.setattr(letters, "state_names", lambda: {"VNM": "베트남"})
    assert drawn("베트남")[-2] == "VNM (3)"


@pytest.mark.parametrize("name", ["Việt Nam", "Côte d’Ivoire", "Россия", "Ελλάς", "−3 °C ≥ ×"])
def test_letters_of_the_main_font_stay(name, capsys):
    assert drawn(name)[-2] == f"{name} (3)" and capsys.readouterr().err == ""


def test_further_fonts_are_asked_only_where_installed(monkeypatch):
    monkeypatch.setattr(letters.font_manager, "get_font_names", lambda: ["Malgun Gothic", "Other"])
    monkeypatch.undo()
    installed = set(letters.font_manager.get_font_names())
    letters.font_families.cache_clear()
    assert letters.font_families()[0] == letters.MAIN
    assert set(letters.font_families()[1:]) <= installed
