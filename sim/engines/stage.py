"""Setting the stage: from settings and observed data to structure, starting memory, and each year's outlook and conduct.

The one crossing from labelled Datasets to plain arrays; both engines start here.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import xarray as xr

from sim.axes import Array
from sim.config import Settings
from sim.engines.conduct import conduct
from sim.errors import UserError
from sim.rules.capacity import effort
from sim.rules.legitimacy import affinity
from sim.rules.record import Conduct, Memory, Outlook, Structure
from sim.world.lanes import load_lanes
from sim.world.load import LAST_YEAR, load
from sim.world.observed import observe, stake
from sim.world.roster import WORLDS, partner_codes, roster, state_codes
from sim.world.scenario import effects

TREND_YEARS = 10  # years of observed growth that set the starting trend
SMALLEST_GRANT = 400.0  # JPY m, the smallest OSA grant published; stands in where none is published


@dataclass(frozen=True, kw_only=True)
class Stage:
    """All that a run needs and no run changes."""

    settings: Settings
    states: tuple[str, ...]
    partners: tuple[str, ...]
    world: xr.Dataset
    observed: xr.Dataset
    lanes: xr.Dataset
    structure: Structure
    start: Memory

    @property
    def years(self) -> range:
        """The simulated years, in order."""
        return range(self.settings.years.first, self.settings.years.last + 1)

    @cached_property
    def outlooks(self) -> dict[int, Outlook]:
        """What befalls in each simulated year whatever anybody does."""
        return {year: _outlook(self, year) for year in self.years}

    def conduct(self, year: int) -> Conduct:
        """What the powers have resolved to do in a year."""
        added = self._effects(year)
        return conduct(
            self.settings.policy,
            self.settings.rules.courtship,
            partners=self.partners,
            events=added,
        )

    def _effects(self, year: int) -> dict[str, Array]:
        return effects(
            self.settings.scenario.events, states=self.states, partners=self.partners, year=year
        )


def set_stage(settings: Settings) -> Stage:
    """Load the world that the settings name and read the start off it.

    Raises
    ------
    UserError : unknown world, state or partner; missing or malformed data file.
    """
    states = state_codes(settings.states or world_states(settings.world))
    partners = partner_codes(settings.partners)
    if not states or len(partners) < 2:
        raise UserError(
            given=f"states is {list(states)} and partners is {list(partners)}",
            allowed="there must be at least one state and two partners",
            where="on the command line: states=[PHL,VNM] partners=[CHN,USA,JPN]",
        )
    world = load(states, partners)
    observed = observe(world, settings.rules.ties)
    lanes = load_lanes(states)
    structure = _structure(settings, world, observed, lanes)
    return Stage(
        settings=settings,
        states=tuple(states),
        partners=tuple(partners),
        world=world,
        observed=observed,
        lanes=lanes,
        structure=structure,
        start=_start(settings, world, observed, structure),
    )


def world_states(name: str) -> Sequence[str]:
    """The states of a named world, or an error naming the worlds there are."""
    if name not in WORLDS:
        raise UserError(
            given=f"world is {name!r}",
            allowed=f"it must be one of {', '.join(WORLDS)}",
            where="on the command line: world=asean10",
        )
    return WORLDS[name]


def _column(values: xr.DataArray) -> Array:
    return values.values.astype(float)[:, np.newaxis]


def _plane(values: xr.DataArray) -> Array:
    return values.transpose("state", "partner").values.astype(float)


def _structure(
    settings: Settings, world: xr.Dataset, observed: xr.Dataset, lanes: xr.Dataset
) -> Structure:
    first = settings.years.first - 1
    then = observed.sel(year=first)
    stakes = _plane(stake(world, settings.rules.ties))
    gdp = _column(then["gdp"])
    grievance = np.nan_to_num(_plane(then["pressure"])) + _first_salience(settings, world)
    spent = effort(
        pressure=grievance,
        salience=np.zeros_like(grievance),
        effort_max=settings.rules.capacity.effort_max,
        half=settings.rules.capacity.effort_half,
    )
    return Structure(
        distance=_plane(world["distance"]),
        contiguous=_plane(world["contiguous"]),
        stake=stakes,
        claimant=(stakes.sum(axis=1, keepdims=True) > 0.0).astype(float),
        trust_baseline=_plane(then["trust"]),
        area=_column(world["eez_area"]),
        own_capacity=_column(then["capacity"]) / (1.0 + spent),
        first_gdp=gdp,
        member=_member(world),
        lanes=_column((lanes["japan_import_share"] * lanes["littoral"]).sum("lane")),
        economic_share=_economic_share(world, first),
        security_share=_security_share(world, first),
        custom_share=_custom_share(settings, world),
    )


def _member(world: xr.Dataset) -> Array:
    joined = [roster()[str(code)].asean is not None for code in world["state"].values]
    return np.array(joined, dtype=float)[:, np.newaxis]


def _first_salience(settings: Settings, world: xr.Dataset) -> Array:
    return settings.rules.ties.salience_disputes * _plane(world["dispute_history"])


def _shares(values: Array) -> Array:
    total = values.sum(axis=0, keepdims=True)
    return values / np.where(total > 0.0, total, 1.0)


def _economic_share(world: xr.Dataset, first: int) -> Array:
    """Past shares; for Japan the years of positive net ODA, since repayments are no lack of aid."""
    recent = world["official_finance"].sel(year=first).clip(min=0.0)
    lent = world["oda_net"].sel(year=slice(None, first)).clip(min=0.0).mean("year")
    japan = world["partner"] == "JPN"
    return _shares(_plane(xr.where(japan, lent, recent)))


def _security_share(world: xr.Dataset, first: int) -> Array:
    """Japan: OSA grants of fiscal years 2023-25; United States: military grants; others: as aid at large."""
    granted = load(
        [str(code) for code in world["state"].values],
        [str(code) for code in world["partner"].values],
        last=2025,
    )["osa_grant"].sum("year")
    designated = world["osa_designated"].notnull()
    japan_key = granted.where(granted > 0.0, SMALLEST_GRANT * designated)
    partner = world["partner"]
    military = world["security_grant"].sel(year=slice(None, first)).mean("year").fillna(0.0)
    aid = world["official_finance"].sel(year=first).clip(min=0.0)
    known = (partner == "USA") & (military.sum() > 0.0)
    return _shares(
        _plane(xr.where(partner == "JPN", japan_key, xr.where(known, military, aid)))
    )


def _custom_share(settings: Settings, world: xr.Dataset) -> Array:
    codes = [str(code) for code in world["state"].values]
    asked = settings.policy.japan.custom
    if asked:
        state_codes(list(asked))
    shares = np.array([asked.get(code, 0.0) for code in codes])
    return np.repeat(shares[:, np.newaxis], world.sizes["partner"], axis=1)


def _start(
    settings: Settings, world: xr.Dataset, observed: xr.Dataset, structure: Structure
) -> Memory:
    first = settings.years.first - 1
    then = observed.sel(year=first)
    plane = np.zeros_like(structure.distance)
    column = np.zeros_like(structure.area)
    given = np.nan_to_num(_plane(then["economic_aid"])).sum(axis=0, keepdims=True)
    return Memory(
        security_tie=then["security_tie"].values,
        economic_tie=then["economic_tie"].values,
        trust=_plane(then["trust"]),
        dependence=_plane(then["dependence"]),
        capacity=_column(then["capacity"]),
        pressure=np.nan_to_num(_plane(then["pressure"])),
        coercion=plane,
        salience=_first_salience(settings, world),
        resolve=column + 0.5 * structure.claimant,
        lean=column,
        reassurance=plane,
        security_aid=_first_security_aid(settings, world, first),
        economic_aid=given * structure.economic_share,
        provocation=plane,
        incidents=plane,
        gdp=_column(then["gdp"]),
        rivalry=np.full((1, 1), settings.rules.rivalry.start),
    )


def _first_security_aid(settings: Settings, world: xr.Dataset, first: int) -> Array:
    """Security aid in the year before the first, USD m: part of US assistance, Japan's first grants."""
    levers = settings.policy
    given = world["official_finance"].sel(year=first).clip(min=0.0)
    granted = world["osa_grant"].sel(year=first) / levers.japan.exchange_rate
    partner = world["partner"]
    american = xr.where(partner == "USA", levers.united_states.security_share * given, 0.0)
    return _plane(xr.where(partner == "JPN", granted, american))


