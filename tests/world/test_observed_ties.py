"""Observed security ties: what the ruler sees of the record, and how sure it is."""

from __future__ import annotations

import dataclasses

import numpy as np
import pytest
import xarray as xr

from sim.axes import SELF
from sim.config.mechanisms import Ties
from sim.world.impute import DERIVED, MEMORY, MISSING, PARTLY
from sim.world.load import load
from sim.world.observed import observe
from sim.world.roster import WORLDS, powers

PARTNERS = ["CHN", "USA", "JPN"]


@pytest.fixture(scope="module")
def observed() -> xr.Dataset:
    return observe(load(WORLDS["asean10"], PARTNERS), Ties())


def tie(observed: xr.Dataset, state: str, partner: str) -> dict[int, float]:
    series = observed["security_tie"].sel(state=state, option=partner)
    return dict(zip(series["year"].values.tolist(), series.values.tolist(), strict=True))


def test_access_agreements_raise_the_philippine_tie_and_notice_lowers_it(
    observed: xr.Dataset,
) -> None:
    """EDCA 2014 and its four sites of 2023; the notice of 2020 that the Visiting Forces Agreement would end."""
    american = tie(observed, "PHL", "USA")
    assert american[2014] > american[2013] + 0.02
    assert american[2023] > american[2022] + 0.02
    assert american[2020] < american[2019] - 0.02
    assert american[2016] < american[2015] - 0.02


def test_the_use_of_the_philippine_treaty_shows_each_turn(observed: xr.Dataset) -> None:
    use = observed["use"].sel(state="PHL", partner="USA").to_series()
    assert use[2014] == use.max() == 1.0
    assert use[2000] == pytest.approx(0.4)  # with the Visiting Forces Agreement, in force 1999
    assert use[2020] < use[2016] < use[2015] and use[2023] > use[2022]


def test_a_pair_that_nobody_renews_fades(observed: xr.Dataset) -> None:
    """Brunei and the United States: level 2 without an act until 2011."""
    kept = observed.sel(state="BRN", partner="USA", year=slice(2000, 2010))
    assert (kept["rung"] == 2).all() and (kept["renewed"].diff("year") == 1).all()
    slow, fast = (
        observe(load(["BRN"], PARTNERS), dataclasses.replace(Ties(), fade=fade))["security_tie"]
        for fade in (200.0, 5.0)
    )
    at = {"state": "BRN", "option": "USA", "year": 2010}
    assert fast.sel(at) < observed["security_tie"].sel(at) < slow.sel(at)


def test_a_pact_does_not_fade() -> None:
    world = load(["THA"], ["USA"])  # alone, so that nothing shrinks to leave the least
    at = {"state": "THA", "option": "USA"}
    short = observe(world, dataclasses.replace(Ties(), fade=1.0))["security_tie"].sel(at)
    assert np.allclose(short, observe(world, Ties())["security_tie"].sel(at))


@pytest.mark.parametrize("world", WORLDS)
@pytest.mark.parametrize("partners", [PARTNERS, list(powers())], ids=["three", "six"])
def test_ties_sum_to_one_and_leave_the_least(world: str, partners: list[str]) -> None:
    """In every world and with every set of partners."""
    ties = observe(load(WORLDS[world], partners), Ties())["security_tie"]
    assert np.allclose(ties.sum("option"), 1.0) and (ties >= 0.0).all()
    assert (ties.sel(option=SELF) >= Ties().own_least - 1e-12).all()


def test_what_rests_on_memory_is_told_from_what_was_seen(observed: xr.Dataset) -> None:
    flags = observed["security_tie_flag"]
    assert flags.sel(state="VNM", option="JPN", year=2000) == MEMORY  # no act read before 2006
    assert flags.sel(state="KHM", option="CHN", year=2023) == PARTLY
    assert flags.sel(state="VNM", option="USA", year=2016) == DERIVED
    for name in ("rung", "renewed", "use", "arms"):
        assert not (observed[f"{name}_flag"] == MISSING).any() and np.isfinite(observed[name]).all()
    assert (observed["rung_flag"] == MEMORY).sum() > 50


def test_the_default_world_reads_rungs_as_they_were_coded(observed: xr.Dataset) -> None:
    last = observed["rung"].sel(year=2023).to_pandas().astype(int)
    assert last.loc["PHL"].to_dict() == {"CHN": 2, "USA": 5, "JPN": 3}
    assert last.loc["KHM"].to_dict() == {"CHN": 5, "USA": 0, "JPN": 4}
    arms = observed["arms"]
    assert (arms >= 0.0).all() and (arms.sum("partner") <= 1.0 + 1e-9).all()


def test_a_pair_of_which_no_table_tells_stays_apart() -> None:
    """A power or state that a user adds has no rung, no bond and no use: no tie, and no gap either."""
    world = load(["VNM"], PARTNERS)
    for name in ("rung", "renewed", "use"):
        assert world[name].attrs["absent"] == "zero"
    blank = xr.where(world["partner"] == "JPN", 0.0, 1.0)
    for name in ("rung", "renewed", "use", "defence_pact", "access", "arms_share"):
        world[name] = world[name] * blank
    tie = observe(world, Ties())["security_tie"]
    assert (tie.sel(option="JPN") == 0.0).all() and np.isfinite(tie).all()
