"""Sensitivity and discovery from the command line to the folder, and what they say to mistakes."""

from __future__ import annotations

import re

import pandas as pd
import pytest

from sim.cli import enter
from sim.studies.discovery.command import discover
from sim.studies.sensitivity.command import sense
from sim.studies.sweep.command import sweep
from tests.ensemble.small import unfinish

SMALL = ["states=[PHL,KHM]", "years.last=2026", "executor=serial"]
TWO = "settings=[policy.china.gray_zone,scenario.rivalry]"


@pytest.fixture
def here(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    return tmp_path


def sensed(*argv):
    return enter(sense, config_name="sensitivity", name="sensitivity", argv=[*SMALL, *argv])


def discovered(*argv):
    return enter(discover, config_name="discovery", name="discovery", argv=list(argv))


def test_sobol_indices_go_to_a_store_that_grows(here, capsys):
    argv = [TWO, "outcome=[hedging,cohesion]", "samples=16", "replicates=4"]
    assert sensed(*argv) == 0
    assert "stochastic share" in capsys.readouterr().out
    folder = here / "results" / "sensitivity" / "sobol"
    found = pd.read_csv(folder / "sensitivity.csv")
    assert list(found["outcome"]) == ["hedging"] * 2 + ["cohesion"] * 2
    assert set(found["setting"]) == {"policy.china.gray_zone", "scenario.rivalry"}
    assert (found["total_low"] <= found["total_high"]).all()
    assert (folder / "figures" / "sobol_hedging.png").is_file()
    assert {"stochastic_share", "common_part"} <= set(pd.read_csv(folder / "noise.csv"))
    blocks = {path.name for path in (folder / "blocks").iterdir()}
    assert sensed(*argv[:2], "samples=32", "replicates=4", "figures=false") == 0
    assert blocks < {path.name for path in (folder / "blocks").iterdir()}


def test_a_screening_and_a_tornado_of_one_state(here):
    pytest.importorskip("SALib")
    common = ["state=PHL", "outcome=alignment", "replicates=4"]
    screening = ["method=morris", "settings=[rules.protection]", "samples=5", *common]
    assert sensed(*screening) == sensed(*screening) == 0  # the second time it finds its own store
    assert sensed("method=tornado", "settings=[policy.china,theory]", *common) == 0
    base = here / "results" / "sensitivity"
    assert "mu_star" in pd.read_csv(base / "morris" / "sensitivity.csv")
    moved = pd.read_csv(base / "tornado" / "sensitivity.csv")
    assert len(moved) == 2 * 5 + 6
    same = moved[(moved["setting"] == "theory") & (moved["value"] == "insurance")]
    assert same["change"].item() == 0.0 and not same["found"].item()
    assert (base / "tornado" / "figures" / "tornado_alignment.svg").is_file()


def test_a_width_that_is_not_reached_says_what_it_needs(here, capsys):
    argv = [TWO, "samples=16", "replicates=4", "width=0.001", "figures=false"]
    assert sensed(*argv) == 2
    told = capsys.readouterr().err
    assert "needs about samples=" in told and "written all the same" in told
    assert (here / "results" / "sensitivity" / "sobol" / "sensitivity.csv").is_file()


@pytest.mark.parametrize(
    ("argv", "told"),
    [
        (["outcome=hedgin"], "hedging"),
        (["outcome=time_to_choice"], "many runs never come to"),
        (["outcome=[]"], "at least 1"),
        (["outcome=cohesion", "state=PHL"], "whole region"),
        (["state=[PHL,KHM]"], "one state's code"),
        (["settings=[policy.china.gray_zon,theory]"], "gray_zone"),
        (["settings=3"], "list of names"),
        (["settings=[theory,rules.stance]"], "undo what the choice sets"),
        (["samples=100"], "nearest is 128"),
        (["samples=-1"], "samples is -1"),
        (["replicates=1"], "between 4"),
        (["method=sobl"], "sobol"),
        (["method=all"], "settings is given with method=all"),
        (["span=0"], "span is 0"),
        (["runs=7"], "given by replicates"),
        (["sampels=16"], "samples"),
    ],
)
def test_a_mistake_is_one_message_and_runs_nothing(argv, told, here, capsys):
    assert sensed(TWO, *argv) == 2
    said = capsys.readouterr().err
    assert told in said and "Traceback" not in said and not list(here.iterdir())


def test_an_unknown_state_and_an_outcome_that_never_varies_are_told(here, capsys):
    argv = ["settings=[policy.japan.osa_budget,policy.japan.oda]", "samples=16", "replicates=4"]
    assert sensed(*argv, "state=VNM") == 2
    assert "the runs have PHL, KHM" in capsys.readouterr().err
    assert sensed(*argv, "outcome=pressure", "state=KHM") == 2
    assert "never varies" in capsys.readouterr().err


@pytest.fixture(scope="module")
def store(tmp_path_factory):
    """Return the store of a small sweep of sixty points."""
    folder = tmp_path_factory.mktemp("stores") / "s"
    space = ["sweep.space.policy.china.gray_zone=[0,1]", "sweep.space.scenario.rivalry=[0,1]"]
    drawn = ["sweep.design=lhs", "sweep.points=60", "sweep.replicates=3", "figures=false"]
    argv = [*SMALL, *space, *drawn, f"out={folder}"]
    assert enter(sweep, config_name="sweep", name="sweep", argv=argv) == 0
    return folder


def test_a_box_is_found_in_a_sweep(store, here, capsys):
    pytest.importorskip("ema_workbench")
    limit = pd.read_csv(store / "table.csv")["pressure_mean"].quantile(0.7)
    assert discovered(f"store={store}", "outcome=pressure", f"above={limit}") == 0
    assert "China's gray-zone pressure is above" in capsys.readouterr().out
    folder = here / "results" / "discovery"
    page = (folder / "discovery.md").read_text("utf-8")
    assert (
        page.startswith("# When is pressure above")
        and "## Box 1: China's gray-zone pressure" in page
    )
    for picture in re.findall(r"\((figures/[^)]*)\)", page):
        assert (folder / picture).is_file()
    assert f"store={store} outcome=pressure above={limit}" in page
    assert pd.read_csv(folder / "tradeoff.csv")["chosen"].sum() == 1
    box = pd.read_csv(folder / "boxes.csv").set_index("setting")
    assert box.loc["policy.china.gray_zone", "low"] > 0.4


@pytest.mark.parametrize(
    ("argv", "told"),
    [
        (["below=0.5"], "not a store"),
        (["store=null", "below=0.5"], "store is None"),
        ([], "neither above nor below"),
        (["above=1", "below=1"], "both given"),
        (["below=low"], "below is 'low'"),
        (["below=0.5", "outcome=hedgin"], "hedging"),
        (["below=0.5", "resamples=5"], "resamples is 5"),
        (["below=0.5", "density=2"], "density is 2"),
        (["below=0.5", "boxes=0"], "boxes is 0"),
        (["below=0.5", "publish=perhaps"], "publish is 'perhaps'"),
        (["below=0.5", "seed=4"], "settings are given"),
    ],
)
def test_a_question_that_cannot_be_asked_is_refused(argv, told, here, capsys):
    assert discovered(*argv) == 2
    said = capsys.readouterr().err
    assert told in said and "Traceback" not in said and not list(here.iterdir())


@pytest.mark.parametrize(
    ("argv", "told"),
    [
        (["outcome=hedging", "below=0"], "0 of 60 points have hedging below 0"),
        (["outcome=hedging", "below=9"], "60 of 60 points"),
        (["outcome=pressure", "state=KHM", "above=0.5"], "never varies"),
        (["outcome=hedging", "below=0.5", "state=VNM"], "the runs have PHL, KHM"),
    ],
)
def test_a_store_that_cannot_answer_is_told(argv, told, store, here, capsys):
    assert discovered(f"store={store}", *argv) == 2
    assert told in capsys.readouterr().err and not list(here.iterdir())


def test_small_and_unfinished_stores_are_refused(store, here, capsys):
    few = [*SMALL, "sweep.space.scenario.rivalry=[0,1]", "sweep.levels=5", "sweep.replicates=3"]
    assert enter(sweep, config_name="sweep", name="sweep", argv=[*few, "out=few"]) == 0
    assert discovered("store=few", "outcome=hedging", "below=0.5") == 2
    assert "at least 50" in capsys.readouterr().err
    unfinish(here / "few")
    next((here / "few" / "blocks").iterdir()).unlink()
    assert discovered("store=few", "below=0.5") == 2
    assert "of the store few 0 of 1 blocks have been run" in capsys.readouterr().err
