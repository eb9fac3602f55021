"""What the page is told when something moves: charts, words and tables, each from the set-up alone."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
from dash import html

from sim.config.settings import Years
from sim.dashboard import share, tables, words
from sim.dashboard.charts import fan, tiles, triangle, waterfall
from sim.dashboard.readings import Reading
from sim.dashboard.setup import BASELINE, SIDES, Setup, settings_of
from sim.dashboard.share import REGION, View
from sim.dashboard.workers import EnsemblePool
from sim.plots.tiles import HEDGING
from sim.studies.explain.sentences import move_sentence


class Answers:
    """Answers for any visitor, from what he sends."""

    def __init__(self, crew: EnsemblePool) -> None:
        self.crew = crew

    def readings(self, setup: Setup) -> dict[str, Reading]:
        """The ensembles of both sides and the baseline."""
        return {
            name: self.crew.reading(settings_of(setup, name, runs=self.crew.runs))
            for name in (BASELINE, *SIDES)
        }

    def years(self, setup: Setup) -> Years:
        """The simulated years, which both sides share."""
        return settings_of(setup, BASELINE).years

    def headline(self, setup: Setup, view: View) -> list[Any]:
        """Who leans where on each side, and what that changes, in words."""
        result = self.readings(setup)
        view, year = _view_within_run(view, result[BASELINE])
        return [_answer_part(*part) for part in words.headline(result, setup, view.place, year)]

    def fan(self, setup: Setup, view: View) -> tuple[str, dict[str, Any]]:
        """The fan chart: its heading and the figure."""
        result = self.readings(setup)
        view, _ = _view_within_run(view, result[BASELINE])
        events = {name: settings_of(setup, name).scenario.events for name in SIDES}
        title = words.heading(result, view.measure, view.place, view.difference)
        return title, fan.draw(
            result,
            measure=view.measure,
            place=view.place,
            difference=view.difference,
            title=title,
            events=events,
        )

    def triangle(self, setup: Setup, view: View) -> tuple[str, dict[str, Any]]:
        """The triangle: its heading and the figure."""
        result = self.readings(setup)
        view, year = _view_within_run(view, result[BASELINE])
        start = result[BASELINE].start
        title = f"Ties with Japan, China and the United States, {start} to {year}"
        chosen = view.place if view.place != REGION else ""
        return title, triangle.draw(result, year=year, title=title, chosen=chosen)

    def maps(self, setup: Setup, view: View) -> dict[str, Any]:
        """Both tile maps of one year: heading, buttons, and the chart that is saved."""
        result = self.readings(setup)
        view, year = _view_within_run(view, result[BASELINE])
        entries = {}
        for name in SIDES:
            title = f"{name.upper()} in {year}: {_hedging_count(result[name], year)}"
            entries[name] = {
                "title": title,
                "tiles": tiles.tile_buttons(result[name], side=name, year=year, chosen=view.place),
                "figure": tiles.draw(result[name], year=year, title=title, chosen=view.place),
            }
        return entries

    def tables(self, setup: Setup, view: View) -> dict[str, Any]:
        """What the charts show, as tables."""
        result = self.readings(setup)
        view, year = _view_within_run(view, result[BASELINE])
        return {
            "gaps": tables.of_gaps(result, view.place, year),
            "fan-table": tables.of_fan(result, view.measure, view.place),
            "states-table": tables.of_states(result, view.measure, year),
            "triangle-table": tables.of_triangle(result, year),
        }

    def why(self, setup: Setup, view: View, side: str) -> dict[str, Any] | None:
        """One state's reasons in the middle run; None where the region is looked at, or the past."""
        settings = settings_of(setup, side, runs=self.crew.runs)
        reading = self.crew.reading(settings)
        view, year = _view_within_run(view, reading)
        if view.place == REGION or year <= reading.years[0]:
            return None
        run = middle(reading, view.place, year)
        whys = self.crew.reasons(settings, run, view.place, year)
        if not whys:
            return None
        name = words.the(reading.names[view.place])
        title = (
            f"Why does the alignment of {name} change in {side.upper()}? Run {run}, the middle one"
        )
        return {
            "title": title,
            "words": [move_sentence(why) for why in whys],
            "figure": waterfall.draw(whys, title=title, seed=reading.seed),
            "table": tables.of_reasons(whys),
        }


def _view_within_run(view: View, reading: Reading) -> tuple[View, int]:
    """The view as far as the run goes, and its year."""
    view = share.shown(view, "", reading.states)
    year = view.year if reading.start <= view.year <= reading.years[-1] else reading.years[-1]
    return replace(view, year=year), year


def middle(reading: Reading, place: str, year: int) -> int:
    """The number of the run whose alignment is the middle one at a place in a year."""
    values = reading.of("alignment", place)[reading.years.index(year)]
    return int(np.argsort(values, kind="stable")[(len(values) - 1) // 2])


def _hedging_count(reading: Reading, year: int) -> str:
    """How many states take the posture of hedging."""
    count = int((reading.posture(year) == HEDGING).sum())
    return f"posture of hedging in {words.counted(count, len(reading.states))}"


def _answer_part(letter: str, settings: str, leanings: str, changes: str) -> Any:
    parts: list[Any] = [html.Strong(letter), html.Em(f" ({settings}) "), leanings]
    parts += [" ", html.B(changes)] if changes else []
    return html.P(parts, className=f"told told-{letter.lower()}")
