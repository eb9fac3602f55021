"""Make the compact tables from the raw observations: ``python -m sim.world.compile RAW_FOLDER``.

The same raw folder always gives the same bytes: rows sorted, six significant digits, ``\\n``.
Nothing before 2000 and nothing after ``--last`` is kept; only the assistance series, which are
levers, run on.
"""

from __future__ import annotations

import argparse
import shutil
import sys
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

import pandas as pd

from sim.errors import UserError
from sim.terminal import print_anything
from sim.world.recipes import agreements, economy, opinion, politics, security
from sim.world.recipes.episodes import episodes
from sim.world.recipes.raw import Raw
from sim.world.series import COLUMNS, DATA, FIRST_YEAR, FOLDER

HAND = FOLDER / "hand"
LAST = 2023
LANES = "lanes.csv"

DATES = "alliances_partnerships_dates"
PACTS = "alliances_capability_disputes"
SHARES = "opinion/opinion_china_share"
VISITS = "ties/diplomatic_visits"
INPUTS: dict[str, tuple[str, str]] = {  # short name: (raw file, indicator)
    "gdp": ("gdp_population", "gdp_current_usd_weo"),
    "growth": ("gdp_population", "gdp_real_growth_pct"),
    "population": ("gdp_population", "population_m_weo"),
    "spending": ("military_expenditure", "milex_constant_2022_usd_m"),
    "spending_current": ("military_expenditure", "iiss_milex_current_usd_m"),
    "ships": ("arms_imports", "ships_delivered_n"),
    "arms_share": ("arms_imports", "arms_imports_share_5y"),
    "landlocked": ("geography", "landlocked"),
    "distance": ("geography", "dist_km"),
    "contiguous": ("geography", "contiguous_land"),
    "maritime_claim": ("geography", "scs_competing_maritime_claim"),
    "feature_claim": ("geography", "scs_land_feature_claimant"),
    "occupation": ("geography", "scs_occupies_features"),
    "trade_share": ("trade", "trade_share"),
    "exports": ("trade", "goods_exports_usd_m"),
    "imports": ("trade", "goods_imports_usd_m"),
    "fdi": ("public_opinion_fdi", "inbound_fdi_share_2012_2021"),
    "china_finance": ("aid", "china_official_finance_total_usd"),
    "oda": ("aid", "japan_oda_net_usd_m"),
    "america_assistance": ("aid", "us_foreign_assistance_disbursements_constant_usd"),
    "america_grants": ("aid", "us_fmf_funded_fms_usd"),
    "ideal_point": ("ties/un_ideal_points", "un_ideal_point_all_votes"),
    "capability_cinc": (PACTS, "nmc_cinc"),
    "defence_pact": (PACTS, "atop_defense"),
    "consultation_pact": (PACTS, "atop_consul"),
    "disputes": (PACTS, "mid_ongoing_n"),
    "rivalry": (PACTS, "strategic_rivalry"),
    "defence_treaty": (DATES, "mutual_defence_treaty"),
    **{level: (DATES, level) for level in security.PARTNERSHIP_LEVEL},
    **{level: (DATES, level) for level in security.ACCESS_LEVEL},
    "patrol_days": ("coast_guard_presence", "ccg_calendar_days"),
    "trust": ("iseas_survey", "iseas_trust"),
    "distrust": ("iseas_survey", "iseas_distrust"),
    "forced_choice": ("iseas_survey", "iseas_forced_choice"),
    "survey_size": ("iseas_survey", "iseas_sample_n"),
    "trust_japan": ("japan_mofa_polls", "mofa_trust_japan_total"),
    "gallup_share": (SHARES, "gallup_china_share"),
    "pew_share": (SHARES, "pew_china_share"),
    "net_trust": ("opinion/philippines_trust", "sws_net_trust_annual_mean"),
    "leader_change": ("ties/leaders_elections", "leader_change"),
    "america_president": (VISITS, "us_president_visits"),
    "america_secretary": (VISITS, "us_secstate_visits"),
    "china_president": (VISITS, "cn_president_visits"),
    "china_premier": (VISITS, "cn_premier_visits"),
    "leader_visits": (VISITS, "leader_official_visits_to_us"),
    "event_balance": ("events", "gdelt_balance"),
    "osa_grants": ("osa", "osa_grant"),
    "osa_talks": ("osa", "osa_discussed"),
    "osa_budget": ("osa", "osa_budget"),
}