def _outlook(stage: Stage, year: int) -> Outlook:
    world, known = stage.world, min(year, LAST_YEAR)
    at = world.sel(year=known)
    settings, added = stage.settings, stage._effects(year)
    projected = year > LAST_YEAR
    scale = settings.rules.legitimacy.scale
    return Outlook(
        power=_power(stage, year),
        partner_growth=_growth(stage, "partner_", year)[np.newaxis, :],
        growth=_growth(stage, "", year)[:, np.newaxis] + 0.01 * added["growth"],
        growth_spread=np.full((1, 1), 0.01 * settings.rules.economy.noise * projected),
        pact=_plane(at["defence_pact"]),
        access=_plane(at["access"]),
        partnership=_plane(at["partnership"]),
        affinity=affinity(
            ideal_point=_column(at["ideal_point"]),
            partner_ideal_point=at["partner_ideal_point"].values[np.newaxis, :],
            scale=scale,
        ),
        reverse_dependence=_plane(at["reverse_trade_share"]),
        eligible=_eligible(stage, year),
        rivalry_level=np.full((1, 1), settings.scenario.rivalry),
        rivalry_shock=added["rivalry"],
        pressure_shock=added["pressure"],
        incident_shock=added["incident"],
    )


def _growth(stage: Stage, prefix: str, year: int) -> Array:
    """Growth as a fraction: of observed GDP in dollars to the last observed year, then from trend to long run."""
    world, economy = stage.world, stage.settings.rules.economy
    if year <= LAST_YEAR:
        gdp = world[f"{prefix}gdp"]
        return (gdp.sel(year=year) / gdp.sel(year=year - 1)).values - 1.0
    recent = world[f"{prefix}growth"].sel(year=slice(LAST_YEAR - TREND_YEARS + 1, LAST_YEAR))
    gone = np.exp(-(year - LAST_YEAR) / economy.years)
    return 0.01 * (economy.long_run + (recent.mean("year").values - economy.long_run) * gone)


def _power(stage: Stage, year: int) -> Array:
    """Shares of combined capability: mean of the shares in output and in military spending."""
    world, known = stage.world, min(year, LAST_YEAR)
    output = world["partner_gdp"].sel(year=known).values.copy()
    arms = world["partner_military_ratio"].sel(year=known).values.copy()
    for later in range(LAST_YEAR + 1, year + 1):
        grown = 1.0 + _growth(stage, "partner_", later)
        output, arms = output * grown, arms * grown
    share = 0.5 * output / output.sum() + 0.5 * arms / arms.sum()
    return share[np.newaxis, :]


def _eligible(stage: Stage, year: int) -> Array:
    designated = stage.world["osa_designated"]
    japan = (designated <= year) & designated.notnull()
    return _plane(xr.where(stage.world["partner"] == "JPN", japan, True).astype(float))
