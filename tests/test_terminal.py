"""What is printed survives a terminal of any encoding."""

from __future__ import annotations

import io
import os
import subprocess
import sys
from pathlib import Path

import pytest

from sim.terminal import FALLBACKS, HANDLER, print_anything

ROOT = Path(__file__).resolve().parents[1]
TEXT = "−0.5 – 3 × 10² ≥ 4 °C · “Côte d’Ivoire” → 北 \udcff"


@pytest.mark.parametrize("encoding", ["ascii", "cp1252", "latin-1", "cp437", "utf-8", "gbk"])
def test_any_text_can_be_printed(encoding, monkeypatch):
    stream = io.TextIOWrapper(io.BytesIO(), encoding=encoding, errors="strict")
    monkeypatch.setattr(sys, "stdout", stream)
    print_anything()
    print(TEXT)
    stream.flush()
    assert stream.buffer.getvalue().decode(encoding).rstrip().startswith(("-0.5", "−0.5"))


def test_likenesses_are_plain_letters():
    shown = TEXT.encode("ascii", HANDLER).decode("ascii")
    assert shown == '-0.5 - 3 x 102 >= 4  degC - "Cote d\'Ivoire" -> ? ?'
    assert all(likeness.isascii() for likeness in FALLBACKS.values())


@pytest.mark.parametrize(
    "command",
    [
        ["experiments/why.py", "state=Philippines", "partner=CHN", "year=2024", "years.last=2024"],
        ["experiments/run.py", "years.last=2024"],
        ["experiments/run.py", "--help"],
        ["experiments/run.py", "world=Côte–d’Ivoire−北"],
        ["-m", "sim.world.check", "nowhere−北"],
    ],
)
def test_commands_print_where_the_terminal_is_not_utf_8(command, tmp_path):
    plain = {"PYTHONIOENCODING": "ascii", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}
    further = ["figures=false", f"out={tmp_path / 'r'}"] if "years.last=2024" in command else []
    told = subprocess.run(
        [sys.executable, *command, *further],
        cwd=ROOT,
        env={**os.environ, **plain, "PYTHONPATH": str(ROOT)},
        capture_output=True,
    )
    said = (told.stdout + told.stderr).decode("ascii")
    assert "Traceback" not in said and said.strip()
    assert told.returncode == (2 if "北" in command[-1] else 0)
