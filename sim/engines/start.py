"""Where a run starts: the structure and the first memory, read off the observed world."""

from __future__ import annotations

import numpy as np
import xarray as xr

from sim.axes import Array, partners_of
from sim.config import Settings
from sim.engines.assimilate import first_reading
from sim.engines.drivers_of_year import recorded_shifts
from sim.engines.instruments import declared_conduct
from sim.engines.planes import shares, state_array, state_partner_array
from sim.engines.shares import custom_share, optimised_share
from sim.rules.courtship.china import push
from sim.rules.forms import sum_over_rivals
from sim.rules.record import Memory, StartReading, Structure
from sim.world.load import load
from sim.world.observed import stake
from sim.world.roster import roster
from sim.world.scenario import effects

ARMS_YEARS = 15  # of five-year windows behind the usual mix of suppliers; ours
SMALLEST_GRANT = 400.0  # JPY m, the smallest OSA grant published; stands in where none is published


def read_structure(
    settings: Settings, world: xr.Dataset, observed: xr.Dataset, lanes: xr.Dataset
) -> Structure:
    """Read what does not change off the world: distances, stakes, waters, past shares."""
    first = settings.years.first - 1
    then = observed.sel(year=first)
    stakes = state_partner_array(stake(world, settings.rules.ties))
    gdp = state_array(then["gdp"])
    codes = [str(code) for code in world["state"].values]
    partners = [str(code) for code in world["partner"].values]
    calm = effects((), states=codes, partners=partners, year=first)
    usual = declared_conduct(settings, partners, recorded_shifts(world, calm, first))
    return Structure(
        distance=state_partner_array(world["distance"]),
        contiguous=state_partner_array(world["contiguous"]),
        stake=stakes,
        claimant=(stakes.sum(axis=1, keepdims=True) > 0.0).astype(float),
        quarrel=state_partner_array(world["dispute_history"]),
        area=state_array(world["eez_area"]),
        first_gdp=gdp,
        first_arms=_usual_arms(observed, first),
        first_economic=then["economic_tie"].values,
        first_dependence=state_partner_array(then["dependence"]),
        first_rung=state_partner_array(then["rung"]),
        credibility=usual.credibility,
        presence=usual.presence,
        exchange=usual.exchange,
        member=_membership_array(world),
        lanes=state_array((lanes["japan_import_share"] * lanes["littoral"]).sum("lane")),
        economic_share=_economic_share(world, first),
        security_share=_security_share(world, first),
        optimised_share=optimised_share(codes, len(partners)),
        custom_share=custom_share(settings.policy.japan, codes, len(partners)),
    )


def _usual_arms(observed: xr.Dataset, first: int) -> Array:
    """Mean shares of arms supply over the last years: one five-year window is too small a sample of whom a state buys from."""
    known = observed["arms"].sel(year=slice(first - ARMS_YEARS + 1, first)).fillna(0.0)
    return state_partner_array(known.mean("year"))


def _membership_array(world: xr.Dataset) -> Array:
    joined = [roster()[str(code)].asean is not None for code in world["state"].values]
    return np.array(joined, dtype=float)[:, np.newaxis]


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
) -> tuple[Memory, StartReading]:
    """Read what carries over off the year before the first, and what ties and answers tell of stance and trust.

    Stance, anchors, resolve, salience, aid and coercion are set by `sim.rules.steps.begin`; what was never observed is zero.

    Returns
    -------
    The memory, and what stance and trust are drawn from once a run (nothing open where all start as observed).
    """
    first = settings.years.first - 1
    then = observed.sel(year=first)
    nothing, none = np.zeros_like(structure.distance), np.zeros_like(structure.area)
    powers = np.zeros_like(structure.credibility)
    trust, reading = first_reading(settings, world)
    memory = Memory(
        trust=trust,
        trust_base=trust,
        trust_anchor=trust,
        stance=none,
        lean=none,
        disposition=none,
        shared_disposition=none,
        first_stance=none,
        rung=structure.first_rung,
        renewed=state_partner_array(then["renewed"]),
        use=state_partner_array(then["use"]),
        recent=np.nan_to_num(state_partner_array(world["act_up"].sel(year=first))),
        usual_worth=nothing,
        arms=np.nan_to_num(state_partner_array(then["arms"])),
        arms_mix=structure.first_arms,
        economic_tie=structure.first_economic,
        security_tie=then["security_tie"].values,
        dependence=structure.first_dependence,
        capacity=state_array(then["capacity"]),
        own_capacity=none,
        pipeline=none,
        pressure=_first_pressure(settings, world, then, structure),
        first_pressure=nothing,
        usual_push=nothing,
        coercion=nothing,
        episode=nothing,
        outbreak=nothing,
        concession=nothing,
        conceded=nothing,
        salience=nothing,
        resolve=none + 0.5 * structure.claimant,
        reassurance=nothing,
        security_aid=nothing,
        economic_aid=nothing,
        provocation=nothing,
        incidents=nothing,
        gdp=structure.first_gdp,
        rivalry=np.full((1, 1), settings.rules.rivalry.start),
        courtship=powers,
        market=powers,
    )
    return memory, reading


def _first_pressure(
    settings: Settings, world: xr.Dataset, then: xr.Dataset, structure: Structure
) -> Array:
    """Pressure at sea as counted; where nobody counted, as ambition, claims and ties by the declared conduct would have it."""
    counted = state_partner_array(then["pressure"])
    codes = [str(code) for code in world["state"].values]
    partners = [str(code) for code in world["partner"].values]
    year = settings.years.first - 1
    calm = effects((), states=codes, partners=partners, year=year)
    usual = declared_conduct(settings, partners, recorded_shifts(world, calm, year))
    none = np.zeros_like(structure.stake)
    meant = push(
        ambition=usual.ambition,
        stake=structure.stake,
        deterred=np.zeros_like(structure.claimant),
        aligned=sum_over_rivals(camp=usual.camp, quantity=partners_of(then["security_tie"].values)),
        reassurance=none,
        provoked=none,
        sharpening=settings.rules.courtship.sharpening,
        softening=settings.rules.courtship.softening,
    )
    return np.where(np.isnan(counted), np.minimum(meant, 1.0), counted)
