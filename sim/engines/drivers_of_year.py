"""Exogenous drivers and scenario shocks of each year: observed series, then trends, and dated events."""

from __future__ import annotations

import numpy as np
import xarray as xr

from sim.axes import Array
from sim.config import Settings
from sim.engines.planes import state_array, state_partner_array
from sim.rules.legitimacy import affinity
from sim.rules.record import ExogenousDrivers
from sim.world.load import LAST_YEAR
from sim.world.politics import turnover_chance
from sim.world.series import FIRST_YEAR

SHIFTS = {
    "credibility": "credibility_shift",
    "ambition": "ambition_shift",
    "legitimacy": "legitimacy_shock",
}
TREND_YEARS = 10  # years of observed growth that set the starting trend


def read_drivers(
    settings: Settings, world: xr.Dataset, year: int, added: dict[str, Array]
) -> ExogenousDrivers:
    """Exogenous drivers of one year: observed drivers while there are any, trends after, and dated events.

    Parameters
    ----------
    settings, world : as on the stage. added : what events add, from `sim.world.scenario.effects`.
    """
    at = world.sel(year=min(year, LAST_YEAR))
    projected = year > LAST_YEAR
    scale = settings.rules.legitimacy.scale
    return ExogenousDrivers(
        power=_capability_shares(settings, world, year),
        partner_growth=_observed_growth(settings, world, "partner_", year)[np.newaxis, :],
        world_growth=np.full((1, 1), _world_growth(settings, year)),
        growth=_observed_growth(settings, world, "", year)[:, np.newaxis] + 0.01 * added["growth"],
        growth_spread=np.full((1, 1), 0.01 * settings.rules.economy.noise * projected),
        pact=state_partner_array(at["defence_pact"]),
        access=state_partner_array(at["access"]),
        openness=state_array(at["openness"]),
        turnover=turnover_chance(state_array(at["openness"])),
        affinity=affinity(
            ideal_point=state_array(at["ideal_point"]),
            partner_ideal_point=at["partner_ideal_point"].values[np.newaxis, :],
            scale=scale,
        ),
        reverse_dependence=state_partner_array(at["reverse_trade_share"]),
        eligible=_eligible_states(world, year),
        rivalry_level=np.full((1, 1), settings.scenario.rivalry),
        rivalry_shock=added["rivalry"],
        pressure_shock=added["pressure"],
        incident_shock=added["incident"],
        ambient=np.full(
            (1, 1), (1.0 + settings.rules.courtship.presence_growth) ** max(year - LAST_YEAR, 0)
        ),
        demand=np.clip(added["demand"] + added["war"], 0.0, 1.0),
        legitimacy_shock=added["legitimacy"],
    )


def recorded_shifts(world: xr.Dataset, added: dict[str, Array], year: int) -> dict[str, Array]:
    """Add to what events do what the record says of the powers in an observed year: credibility, ambition, standing.

    Parameters
    ----------
    world : from `sim.world.load.load`. added : kind -> array, from `sim.world.scenario.effects`. year : any.
    """
    if year > LAST_YEAR:
        return added
    at = world.sel(year=year)
    return added | {
        kind: added[kind] + at[name].values[np.newaxis, :] for kind, name in SHIFTS.items()
    }


def _observed_growth(settings: Settings, world: xr.Dataset, prefix: str, year: int) -> Array:
    """Growth as a fraction: of observed GDP in dollars to the last observed year, then from trend to long run.

    The record's first year, before which no GDP is known, grows as its second.
    """
    economy = settings.rules.economy
    if year <= LAST_YEAR:
        gdp, end = world[f"{prefix}gdp"], max(year, FIRST_YEAR + 1)
        return (gdp.sel(year=end) / gdp.sel(year=end - 1)).values - 1.0
    recent = world[f"{prefix}growth"].sel(year=slice(LAST_YEAR - TREND_YEARS + 1, LAST_YEAR))
    gone = np.exp(-(year - LAST_YEAR) / economy.years)
    return 0.01 * (economy.long_run + (recent.mean("year").values - economy.long_run) * gone)


def _world_growth(settings: Settings, year: int) -> float:
    """Growth of all other markets as a fraction, in the money of the powers' own growth: dollars while observed, then real."""
    rules = settings.rules
    return rules.stocks.world_growth if year <= LAST_YEAR else 0.01 * rules.economy.long_run


def _capability_shares(settings: Settings, world: xr.Dataset, year: int) -> Array:
    """Shares of combined capability: mean of the shares in output and in military spending."""
    known = min(year, LAST_YEAR)
    output = world["partner_gdp"].sel(year=known).values.copy()
    arms = world["partner_military_ratio"].sel(year=known).values.copy()
    for later in range(LAST_YEAR + 1, year + 1):
        grown = 1.0 + _observed_growth(settings, world, "partner_", later)
        output, arms = output * grown, arms * grown
    share = 0.5 * output / output.sum() + 0.5 * arms / arms.sum()
    return share[np.newaxis, :]


def recipients_by(world: xr.Dataset, year: int) -> tuple[str, ...]:
    """States designated for Japan's security assistance by a year, codes in order."""
    return tuple(
        str(code) for code in world["state"].values[_designated_states(world, year).values]
    )


def _designated_states(world: xr.Dataset, year: int) -> xr.DataArray:
    designated = world["osa_designated"]
    return (designated <= year) & designated.notnull()


def _eligible_states(world: xr.Dataset, year: int) -> Array:
    japan = _designated_states(world, year)
    return state_partner_array(xr.where(world["partner"] == "JPN", japan, True).astype(float))
