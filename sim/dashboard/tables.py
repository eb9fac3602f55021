"""Every chart as a table: what it shows, for whoever reads better than looks, or hears the page."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from sim.dashboard import differences
from sim.dashboard.charts import waterfall
from sim.dashboard.charts.spread import Fan, fans, past
from sim.dashboard.html import table
from sim.dashboard.measures import MEASURES
from sim.dashboard.readings import Reading
from sim.dashboard.setup import BASELINE, SIDES
from sim.dashboard.share import REGION
from sim.dashboard.words import place_name
from sim.outcomes.outcome import Outcome
from sim.outcomes.reasons import Why
from sim.plots.ternary import CORNERS
from sim.plots.text import PARTNERS, sentence, signed


def of_fan(readings: Mapping[str, Reading], measure: str, place: str) -> Any:
    """The fan chart: the middle run and 90 % of runs by year, and what differs from the baseline."""
    base, result = readings[BASELINE], MEASURES[measure]
    levels = fans(readings, measure, place)
    apart = fans(readings, measure, place, difference=True)
    before = [
        (str(year), f"{result.told(value)} (observed)", "", "", "", "")
        for year, value in past(base, measure, place)
    ]
    after = [
        (
            str(year),
            *[_level_text(levels[name], result, at) for name in (BASELINE, *SIDES)],
            *[_difference_text(apart[name], result, at) for name in SIDES],
        )
        for at, year in enumerate(base.years)
    ]
    head = ("year", "baseline", "A", "B", "A less the baseline", "B less the baseline")
    return table(head, [*before, *after], caption=f"{result.axis}: middle run (90 % of runs)")


def _level_text(found: Fan, told: Outcome, at: int) -> str:
    low, middle, high = (told.told(value) for value in found[[0, 2, -1], at])
    return f"{middle} ({low} to {high})"


def _difference_text(found: Fan, told: Outcome, at: int) -> str:
    low, middle, high = (signed(float(value), told.decimals) for value in found[[0, 2, -1], at])
    return f"{middle} ({low} to {high})"


def of_states(readings: Mapping[str, Reading], measure: str, year: int) -> Any:
    """One measure of every state and the region in a year, and at the start."""
    base, result = readings[BASELINE], MEASURES[measure]
    names = (BASELINE, *SIDES)
    columns = [base.at(measure, base.start), *[readings[name].at(measure, year) for name in names]]
    head = ("", f"{base.start}, observed", *[f"{year}, {called}" for called in _CALLED])
    rows = [
        (sentence(place_name(base, state)), *[_cell_text(column[at], result) for column in columns])
        for at, state in enumerate((*base.states, REGION))
    ]
    return table(head, rows, caption=f"{result.axis}, middle run")


_CALLED = ("baseline", "A", "B")


def _cell_text(value: Any, told: Outcome) -> str:
    return told.told(float(value)) if np.isfinite(value) else "not observed"


def of_triangle(readings: Mapping[str, Reading], year: int) -> Any:
    """The triangle: how each state's ties are shared out, at the start and in a year."""
    base = readings[BASELINE]
    at = year - base.start
    columns = [
        base.shares[0],
        *[readings[name].shares[min(at, len(base.years))] for name in (BASELINE, *SIDES)],
    ]
    head = ("", f"{base.start}, start", *[f"{year}, {called}" for called in _CALLED])
    rows = [
        (base.names[state], *[_shares_text(column[index]) for column in columns])
        for index, state in enumerate(base.states)
    ]
    order = " / ".join(PARTNERS[code] for code in CORNERS)
    return table(head, rows, caption=f"Share of ties with {order}, %, mean of runs")


def _shares_text(shares: Any) -> str:
    return " / ".join(f"{100 * share:.0f}" for share in shares)


def of_reasons(whys: Sequence[Why]) -> Any:
    """The waterfall: what each motive added to posture and to structure, and where that leads."""
    head = ("", *[why.kind for why in whys])
    changes = [waterfall.changes_of(why) for why in whys]
    first, last = ([f"{why.ends[end]:.1f}" for why in whys] for end in (0, 1))
    motives = [
        (term, *[signed(change.get(term, 0.0), 1) for change in changes])
        for term in waterfall.moved(whys)
    ]
    before, after = (f"in {year}" for year in whys[0].years)
    caption = (
        "Alignment, 0 China to 100 United States, by posture and by structure, and what moved it"
    )
    return table(head, [(before, *first), *motives, (after, *last)], caption=caption)


def of_gaps(readings: Mapping[str, Reading], place: str, year: int) -> Any:
    """What each side changes, every measure at once: a bar against how far states differ, and the number."""
    result = {side: differences.of_side(readings, side, place, year) for side in SIDES}
    rows = [
        (_measure_name(name), *[_bar_size(result[side][at]) for side in SIDES])
        for at, name in enumerate(MEASURES)
        if result[SIDES[0]]
    ]
    where = sentence(place_name(readings[BASELINE], place))
    said = (
        f"{where} in {year}, less the baseline: mean over runs with common random numbers ± 95 %. "
        "A full bar is as much as states differ from one another (standard deviation)."
    )
    return table(("", "A", "B"), rows, caption=said)


def _measure_name(name: str) -> str:
    measure = MEASURES[name]
    return f"{measure.label}, {measure.short_unit}" if measure.short_unit else measure.label


def _bar_size(gap: differences.Gap) -> tuple[float, str]:
    size = float(np.clip(gap.size if gap.clear else 0.0, -1.0, 1.0))
    return round(size, 3), gap.told
