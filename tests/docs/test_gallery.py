"""The gallery: every chart with what it says and what draws it, drawn by the tasks themselves."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from PIL import Image

from docs._generate import gallery
from sim.cli import enter
from sim.composition.compose import CONF
from sim.plots import style
from sim.plots.thumbnails import WIDTH, shrink_figure

DOCS = CONF.parent / "docs"
FEW = "states=[PHL,KHM] years.last=2026"


@pytest.fixture
def small(monkeypatch):
    """One run of two states, and a sweep of two points with its differences."""
    run, _, _, sweep, difference, why = gallery.COMMANDS
    grid = "sweep.space.policy.japan.osa_budget=[0,40] sweep.paths=true executor=serial out=results/aid"
    few = (
        replace(run, command=f"{run.command} {FEW}"),
        replace(sweep, command=f"x.py {grid} {FEW} sweep.levels=3 sweep.replicates=4"),
        difference,
        replace(why, command=f"{why.command} {FEW} runs=3 years=[2024,2026]"),
    )
    monkeypatch.setattr(gallery, "COMMANDS", few)


def test_it_draws_every_chart_and_quotes_its_title(small, tmp_path):
    argv = [f"out={tmp_path / 'g'}"]
    assert enter(gallery.write_gallery, config_name="config", name="gallery", argv=argv) == 0
    page = (tmp_path / "g" / "gallery.md").read_text(encoding="utf-8")
    shown = re.findall(r"!\[(.+)\]\((figures/gallery/(\w+)\.png)\)", page)
    wanted = [name for one in gallery.COMMANDS for name in one.charts] + list(gallery.OF_PAGES)
    assert [name for _, _, name in shown] == wanted
    assert all((tmp_path / "g" / path).is_file() for _, path, _ in shown)
    assert "**What posture does it take?** " in page and str(tmp_path) not in page


def test_the_committed_gallery_shows_every_chart():
    page = (DOCS / "gallery.md").read_text(encoding="utf-8")
    shown = set(re.findall(r"\(figures/gallery/(\w+)\.png\)", page))
    assert shown == {path.stem for path in (DOCS / "figures/gallery").iterdir()}
    assert shown == {n for one in gallery.COMMANDS for n in one.charts} | set(gallery.OF_PAGES)
    assert all(f"## `python {one.command}`" in page for one in gallery.COMMANDS)
    assert sum(path.stat().st_size for path in (DOCS / "figures/gallery").iterdir()) < 1_500_000


def test_a_place_that_cannot_be_written_is_told(monkeypatch, capsys):
    monkeypatch.setattr(gallery, "COMMANDS", ())
    argv = ["out=/proc/nope"]
    assert enter(gallery.write_gallery, config_name="config", name="gallery", argv=argv) == 2
    assert "/proc/nope" in capsys.readouterr().err


def test_a_figure_keeps_its_title_and_a_small_copy_tells_it(tmp_path):
    with style.context():
        page = style.sheet(width=7, height=1, title="Pläne, 45–55 → 60", note="", attrs={})
        png, svg = style.save(page.figure, tmp_path, "one")
    assert "Pläne, 45–55 → 60" in svg.read_text(encoding="utf-8")
    assert shrink_figure(png, tmp_path / "new" / "one.png") == "Pläne, 45–55 → 60"
    with Image.open(tmp_path / "new" / "one.png") as picture:
        assert picture.width == WIDTH
