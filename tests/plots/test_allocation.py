"""Charts of divisions of a budget: what they say, and that names stay inside their panels."""

from __future__ import annotations

import pandas as pd
import pytest

from sim.plots import style
from sim.studies.allocation.figures import draw_allocation, shares
from sim.studies.allocation.figures import front as allocation

RECIPIENTS = ("MYS", "PHL")
PURPOSES = tuple(allocation.PURPOSES)


def _row(name, kind, chosen, share, *gains):
    row = {"name": name, "kind": kind, "chosen": chosen, "share_MYS": share, "share_PHL": 1 - share}
    for purpose, gain in zip(PURPOSES, gains, strict=True):
        row |= {f"{purpose}_gain": gain, f"{purpose}_low": gain - 0.1}
        row[f"{purpose}_high"] = gain + 0.1
    return row


TABLE = pd.DataFrame(
    [
        _row("none", "single", "", 0.0, -9.0, -9.0, -9.0),
        _row("historical", "rule", "", 0.3, 0.0, 0.0, 0.0),
        _row("equal", "rule", "", 0.5, 0.4, -0.2, 0.1),
        _row("all to MYS", "single", "", 1.0, 2.0, 1.0, -0.5),
        _row("F1", "front", "best in deterrence", 1.0, 2.0, 1.0, -0.5),
        _row("F2", "front", "", 0.7, 1.5, 1.1, 0.1),
        _row("F3", "front", "best in sea lanes; balanced", 0.6, 1.2, 1.2, 0.3),
    ]
)


def test_the_title_says_the_size_of_what_the_division_moves():
    assert "deterrence by at most 2.00" in allocation.title(TABLE)
    assert "soft power by at most 0.80 points of 100" in allocation.title(TABLE)


def test_a_division_that_is_all_to_one_is_named_once():
    assert "all to MYS" not in set(allocation.without_twins(TABLE)["name"])
    assert len(allocation.without_twins(TABLE)) == len(TABLE) - 1


def test_rules_and_chosen_divisions_are_named_inside_their_panels():
    with style.context():
        figure = allocation.draw_front(TABLE, {"version": "0.1.0", "seed": 7})
        figure.draw_without_rendering()
        for axes in figure.axes:
            words = {text.get_text() for text in axes.texts}
            assert {"historical", "equal", "best in deterrence\n(all to MYS)"} <= words
            assert any("no budget" in word for word in words)
            box = axes.get_window_extent()
            for text in axes.texts:
                middle = text.get_window_extent()
                assert box.x0 - 6 <= middle.x0 and middle.x1 <= box.x1 + 6, text.get_text()


def test_bars_are_whole():
    with style.context():
        figure = shares.draw_shares(TABLE, RECIPIENTS, {})
        axes = figure.axes[0]
        widths = sum(bar.get_width() for bar in axes.patches)
        assert widths == pytest.approx(100.0 * 4)


def test_both_charts_are_written_twice_alike(tmp_path):
    for name in "ab":
        draw_allocation(TABLE, RECIPIENTS, {"version": "0.1.0", "seed": 7}, tmp_path / name)
    files = sorted(path.name for path in (tmp_path / "a").iterdir())
    assert files == [
        f"allocation_{one}.{kind}" for one in ("front", "shares") for kind in ("png", "svg")
    ]
    for name in files:
        assert (tmp_path / "a" / name).read_bytes() == (tmp_path / "b" / name).read_bytes()
