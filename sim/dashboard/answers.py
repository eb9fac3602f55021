"""What the page is told when something moves: charts, words and links, each from the set-up alone."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
from dash import html

from sim.config.settings import Years
from sim.dashboard import share, words
from sim.dashboard.charts import fan, tiles, triangle, waterfall
from sim.dashboard.crew import Crew
from sim.dashboard.readings import Reading
from sim.dashboard.setup import BASELINE, SIDES, Setup, settings_of
from sim.dashboard.share import REGION, View
from sim.dashboard.tags import grid
from sim.figures.because import told
from sim.figures.tiles import HEDGING


class Answers:
    """Answers for any visitor, from what he sends."""

    def __init__(self, crew: Crew) -> None:
        self.crew = crew

    def readings(self, setup: Setup, *, quick: bool = False) -> dict[str, Reading]:
        """The ensembles of both sides and the baseline."""
        return {
            name: self.crew.reading(settings_of(setup, name, runs=self.crew.runs), quick=quick)
            for name in (BASELINE, *SIDES)
        }

    def years(self, setup: Setup) -> Years:
        """The simulated years, which both sides share."""
        return settings_of(setup, BASELINE).years

    def known(self, setup: Setup, side: str) -> bool:
        """Whether all runs of a side are known already, so that no second question will come."""
        return self.crew.knows(settings_of(setup, side, runs=self.crew.runs))

    def overview(self, setup: Setup, view: View, *, quick: bool = False) -> dict[str, Any]:
        """Headline, fan chart with its heading, table."""
        found = self.readings(setup, quick=quick)
        view, year = _within(view, found[BASELINE])
        events = {name: settings_of(setup, name).scenario.events for name in SIDES}
        title = words.heading(found, view.measure, view.place, view.difference)
        figure = fan.draw(
            found,
            measure=view.measure,
            place=view.place,
            difference=view.difference,
            title=title,
            events=events,
        )
        head, rows = words.table(found, view.measure, year)
        return {
            "headline": [_told(*part) for part in words.headline(found, setup, year)],
            "fan-title": title,
            "fan": figure,
            "numbers": grid(head, rows),
            "gaps": grid(*words.gaps(found, view.place, year), caption=_apart(found, view, year)),
            "runs": min(reading.runs for reading in found.values()),
        }

    def maps(self, setup: Setup, view: View, *, quick: bool = False) -> dict[str, Any]:
        """Both tile maps and the triangle of one year, with their headings."""
        found = self.readings(setup, quick=quick)
        view, year = _within(view, found[BASELINE])
        told: dict[str, Any] = {}
        for name in SIDES:
            title = f"{name.upper()} in {year}: {_hedging(found[name], year)}"
            told[f"tiles-{name}-title"] = title
            told[f"tiles-{name}"] = tiles.draw(
                found[name], year=year, title=title, chosen=view.place
            )
        start = found[BASELINE].start
        told["triangle-title"] = f"Ties with Japan, China and the United States, {start} to {year}"
        told["triangle"] = triangle.draw(
            found,
            year=year,
            title=told["triangle-title"],
            chosen=view.place if view.place != REGION else "",
        )
        return told

    def why(self, setup: Setup, view: View, side: str) -> dict[str, Any] | None:
        """One state's reasons in the middle run; None where the region is looked at, or the past."""
        settings = settings_of(setup, side, runs=self.crew.runs)
        reading = self.crew.reading(settings)
        view, year = _within(view, reading)
        if view.place == REGION or year <= reading.years[0]:
            return None
        run = middle(reading, view.place, year)
        whys = self.crew.reasons(settings, run, view.place, year)
        if not whys:
            return None
        name = words.the(reading.names[view.place])
        title = f"Why do the ties of {name} change in {side.upper()}? Run {run}, the middle one"
        return {
            "title": title,
            "words": " ".join(told(why) for why in whys),
            "figure": waterfall.draw(whys, title=title, seed=reading.seed),
        }


def _within(view: View, reading: Reading) -> tuple[View, int]:
    """The view as far as the run goes, and its year."""
    view = share.shown(view, "", reading.states)
    year = view.year if reading.start <= view.year <= reading.years[-1] else reading.years[-1]
    return replace(view, year=year), year


def middle(reading: Reading, place: str, year: int) -> int:
    """The number of the run whose alignment is the middle one at a place in a year."""
    values = reading.of("alignment", place)[:, reading.years.index(year)]
    return int(np.argsort(values, kind="stable")[(len(values) - 1) // 2])


def _hedging(reading: Reading, year: int) -> str:
    """How many states take the posture of hedging."""
    count = int((reading.posture(year) == HEDGING).sum())
    return f"posture of hedging in {words.counted(count, len(reading.states))}"


def _apart(found: dict[str, Reading], view: View, year: int) -> str:
    where = words.sentence(words.place_name(found[BASELINE], view.place))
    return f"{where} in {year}, less the baseline run by run, with the same luck (mean ± 95 %)"


def _told(letter: str, changes: str, leanings: str) -> Any:
    return html.P(
        [html.Strong(letter), html.Em(f" ({changes}) "), leanings],
        className=f"told told-{letter.lower()}",
    )
