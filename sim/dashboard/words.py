"""What a set-up says, in words and numbers: who leans where, and what differs from the baseline with the same luck."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from sim.dashboard.charts.fan import paired
from sim.dashboard.controls import TITLES, controls
from sim.dashboard.presets import TITLES as GROUPS
from sim.dashboard.readings import MEASURES, Measure, Reading
from sim.dashboard.setup import BASELINE, SIDES, Setup, Side
from sim.dashboard.share import REGION
from sim.figures.words import counted, listed, sentence, signed, spell, the
from sim.outcomes.band import HEDGES, TO_CHINA, TO_US, leaning

NORMAL_95 = 1.96
NOTHING = "nothing changed: the same as the baseline"
PLURALS = {TO_CHINA: "lean to China", TO_US: "lean to the United States"}


@dataclass(frozen=True, kw_only=True)
class Gap:
    """A mean paired difference and half of its 95 % interval."""

    mean: float
    half: float

    def told(self, digits: int) -> str:
        """As words: ``+1.2 ± 0.1``."""
        return f"{signed(self.mean, digits)} ± {self.half:.{digits}f}"

    @property
    def clear(self) -> bool:
        """Whether the interval leaves out zero."""
        return abs(self.mean) > self.half


def gap(one: Reading, other: Reading, measure: str, place: str, year: int) -> Gap:
    """How one ensemble differs from another in one year, run by run with the same luck."""
    at = one.years.index(year)
    values, base = paired(one, other, measure, place)
    apart = values[:, at].astype(float) - base[:, at]
    spread = apart.std(ddof=1) / np.sqrt(len(apart)) if len(apart) > 1 else 0.0
    return Gap(mean=float(apart.mean()), half=float(NORMAL_95 * spread))


def described(side: Side) -> str:
    """What a side changes, as a list in words."""
    parts = [f"{GROUPS[group]}: {spoken(name)}" for group, name in side.choices.items()]
    for path, value in side.changes.items():
        unit = controls()[path].declaration.unit
        number = value if isinstance(value, str) else f"{value:g}"
        parts.append(f"{title(path)} {number}{f' {unit}' if unit else ''}")
    return "; ".join(parts) or NOTHING


def spoken(name: str) -> str:
    """A choice's name as words.

    >>> spoken("osa_2023"), spoken("us_retreat"), spoken("cold_war")
    ('OSA 2023', 'US retreat', 'cold war')
    """
    proper = {"us": "US", "osa": "OSA", "taiwan": "Taiwan"}
    words = name.replace("asean", "ASEAN ").split("_")
    return " ".join(proper.get(word, word) for word in words)


def title(path: str) -> str:
    """What a setting is called in a sentence."""
    return TITLES.get(path, path.replace("_", " ").replace(".", " "))


def heading(
    readings: Mapping[str, Reading], view_measure: str, place: str, difference: bool
) -> str:
    """The finding of the fan chart: where each side ends, or how far from the baseline."""
    base, told = readings[BASELINE], MEASURES[view_measure]
    last = base.years[-1]
    where = place_name(base, place)
    if difference:
        apart = [
            f"{side.upper()} {gap(readings[side], base, view_measure, place, last).told(told.digits)}"
            for side in SIDES
        ]
        return f"{told.title} of {where}, {last}, less the baseline: {listed(apart)} {told.unit}"
    ends = [
        f"{float(np.median(readings[side].of(view_measure, place)[:, -1])):.{told.digits}f} {called}"
        for side, called in (("a", "in A"), ("b", "in B"), (BASELINE, "in the baseline"))
    ]
    return f"{told.title} of {where} in {last}: {listed(ends)} ({told.unit}, middle run)"


def place_name(reading: Reading, place: str) -> str:
    """What a place is called in a sentence."""
    return "the region" if place == REGION else the(reading.names[place])


def leanings(reading: Reading, year: int) -> str:
    """Who hedges and who leans where in a year, by the middle run; those who hedge are not named."""
    low, high = reading.band
    words = [leaning(float(v), low, high) for v in reading.at("alignment", year)[:-1]]
    parts = [
        f"{counted(words.count(HEDGES), len(words))} {'hedges' if words.count(HEDGES) == 1 else 'hedge'}"
    ]
    for word in (TO_CHINA, TO_US):
        who = [reading.names[s] for s, w in zip(reading.states, words, strict=True) if w == word]
        if who:
            verb = word if len(who) == 1 else PLURALS[word]
            parts.append(f"{spell(len(who))} {verb} ({', '.join(who)})")
    return sentence(f"in {year} {'; '.join(parts)}.")


Row = tuple[str, ...]


def gaps(readings: Mapping[str, Reading], place: str, year: int) -> tuple[Row, list[Row]]:
    """What each side changes at a place against the baseline, with the same luck: head, and a row a side."""
    base = readings[BASELINE]
    if year < base.years[0]:
        return ("",), []
    head = ("", *[_short(told) for told in MEASURES.values()])
    rows = []
    for side in SIDES:
        found = [gap(readings[side], base, name, place, year) for name in MEASURES]
        rows.append(
            (side.upper(), *[_apart(one, name) for one, name in zip(found, MEASURES, strict=True)])
        )
    return head, rows


def _short(told: Measure) -> str:
    """A measure's title, with its unit unless that is an index or a share."""
    return told.title if told.unit.startswith(("index", "share")) else f"{told.title}, {told.unit}"


def _apart(one: Gap, measure: str) -> str:
    told = one.told(MEASURES[measure].digits)
    return (
        told
        if one.clear
        else "no clear difference"
        if one.half
        else signed(one.mean, MEASURES[measure].digits)
    )


def table(readings: Mapping[str, Reading], measure: str, year: int) -> tuple[Row, list[Row]]:
    """The numbers of the charts: head, and a row a state and the region."""
    base, told = readings[BASELINE], MEASURES[measure]
    before = base.at(measure, base.start)
    columns = {name: readings[name].at(measure, year) for name in (BASELINE, *SIDES)}
    head = ("", f"{base.start}, observed", f"{year}, baseline", f"{year}, A", f"{year}, B")
    rows = []
    for at, state in enumerate((*base.states, REGION)):
        name = place_name(base, state)
        cells = [before[at], *[column[at] for column in columns.values()]]
        rows.append((sentence(name), *[_cell(cell, told.digits) for cell in cells]))
    return head, rows


def _cell(value: Any, digits: int) -> str:
    return f"{float(value):.{digits}f}" if np.isfinite(value) else "not observed"


def headline(readings: Mapping[str, Reading], setup: Setup, year: int) -> list[Row]:
    """For each side: its letter, what it changes, who leans where."""
    return [
        (side.upper(), described(setup.side(side)), leanings(readings[side], year))
        for side in SIDES
    ]
