"""What the responses are fitted to: acts, opinion panels, stocks and episodes up to a year, beside the course of the record."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from sim.axes import Array
from sim.config import Settings
from sim.engines.context import world_states
from sim.engines.course import RecordCourse
from sim.engines.forced import respond
from sim.engines.past import past_context
from sim.ensemble.fitting.acts import ActsRecord, acts_log_likelihood, read_acts
from sim.ensemble.fitting.episodes import ScoredEpisode, episodes_log_likelihood, read_episodes
from sim.ensemble.fitting.numbers import rules_with
from sim.ensemble.fitting.opinion import PanelRecord, panels_log_likelihood, read_panels
from sim.ensemble.fitting.stocks import StocksRecord, read_stocks, stocks_log_likelihood
from sim.world.roster import state_codes

KNOWN = 2022


@dataclass(frozen=True, kw_only=True)
class Record:
    """All that the responses are fitted to, with the course of the record for the forced pass."""

    course: RecordCourse
    acts: ActsRecord
    panels: PanelRecord
    stocks: StocksRecord
    episodes: tuple[ScoredEpisode, ...]

    def parts(self, values: Mapping[str, Array]) -> dict[str, Array]:
        """Log likelihood of each part of the record, name -> (run,), from path -> (run,)."""
        settings = self.course.stage.settings
        runs = len(next(iter(values.values())))
        responses = respond(self.course, rules_with(settings.rules, values), runs)
        return {
            "acts": acts_log_likelihood(
                responses,
                self.acts,
                keep=settings.rules.acts.keep,
                drift=values["rules.acts.drift"],
            ),
            **panels_log_likelihood(responses, self.panels, values),
            **stocks_log_likelihood(responses, self.stocks),
            "episodes": episodes_log_likelihood(responses, self.episodes, values),
        }


def read_record(
    settings: Settings, *, until: int = KNOWN, states: Sequence[str] | None = None
) -> Record:
    """Set up the record to a year; nothing later is read.

    Parameters
    ----------
    settings : rules and theory. until : last year. states : those whose answers and acts count; all if None.
    """
    stage = past_context(settings, known=until)
    course = RecordCourse(stage)
    counted = tuple(stage.states if states is None else states)
    turnover = stage.world["turnover"].transpose("year", "state")
    return Record(
        course=course,
        acts=read_acts(stage.observed, course.years, states=counted, partners=stage.partners),
        panels=read_panels(
            stage.observed,
            course.years,
            states=counted,
            camp=stage.conduct(until).camp,
            settings=settings,
        ),
        stocks=read_stocks(stage.observed, course.years, states=counted),
        episodes=read_episodes(
            np.nan_to_num(turnover.sel(year=list(course.years)).values),
            course.years,
            states=stage.states,
            counted=counted,
        ),
    )


def past_states(settings: Settings, exclude: str | None) -> tuple[str, ...]:
    """States that count: all of the world named but one."""
    codes = state_codes(settings.states or world_states(settings.world))
    left_out = state_codes([exclude]) if exclude else ()
    return tuple(code for code in codes if code not in left_out)


def sum_parts(parts: Mapping[str, Array]) -> Array:
    """Log likelihood of the whole record, (run,)."""
    return np.sum(list(parts.values()), axis=0)
