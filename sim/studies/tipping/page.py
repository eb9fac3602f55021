"""What was found about tipping, in words: docs/tipping.md is written from this."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd
import xarray as xr

from sim.studies.tipping.fixed_points import CUSP, folds
from sim.studies.tipping.loops import AREA, AT_REST, HYSTERESIS, LAG, WIDE
from sim.studies.tipping.ramp import AID, COMPLEMENTARITY, LEVEL, RUN, THRESHOLD

SAID = {
    HYSTERESIS: "**there is hysteresis**: the way down is not the way up, however slowly pressure moves",
    AT_REST: "**there is no hysteresis under pressure**: the branches differ only where nobody presses",
    LAG: "**there is no lasting hysteresis**: the branches differ, but the slower the stairs the less",
    "none": "**there is no hysteresis**: the way down is the way up",
}


def page(
    found: pd.DataFrame, slow: xr.Dataset, *, own: Mapping[str, float], quick_years: int
) -> str:
    """Write the page.

    Parameters
    ----------
    found : from `sim.studies.tipping.loops.table`. slow : the slow staircases. own : the settings' own case.
    quick_years : years at each level on the quick stairs.
    """
    row = _rows(found, own).iloc[0]
    years = int(slow.attrs["years_at_each_level"])
    lines = [
        "# Does joint resolve tip, and does it tip back?",
        "",
        "China's pressure climbs from none to its height and down again in a world held still (no growth, no dated events), and",
        f"the real year is run {quick_years} and {years} times at each of {slow.sizes[LEVEL]} levels, in "
        f"{slow.sizes[RUN]} runs a",
        "case. A conditional exploration, not a forecast: nothing stays still for so long.",
        "",
        "![Joint resolve on the way up and down](figures/tipping_loops.png)",
        "",
        "## At the settings' own numbers",
        "",
        *_own(row, own, quick_years, years),
        "",
        "## Where a lasting loop appears",
        "",
        *_where(found, own),
        "",
        "![Where the branches part](figures/tipping_map.png)",
        "",
        "## What aid does to it",
        "",
        *_aid(found, own),
        "",
        "## The rule itself",
        "",
        *_rule(found, slow, own),
        "",
        "## What speaks against the model",
        "",
        *_against(row, slow, own),
        "",
        "## How it was done",
        "",
        "* Area: between the branches, as a part of a gap of 1 at every level. *Remaining* is what both paces together leave for",
        "  stairs climbed ever more slowly, if lag falls with one over the years at a level (near a tipping point it falls more",
        f"  slowly). Hysteresis is said where that is surely above {AREA:g} and the gap at its widest surely above "
        f"{WIDE:g} (95 % intervals",
        "  of the mean over luck; the widest level is picked by the mean, which flatters it a little).",
        "* Tipping points: the lowest pressure from which joint resolve stays above one half.",
        "* All cases share their luck, so their differences are of the cases. The spread is luck alone, not what "
        "the data leave open.",
        "",
        f"Written by `python experiments/tipping.py` (seed {slow.attrs['seed']}, Straits {slow.attrs.get('version', '')}).",
        "",
    ]
    return "\n".join(lines)


def _rows(found: pd.DataFrame, fixed: Mapping[str, float]) -> pd.DataFrame:
    for name, value in fixed.items():
        found = found[found[name] == value]
    return found


def between(row: pd.Series, name: str, digits: int = 3) -> str:
    """A mean with its interval.

    >>> between(pd.Series({"a": 0.5, "a_low": 0.25, "a_high": 0.75}), "a", 2)
    '0.50 (0.25 to 0.75)'
    """
    low, high = row[f"{name}_low"], row[f"{name}_high"]
    return f"{row[name]:.{digits}f} ({low:.{digits}f} to {high:.{digits}f})"


def _own(row: pd.Series, own: Mapping[str, float], quick: int, slow: int) -> list[str]:
    return [
        f"Weight of the others' resolve {own[COMPLEMENTARITY]:g}, threshold {own[THRESHOLD]:g}, aid JPY {own[AID]:g} bn a year: "
        f"{SAID[row['verdict']]}.",
        "",
        f"* Area between the branches: {between(row, 'area_quick')} with {quick} years a level, {between(row, 'area_slow')} with "
        f"{slow}; remaining {between(row, 'area_remaining')}.{_lag(row)}",
        f"* The branches are furthest apart at pressure {row['gap_at']:g}: {between(row, 'gap_quick', 2)} on the quick stairs, "
        f"{between(row, 'gap_slow', 2)} on the slow ones.",
        f"* Tipping up: {_tip(row, 'tip_up')}. Tipping down: {_tip(row, 'tip_down')}.",
    ]


def _lag(row: pd.Series) -> str:
    most = row["area_quick_low"] > 0.0 and row["area_remaining_high"] < 0.5 * row["area_quick"]
    return " Most of what the quick rise and fall shows is lag." if most else ""


def _tip(row: pd.Series, name: str) -> str:
    if row[f"{name}_share"] == 0.0:
        return "never above one half"
    often = (
        "" if row[f"{name}_share"] == 1.0 else f", in {100 * row[f'{name}_share']:.0f} % of runs"
    )
    return f"at pressure {between(row, name, 2)}{often}"


def _where(found: pd.DataFrame, own: Mapping[str, float]) -> list[str]:
    here = _rows(found, {AID: own[AID]})
    weights = sorted(here[COMPLEMENTARITY].unique())
    lines = [
        "| threshold | " + " | ".join(f"weight {weight:g}" for weight in weights) + " |",
        "|---" * (len(weights) + 1) + "|",
    ]
    for level, part in here.groupby(THRESHOLD):
        cells = [
            f"{_rows(part, {COMPLEMENTARITY: weight}).iloc[0]['verdict']} "
            f"({_rows(part, {COMPLEMENTARITY: weight}).iloc[0]['area_remaining']:.2f})"
            for weight in weights
        ]
        lines.append(f"| {level:g} | {' | '.join(cells)} |")
    lasting = here[here["verdict"] == HYSTERESIS]
    told = (
        "; ".join(
            f"at threshold {level:g} from weight {part[COMPLEMENTARITY].min():g}"
            for level, part in lasting.groupby(THRESHOLD)
        )
        or "nowhere on this map"
    )
    return [
        f"A loop that lasts (in brackets the remaining area) appears {told}. Where the others count so much, or standing up",
        "costs so little, that everybody always resists, there is nothing left to tip.",
        "",
        *lines,
    ]


def _aid(found: pd.DataFrame, own: Mapping[str, float]) -> list[str]:
    here = _rows(found, {COMPLEMENTARITY: own[COMPLEMENTARITY], THRESHOLD: own[THRESHOLD]})
    lines = [
        f"* JPY {row[AID]:g} bn a year: tips up {_tip(row, 'tip_up')}; down {_tip(row, 'tip_down')}; remaining area "
        f"{between(row, 'area_remaining')}; {row['verdict']}."
        for _, row in here.iterrows()
    ]
    lasting = found[found["verdict"] == HYSTERESIS].sort_values("area_remaining")
    if len(lasting):
        widest = {name: lasting.iloc[-1][name] for name in (COMPLEMENTARITY, THRESHOLD)}
        ups = "; ".join(
            f"JPY {row[AID]:g} bn {_tip(row, 'tip_up')}, remaining area {between(row, 'area_remaining', 2)}"
            for _, row in _rows(found, widest).iterrows()
        )
        lines.append(
            f"* Where the loop is widest (weight {widest[COMPLEMENTARITY]:g}, threshold {widest[THRESHOLD]:g}), "
            f"tipping up: {ups}."
        )
    wherever = found.groupby(AID)["verdict"].apply(lambda words: int((words == HYSTERESIS).sum()))
    counts = ", ".join(f"{count} at JPY {level:g} bn" for level, count in wherever.items())
    return [*lines, f"* Cases with hysteresis on the whole map, by aid: {counts}."]


def _rule(found: pd.DataFrame, slow: xr.Dataset, own: Mapping[str, float]) -> list[str]:
    steep = float(slow.attrs.get("steepness", float("nan")))
    product = steep * own[COMPLEMENTARITY]
    pair = folds(steepness=steep, weight=own[COMPLEMENTARITY], threshold=own[THRESHOLD])
    two = found[(found["two_equilibria"] > 0.5)]
    loops = two[two["verdict"] == HYSTERESIS]
    alike = (
        "just not enough for two equilibria"
        if pair is None and product > 0.95 * CUSP
        else "not enough for two equilibria"
        if pair is None
        else f"enough for two equilibria while the rest of the drive is between {pair[0]:.2f} and {pair[1]:.2f}"
    )
    return [
        "* Were all claimants alike, the rule of resolve could have two equilibria only if its steepness times the weight of the",
        f"  others exceeds {CUSP:g}. Here it is {steep:g} x {own[COMPLEMENTARITY]:g} = {product:g}: {alike}.",
        "* As they are, unlike each other, the least and the greatest equilibrium of the rule were solved with "
        "everything else as the",
        f"  runs left it: they differ by more than {WIDE:g} at some level in most runs of {len(two)} of {len(found)} cases, and "
        f"{len(loops)} of these",
        "  show hysteresis. Two equilibria are not enough: pressure must also drive the states from one to the other and back.",
    ]


def _against(row: pd.Series, slow: xr.Dataset, own: Mapping[str, float]) -> list[str]:
    rest = slow["resolve"].sel(own).isel({LEVEL: 0}).mean(RUN)
    lines = [
        f"* With no pressure at all joint resolve is {float(rest.sel(branch='up')):.2f} before and "
        f"{float(rest.sel(branch='down')):.2f} after "
        "a rise of pressure. The rule weighs who presses by share, not by how hard, so backing and anger count in full against a",
        "  presser that hardly presses. Resolve against nobody means little.",
        "* Thresholds, weights and steepness of resolve are assumed; no series of resolve exists to calibrate them "
        "on. Whether the",
        "  region tips back is thus not a finding about the region, but about what one must believe to expect it.",
    ]
    if row["verdict"] != HYSTERESIS:
        lines.insert(
            0,
            "* The literature expects two equilibria and a tipping point of such a rule; at these numbers the whole "
            "model shows a quick "
            "rise",
        )
        lines.insert(1, "  but no two lasting regimes under pressure.")
    return lines
