"""Hindcasts: runs that start in an earlier year, with observed drivers and simulated choices.

Output, trade partners' needs, treaties, votes and the budgets of the powers are those observed; ties, trust, dependence and
pressure are the model's own. The past is cut into windows, each started from the record of the year before, so that every
observation is used once, after one to eleven simulated years. Nothing known after `known` is read.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import xarray as xr

from sim.config import Settings
from sim.config.settings import Scenario, Years
from sim.engines.context import SimulationContext, world_states
from sim.engines.start import read_start, read_structure
from sim.ensemble.priors import read_as_calibrated
from sim.world.lanes import load_lanes
from sim.world.load import load
from sim.world.observed import observe

KNOWN = 2022  # the last year that calibration may know
TREND_YEARS = 10


@dataclass(frozen=True)
class Window:
    """One stretch of the past.

    Parameters
    ----------
    name : as it is shown. first, last : simulated years.
    rivalry, level : great-power rivalry in the year before, and the level approached (assumed).
    gray_zone : China's ambition at sea (assumed: low before 2012, as declared since).
    """

    name: str
    first: int
    last: int
    rivalry: float
    level: float
    gray_zone: float


EARLY = Window("2001-2011", 2001, 2011, 0.20, 0.30, 0.25)
MIDDLE = Window("2012-2019", 2012, 2019, 0.28, 0.50, 0.60)
OPINION = Window("2020-2022", 2020, 2022, 0.45, 0.60, 0.60)
LONG = Window("2001-2022", 2001, 2022, 0.20, 0.45, 0.50)  # for looking, not for fitting
HOLDOUT = Window("2023", 2023, 2023, 0.50, 0.60, 0.60)
WINDOWS = (EARLY, MIDDLE, OPINION)


@lru_cache(maxsize=8)
def past_world(*, known: int, until: int) -> xr.Dataset:
    """Load the world known in a year, drawn out to a later one: output by its trend, the rest as it was.

    Parameters
    ----------
    known : last year of which anything is read. until : last year of the Dataset.
    """
    settings = Settings()
    world = load(world_states(settings.world), settings.partners, last=known)
    if until <= known:
        return world
    later = world.reindex(year=range(int(world["year"].values[0]), until + 1), method="ffill")
    for prefix in ("", "partner_"):
        recent = world[f"{prefix}growth"].sel(year=slice(known - TREND_YEARS + 1, known))
        ahead = (later["year"] - known).clip(min=0)
        later[f"{prefix}gdp"] = later[f"{prefix}gdp"] * (1 + 0.01 * recent.mean("year")) ** ahead
    return later.assign_attrs(world.attrs)


def past_settings(window: Window, world: xr.Dataset, base: Settings | None = None) -> Settings:
    """Settings of a window: its years, its rivalry, and the powers' yearly means as observed.

    No security assistance of Japan's: there was none before 2023.
    """
    base = base or read_as_calibrated()
    given = _given(window, world)
    old = base.policy
    policy = dataclasses.replace(
        old,
        japan=dataclasses.replace(old.japan, osa_budget=0.0, oda=given["JPN"]),
        china=dataclasses.replace(old.china, inducement=given["CHN"], gray_zone=window.gray_zone),
        united_states=dataclasses.replace(old.united_states, assistance=given["USA"]),
    )
    rivalry = dataclasses.replace(base.rules.rivalry, start=window.rivalry)
    return dataclasses.replace(
        base,
        policy=policy,
        scenario=Scenario(name="observed_past", rivalry=window.level),
        rules=dataclasses.replace(base.rules, rivalry=rivalry),
        years=Years(first=window.first, last=window.last),
    )


def _given(window: Window, world: xr.Dataset) -> dict[str, float]:
    """Yearly mean of aid to the modelled states over the window, USD bn, negative balances as zero."""
    last = min(window.last, int(world.attrs["known_to"]))
    years = slice(min(window.first, last), last)
    japan = world["partner"] == "JPN"
    flow = xr.where(japan, world["oda_net"], world["official_finance"]).sel(year=years)
    total = flow.clip(min=0.0).sum("state").mean("year") / 1000.0
    return {str(code): float(total.sel(partner=code)) for code in total["partner"].values}


def past_stage(
    window: Window, *, known: int = KNOWN, blind: Sequence[str] = (), base: Settings | None = None
) -> SimulationContext:
    """Set the stage of a window from what was known in a year.

    Parameters
    ----------
    window : the years. known : nothing later is read. blind : states whose trust is taken as the mean of the others'.
    base : settings that the window changes; if None the declared defaults, ties read as `priors.READING` says.
    """
    world = past_world(known=known, until=max(known, window.last))
    if blind:
        world = world.assign(trust=_without_trust_of(world["trust"], blind))
    settings = past_settings(window, world, base)
    observed = observe(world, settings.rules.ties)
    states = tuple(str(code) for code in world["state"].values)
    lanes = load_lanes(states)
    structure = read_structure(settings, world, observed, lanes)
    return SimulationContext(
        settings=settings,
        states=states,
        partners=tuple(settings.partners),
        world=world,
        observed=observed,
        lanes=lanes,
        structure=structure,
        start=read_start(settings, world, observed, structure),
    )


def _without_trust_of(trust: xr.DataArray, blind: Sequence[str]) -> xr.DataArray:
    hidden = trust["state"].isin(list(blind))
    return trust.where(~hidden, trust.where(~hidden).mean("state"))
