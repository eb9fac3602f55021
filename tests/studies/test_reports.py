"""The three reports, from the command line to the folder, and what they say to mistakes."""

from __future__ import annotations

import pandas as pd
import pytest

from sim.cli import enter
from sim.studies.robustness.command import robust
from sim.studies.survival.command import survival
from sim.studies.tipping.command import tipping

SMALL = ["states=[PHL,VNM,THA,MYS]", "years.last=2031"]
SERIAL = ["executor.kind=serial"]
STAIRS = [
    "tipping.levels=3",
    "tipping.years=4",
    "runs=3",
    "tipping.complementarity=[0.4]",
    "tipping.threshold=1.25",
    "tipping.aid=0",
]
SPACE = "sweep.space={scenario:[managed,sea_clash],policy/japan:[none,osa_expanded]}"
RUNS = ["sweep.replicates=20", *SERIAL]
PLAIN = "sweep.space={scenario:[managed,cold_war],theory:null,policy.china.coercion:null,policy.china.inducement:null}"
FEW = ["robust.futures=10", "sweep.replicates=4", "robust.resamples=100", PLAIN, *SERIAL]
TWO = "robust.policies={osa_2023:null,expanded_by_lanes:null,expanded_by_need:null,lethal_exports:null}"
LOOSE = "robust.criteria={deterrence_mean:'>=60',sea_lanes_mean:null,hedging_share:null}"


@pytest.fixture
def here(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    return tmp_path


def command(task, *argv):
    name = task.__name__
    return enter(task, config_name=name, name=name, argv=[*SMALL, *argv])


def test_tipping_writes_its_page_tables_and_figures(here, capsys):
    assert command(tipping, *STAIRS) == 0
    assert "Does joint resolve tip" in capsys.readouterr().out
    table = pd.read_csv("results/tipping/tipping.csv")
    assert set(table["complementarity"]) == {0.4, 0.8} and set(table["aid"]) == {0.0, 2.0}
    assert (here / "results/tipping/figures/tipping_map.svg").is_file()
    assert "MilgromRoberts1990" in (here / "results/tipping/references.bib").read_text("utf-8")


def test_survival_runs_its_sweep_once_and_reads_any_store(here, capsys):
    argv = [SPACE, *RUNS, "survival.thresholds=[0.6]", "out=s"]
    assert command(survival, *argv) == 0
    said = capsys.readouterr().out
    assert "# How long do states keep hedging?" in said and "paired comparisons" in said
    assert (here / "s/figures/survival_left_band.png").is_file()
    assert {"times.csv", "differences.csv", "thresholds.csv", "survival.md"} <= {
        p.name for p in (here / "s").iterdir()
    }
    assert command(survival, *argv, "figures=false", "survival.outcomes=left_band") == 0
    again = [
        "store=s/store",
        "survival.over=policy/japan",
        "survival.between=scenario",
        "figures=false",
    ]
    assert (
        enter(
            survival,
            config_name="survival",
            name="survival",
            argv=[*again, "survival.outcomes=left_band"],
        )
        == 0
    )
    for wrong, told in (
        (["survival.over=scenrio"], "did you mean scenario"),
        (["survival.outcomes=[left_bnd]"], "did you mean left_band"),
        (["survival.thresholds=[2]"], "between 0 and 1"),
        (["seed=5"], "settings are given for a store"),
        (["publish=maybe"], "true or false"),
    ):
        given = ["store=s/store", "out=t", *wrong]
        assert enter(survival, config_name="survival", name="survival", argv=given) == 2
        assert told in capsys.readouterr().err
    assert not (here / "t").exists()


def test_robust_writes_its_page_and_goes_on_in_its_store(here, capsys):
    argv = [*FEW, LOOSE, TWO, "robust.outcome=deterrence_mean", "out=r"]
    assert command(robust, *argv) == 0
    assert "Which policy is robust?" in capsys.readouterr().out
    table = pd.read_csv("r/robust.csv", keep_default_na=False)
    assert table["best_mean"].sum() == pytest.approx(1.0) and "none" in set(table["policy"])
    assert (here / "r/figures/robust.png").is_file()
    for wrong, told in (
        (["robust.criteria={deterrence_mean:'>=101'}"], "no run meets it"),
        (["robust.outcome=deterence_mean"], "did you mean deterrence"),
        (["robust.criteria={deterrence_mean:high}"], ">= number"),
    ):
        assert command(robust, *argv, *wrong) == 2
        assert told in capsys.readouterr().err


@pytest.mark.parametrize(
    ("task", "argv", "told"),
    [
        (tipping, ["runs=2"], "at least 3 runs"),
        (tipping, ["tipping.complementarity=[9]"], "between 0 and 5"),
        (tipping, ["tipping.complementarity=[]"], "at least 1"),
        (tipping, ["tipping.aid=[1,x]"], "tipping.aid is 'x'"),
        (tipping, ["tipping.level=3"], "tipping.levels"),
        (tipping, ["tipping.top=0"], "between 0.05 and 1"),
        (tipping, ["runs=100000"], "run-years"),
        (tipping, ["states=[KHM,THA]"], "at least two claimants"),
        (tipping, ["partners=[USA,JPN]"], "at least two claimants"),
        (survival, ["sweep.replicates=3", SPACE, *SERIAL], "sweep.replicates=20"),
        (survival, ["store=nowhere"], "settings are given"),
        (survival, ["sweep.space={scenario:[manged]}"], "managed"),
        (survival, ["executor=serail"], "serial"),
        (robust, ["robust.futures=3"], "between 10"),
        (robust, ["sweep.replicates=2"], "between 4"),
        (robust, ["robust.policies={mine:{policy/japan:osa_2032}}"], "osa_2023"),
        (robust, ["robust.policies={mine:{policy.japan.osa_budgt:5}}"], "osa_budget"),
        (robust, ["robust.policies={mine:5}"], "at least one setting"),
        (
            robust,
            ["robust.policies={mine:{policy.japan.osa_budget:5}}"],
            "does not say which policy/japan",
        ),
        (robust, ["robust.criteria={sea_lane_mean:'>=4'}"], "sea_lanes_mean"),
        (
            robust,
            ["robust.criteria={deterrence_mean:null,sea_lanes_mean:null,hedging_share:null}"],
            "robust.criteria is empty",
        ),
        (robust, ["runs=5000"], "policies times robust.futures"),
        (robust, ["++sweep.points=9"], "sweep.points is not a setting of this experiment"),
        (survival, ["sweep.forecast=true", SPACE], "sweep.forecast"),
        (robust, ["robust.resamples=5"], "between 100"),
        (robust, ["sweep.space={policy.japan.allocation:[equal,need]}"], "one or the other"),
    ],
)
def test_a_mistake_is_one_message(task, argv, told, here, capsys):
    assert command(task, *argv) == 2
    said = capsys.readouterr().err
    assert told in said and "Traceback" not in said


def test_a_place_that_holds_something_else_is_refused(here, capsys):
    (here / "mine").mkdir()
    (here / "mine" / "thesis.txt").write_text("years of work", encoding="utf-8")
    for task in (tipping, robust):
        assert command(task, "out=mine", *(["runs=3"] if task is tipping else [])) == 2
        assert "thesis.txt" in capsys.readouterr().err
    assert [path.name for path in (here / "mine").iterdir()] == ["thesis.txt"]


def test_an_empty_store_is_no_store(here, capsys):
    (here / "empty").mkdir()
    assert enter(survival, config_name="survival", name="survival", argv=["store=empty"]) == 2
    assert "not a store" in capsys.readouterr().err
