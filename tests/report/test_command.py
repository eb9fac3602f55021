"""Reports from the command line: what they leave, of which stores, and what is refused."""

from __future__ import annotations

import re

import pytest
import yaml

from sim.cli import enter
from sim.report.command import report
from sim.studies.sweep.command import sweep

SMALL = ["states=[PHL,KHM]", "years.last=2026", "executor=serial", "figures=false"]


def reporting(*argv):
    return enter(report, config_name="report", name="report", argv=list(argv))


def swept(*argv):
    return enter(sweep, config_name="sweep", name="sweep", argv=[*SMALL, *argv])


@pytest.fixture(scope="module")
def store(tmp_path_factory):
    folder = tmp_path_factory.mktemp("reported")
    argv = [
        *("sweep.design=zip", "sweep.space.policy/japan=[none,none,osa_2023,osa_2023]"),
        "sweep.space.scenario=[baseline,us_retreat,baseline,us_retreat]",
        "sweep.space.theory=[insurance,commerce,commerce,insurance]",
        *("sweep.replicates=3", "sweep.paths=true", f"out={folder / 'store'}"),
    ]
    assert swept(*argv) == 0
    return folder


@pytest.fixture
def here(store, monkeypatch):
    monkeypatch.chdir(store)
    return store


def test_a_report_is_one_page_with_its_figures_beside_it(here, capsys):
    assert reporting("store=store", "report.points=[3,0]") == 0
    assert "2 of 4 points, 12 runs" in capsys.readouterr().out
    out = here / "results" / "report"
    html = (out / "report.html").read_text("utf-8")
    assert "what do Japan&#39;s policy, scenario and the theory change?" in html
    assert (
        '"points":["3: policy/japan=osa_2023, scenario=us_retreat, theory=insurance","0: ' in html
    )
    names = {path.name for path in (out / "figures").iterdir()}
    drawn = {name.removesuffix(".pdf") for name in names if name.endswith(".pdf")}
    assert drawn == {"standing", "fans", "fans_difference"}
    assert names == {f"{name}{kind}" for name in drawn for kind in (".pdf", ".png", ".svg")}
    assert html.count('<img src="data:image/') == len(drawn)
    assert all(len(alt) > 40 for alt in re.findall(r'<img src="[^"]*" alt="([^"]*)"', html))
    given = yaml.safe_load((out / "config.yaml").read_text("utf-8"))
    assert given == {"store": "store", "report": {"title": "", "points": [3, 0]}}


def test_a_design_of_many_numbers_has_a_figure_and_the_same_bytes_again(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    argv = [
        *("sweep.design=lhs", "sweep.points=5", "sweep.replicates=2", "sweep.space.seed=[1,99]"),
        *("sweep.space.policy.japan.osa_budget=[0,40]", "sweep.space.scenario.rivalry=[0.2,0.9]"),
    ]
    assert swept(*argv) == 0
    out, told = tmp_path / "results" / "report", []
    for _ in range(2):  # the second replaces the first
        assert reporting("store=results/sweep", "report.title='Aid, or <none>?'") == 0
        told.append({path: path.read_bytes() for path in out.rglob("*.*")})
    assert told[0] == told[1] and len(told[0]) == 6
    html = (out / "report.html").read_text("utf-8")
    assert html.count("<img ") == 1 and "These points differ in their random numbers" in html
    assert "<h1>Aid, or &lt;none&gt;?</h1>" in html


@pytest.mark.parametrize(
    ("argv", "told"),
    [
        ([], "store is None"),
        (["store=nowhere"], "not a store"),
        (["store=store/design.csv"], "not a store"),
        (["store=[store]"], "store is ['store']"),
        (["store=store", "seed=3"], "settings are given"),
        (["store=store", "theory=commerce"], "theory"),
        (["store=store", "report.points=[0,4]"], "points 0 to 3"),
        (["store=store", "report.points=[0,-1]"], "report.points"),
        (["store=store", "report.points=[0,a]"], "report.points"),
        (["store=store", "report.points=[1]"], "two points"),
        (["store=store", "report.points=1"], "two points"),
        (["store=store", "report.title=[a]"], "report.title"),
        (["store=store", "report.titel=a"], "report.title"),
        (["store=store", "report=3"], "report"),
        (["store=store", "point=3"], "point"),
        (["store=store", "out=store"], "no run put there"),
        (["store=store", "figures=maybe"], "figures"),
    ],
)
def test_a_report_that_cannot_be_is_refused(argv, told, here, capsys):
    before = sorted(here.rglob("*"))
    assert reporting(*argv) == 2
    said = capsys.readouterr().err
    assert told in said and "Traceback" not in said and said.count("\n") == 1
    assert sorted(here.rglob("*")) == before
