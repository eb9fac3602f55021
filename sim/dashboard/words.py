"""What a set-up says, in words and numbers: who leans where, and what differs from the baseline with common random numbers."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from sim.dashboard import differences
from sim.dashboard.controls import TITLES, controls
from sim.dashboard.measures import MEASURES
from sim.dashboard.presets import TITLES as GROUPS
from sim.dashboard.readings import Reading
from sim.dashboard.setup import BASELINE, SIDES, Setup, Side
from sim.dashboard.share import REGION
from sim.outcomes.band import HEDGES, TO_CHINA, TO_US, leaning
from sim.plots.text import counted, listed, sentence, spell, the

NOTHING = "nothing changed: the same as the baseline"
PLURALS = {TO_CHINA: "lean to China", TO_US: "lean to the United States"}


def described(side: Side) -> str:
    """What a side changes, as a list in words."""
    parts = [f"{GROUPS[group]}: {choice_words(name)}" for group, name in side.choices.items()]
    for path, value in side.changes.items():
        unit = controls()[path].declaration.unit
        number = value if isinstance(value, str) else f"{value:g}"
        parts.append(f"{title(path)} {number}{f' {unit}' if unit else ''}")
    return "; ".join(parts) or NOTHING


def choice_words(name: str) -> str:
    """A choice's name as words.

    >>> choice_words("osa_2023"), choice_words("us_retreat"), choice_words("cold_war")
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
    base, result = readings[BASELINE], MEASURES[view_measure]
    last = base.years[-1]
    where = place_name(base, place)
    if difference:
        apart = [
            f"{side.upper()} {differences.gap(readings[side], base, view_measure, place, last).told}"
            for side in SIDES
        ]
        return f"{result.label} of {where}, {last}, less the baseline: {listed(apart)} {result.short_unit}".rstrip()
    ends = [
        f"{float(np.median(readings[side].of(view_measure, place)[-1])):.{result.decimals}f} {called}"
        for side, called in (("a", "in A"), ("b", "in B"), (BASELINE, "in the baseline"))
    ]
    return f"{result.label} of {where} in {last}: {listed(ends)} ({result.scale}, middle run)"


def place_name(reading: Reading, place: str) -> str:
    """What a place is called in a sentence."""
    return "the region" if place == REGION else the(reading.names[place])


def leaning_sentences(reading: Reading, year: int) -> str:
    """Who hedges and who leans where in a year, by the middle run; those who hedge are not named."""
    words = _leaning_sentences(reading, year)
    parts = [
        f"{counted(words.count(HEDGES), len(words))} {'hedges' if words.count(HEDGES) == 1 else 'hedge'}"
    ]
    for word in (TO_CHINA, TO_US):
        who = [reading.names[s] for s, w in zip(reading.states, words, strict=True) if w == word]
        if who:
            verb = word if len(who) == 1 else PLURALS[word]
            parts.append(f"{spell(len(who))} {verb} ({', '.join(who)})")
    return sentence(f"in {year} {'; '.join(parts)}.")


def _leaning_sentences(reading: Reading, year: int) -> list[str]:
    low, high = reading.band
    return [leaning(float(v), low, high) for v in reading.at("alignment", year)[:-1]]


def changed(readings: Mapping[str, Reading], side: str, place: str, year: int) -> str:
    """What a side changes against the baseline: who leans otherwise, and the measures that move most at a place."""
    base, ours = readings[BASELINE], readings[side]
    result = differences.of_side(readings, side, place, year)
    if not result:
        return ""
    if not any(item.mean or item.half for item in result):
        return "No difference to the baseline here."
    parts = [
        f"{MEASURES[item.measure].word} {item.number} {MEASURES[item.measure].short_unit}".strip()
        for item in differences.largest(result)
    ]
    value = listed(parts) if parts else "no difference that stands out"
    pairs = zip(
        ours.states, _leaning_sentences(ours, year), _leaning_sentences(base, year), strict=True
    )
    other = [f"{the(ours.names[state])} {word}" for state, word, usual in pairs if word != usual]
    apart = f" Unlike there, {listed(other)}." if other else ""
    where = place_name(base, place)
    return f"Against the baseline, in {where}: {value}.{apart}"


def headline(
    readings: Mapping[str, Reading], setup: Setup, place: str, year: int
) -> list[tuple[str, ...]]:
    """For each side: its letter, what is set, who leans where, and what that changes."""
    return [
        (
            side.upper(),
            described(setup.side(side)),
            leaning_sentences(readings[side], year),
            changed(readings, side, place, year),
        )
        for side in SIDES
    ]
