"""Bad input: one clear message, exit status 2, no traceback, nothing written."""

from __future__ import annotations

import pytest

from sim.cli import enter
from sim.composition.check import nearest_names
from sim.composition.options import known_paths


def never(job):
    raise AssertionError("a mistaken command line must not reach the task")


BAD = {
    "policy.japan.osa_budget=abc": ("'abc'", "between 0 and 200"),
    "policy.japan.osa_budget=-3": ("-3", "between 0 and 200"),
    "policy.japan.osa_budget=null": ("None", "a number"),
    "policy.japan.osa_budget=": ("''", "a number"),
    "policy.japan.osa_budget=true": ("True", "a number"),
    "policy.japan.osa_budget=nan": ("nan", "a number"),
    "policy.japan.osa_budget=inf": ("inf", "a number"),
    "policy.japan.osa_budget='5'": ("'5'", "a number"),
    "policy.japan.osa_budgt=3": ("osa_budgt", "policy.japan.osa_budget"),
    "osa_budget=3": ("osa_budget", "policy.japan.osa_budget"),
    "policy/japan=osa_2032": ("osa_2032", "osa_2023"),
    "policy/japn=none": ("policy/japn", "policy/japan"),
    "policy.japan=none": ("policy.japan", "policy/japan=NAME"),
    "policy=none": ("policy", "policy/japan"),
    "+policy/japan=none": ("+policy/japan", "without a plus"),
    "scenario=clod_war": ("clod_war", "cold_war"),
    "theory=insurence": ("insurence", "insurance"),
    "world=asean12": ("asean12", "asean10"),
    "policy.japan.allocation=fairly": ("fairly", "historical"),
    "+foo=1": ("foo", "scenario"),
    "foo=1": ("foo", "scenario"),
    "~policy": ("~policy", "not removed"),
    "~policy/japan": ("~policy/japan", "not removed"),
    "years.last=2020": ("2020", "2024"),
    "years.first=1990": ("1990", "2001"),
    "years=2024": ("years", "group of settings"),
    "seed=-1": ("-1", "between 0"),
    "seed=1.5": ("1.5", "whole number"),
    "runs=-2": ("-2", "between 1"),
    "runs=0": ("0", "between 1"),
    "states=[PHL,XXX]": ("XXX", "PHL"),
    "states=[PHL,PHL]": ("PHL", "twice"),
    "states=PHL": ("PHL", "list of names"),
    "partners=[CHN,USX]": ("USX", "USA"),
    "+policy.japan.custom.XYZ=1": ("XYZ", "PHL"),
    "policy.japan.custom.PHL=1": ("policy.japan.custom.PHL", "plus"),
    "policy.japan.osa_budget=[": ("policy.japan.osa_budget=[", "name=value"),
    "policy.japan.osa_budget": ("policy.japan.osa_budget", "name=value"),
    "policy.japan.osa_budget=${nope}": ("nope", "configuration"),
    "engine=magic": ("magic", "region"),
    "figures=maybe": ("maybe", "true or false"),
    "out=[a]": ("out", "path of a folder"),
    "out=''": ("out", "path of a folder"),
    "seed=1,2": ("seed=1,2", "-m"),
    "+policy._target_=os.getcwd": ("_target_", "policy"),
    "+policy.others={_target_: os.getcwd}": ("_target_", "policy"),
    "scenario.events=[{year: 2027, kind: clash, size: 3}]": ("clash", "incident"),
    "scenario.events=[{year: 2027, kind: incident, size: 3, state: QQQ}]": ("QQQ", "PHL"),
    "scenario.events=[{year: 2027, kind: incident, size: 3, partner: QQQ}]": ("QQQ", "CHN"),
    "scenario.events=3": ("3", "list of events"),
    "compare.over=scenario": ("compare.over", "the command compare"),
    "hydra/launcher=joblib": ("joblib", "--help"),
}


@pytest.mark.parametrize("text", BAD)
def test_bad_input_is_told_in_one_message(text, tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    assert enter(never, config_name="config", name="run", argv=[text]) == 2
    told = capsys.readouterr()
    assert not told.out
    assert "Traceback" not in told.err
    assert len(told.err.strip().splitlines()) == 1
    assert all(part in told.err for part in BAD[text])
    assert " Change it " in told.err
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize(
    ("argv", "part"),
    [
        (["--config-name", "confg"], "config"),
        (["--config-path", "nowhere"], "nowhere"),
        (["--config-dir", "nowhere"], "nowhere"),
        (["-m", "policy/japan=none,osa_2032"], "osa_2023"),
        (["-m", "policy.japan.osa_budgt=1,2"], "policy.japan.osa_budget"),
        (["--cfg", "job", "seeed=3"], "seed"),
        (["--help", "seeed=3"], "seed"),
    ],
)
def test_bad_flags_are_told_too(argv, part, tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    assert enter(never, config_name="config", name="run", argv=argv) == 2
    assert part in capsys.readouterr().err
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ("compare.over=scenari", "scenario"),
        ("compare.over=policy.japan.osa_budgt", "policy.japan.osa_budget"),
        ("compare.choices=[none,osa_2032]", "osa_2023"),
        ("compare.choices=[none,none]", "twice"),
        ("compare.choices=[]", "at least two"),
        ("compare.choices=[none]", "at least two"),
        ("compare.choices=none", "list"),
        ("compare.ovr=scenario", "compare.over"),
        ("+compare.color=red", "compare"),
    ],
)
def test_a_comparison_of_what_is_not_there_is_refused(text, part, tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    assert enter(never, config_name="compare", name="compare", argv=[text]) == 2
    assert part in capsys.readouterr().err
    assert not list(tmp_path.iterdir())


def test_a_broken_file_under_conf_is_told(tmp_path, capsys):
    (tmp_path / "config.yaml").write_text("policy: [unclosed\n", encoding="utf-8")
    argv = ["--config-path", str(tmp_path)]
    assert enter(never, config_name="config", name="run", argv=argv) == 2
    assert "configuration" in capsys.readouterr().err


def test_a_file_that_names_code_is_refused(tmp_path, capsys):
    (tmp_path / "config.yaml").write_text("policy:\n  _target_: os.getcwd\n", encoding="utf-8")
    argv = ["--config-path", str(tmp_path)]
    assert enter(never, config_name="config", name="run", argv=argv) == 2
    assert "names code to run" in capsys.readouterr().err


def test_an_interrupt_ends_with_its_own_status(tmp_path, monkeypatch, capsys):
    def interrupted(job):
        raise KeyboardInterrupt

    monkeypatch.chdir(tmp_path)
    assert enter(interrupted, config_name="config", name="run", argv=[]) == 130
    assert "Interrupted" in capsys.readouterr().err


def test_suggestions_are_few_and_real():
    known = known_paths()
    for name in ("osa_budgt", "policy.japan.zzz", "zzz", "rules.trust.gian"):
        assert any(path in nearest_names(name, known) for path in known)
        assert len(nearest_names(name, known)) < 400
