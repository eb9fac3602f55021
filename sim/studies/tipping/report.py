"""Values for report.md.j2: the settings' own case, the map of cases, aid, the rule alone."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd
import xarray as xr

from sim.studies.tipping.fixed_points import CUSP, folds
from sim.studies.tipping.loops import AREA, HYSTERESIS, WIDE, cases_with
from sim.studies.tipping.ramp import AID, BRANCH, COMPLEMENTARITY, LEVEL, RUN, THRESHOLD

NEARLY = 0.95  # part of the cusp from which a rule is called just short of two equilibria


def report_values(
    cases: pd.DataFrame, slow: xr.Dataset, *, own: Mapping[str, float], quick_years: int
) -> dict[str, Any]:
    """Values of the page.

    Parameters
    ----------
    cases : from `sim.studies.tipping.loops.table`.
    slow : the slow staircases.
    own : the settings' own case.
    quick_years : years at each level on the quick stairs.
    """
    row = cases_with(cases, own).iloc[0]
    lasting = cases[cases["verdict"] == HYSTERESIS]
    return {
        **{"own": own, "row": row, "wide": WIDE, "area": AREA, "cusp": CUSP},
        "mostly_lag": row["area_quick_low"] > 0.0
        and row["area_remaining_high"] < 0.5 * row["area_quick"],
        "quick_years": quick_years,
        "slow_years": int(slow.attrs["years_at_each_level"]),
        "levels": slow.sizes[LEVEL],
        "runs": slow.sizes[RUN],
        "seed": slow.attrs["seed"],
        "version": slow.attrs["version"],
        **_map(cases_with(cases, {AID: own[AID]})),
        **_aid(cases, lasting, own),
        **_rule(slow, own),
        "cases": len(cases),
        "two": int((cases["two_equilibria"] > 0.5).sum()),
        "two_lasting": int((lasting["two_equilibria"] > 0.5).sum()),
        "risen": _risen(slow, own),
        "unpressed": slow["resolve"].sel(own).isel({LEVEL: 0}).mean(RUN).to_series().to_dict(),
    }


def _risen(slow: xr.Dataset, own: Mapping[str, float]) -> float:
    """How far joint resolve rises on the way up in the settings' own case."""
    resolve = slow["resolve"].sel(own).sel({BRANCH: "up"}).mean(RUN)
    return float(resolve.isel({LEVEL: -1}) - resolve.isel({LEVEL: 0}))


def _map(cases: pd.DataFrame) -> dict[str, Any]:
    """Every case with the settings' own aid, a row a threshold; and from which weight a loop lasts."""
    lasting = cases[cases["verdict"] == HYSTERESIS].groupby(THRESHOLD)[COMPLEMENTARITY].min()
    return {
        "weights": sorted(cases[COMPLEMENTARITY].unique()),
        "map": {level: _records(part) for level, part in cases.groupby(THRESHOLD)},
        "lasting_from": lasting.to_dict(),
    }


def _aid(cases: pd.DataFrame, lasting: pd.DataFrame, own: Mapping[str, float]) -> dict[str, Any]:
    """The settings' own case and the widest loop at every level of aid."""
    here = {name: own[name] for name in (COMPLEMENTARITY, THRESHOLD)}
    widest = dict(lasting.sort_values("area_remaining").iloc[-1][[*here]]) if len(lasting) else {}
    count = cases["verdict"].eq(HYSTERESIS).groupby(cases[AID]).sum()
    return {
        "by_aid": _records(cases_with(cases, here)),
        "widest": widest,
        "widest_by_aid": _records(cases_with(cases, widest)) if widest else [],
        "lasting_by_aid": count.to_dict(),
    }


def _rule(slow: xr.Dataset, own: Mapping[str, float]) -> dict[str, Any]:
    """Whether the rule of resolve could have two equilibria if all claimants were alike."""
    steepness = float(slow.attrs["steepness"])
    weight, threshold = own[COMPLEMENTARITY], own[THRESHOLD]
    return {
        "steepness": steepness,
        "slope": steepness * weight,
        "nearly": steepness * weight > NEARLY * CUSP,
        "folds": folds(steepness=steepness, weight=weight, threshold=threshold),
    }


def _records(cases: pd.DataFrame) -> list[dict[str, Any]]:
    ordered = cases.sort_values([THRESHOLD, COMPLEMENTARITY, AID])
    return [{str(name): value for name, value in row.items()} for _, row in ordered.iterrows()]
