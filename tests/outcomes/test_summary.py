"""The summary says what the outcomes say: who began and ended where, who left the band and when."""

from __future__ import annotations

import numpy as np
import pytest
import xarray as xr
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from sim.outcomes.band import left_for_good
from sim.outcomes.definitions import computed
from sim.outcomes.headline import CLOSING, headline
from sim.outcomes.summary import REGION, differences, region_row, summarise

STATES = ["KHM", "VNM", "PHL", "SGP"]
YEARS = list(range(2021, 2031))
FIRST = 2024
POSTURES = "balancing indirect_balancing hedging pragmatism limited_bandwagoning bandwagoning"


def outcomes(*, runs=0, alignment=None, shift=0.0, spent=2.0, states=STATES, seed=1):
    random = np.random.default_rng(seed)
    lead = ("run",) if runs else ()
    size = ((runs,) if runs else ()) + (len(YEARS),)
    by_state, by_year = (*lead, "year", "state"), (*lead, "year")
    data = {
        name: (by_state, random.random((*size, len(states))) + shift)
        for name in ("forced_choice", "hedging", "capacity", "pressure", "autonomy")
    }
    data["alignment"] = (by_state, random.uniform(20, 80, (*size, len(states))))
    data["incidents"] = (by_state, random.integers(0, 9, (*size, len(states))).astype(float))
    data["posture"] = (by_state, random.integers(0, 6, (*size, len(states))).astype("int8"))
    for name in computed("region"):
        data[name] = (by_year, random.random(size) + shift)
    data["osa_spent"] = (by_year, np.where(np.array(YEARS) < FIRST, np.nan, spent) * np.ones(size))
    made = xr.Dataset(data, coords={"year": YEARS, "state": list(states)})
    made["posture"].attrs = {"flag_values": np.arange(6, dtype="int8"), "flag_meanings": POSTURES}
    if alignment is not None:
        made["alignment"] = made["alignment"] * 0 + xr.DataArray(alignment, dims=("year", "state"))
    return made.assign_attrs(band_low=45, band_high=55)


def paths(**by_state):
    return np.array([by_state[state] for state in STATES], dtype=float).T


KNOWN = paths(
    KHM=[30] * 10,
    VNM=[50, 50, 50, 50, 50, 44, 50, 44, 44, 44],
    PHL=[50, 50, 50, 60, 60, 60, 60, 60, 60, 60],
    SGP=[50] * 10,
)


def test_leaving_is_for_good():
    table = summarise(outcomes(alignment=KNOWN), first=FIRST).set_index("state")
    left = table["left_band_year"]
    assert left["VNM"] == 2028 and left["PHL"] == 2024
    assert left[["KHM", "SGP"]].isna().all()


def test_the_start_is_the_year_before_the_first():
    data = outcomes()
    table = summarise(data, first=FIRST).set_index("state")
    assert set(table["start_year"]) == {2023} and set(table["end_year"]) == {2030}
    for state in STATES:
        assert table.loc[state, "capacity_start"] == float(
            data["capacity"].sel(year=2023, state=state)
        )
        assert table.loc[state, "capacity_end"] == float(
            data["capacity"].sel(year=2030, state=state)
        )


def test_the_region_is_the_mean_and_incidents_are_summed():
    data = outcomes()
    row = region_row(summarise(data, first=FIRST))
    assert row["hedging_end"] == pytest.approx(float(data["hedging"].sel(year=2030).mean()))
    assert row["incidents_total"] == float(data["incidents"].sel(year=slice(FIRST, None)).sum())
    assert row["osa_spent_total"] == pytest.approx(14.0)


