"""A rule of one's own takes part in the year, in both engines, and leaves no trace when it is done."""

from __future__ import annotations

import numpy as np
import pytest

from sim.config import build
from sim.config.theories import ALIGNMENTS
from sim.engines.context import build_context
from sim.engines.ensemble import run_block, run_lean
from sim.engines.own_rule import own_rules, replaceable_rules
from sim.engines.region import Region
from sim.ensemble.executors.choose import run_tasks
from sim.ensemble.executors.options import ExecutorOptions
from sim.errors import UserError
from sim.rules import threat

SMALL = {"states": ["PHL", "VNM", "KHM", "MYS"], "years": {"last": 2026}}
STAGE = build_context(build(SMALL))
NAMES = sorted(replaceable_rules())


def no_fear(*, power, proximity, hostility, intent):
    return 0.0 * power * proximity * hostility * intent


def last_year(stage=STAGE):
    *_, record = run_block(stage, [stage.settings], replicates=3)
    return record.passed


def stage_of(name):
    """A rule of one theory alone is called where that theory is in force."""
    theory, _, _ = name.partition(".")
    if theory not in ALIGNMENTS:
        return STAGE
    return build_context(build({**SMALL, "rules": {"theory": {"alignment": theory}}}))


@pytest.mark.parametrize("name", NAMES)
def test_every_replaceable_rule_is_called_in_the_year(name):
    module, own = replaceable_rules()[name]
    kept, called = getattr(module, own), []

    def listening(**given):
        called.append(name)
        return kept(**given)

    stage = stage_of(name)
    with own_rules({name: listening}):
        last_year(stage)
    assert called
    assert getattr(module, own) is kept


def test_both_engines_obey_alike():
    with own_rules({"threat.perceived_threat": no_fear}):
        together = last_year().memory.stance[0]
        region = Region(STAGE)
        for _ in STAGE.years:
            region.step()
    np.testing.assert_allclose(region.memory.stance, together, rtol=1e-12)
    assert np.abs(together - last_year().memory.stance[0]).max() > 1e-3


def test_after_an_error_the_models_own_rule_is_back():
    kept = threat.perceived_threat
    with pytest.raises(ZeroDivisionError), own_rules({"threat.perceived_threat": no_fear}):
        raise ZeroDivisionError
    assert threat.perceived_threat is kept


def test_what_would_not_see_a_rule_of_ones_own_refuses_to_run():
    with own_rules({"threat.perceived_threat": no_fear}):
        with pytest.raises(UserError, match=r"threat\.perceived_threat.*compiled year.*numpy"):
            run_lean(STAGE, [STAGE.settings], compiled=True)
        for kind in ("processes", "dask"):
            with pytest.raises(UserError, match=r"other processes.*executor\.kind=serial"):
                run_tasks([], _never, options=ExecutorOptions(kind=kind), told=print)
        assert not run_tasks([], _never, options=ExecutorOptions(kind="serial"), told=print)
    assert not run_tasks([], _never, options=ExecutorOptions(kind="processes"), told=print)


def _never(task, found):
    raise AssertionError("there is no task")


@pytest.mark.parametrize(
    ("name", "rule", "part"),
    [
        ("threat.percieved_threat", no_fear, "threat.perceived_threat"),
        ("perceived_threat", no_fear, "threat.perceived_threat"),
        ("forms.softmax", no_fear, "no rule of the year"),
        ("threat.perceived_threat", 3, "function of power, proximity, hostility, intent"),
        ("threat.perceived_threat", lambda power: power, "by keyword, power, proximity"),
        ("offers.answered", no_fear, "worth, usual, cut"),
    ],
)
def test_what_cannot_take_a_rules_place_is_told(name, rule, part):
    with pytest.raises(UserError, match=part), own_rules({name: rule}):
        raise AssertionError("never reached")
