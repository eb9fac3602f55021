"""Who is in the world, and the lanes that run through it."""

from __future__ import annotations

import shutil
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.errors import UserError
from sim.world.lanes import load_lanes
from sim.world.load import load
from sim.world.roster import ASEAN_10, DEFAULT_PARTNERS, OSA_RECIPIENTS, members, names, roster
from sim.world.series import DATA

PARTNERS = list(DEFAULT_PARTNERS)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return Path(shutil.copytree(DATA, tmp_path / "data"))


def test_asean_grows_by_its_joining_years() -> None:
    assert set(members(2023)) == set(ASEAN_10)
    assert set(members(2025)) - set(members(2024)) == {"TLS"}
    assert set(members(2000)) == set(ASEAN_10)
    assert [names([c])[c] for c in ASEAN_10] == sorted(names(ASEAN_10).values())
    assert {s.code for s in roster().values() if s.landlocked} == {"LAO", "MNG"}


def test_the_roster_agrees_with_the_series() -> None:
    data = load(OSA_RECIPIENTS, PARTNERS)
    for code, state in roster().items():
        assert bool(data["landlocked"].sel(state=code)) == state.landlocked
        assert bool(data["feature_claim"].sel(state=code, partner="CHN")) == state.claimant
        assert bool(data["eez_area"].sel(state=code) == 0) == state.landlocked


@given(st.lists(st.sampled_from(OSA_RECIPIENTS), min_size=1, unique=True))
def test_littoral_weights_sum_to_one_or_to_nothing(states: list[str]) -> None:
    total = load_lanes(states)["littoral"].sum("state")
    assert np.all(np.isclose(total, 1) | (total == 0))


def test_every_lane_has_a_littoral_and_every_value_a_source() -> None:
    data = load_lanes(ASEAN_10)
    assert (data["littoral"].sum("state") > 0.999).all()
    assert data["oil_flow"].sel(lane="malacca") == 23.7
    for name in ("oil_flow", "japan_import_share", "cable_share", "gray_zone"):
        assert data[name].notnull().all() and data[name].attrs["units"]
        assert (data[f"{name}_source"] != "").all() and (data[f"{name}_status"] != "").all()


def test_an_unfit_lane_table_is_told(folder: Path) -> None:
    path = folder / "lanes.csv"
    path.write_text(path.read_text(encoding="utf-8").replace("23.7", "much"), encoding="utf-8")
    with pytest.raises(UserError, match=r"lanes\.csv is unfit: line 2, column 'value'"):
        load_lanes(ASEAN_10, folder=folder)
    path.unlink()
    with pytest.raises(UserError, match="it is missing"):
        load_lanes(ASEAN_10, folder=folder)
