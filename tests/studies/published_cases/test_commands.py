"""Rival theories from the command line: published cases by default, tables of one's own, and every mistake told."""

from __future__ import annotations

import re

import pandas as pd
import pytest

from sim.cli import enter
from sim.studies.published_cases.bargaining_command import write_bargaining
from sim.studies.published_cases.landscape_command import write_landscape
from sim.studies.theories.command import write_theories
from tests.theories.published import KTAB_PROBABILITY, UNIX_SIDES

SOCIETY = "name,size,North,South\nNorth,3,0,-1\nSouth,2,-1,0\n"
ACTORS = "name,capability,position,salience\nNorth,3,20,50\nSouth,1,80,50\nEast,2,70,20\n"


@pytest.fixture
def here(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "society.csv").write_text(SOCIETY, encoding="utf-8")
    (tmp_path / "actors.csv").write_text(ACTORS, encoding="utf-8")
    (tmp_path / "broken.csv").write_text("name,size\nNorth,much\n", encoding="utf-8")
    return tmp_path


def landscape(*argv):
    return enter(write_landscape, config_name="landscape", name="landscape", argv=list(argv))


def bargaining(*argv):
    return enter(write_bargaining, config_name="bargaining", name="bargaining", argv=list(argv))


def theories(*argv):
    return enter(write_theories, config_name="config", name="theories", argv=list(argv))


def test_the_published_landscape_is_the_default(here, capsys):
    assert landscape() == 0
    told = capsys.readouterr().out
    assert "256 configurations, 2 local minima" in told and "-3,828.9" in told
    table = pd.read_csv("results/landscape/minima.csv")
    sides = table[["side_a", "side_b"]].map(lambda side: set(side.split("; ")))
    assert [tuple(row) for row in sides.to_numpy()] == UNIX_SIDES
    assert table["basin"].tolist() == [128, 128]
    assert len(pd.read_csv("results/landscape/frustrations.csv")) == 18
    energies = pd.read_csv("results/landscape/energies.csv")
    assert len(energies) == 256 and energies["energy"].min() == pytest.approx(-3828.9, abs=0.05)
    assert {path.name for path in (here / "results/landscape/figures").iterdir()} == {
        "landscape.png",
        "landscape.svg",
    }
    assert (
        landscape("case=great_powers_1936", "figures=false") == 0
    )  # replaces the result as a whole
    assert len(pd.read_csv("results/landscape/minima.csv")) == 4


def test_a_landscape_of_ones_own(here, capsys):
    assert landscape("sizes=society.csv", "out=mine", "figures=false") == 0
    assert pd.read_csv("mine/minima.csv")[["side_a", "side_b"]].values.tolist() == [
        ["North", "South"]
    ]
    (here / "wishes.csv").write_text("name,A,B\nA,0,1\nB,0.5,0\n", encoding="utf-8")
    assert landscape("sizes=[2,5]", "propensities=wishes.csv", "out=other", "figures=false") == 0
    told = capsys.readouterr().out
    assert "A; B" in told and "(nobody)" in told and "not mutual" in told


def test_the_published_bargain_is_the_default(here, capsys):
    assert bargaining() == 0
    told = capsys.readouterr().out
    assert "later turns are not worked out" in told and "Utility of each position" in told
    assert "Chance that the row's position beats the column's" in told
    table = pd.read_csv("results/bargaining/actors.csv")
    assert table["probability"].tolist() == pytest.approx(KTAB_PROBABILITY, abs=6e-5)
    for name in ("utilities", "victories"):
        assert pd.read_csv(f"results/bargaining/{name}.csv").shape == (7, 8)
    assert bargaining("actors=actors.csv", "out=mine", "figures=false") == 0
    assert pd.read_csv("mine/actors.csv")["actor"].tolist() == ["North", "South", "East"]


BAD_LANDSCAPES = {
    "sizes=nowhere.csv": "nowhere.csv is unfit: it is missing",
    "sizes=broken.csv": "column 'size of North' holds 'much'",
    "sizes=[1,2]": "without propensities",
    "case=unix": "unix_standards",
    "starts=7": "starts is 7",
    "starts=many": "starts is 'many'",
    "seed=4": "settings of the model are given",
    "size=society.csv": "did you mean sizes",
    "policy.japan.osa_budget=3": "settings of the model are given",
    "theory=commerce": "cannot be composed",
    "sizes=society.csv out=actors.csv": "is a file",
}
BAD_BARGAINS = {
    "actors=nowhere.csv": "nowhere.csv is unfit: it is missing",
    "actors=society.csv": "position of|positions and saliences",
    "actors=[1,2]": "path of a table",
    "runs=5": "settings of the model are given",
    "sizes=[1]": "sizes is not a setting",
}


