"""The door: one labelled, flagged Dataset, the same numbers whatever world is chosen."""

from __future__ import annotations

import shutil
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
import xarray as xr
from hypothesis import given, settings
from hypothesis import strategies as st

from sim.errors import UserError
from sim.world.impute import INTERPOLATED, MEANINGS, MISSING
from sim.world.load import load
from sim.world.roster import (
    ASEAN_10,
    DEFAULT_PARTNERS,
    OSA_RECIPIENTS,
    WORLDS,
    powers,
)
from sim.world.series import DATA, find_series, read_sources

PARTNERS = list(DEFAULT_PARTNERS)
YEARLY = [n for n, s in read_sources().items() if "year" in s.dims]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return Path(shutil.copytree(DATA, tmp_path / "data"))


@pytest.mark.parametrize("world", WORLDS)
def test_every_world_loads_with_every_series(world: str) -> None:
    data = load(WORLDS[world], PARTNERS)
    assert list(data["state"].values) == list(WORLDS[world])
    assert list(data["partner"].values) == PARTNERS
    for name, series in read_sources().items():
        if "lane" not in series.dims and name != "episodes":  # has a reader of its own
            assert name in data and f"{name}_flag" in data
            assert not series.powers or f"partner_{name}" in data


def test_variables_carry_unit_source_and_licence_and_flags_their_meaning() -> None:
    data = load(ASEAN_10, PARTNERS)
    for name in [n for n in data.data_vars if not str(n).endswith("_flag")]:
        variable, flag = data[name], data[f"{name}_flag"]
        assert variable.dtype == np.float64 and flag.dtype == np.int8
        assert variable.dims == flag.dims
        for word in ("units", "long_name", "source", "licence", "caveat"):
            assert variable.attrs[word]
        assert flag.attrs["flag_meanings"].split() == list(MEANINGS)
        assert len(flag.attrs["flag_values"]) == len(MEANINGS)
        assert np.array_equal(np.isnan(variable), flag == MISSING)


@settings(max_examples=15, deadline=None)
@given(
    st.lists(st.sampled_from(OSA_RECIPIENTS), min_size=1, max_size=6, unique=True),
    st.lists(st.sampled_from(list(powers())), min_size=1, max_size=5, unique=True),
)
def test_no_number_depends_on_which_others_were_asked_for(
    states: list[str], partners: list[str]
) -> None:
    whole = load(OSA_RECIPIENTS, list(powers()))
    part = load(states, partners)
    xr.testing.assert_identical(part, whole.sel(state=states, partner=partners, power=partners))


def test_years_are_cut_and_nothing_later_reaches_back() -> None:
    early, late = load(ASEAN_10, PARTNERS, last=2021), load(ASEAN_10, PARTNERS)
    assert list(load(ASEAN_10, PARTNERS, first=2015, last=2018)["year"].values) == [
        2015,
        2016,
        2017,
        2018,
    ]
    patrol = {"state": "PHL", "partner": "CHN", "year": 2021}
    assert late["patrol_days_flag"].sel(patrol) == INTERPOLATED
    assert early["patrol_days_flag"].sel(patrol) == MISSING


def test_a_dataset_may_be_changed_without_changing_the_next() -> None:
    first = load(ASEAN_10, PARTNERS)
    first["gdp"][:] = 0.0
    assert (load(ASEAN_10, PARTNERS)["gdp"] > 0).all()


def test_names_serve_as_well_as_codes() -> None:
    by_name = load(["Vietnam", "philippines"], ["China", "Japan"])
    xr.testing.assert_identical(by_name, load(["VNM", "PHL"], ["CHN", "JPN"]))


@pytest.mark.parametrize(
    ("states", "partners", "said"),
    [
        (["Vietnan"], ["CHN"], "did you mean Vietnam"),
        (["VNM"], ["Chinna"], "did you mean China"),
        (["VNM", "VNM"], ["CHN"], "stands in it once"),
        ([], ["CHN"], "at least one is needed"),
    ],
)
def test_a_wrong_list_names_the_nearest(states: list[str], partners: list[str], said: str) -> None:
    with pytest.raises(UserError, match=said):
        load(states, partners)


@pytest.mark.parametrize(("first", "last"), [(1999, 2023), (2010, 2009), (2000, 3000)])
def test_impossible_years_are_refused(first: int, last: int) -> None:
    with pytest.raises(UserError, match="the record runs from"):
        load(ASEAN_10, PARTNERS, first=first, last=last)


def test_an_unknown_series_names_the_nearest() -> None:
    with pytest.raises(UserError, match="did you mean trade_share"):
        find_series("trade_shares", read_sources())


def test_a_missing_table_is_named_with_its_cure(folder: Path) -> None:
    (folder / "trust.csv").unlink()
    with pytest.raises(UserError, match=r"trust\.csv is unfit: it is missing.*sim\.world\.compile"):
        load(ASEAN_10, PARTNERS, folder=folder)


def test_a_missing_column_is_named(folder: Path) -> None:
    table = pd.read_csv(folder / "gdp.csv").drop(columns="value")
    table.to_csv(folder / "gdp.csv", index=False)
    with pytest.raises(UserError, match=r"gdp\.csv is unfit: it has no column 'value'"):
        load(ASEAN_10, PARTNERS, folder=folder)


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("VNM,,2020,many,observed", "column 'value' holds 'many'"),
        ("VNM,,soon,1,observed", "column 'year' holds 'soon'"),
        ("VNM,,2020.5,1,observed", "column 'year' holds '2020.5'"),
        ("VNM,,2020,inf,observed", "column 'value' holds 'inf'"),
        ("VNM,,2020,1,observed,extra", "line 3 has 6 cells"),
    ],
)
def test_a_bad_cell_is_told_by_line_and_column(folder: Path, line: str, said: str) -> None:
    text = f"state,partner,year,value,status\nVNM,,2019,1,observed\n{line}\n"
    (folder / "gdp.csv").write_text(text, encoding="utf-8")
    with pytest.raises(UserError, match=said):
        load(ASEAN_10, PARTNERS, folder=folder)


def test_versions_of_the_tables_travel_along(folder: Path) -> None:
    before = load(ASEAN_10, PARTNERS, folder=folder).attrs["data_versions"]
    table = folder / "gdp.csv"
    table.write_text(table.read_text(encoding="utf-8") + "\n", encoding="utf-8")
    after = load(ASEAN_10, PARTNERS, folder=folder).attrs["data_versions"]
    assert before != after
    assert before.split()[1:] == after.split()[1:]
