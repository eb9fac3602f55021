"""Where a run starts: the structure and the first memory, read off the observed world."""

from __future__ import annotations

import numpy as np
import xarray as xr

from sim.axes import Array
from sim.config import Settings
from sim.engines.planes import shares, state_array, state_partner_array
from sim.engines.shares import custom_share, optimised_share
from sim.rules.capacity import effort
from sim.rules.record import Memory, Structure
from sim.rules.resolve import pressers
from sim.world.load import load
from sim.world.observed import stake
from sim.world.roster import roster

SMALLEST_GRANT = 400.0  # JPY m, the smallest OSA grant published; stands in where none is published


def read_structure(
    settings: Settings, world: xr.Dataset, observed: xr.Dataset, lanes: xr.Dataset
) -> Structure:
    """Read what does not change off the world: distances, stakes, waters, past shares."""
    first = settings.years.first - 1
    then = observed.sel(year=first)
    stakes = state_partner_array(stake(world, settings.rules.ties))
    gdp = state_array(then["gdp"])
    pressure = np.nan_to_num(state_partner_array(then["pressure"]))
    spent = effort(
        pressure=pressure,
        salience=pressers(pressure=pressure) * _first_salience(settings, world),
        effort_max=settings.rules.capacity.effort_max,
        half=settings.rules.capacity.effort_half,
    )
    return Structure(
        distance=state_partner_array(world["distance"]),
        contiguous=state_partner_array(world["contiguous"]),
        stake=stakes,
        claimant=(stakes.sum(axis=1, keepdims=True) > 0.0).astype(float),
        trust_baseline=state_partner_array(then["trust"]),
        area=state_array(world["eez_area"]),
        own_capacity=state_array(then["capacity"]) / (1.0 + spent),
        first_gdp=gdp,
        member=_membership_array(world),
        lanes=state_array((lanes["japan_import_share"] * lanes["littoral"]).sum("lane")),
        economic_share=_economic_share(world, first),
        security_share=_security_share(world, first),
        optimised_share=optimised_share(
            [str(code) for code in world["state"].values], len(world["partner"])
        ),
        custom_share=custom_share(
            settings.policy.japan,
            [str(code) for code in world["state"].values],
            len(world["partner"]),
        ),
    )


def _membership_array(world: xr.Dataset) -> Array:
    joined = [roster()[str(code)].asean is not None for code in world["state"].values]
    return np.array(joined, dtype=float)[:, np.newaxis]


def _first_salience(settings: Settings, world: xr.Dataset) -> Array:
    return settings.rules.ties.salience_disputes * state_partner_array(world["dispute_history"])


def _economic_share(world: xr.Dataset, first: int) -> Array:
    """Past shares; for Japan the years of positive net ODA, since repayments are no lack of aid."""
    recent = world["official_finance"].sel(year=first).clip(min=0.0)
    lent = world["oda_net"].sel(year=slice(None, first)).clip(min=0.0).mean("year")
    japan = world["partner"] == "JPN"
    return shares(state_partner_array(xr.where(japan, lent, recent)))


def _security_share(world: xr.Dataset, first: int) -> Array:
    """Japan: OSA grants of fiscal years 2023-25; United States: military grants; others: as aid at large."""
    granted = load(
        [str(code) for code in world["state"].values],
        [str(code) for code in world["partner"].values],
        last=2025,
        only=["osa_grant"],
    )["osa_grant"].sum("year")
    designated = world["osa_designated"].notnull()
    japan_key = granted.where(granted > 0.0, SMALLEST_GRANT * designated)
    partner = world["partner"]
    military = world["security_grant"].sel(year=slice(None, first)).mean("year").fillna(0.0)
    aid = world["official_finance"].sel(year=first).clip(min=0.0)
    known = (partner == "USA") & (military.sum() > 0.0)
    return shares(
        state_partner_array(xr.where(partner == "JPN", japan_key, xr.where(known, military, aid)))
    )


def read_start(
    settings: Settings, world: xr.Dataset, observed: xr.Dataset, structure: Structure
) -> Memory:
    """Read what carries over off the year before the first; unobserved quantities start at zero."""
    first = settings.years.first - 1
    then = observed.sel(year=first)
    nothing = np.zeros_like(structure.distance)
    none = np.zeros_like(structure.area)
    given = np.nan_to_num(state_partner_array(then["economic_aid"])).sum(axis=0, keepdims=True)
    return Memory(
        security_tie=then["security_tie"].values,
        economic_tie=then["economic_tie"].values,
        trust=state_partner_array(then["trust"]),
        dependence=state_partner_array(then["dependence"]),
        capacity=state_array(then["capacity"]),
        pressure=np.nan_to_num(state_partner_array(then["pressure"])),
        coercion=nothing,
        salience=_first_salience(settings, world),
        resolve=none + 0.5 * structure.claimant,
        lean=none,
        reassurance=nothing,
        security_aid=_first_security_aid(settings, world, first),
        economic_aid=given * structure.economic_share,
        provocation=nothing,
        incidents=nothing,
        gdp=state_array(then["gdp"]),
        rivalry=np.full((1, 1), settings.rules.rivalry.start),
    )


def _first_security_aid(settings: Settings, world: xr.Dataset, first: int) -> Array:
    """Security aid in the year before the first, USD m: part of US assistance, Japan's first grants."""
    levers = settings.policy
    given = world["official_finance"].sel(year=first).clip(min=0.0)
    granted = world["osa_grant"].sel(year=first) / levers.japan.exchange_rate
    partner = world["partner"]
    american = xr.where(partner == "USA", levers.united_states.security_share * given, 0.0)
    return state_partner_array(xr.where(partner == "JPN", granted, american))
