"""Check refuses each defect with one clear line, and passes what the package ships."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
import yaml

from sim.world.check import check, main
from sim.world.compile import INPUTS, RECIPES
from sim.world.series import DATA, SOURCES, read_sources, read_table

HEAD = "state,partner,year,value,status\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return Path(shutil.copytree(DATA, tmp_path / "data"))


@pytest.fixture
def edited(tmp_path: Path) -> Callable[..., Path]:
    def edit(name: str, **fields: object) -> Path:
        entries = yaml.safe_load(SOURCES.read_text(encoding="utf-8"))
        entries.setdefault(name, {}).update(fields)
        path = tmp_path / "sources.yaml"
        path.write_text(yaml.safe_dump(entries), encoding="utf-8")
        return path

    return edit


def test_what_the_package_ships_is_fit(capsys: pytest.CaptureFixture[str]) -> None:
    assert check() == []
    assert main([]) == 0
    assert "fit for use" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [
        ("unit", "", "gdp in sources.yaml has no unit"),
        ("title", "", "gdp in sources.yaml has no title"),
        ("publisher", " ", "gdp in sources.yaml has no publisher"),
        ("licence", "", "gdp in sources.yaml has no licence"),
        ("caveat", "", "gdp in sources.yaml has no caveat"),
        ("plausible", [], "gdp in sources.yaml has no plausible range"),
        ("plausible", [5, 1], "gdp in sources.yaml has no plausible range"),
        ("plausible", [0, 10], "gdp.csv, line 2: a value outside the plausible range [0, 10]"),
        ("absent", "guess", "gdp in sources.yaml says absent: 'guess'"),
        ("dims", ["country"], "gdp in sources.yaml has dims ['country']"),
        ("covered", [2020], "gdp in sources.yaml has covered years"),
        ("raw", [], "gdp in sources.yaml names no raw input"),
        ("powers", False, "gdp.csv, line 2: an unknown state"),
        ("licens", "MIT", "did you mean licence"),
    ],
)
def test_a_defect_of_an_entry_is_refused(
    edited: Callable[..., Path], field: str, value: object, said: str
) -> None:
    assert any(said in problem for problem in check(sources=edited("gdp", **{field: value})))


def test_an_entry_without_a_table_is_refused(edited: Callable[..., Path]) -> None:
    assert any("wealth.csv is unfit: it is missing" in p for p in check(sources=edited("wealth")))


def test_a_table_without_an_entry_is_refused(folder: Path) -> None:
    (folder / "wealth.csv").write_text(HEAD, encoding="utf-8")
    assert check(folder) == ["wealth.csv has no entry in sources.yaml: write one, or remove it"]


@pytest.mark.parametrize(
    ("lines", "said"),
    [
        ("VNM,CHN,2020,0.1,observed\n" * 2, "line 3: the same state, partner and year"),
        ("VNM,CHN,2020,1.2,observed\n", "line 2: a value outside the plausible range [0, 1]"),
        ("XXX,CHN,2020,0.1,observed\n", "line 2: an unknown state"),
        ("VNM,RUS,2020,0.1,observed\n", "line 2: an unknown partner"),
        ("VNM,,2020,0.1,observed\n", "line 2: an unknown partner"),
        (
            "VNM,CHN,2020,0.1,guessed\n",
            "line 2: a status that is not observed or derived or partly or memory or assumed",
        ),
        ("VNM,CHN,,0.1,observed\n", "line 2: a year where none belongs, or none"),
        ("VNM,CHN,0,0.1,observed\n", "line 2, column 'year' holds '0'"),
        ("VNM,CHN,20023,0.1,observed\n", "column 'year' holds '20023'"),
        ("VNM,CHN,2020,inf,observed\n", "line 2, column 'value' holds 'inf'"),
        ("\n# a remark\nViet Nam,CHN,2020,0.1,observed\n", "line 4: an unknown state 'Viet Nam'"),
        ("VNM,Chona,2020,0.1,observed\n", "line 2: an unknown partner 'Chona' (did you mean China"),
        ("VNM,CHN,2020,much,observed\n", "line 2, column 'value' holds 'much'"),
    ],
)
def test_a_defect_of_a_table_is_refused(folder: Path, lines: str, said: str) -> None:
    (folder / "trade_share.csv").write_text(HEAD + lines, encoding="utf-8")
    problems = check(folder)
    assert len(problems) == 1
    assert said in problems[0] and "trade_share.csv" in problems[0]


def test_states_and_powers_may_be_named_in_a_table(folder: Path) -> None:
    lines = "Vietnam,china,2020,0.1,observed\nvnm,CHN,2021,0.1,observed\n"
    (folder / "trade_share.csv").write_text(HEAD + lines, encoding="utf-8")
    assert check(folder) == []
    assert list(read_table("trade_share", folder)["state"]) == ["VNM", "VNM"]
    (folder / "trade_share.csv").write_text(HEAD + lines.replace("2021", "2020"), encoding="utf-8")
    assert "line 3: the same state, partner and year" in check(folder)[0]


def test_many_faults_of_one_kind_are_counted(folder: Path) -> None:
    lines = "".join(f"VNM,CHN,{year},9,observed\n" for year in range(2000, 2020))
    (folder / "trade_share.csv").write_text(HEAD + lines, encoding="utf-8")
    assert check(folder)[-1].endswith("on 15 more lines")


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("malacca,,oil_flow", "hormuz,,oil_flow", "an unknown lane"),
        ("malacca,,oil_flow", "malacca,,gas_flow", "an unknown variable"),
        ("malacca,THA,littoral", "malacca,XXX,littoral", "an unknown state"),
        ("malacca,THA,littoral", "malacca,SGP,littoral", "the same lane, state and variable"),
        ("mb/d,observed", "mb/d,guessed", "a status that is not"),
        ("23.7", "-1", "a value outside the plausible range"),
        ("no figure seen", "", "no source"),
    ],
)
def test_a_defect_of_the_lanes_is_refused(folder: Path, old: str, new: str, said: str) -> None:
    path = folder / "lanes.csv"
    path.write_text(path.read_text(encoding="utf-8").replace(old, new), encoding="utf-8")
    problems = check(folder)
    assert problems and all(said in p and "lanes.csv" in p for p in problems)


def test_the_command_prints_one_line_a_problem_and_exits_with_2(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / "gdp.csv").unlink()
    (folder / "trust.csv").unlink()
    assert main([str(folder)]) == 2
    assert len(capsys.readouterr().err.strip().splitlines()) == 2


def test_a_list_of_sources_that_is_missing_or_not_yaml_is_told(tmp_path: Path) -> None:
    assert "it is missing" in check(sources=tmp_path / "none.yaml")[0]
    path = tmp_path / "sources.yaml"
    path.write_text("gdp: [", encoding="utf-8")
    assert "it is not YAML" in check(sources=path)[0]
    path.write_text("", encoding="utf-8")
    assert "it holds no entries" in check(sources=path)[0]


def test_every_entry_is_compiled_from_the_inputs_it_names() -> None:
    entries = read_sources()
    assert set(entries) - {"lanes", "episodes"} == set(RECIPES)
    known = {f"{file}: {indicator}" for file, indicator in INPUTS.values()}
    for name in RECIPES:
        for raw in entries[name].raw:
            assert raw in known or raw.startswith(("by hand: ", "coded: acts/"))
