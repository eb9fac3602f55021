"""The headline of a run: alignment by its three readings, who acted when, and what Japan's aid bought."""

from __future__ import annotations

import numpy as np
import pandas as pd
import xarray as xr

from sim.axes import STATE, YEAR
from sim.outcomes.act_lines import act_lines
from sim.outcomes.band import HEDGES, TO_CHINA, TO_US, band_of, leaning
from sim.outcomes.definitions import OUTCOMES
from sim.outcomes.summary import REGION, region_row, summarise
from sim.rules.forms import FAINT
from sim.statistics import mean_interval

CLOSING = "A conditional scenario, not a forecast."
BOUGHT = ("capacity", "pressure", "alignment", "sea_lanes")  # what the last sentence says of aid
PRESSED = "pressure"  # of states under pressure alone


def headline(
    outcomes: xr.Dataset, baseline_outcomes: xr.Dataset | None = None, *, first: int = 2024
) -> str:
    """Tell a run in a table and a few sentences.

    Parameters
    ----------
    outcomes : from `sim.outcomes.compute`. baseline_outcomes : the same random draws without Japan's security
        assistance. first : first simulated year.
    """
    table = summarise(outcomes, first=first)
    states = table[table[STATE] != REGION]
    low, high = band_of(outcomes)
    sentences = [
        _lean_sentence(states, "start", low, high),
        _lean_sentence(states, "end", low, high),
        _leaving_sentence(states),
        *act_lines(outcomes, first=first),
        _sea_sentence(region_row(table), first),
    ]
    if baseline_outcomes is not None:
        sentences.append(assistance_effect(outcomes, baseline_outcomes, first=first))
    return "\n".join([_effect_table(states, low, high), "", *sentences, CLOSING])


def _effect_table(states: pd.DataFrame, low: float, high: float) -> str:
    start, end = int(states["start_year"].iloc[0]), int(states["end_year"].iloc[0])
    left = states["left_band_year"].map(lambda year: "" if pd.isna(year) else str(int(year)))
    shown = {
        "state": list(states["name"]),
        str(start): [_effect_cell(value, low, high) for value in states["alignment_start"]],
        str(end): [_effect_cell(value, low, high) for value in states["alignment_end"]],
        **_reading_columns(states, end),
        f"called in {end}": list(states["posture_end"]),
        "left the band": list(left),
    }
    lines = [list(shown), *zip(*shown.values(), strict=True)]
    widths = [max(len(line[column]) for line in lines) for column in range(len(shown))]
    text = [
        "  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)).rstrip()
        for line in lines
    ]
    note = (
        f"Alignment: 0 China ... 100 United States; {low:g} to {high:g} is the hedging band. "
        "Posture: what the government wants; structure: agreements, arms and trade."
    )
    return "\n".join([note, "", text[0], "-" * sum((*widths, 2 * len(widths) - 2)), *text[1:]])


def _reading_columns(states: pd.DataFrame, end: int) -> dict[str, list[str]]:
    """The two readings that alignment blends, in the last year."""
    return {
        f"{word} {end}": [f"{value:5.1f}" if np.isfinite(value) else "" for value in states[column]]
        for word, column in (
            ("posture", "alignment_posture_end"),
            ("structure", "alignment_structural_end"),
        )
        if column in states
    }


def _effect_cell(value: float, low: float, high: float) -> str:
    return f"{value:5.1f}  {leaning(value, low, high)}" if np.isfinite(value) else "  unknown"


def _lean_sentence(states: pd.DataFrame, end: str, low: float, high: float) -> str:
    year = int(states[f"{end}_year"].iloc[0])
    mean = " by the mean of the runs," if "alignment_end_sd" in states else ""
    words = [leaning(value, low, high) for value in states[f"alignment_{end}"]]
    who = {
        word: [name for name, each in zip(states["name"], words, strict=True) if each == word]
        for word in set(words)
    }
    parts = [
        f"{len(who[word])} {said} ({', '.join(who[word])})"
        for word, said in (
            (TO_CHINA, "leaned to China"),
            (HEDGES, "hedged"),
            (TO_US, "leaned to the United States"),
        )
        if word in who
    ]
    return f"In {year},{mean} of {len(states)} states: {'; '.join(parts) or 'nothing is known'}."


def _leaving_sentence(states: pd.DataFrame) -> str:
    left = states[states["left_band_year"].notna()].sort_values("left_band_year", kind="stable")
    if left.empty:
        return "No state that was in the hedging band left it for good."
    parts = [
        f"{name} in {year}" for name, year in zip(left["name"], left["left_band_year"], strict=True)
    ]
    if "left_band_share" not in states:
        return f"Left the hedging band for good: {', '.join(parts)}."
    shares = [
        f"{part} ({share:.0%})" for part, share in zip(parts, left["left_band_share"], strict=True)
    ]
    return f"Left the hedging band for good in most runs (the middle run's year, share of runs): {', '.join(shares)}."


def _sea_sentence(region: dict[str, float], first: int) -> str:
    return (
        f"At sea, {first}-{region['end_year']:.0f}: {region['incidents_total']:.0f} incidents; "
        f"collective resolve {region.get('collective_resolve_end', np.nan):.2f} and rivalry "
        f"{region['rivalry_end']:.2f} in the last year."
    )


def assistance_effect(outcomes: xr.Dataset, baseline: xr.Dataset, *, first: int) -> str:
    """Say what Japan's security assistance bought: the run minus the paired run without it.

    With runs, each difference is the mean of the paired differences with its 95 % interval.
    """
    last = int(outcomes[YEAR].values[-1])
    spent = _total_spent(outcomes, first) - _total_spent(baseline, first)
    money = float(spent.mean())
    gains = [_gain(outcomes, baseline, name, money) for name in BOUGHT]
    opening = (
        f"Japan's security assistance (equipment, training, exercises; JPY {money:.1f} bn over "
        f"{first}-{last}), against none with common random numbers, in {last}: "
    )
    if not any(_differs_from_zero(outcomes, baseline, name) for name in BOUGHT):
        return f"{opening}no difference; none was given, or none took effect."
    return opening + "; ".join(gains) + "."


def _total_spent(outcomes: xr.Dataset, first: int) -> xr.DataArray:
    return outcomes["osa_spent"].sel({YEAR: slice(first, None)}).sum(YEAR)


def _differs_from_zero(outcomes: xr.Dataset, baseline: xr.Dataset, name: str) -> bool:
    return bool((outcomes[name] != baseline[name]).where(outcomes[name].notnull(), False).any())


def _gain(outcomes: xr.Dataset, baseline: xr.Dataset, name: str, money: float) -> str:
    digits = OUTCOMES[name].decimals + 1
    gap = outcomes[name].isel({YEAR: -1}) - baseline[name].isel({YEAR: -1})
    if name == PRESSED:
        felt = [each[name].isel({YEAR: -1}) > FAINT for each in (outcomes, baseline)]
        gap = gap.where(felt[0] | felt[1])
    if STATE in gap.dims:
        gap = gap.mean(STATE) if bool(gap.notnull().any()) else gap.isel({STATE: 0}).fillna(0.0)
    mean, half = (float(each) for each in mean_interval(np.atleast_1d(gap.values)))
    among = " of states under it" if name == PRESSED else ""
    text = f"{OUTCOMES[name].word}{among} {mean:+.{digits}f}"
    if np.isfinite(half):
        text += f" (95 % {mean - half:+.{digits}f} to {mean + half:+.{digits}f})"
    return text + (f", {mean / money:+.{digits + 1}f} per JPY bn" if money > 0 else "")