Recipe = Callable[[Raw], pd.DataFrame]
RECIPES: dict[str, Recipe] = {
    **{k: partial(economy.own, key=k) for k in ("gdp", "growth", "population")},
    "capability_cinc": partial(economy.own, key="capability_cinc"),
    **{k: partial(economy.paired, key=k) for k in ("trade_share", "arms_share", "event_balance")},
    "oda_net": partial(economy.paired, key="oda"),
    **{
        k: partial(security.fact, key=k)
        for k in ("distance", "contiguous", "maritime_claim", "feature_claim", "occupation")
    },
    **{
        k: getattr(economy, k)
        for k in (
            "reverse_trade_share",
            "fdi_share",
            "china_finance",
            "official_finance",
            "security_grant",
            "osa_grant",
            "osa_designated",
            "osa_budget",
        )
    },
    **{
        k: getattr(security, k)
        for k in (
            "military_ratio",
            "ships",
            "landlocked",
            "eez_area",
            "defence_pact",
            "consultation_pact",
            "access",
            "partnership",
            "disputes",
            "dispute_history",
            "patrol_days",
            "rivalry_dyad",
        )
    },
    **{k: partial(opinion.china_share, key=k) for k in ("gallup_share", "pew_share")},
    **{
        k: getattr(opinion, k)
        for k in ("trust", "forced_choice", "survey_size", "net_trust", "ideal_point")
    },
    **{
        k: getattr(politics, k)
        for k in (
            "turnover",
            "openness",
            "ambition_shift",
            "credibility_shift",
            "legitimacy_shock",
            "strategic_rivalry",
            "visits_received",
            "visits_made",
        )
    },
    **{k: getattr(agreements, k) for k in ("rung", "renewed", "use", "partner_act")},
    "act_up": partial(agreements.act, domain="security", way=1),
    "act_down": partial(agreements.act, domain="security", way=-1),
    "economic_act_up": partial(agreements.act, domain="economic", way=1),
    "economic_act_down": partial(agreements.act, domain="economic", way=-1),
}


def compile_series(name: str, raw: Raw) -> str:
    """Return the text of one compact table."""
    rows = RECIPES[name](raw)
    rows = rows[rows["year"].isna() | (rows["year"] >= FIRST_YEAR)].copy()
    rows["year"] = rows["year"].astype("Int64")
    rows["value"] = [_rounded_digits(value) for value in rows["value"]]
    rows = rows.sort_values(["state", "partner", "year"], kind="stable")
    return rows[list(COLUMNS)].to_csv(index=False, lineterminator="\n")


def _rounded_digits(value: float) -> str:
    if pd.isna(value):
        return ""
    return format(0.0 if value == 0 else float(value), ".6g")


def compile_all(
    folder: Path, *, out: Path = DATA, last: int = LAST, hand: Path = HAND
) -> list[Path]:
    """Write every compact table.

    Parameters
    ----------
    folder : raw folder.
    out : folder of the compact tables, made if need be.
    last : last year that may be known.
    hand : folder of the tables made by hand.

    Returns
    -------
    The paths written, by name. UserError if a raw file or indicator is missing.
    """
    raw = Raw(folder=Path(folder), inputs=INPUTS, hand=Path(hand), last=last)
    texts = {name: compile_series(name, raw) for name in sorted(RECIPES)}
    texts["episodes"] = episodes(raw)
    out.mkdir(parents=True, exist_ok=True)
    for name, text in texts.items():
        (out / f"{name}.csv").write_text(text, encoding="utf-8", newline="\n")
    if out.resolve() != DATA.resolve():
        shutil.copyfile(DATA / LANES, out / LANES)
    return [out / f"{name}.csv" for name in texts]


def main(arguments: Sequence[str] | None = None) -> int:
    """Run from the command line; 0 when written, 2 for a user's mistake."""
    print_anything()
    parser = argparse.ArgumentParser(prog="python -m sim.world.compile", description=__doc__)
    parser.add_argument("folder", type=Path, help="folder of the raw observations")
    parser.add_argument("--out", type=Path, default=DATA, help="folder of the compact tables")
    parser.add_argument("--last", type=int, default=LAST, help="last year that may be known")
    asked = parser.parse_args(arguments)
    try:
        written = compile_all(asked.folder, out=asked.out, last=asked.last)
    except UserError as error:
        print(error, file=sys.stderr)
        return error.exit_status
    print(f"{len(written)} tables written to {asked.out}, nothing known after {asked.last}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