@pytest.mark.parametrize("runs", [1, 7])
def test_with_runs_there_are_means_and_spreads(runs):
    data = outcomes(runs=runs)
    table = summarise(data, first=FIRST).set_index("state")
    ends = data["capacity"].sel(year=2030, state="PHL")
    assert table.loc["PHL", "capacity_end"] == pytest.approx(float(ends.mean()))
    assert table.loc["PHL", "capacity_end_sd"] == pytest.approx(float(ends.std()))
    assert table.loc["PHL", "capacity_end_q05"] <= table.loc["PHL", "capacity_end_q95"]
    assert table["left_band_share"].dropna().between(0, 1).all()
    assert CLOSING in headline(data, outcomes(runs=runs, seed=2), first=FIRST)


def test_equal_runs_say_what_one_run_says():
    one = outcomes(alignment=KNOWN)
    many = xr.concat([one] * 5, dim="run")
    single, several = summarise(one, first=FIRST), summarise(many, first=FIRST)
    for name in ("posture_end", "left_band_year", "state"):
        assert single[name].astype(str).tolist() == several[name].astype(str).tolist()
    np.testing.assert_allclose(single["alignment_end"], several["alignment_end"])


@given(arrays(float, (7, 3), elements=st.floats(0, 100)))
def test_a_state_that_left_is_outside_ever_after(values):
    years = np.arange(2023, 2030)
    data = xr.Dataset(
        {"alignment": (("year", "state"), values)}, coords={"year": years, "state": list("abc")}
    )
    for state in "abc":
        left = float(left_for_good(data).sel(state=state))
        path = data["alignment"].sel(state=state)
        inside = (path >= 45) & (path <= 55)
        if np.isnan(left):
            assert bool(inside[-1]) or not bool(inside.any())
        else:
            assert not bool(inside.sel(year=slice(left, None)).any())
            assert bool(inside.sel(year=left - 1))


def test_the_headline_names_who_leans_where_and_who_left():
    text = headline(outcomes(alignment=KNOWN), first=FIRST)
    assert "In 2023, of 4 states: 1 leaned to China (KHM); 3 hedged (VNM, PHL, SGP)." in text
    assert "1 leaned to the United States (PHL)" in text
    assert "Left the hedging band for good: PHL in 2024, VNM in 2028." in text
    assert text.endswith(CLOSING)


def test_the_headline_says_what_assistance_bought():
    text = headline(outcomes(shift=0.5), outcomes(spent=0.0), first=FIRST)
    assert "JPY 14.0 bn over 2024-2030" in text
    assert "capacity at sea +0.500" in text and "per JPY bn" in text


def test_no_assistance_buys_nothing_and_divides_by_nothing():
    text = headline(outcomes(spent=0.0), outcomes(spent=0.0), first=FIRST)
    assert "no difference" in text and "per JPY bn" not in text


@pytest.mark.parametrize("states", [["SGP"], STATES])
def test_states_without_pressure_are_no_obstacle(states):
    data, other = outcomes(states=states, shift=0.1), outcomes(states=states)
    for each in (data, other):
        each["pressure"] = each["pressure"] * 0
    assert "pressure at sea of states under it +0.000" in headline(data, other, first=FIRST)


def test_missing_values_are_left_blank_not_invented():
    data = outcomes()
    data["capacity"] = data["capacity"].where(data["year"] >= FIRST)
    table = summarise(data, first=FIRST)
    assert table["capacity_start"].isna().all() and table["capacity_end"].notna().all()


def test_names_are_used_where_they_are_known():
    named = outcomes().assign_coords(
        state_name=("state", ["Cambodia", "Vietnam", "Philippines", "Singapore"])
    )
    assert "Cambodia" in headline(named, first=FIRST)
    assert list(summarise(named, first=FIRST)["name"])[-1] == "the region"


def test_differences_are_measured_against_the_first():
    tables = {
        name: summarise(outcomes(shift=shift), first=FIRST)
        for name, shift in (("a", 0.0), ("b", 0.25))
    }
    gap = differences(tables)
    assert set(gap["choice"]) == {"b"} and set(gap["measured_against"]) == {"a"}
    assert gap["capacity_end"].to_numpy() == pytest.approx(0.25)
    assert REGION in set(gap["state"])
    assert differences({"a": tables["a"]}).empty
