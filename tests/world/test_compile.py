"""The compact tables are made from raw observations the same way every time."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.world.check import check
from sim.world.compile import INPUTS, compile_all, main
from sim.world.recipes.opinion import trust_index
from sim.world.series import read_table
from tests.world.coded import write_coded

COLUMNS = ["indicator", "state", "partner", "year", "value", "unit", "source", "note"]
Row = tuple[object, ...]  # indicator, state, partner, year, value, and perhaps a note


def rows_of(indicator: str) -> Iterable[Row]:
    """Some rows for an indicator that no test looks at closely."""
    dated = INPUTS_BY_DATE | {"osa_discussed"}
    if indicator in dated:
        yield (indicator, "VNM", "CHN", 2010, "2010-05")
    elif indicator in ("goods_exports_usd_m", "goods_imports_usd_m"):
        for year in (2001, 2002):
            yield (indicator, "VNM", "CHN", year, 20)
            yield (indicator, "VNM", "WLD", year, 100)
            yield (indicator, "CHN", "WLD", year, 1000)
    else:
        for year in (1999, 2001, 2004, 2022, 2023, 2024):
            yield (indicator, "VNM", "CHN", year, 1)


INPUTS_BY_DATE = {i for f, i in INPUTS.values() if f == "alliances_partnerships_dates"}

CLOSELY: dict[str, list[Row]] = {
    "milex_constant_2022_usd_m": [
        ("", "JPN", "", 2010, 50),
        ("", "JPN", "", 2011, 40),
        ("", "VNM", "", 2010, 5),
    ],
    "iiss_milex_current_usd_m": [
        ("", "JPN", "", 2010, 60),
        ("", "JPN", "", 2011, 60),
        ("", "VNM", "", 2010, 60),
        ("", "VNM", "", 2011, 6),
        ("", "VNM", "", 2012, 6),
    ],
    "ships_delivered_n": [("", "VNM", "USA", 1996, 2), ("", "VNM", "IND", 2003, 1)],
    "japan_oda_net_usd_m": [("", "THA", "JPN", y, -10) for y in range(2000, 2005)],
    "china_official_finance_total_usd": [("", "VNM", "CHN", 2001, 5e6)],
    "us_foreign_assistance_disbursements_constant_usd": [("", "VNM", "USA", 2001, 5e6)],
    "ccg_calendar_days": [
        ("", "PHL", "CHN", 2022, 100, "feature: Scarborough Shoal; minimum"),
        ("", "PHL", "CHN", 2022, 200, "feature: Second Thomas Shoal; minimum"),
        ("", "PHL", "CHN", 2022, 50, "feature: Thitu Island; minimum"),
        ("", "PHL", "CHN", 2023, 300, "feature: Scarborough Shoal; minimum"),
    ],
    "ccg_ship_days": [("", "PHL", "CHN", 2023, 9999)],
    "mid_ongoing_n": [("", "VNM", "CHN", 1995, 2), ("", "VNM", "CHN", 2005, 1)],
    "atop_defense": [("", "PHL", "USA", y, 1) for y in (2017, 2018)],
    "mutual_defence_treaty": [("", "PHL", "USA", 1951, "1951")],
    "comprehensive_partnership": [("", "VNM", "USA", 2013, "2013")],
    "comprehensive_strategic_partnership": [
        ("", "VNM", "USA", 2023, "2023-09-10"),
        ("", "LAO", "JPN", 2025, "2025-01-21"),
        ("", "ASEAN-10", "CHN", 2021, "2021-11-22"),
    ],
    "iseas_trust": [
        ("", "ASEAN-10", "CHN", 2023, 30),
        ("", "ASEAN-10", "JPN", 2023, 60),
        ("", "LAO", "CHN", 2023, 40),
        ("", "PHL", "JPN", 2023, 90),
    ],
    "iseas_distrust": [
        ("", "ASEAN-10", "CHN", 2023, 50),
        ("", "LAO", "CHN", 2023, 20),
        ("", "VNM", "CHN", 2023, 70),
        ("", "VNM", "USA", 2023, 20),
        ("", "MMR", "CHN", 2023, 95),
    ],
    "mofa_trust_japan_total": [("", "VNM", "JPN", 2018, 95), ("", "LAO", "JPN", 2018, 85)],
    "osa_grant": [
        ("", "PHL", "JPN", 2023, 600),
        ("", "THA", "JPN", 2025, ""),
        ("", "Tonga", "JPN", 2025, ""),
    ],
    "osa_discussed": [("", "VNM", "JPN", 2025, 1)],
    "osa_budget": [("", "", "JPN", 2023, 2000), ("", "", "JPN", 2026, 18100)],
    "iseas_forced_choice": [("", "VNM", "CHN", 2023, 25), ("", "VNM", "USA", 2023, 75)],
    "landlocked": [("", "VNM", "", "", 0)],
    "dist_km": [("", "VNM", "CHN", "", 2000)],
    "inbound_fdi_share_2012_2021": [("", "VNM", "CHN", 2021, 8)],
    **{
        fact: [("", "VNM", "CHN", "", 1)]
        for fact in (
            "contiguous_land",
            "scs_competing_maritime_claim",
            "scs_land_feature_claimant",
            "scs_occupies_features",
        )
    },
    "nmc_cinc": [("", "VNM", "", 2001, 0.01)],
    "strategic_rivalry": [("", "CHN", "USA", 2001, 1), ("", "CHN", "JPN", 2001, 1)],
}


@pytest.fixture(scope="module")
def raw(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("raw")
    files: dict[str, list[tuple[object, ...]]] = {}
    pairs = [*dict.fromkeys(INPUTS.values()), ("coast_guard_presence", "ccg_ship_days")]
    for file, indicator in pairs:
        rows = CLOSELY.get(indicator) or list(rows_of(indicator))
        files.setdefault(file, []).extend(
            (indicator, *row[1:5], "u", "s", *(row[5:] or ("n",))) for row in rows
        )
    for file, lines in files.items():
        path = folder / f"{file}.csv"
        path.parent.mkdir(exist_ok=True)
        pd.DataFrame(lines, columns=COLUMNS).to_csv(path, index=False)
    write_coded(folder)
    return folder


@pytest.fixture(scope="module")
def out(raw: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("made")
    compile_all(raw, out=folder)
    return folder


def series(name: str, out: Path, **chosen: object) -> pd.DataFrame:
    table = read_table(name, out)
    for column, value in chosen.items():
        table = table[table[column] == value]
    return table


def values(name: str, out: Path, **chosen: object) -> dict[int, float]:
    table = series(name, out, **chosen)
    return dict(zip(table["year"].astype(int), table["value"], strict=True))


def test_the_same_raw_folder_gives_the_same_bytes(raw: Path, out: Path, tmp_path: Path) -> None:
    for path in compile_all(raw, out=tmp_path):
        assert path.read_bytes() == (out / path.name).read_bytes()
        assert b"\r" not in path.read_bytes()


def test_the_order_of_raw_rows_does_not_matter(raw: Path, out: Path, tmp_path: Path) -> None:
    turned = tmp_path / "turned"
    for path in raw.rglob("*.csv"):
        lines = path.read_text(encoding="utf-8").splitlines()
        text = "\n".join([lines[0], *reversed(lines[1:])]) + "\n"
        copy = turned / path.relative_to(raw)
        copy.parent.mkdir(parents=True, exist_ok=True)
        copy.write_text(text, encoding="utf-8")
    for path in compile_all(turned, out=tmp_path / "made"):
        assert path.read_bytes() == (out / path.name).read_bytes()


def test_what_is_made_passes_the_check(out: Path) -> None:
    assert check(out) == []


def test_nothing_after_the_last_year_and_nothing_before_2000_is_kept(out: Path) -> None:
    for path in out.glob("*.csv"):
        if path.stem in ("lanes", "episodes") or path.stem.startswith("osa_"):
            continue
        years = read_table(path.stem, out)["year"].dropna()
        assert years.empty or (years.min() >= 2000 and years.max() <= 2023), path.stem


def test_an_earlier_last_year_hides_later_rows(raw: Path, tmp_path: Path) -> None:
    compile_all(raw, out=tmp_path, last=2021)
    assert read_table("gdp", tmp_path)["year"].max() <= 2021
    assert values("partnership", tmp_path, state="VNM", partner="USA")[2021] == 0.5
    assert read_table("osa_budget", tmp_path)["year"].max() == 2026


def test_spending_is_a_ratio_and_tables_are_never_mixed_within_one(out: Path) -> None:
    ratio = values("military_ratio", out, state="VNM")
    assert ratio == {2010: 0.1, 2011: 0.1}  # 5/50 from the first table, 6/60 from the second
    assert set(values("military_ratio", out, state="JPN").values()) == {1.0}
    assert set(series("military_ratio", out)["status"]) == {"derived"}


def test_ships_count_for_ten_years_over_all_suppliers(out: Path) -> None:
    ships = values("ships", out, state="VNM")
    assert ships[2003] == 3 and ships[2005] == 3
    assert ships[2006] == 1 and ships[2012] == 1 and 2013 not in ships


def test_a_partner_s_trade_with_a_state_is_a_share_of_the_partner_s(out: Path) -> None:
    assert values("reverse_trade_share", out, state="VNM") == {2001: 0.02, 2002: 0.02}


def test_finance_is_a_trailing_mean_in_which_negatives_count(out: Path) -> None:
    assert values("oda_net", out, state="THA")[2004] == -10
    japan = values("official_finance", out, state="THA", partner="JPN")
    assert japan[2004] == -10 and japan[2006] == -6 and japan[2010] == 0
    china = values("official_finance", out, state="VNM", partner="CHN")
    assert china[2000] == 0 and china[2001] == 2.5 and china[2004] == 1 and max(china) == 2021
    assert min(values("official_finance", out, state="VNM", partner="USA")) == 2001


def test_calendar_days_are_summed_like_for_like_and_ship_days_left_out(out: Path) -> None:
    days = values("patrol_days", out, state="PHL", partner="CHN")
    assert days == {2022: 300, 2023: 300}
    assert set(values("patrol_days", out, state="SGP", partner="CHN").values()) == {0}


def test_disputes_make_a_yearly_rate_over_twenty_three_years(out: Path) -> None:
    rate = series("dispute_history", out, state="VNM")["value"].item()
    assert np.isclose(rate, 3 / 23, rtol=1e-5)
    assert values("disputes", out, state="VNM") == {2005: 1}


def test_pacts_are_carried_and_marked(out: Path) -> None:
    pact = series("defence_pact", out, state="PHL", partner="USA").set_index("year")
    assert (pact["value"] == 1).all() and pact.index.min() == 2000
    assert pact.loc[2018, "status"] == "observed" and pact.loc[2023, "status"] == "derived"


def test_partnership_is_the_highest_level_from_its_date_on(out: Path) -> None:
    level = values("partnership", out, state="VNM", partner="USA")
    assert min(level) == 2013 and level[2022] == 0.5 and level[2023] == 1.0
    assert max(values("partnership", out, state="LAO", partner="JPN").values()) == 0.6  # not 2025's
    assert "ASEAN-10" not in set(series("partnership", out)["state"])


def test_trust_follows_its_three_steps(out: Path) -> None:
    def index(state: str, partner: str) -> tuple[float, str]:
        row = series("trust", out, state=state, partner=partner, year=2023)
        return row["value"].item(), row["status"].item()

    assert index("LAO", "CHN") == (0.6, "observed")  # 0.4 + half of 0.4
    assert index("VNM", "CHN") == (0.2, "observed")  # 0.1 + half of the region's 0.2
    assert index("VNM", "USA") == (0.7, "observed")  # 0.6 + half of the assumed 0.2
    assert index("MMR", "CHN") == (0.025, "observed")  # no more than is left
    assert index("PHL", "JPN") == (0.95, "observed")
    assert index("VNM", "JPN") == (0.75, "derived")  # the region's 0.7, five points above the mean
    assert index("LAO", "JPN") == (0.65, "derived")


def test_assistance_keeps_its_blanks_and_its_future(out: Path) -> None:
    grants = series("osa_grant", out).set_index("state")["value"]
    assert grants["PHL"] == 600 and np.isnan(grants["THA"]) and "Tonga" not in grants
    first = series("osa_designated", out).set_index("state")
    assert first["value"].to_dict() == {"PHL": 2023, "THA": 2025, "VNM": 2026}
    assert first["status"].to_dict() == {"PHL": "observed", "THA": "observed", "VNM": "derived"}
    assert values("osa_budget", out) == {2023: 2.0, 2026: 18.1}


def test_the_forced_choice_is_china_s_share(out: Path) -> None:
    assert values("forced_choice", out, state="VNM") == {2023: 0.25}


def test_a_missing_raw_file_or_indicator_is_told(
    raw: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main([str(tmp_path / "nowhere"), "--out", str(tmp_path / "a")]) == 2
    assert "is missing" in capsys.readouterr().err
    for path in raw.rglob("*.csv"):
        text = path.read_text(encoding="utf-8").replace("nmc_cinc", "nmc_none")
        copy = tmp_path / path.relative_to(raw)
        copy.parent.mkdir(exist_ok=True)
        copy.write_text(text, encoding="utf-8")
    assert main([str(tmp_path), "--out", str(tmp_path / "b")]) == 2
    assert "has no indicator 'nmc_cinc'" in capsys.readouterr().err
    assert not (tmp_path / "b").exists()


def test_the_command_says_what_it_wrote(
    raw: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main([str(raw), "--out", str(tmp_path)]) == 0
    assert "nothing known after 2023" in capsys.readouterr().out


shares = st.floats(0, 1)


@given(shares, shares)
def test_the_trust_index_is_a_share_and_rises_with_trust(known: float, neither: float) -> None:
    trusting = trust_index(trusting=known, distrusting=None, neither=neither)
    distrusting = trust_index(trusting=None, distrusting=known, neither=neither)
    assert 0 <= trusting <= 1 and 0 <= distrusting <= 1
    assert np.isclose(trusting + distrusting, 1)  # trust turned round is distrust
    assert trusting >= known


def test_episodes_from_the_fourteenth_on_are_held_out_and_only_what_both_coders_settled_is_kept(
    out: Path,
) -> None:
    assert (out / "episodes.csv").read_text(encoding="utf-8").splitlines() == [
        "id,state,first_year,last_year,domain,direction,size,held_out",
        "13,IDN,2016,2016,sec,none,none,no",
        "18,MYS,2016,2016,eco;sec,China,large,yes",
    ]