BAD_TABLES = {  # content -> what is told of it, as sizes of a landscape
    "": "is empty",
    "name,size\n": "has no rows",
    "name size\nA 1\n": "with commas between them",
    "name,size,A\nA,1,0\n": "there is 1 actor;.*naming more actors",
    "name,size,A,B\nA,1,0,1\n": "B stands in one only",
    "name,size,A,B\nA,1,0,1\nA,2,1,0\n": "names an actor 'A' twice",
    "name,size,A,B\nA,1,0\nB,2,1,0\n": "line 2 has 3 cells, and the heading 4",
    "name,size,A,B\nA,1,0,nan\nB,2,1,0\n": "column 'B of A' holds 'nan'",
    "name,size,A,B\nA,1,0,1\nB,-2,1,0\n": "the size of B is -2",
}
BAD_ACTORS = {
    "name,capability,position\nA,1,2\n": "3 columns; there must be name, capability",
    "name,capability,position,salience\nA,1,20,2\n": "has 1 actor; there must be 2 to",
    "name,capability,position,salience\nA,0,20,2\nB,1,2,2\n": "the capability of A is 0",
    "name,capability,position,salience\nA,1,120,2\nB,1,2,2\n": "position of A is 120",
    "name,capability,position,salience\nA,1,20,0\nB,1,2,2\n": "saliences of A are all 0",
}


@pytest.mark.parametrize("content", BAD_TABLES)
def test_a_malformed_table_of_a_landscape_is_told(content, here, capsys):
    (here / "bad.csv").write_text(content, encoding="utf-8")
    assert landscape("sizes=bad.csv") == 2
    _one_message(capsys, BAD_TABLES[content])


@pytest.mark.parametrize("content", BAD_ACTORS)
def test_a_malformed_table_of_actors_is_told(content, here, capsys):
    (here / "bad.csv").write_text(content, encoding="utf-8")
    assert bargaining("actors=bad.csv") == 2
    _one_message(capsys, BAD_ACTORS[content])


@pytest.mark.parametrize("text", BAD_LANDSCAPES)
def test_a_mistaken_landscape_is_told_in_one_message(text, here, capsys):
    assert landscape(*text.split()) == 2
    _one_message(capsys, BAD_LANDSCAPES[text])
    assert not (here / "results").exists()


@pytest.mark.parametrize("text", BAD_BARGAINS)
def test_a_mistaken_bargain_is_told_in_one_message(text, here, capsys):
    assert bargaining(*text.split()) == 2
    _one_message(capsys, BAD_BARGAINS[text])
    assert not (here / "results").exists()


def _one_message(capsys, wanted):
    told = capsys.readouterr()
    assert re.search(wanted, told.err), told.err
    assert "Traceback" not in told.err and told.out == ""


def test_too_many_actors_are_told(here, capsys):
    names = [f"N{place}" for place in range(21)]
    rows = [",".join([name, "1", *("0" * 21)]) for name in names]
    (here / "many.csv").write_text(
        "\n".join([",".join(["name", "size", *names]), *rows]), encoding="utf-8"
    )
    assert landscape("sizes=many.csv") == 2
    _one_message(capsys, "there are 21 actors; every configuration is gone through.*starts=20000")
    assert landscape("sizes=many.csv", "starts=100", "figures=false") == 0  # nobody minds anybody
    assert "100 configurations drawn at random" in capsys.readouterr().out


def test_descents_drawn_by_lot_find_the_same_minima(here, capsys):
    assert landscape("figures=false", "out=all") == 0
    assert landscape("starts=4000", "seed=3", "out=some") == 0
    told = capsys.readouterr().out
    assert "4,000 configurations drawn at random" in told and "may be missed" in told
    every, some = (pd.read_csv(f"{name}/minima.csv") for name in ("all", "some"))
    sides = [
        {frozenset(row) for row in one[["side_a", "side_b"]].to_numpy()} for one in (every, some)
    ]
    assert sides[0] == sides[1]
    assert (some["share_low"] < 0.5).all() and (some["share_high"] > 0.5).all()
    assert not (here / "some/energies.csv").exists()


@pytest.mark.parametrize("text", ["partners=[CHN,USA]", "theory=landscpe"])
def test_mistakes_about_the_six_theories_are_told(text, here, capsys):
    assert theories(text, "out=docs") == 2
    assert "Traceback" not in capsys.readouterr().err
    assert not (here / "docs/theories.md").exists()
