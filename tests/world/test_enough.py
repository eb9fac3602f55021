"""Who cannot be simulated is named, with the tables that lack it."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.errors import UserError
from sim.world.enough import OF_PAIRS, OF_POWERS, OF_STATES, check_known
from sim.world.impute import MEANINGS, MISSING, REGIONAL
from sim.world.load import load
from sim.world.roster import OSA_RECIPIENTS, powers


@pytest.fixture(scope="module")
def world():
    return load(OSA_RECIPIENTS, list(powers()))


def flagged(world, name, flag, **where):
    """The world with one flag changed, for every year."""
    changed = world.copy(deep=True)
    flags = changed[f"{name}_flag"]
    at = tuple(
        [list(flags[axis].values).index(where[axis])] if axis in where else slice(None)
        for axis in flags.dims
    )
    flags.values[at] = flag
    return changed


@pytest.mark.parametrize("year", [2000, 2011, 2019, 2023])
def test_enough_is_known_of_everybody_on_the_roster(world, year):
    check_known(world, year)


@given(state=st.sampled_from(OSA_RECIPIENTS), name=st.sampled_from(OF_STATES + OF_PAIRS))
def test_a_state_without_data_is_named_with_the_table(world, state, name):
    with pytest.raises(UserError, match=f"nothing is known of {state} in {name} up to 2023"):
        check_known(flagged(world, name, MISSING, state=state), 2023)


@given(power=st.sampled_from(list(powers())), name=st.sampled_from(OF_POWERS))
def test_a_power_is_not_the_mean_of_the_others(world, power, name):
    for flag in (MISSING, REGIONAL):
        with pytest.raises(UserError, match=f"of {power} in {name} "):
            check_known(flagged(world, f"partner_{name}", flag, partner=power), 2023)


@given(power=st.sampled_from(list(powers())), name=st.sampled_from(OF_PAIRS))
def test_a_power_nobody_has_to_do_with_is_named(world, power, name):
    with pytest.raises(UserError, match=f"of {power} in {name} "):
        check_known(flagged(world, name, MISSING, partner=power), 2023)


def test_every_table_that_lacks_somebody_is_named_at_once(world):
    poorer = flagged(world, "distance", MISSING, state="DJI")
    poorer = flagged(poorer, "eez_area", MISSING, state="DJI")
    with pytest.raises(UserError, match="of DJI in distance, eez_area up to") as told:
        check_known(poorer, 2019)
    assert "sim/world/data/" in str(told.value)


def test_one_gap_in_a_known_row_is_the_states(world):
    with pytest.raises(UserError, match="of FJI in distance "):
        check_known(flagged(world, "distance", MISSING, state="FJI", partner="USA"), 2023)


def test_it_looks_and_leaves_the_world_alone(world):
    before = world.copy(deep=True)
    check_known(world, 2023)
    assert before.identical(world) and np.isin(world["distance_flag"], range(len(MEANINGS))).all()


def test_a_stranger_alone_in_the_world_is_the_one_named(world):
    alone = flagged(world, "distance", MISSING, state="PNG").sel(state=["PNG"])
    with pytest.raises(UserError, match="nothing is known of PNG in distance up to"):
        check_known(alone, 2023)
