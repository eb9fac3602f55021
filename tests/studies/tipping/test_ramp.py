"""The staircase: pressure as asked, a world that stands still, and the engine's own years."""

from __future__ import annotations

import dataclasses

import numpy as np
import pytest

from sim.config import Settings
from sim.engines.points import Policies
from sim.engines.region import Region
from sim.errors import UserError
from sim.studies.tipping.ramp import PressureRamp, run_ramp
from sim.studies.tipping.still import on_the_stairs, still_stage, up_and_down

FOUR = dataclasses.replace(Settings(), states=("PHL", "KHM", "VNM", "MYS"))
STAIRS = PressureRamp(top=0.6, levels=3, years=4, settle=2)
CASES = {"complementarity": [0.8, 1.6], "threshold": [1.0], "aid": [0.0, 2.0, 40.0]}


@pytest.fixture(scope="module")
def climbed():
    return run_ramp(FOUR, stairs=STAIRS, cases=CASES, runs=5)


def stairs():
    return on_the_stairs(FOUR, up_and_down(0.6, 3).tolist(), years=4, settle=2)


def test_china_presses_as_hard_as_each_step_says():
    start = stairs()
    stage = still_stage(start)
    policies = Policies(
        [start],
        replicates=1,
        states=stage.states,
        partners=stage.partners,
        world=stage.world,
    )
    ambition = [policies.at(year)[0].ambition[0, 0] for year in stage.years]
    np.testing.assert_allclose(ambition[:2], 0.0)
    np.testing.assert_allclose(ambition[2:], np.repeat([0.0, 0.3, 0.6, 0.6, 0.3, 0.0], 4))


def test_every_year_is_like_the_first_and_nothing_grows():
    stage = still_stage(stairs())
    first, *others = (stage.outlooks[year] for year in stage.years)
    assert all(one is first for one in others)
    assert not first.growth.any() and not first.growth_spread.any()


def test_the_years_are_the_regions_own(climbed):
    start = dataclasses.replace(stairs(), policy=dataclasses.replace(stairs().policy))
    stage = dataclasses.replace(still_stage(start), settings=start)
    region = Region(stage, run=3)
    for _ in stage.years:
        region.step()
    resolve = [record.passed.memory.resolve for record in region.records]
    claim = stage.structure.claimant
    joint = [float((each * claim).sum() / claim.sum()) for each in resolve]
    own = climbed.sel(complementarity=0.8, threshold=1.0, aid=2.0, run=3)["resolve"]
    np.testing.assert_allclose(own.sel(branch="up"), [joint[5], joint[9], joint[13]], rtol=1e-10)
    np.testing.assert_allclose(
        own.sel(branch="down"), [joint[25], joint[21], joint[17]], rtol=1e-10
    )


def test_luck_belongs_to_a_run_whatever_runs_beside_it(climbed):
    alone = run_ramp(
        FOUR, stairs=STAIRS, cases={name: [values[-1]] for name, values in CASES.items()}, runs=2
    )
    beside = climbed.sel(complementarity=[1.6], aid=[40.0]).isel(run=slice(2))
    np.testing.assert_allclose(alone["resolve"], beside["resolve"], rtol=1e-12)


def test_equilibria_of_the_rule_stand_in_order(climbed):
    assert (climbed["least"] <= climbed["greatest"] + 1e-9).all()
    assert climbed.sizes == {
        "branch": 2,
        "level": 3,
        "complementarity": 2,
        "threshold": 1,
        "aid": 3,
        "run": 5,
    }


@pytest.mark.parametrize("changed", [{"states": ("KHM", "PHL")}, {"partners": ("USA", "JPN")}])
def test_without_joint_claimants_or_china_there_is_nothing_to_climb(changed):
    settings = dataclasses.replace(FOUR, **changed)
    with pytest.raises(UserError, match="at least two claimants"):
        run_ramp(settings, stairs=STAIRS, cases=CASES, runs=3)
