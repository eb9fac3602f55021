"""The panels of opinion: what was asked of whom in which year, how noisy the answers are, and when they were given.

Two of them are shares of China in the liking of China and the United States (Gallup, Pew), one makes elites choose between the
two (ISEAS), one is a level (net trust of the Philippine public in China). Only answers count that were given: what the rule for
gaps interpolates is left out.

Noise, in share points, by the panels' own changes at lags one to three: 3.7 Gallup, 5.0 Pew, 6.6 ISEAS and 13 for the small
samples of Cambodia, Laos and Myanmar; 6 for the yearly mean of one to four surveys of net trust (assumed: half of the swings
within a year, sd 12 net points). ISEAS asks about November to February, so its year t is the turn of t - 1 to t.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
import xarray as xr
from numpy.typing import NDArray

from sim.axes import Array
from sim.world.impute import DERIVED, OBSERVED
from sim.world.load import LAST_YEAR, load
from sim.world.series import FIRST_YEAR

SHARE, FORCED_CHOICE, LEVEL = "share", "forced-choice", "level"
SMALL_SAMPLES = ("KHM", "LAO", "MMR")
NOISE = {"gallup": 0.037, "pew": 0.050, "iseas": 0.066, "net_trust": 0.03}
NOISE_SMALL = {"iseas": 0.13}
TURN_OF_YEAR = 0.5  # of a year before the middle of the year named


@dataclass(frozen=True)
class Panel:
    """One source of opinion.

    Parameters
    ----------
    source : "gallup", "pew", "iseas" or "net_trust".
    kind : "share" of China in the liking of both, "forced-choice" of China, or "level" of trust in China.
    states, years : the labels of the axes of `values`.
    values : (state, year)  0-1, NaN where nobody was asked.
    noise : (state,)  standard deviation of one answer, in the unit of `values`.
    lead : years by which the answers precede the middle of their year: 0 or 0.5.
    """

    source: str
    kind: str
    states: tuple[str, ...]
    years: tuple[int, ...]
    values: Array
    noise: Array
    lead: float = 0.0

    def known(self) -> NDArray[np.bool_]:
        """Where somebody was asked, (state, year)."""
        return ~np.isnan(self.values)

    def of_rows(self, rows: NDArray[np.bool_]) -> Panel:
        """The same panel for some of its states."""
        states = tuple(state for state, row in zip(self.states, rows, strict=True) if row)
        return replace(self, states=states, values=self.values[rows], noise=self.noise[rows])

    def until(self, year: int) -> Panel:
        """The same panel without what came after a year."""
        count = sum(each <= year for each in self.years)
        return replace(self, years=self.years[:count], values=self.values[:, :count])


def opinion_panels(
    states: Sequence[str], *, first: int = FIRST_YEAR, last: int = LAST_YEAR
) -> list[Panel]:
    """Every panel of opinion for the states asked for.

    Parameters
    ----------
    states : ISO 3166 alpha-3 codes or names. first, last : years of the panels, ends included.

    Returns
    -------
    Panels of Gallup, Pew, ISEAS and net trust, in this order, also where they say nothing of these states.
    """
    names = ("gallup_share", "pew_share", "forced_choice", "net_trust")
    world = load(states, ["CHN", "USA", "JPN"], first=first, last=last, only=names)
    return [
        _panel(world, "gallup", SHARE, "gallup_share"),
        _panel(world, "pew", SHARE, "pew_share"),
        _panel(world, "iseas", FORCED_CHOICE, "forced_choice", lead=TURN_OF_YEAR),
        _panel(world.sel(partner="CHN"), "net_trust", LEVEL, "net_trust"),
    ]


def share_panels(panels: Sequence[Panel]) -> list[Panel]:
    """Only the panels that read the choice between China and the United States as a share."""
    return [panel for panel in panels if panel.kind != LEVEL]


def _panel(world: xr.Dataset, source: str, kind: str, name: str, *, lead: float = 0.0) -> Panel:
    data = world[name].transpose("state", "year")
    flags = world[f"{name}_flag"].transpose("state", "year").to_numpy()
    states = tuple(str(state) for state in data["state"].values)
    noise = [
        NOISE_SMALL.get(source, NOISE[source]) if state in SMALL_SAMPLES else NOISE[source]
        for state in states
    ]
    return Panel(
        source=source,
        kind=kind,
        states=states,
        years=tuple(int(year) for year in data["year"].values),
        values=np.where(np.isin(flags, (OBSERVED, DERIVED)), data.to_numpy(), np.nan),
        noise=np.array(noise),
        lead=lead,
    )
