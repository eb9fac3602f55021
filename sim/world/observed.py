"""The observed past in the model's own words: ties, trust, dependence, capacity, pressure, year by year.

Each quantity is a stated reading of observed series (the weights are declared settings, source "assumed"), flagged with the
weakest flag among the series it is read from. What was never observed (resolve, leanings) is not invented here.
"""

from __future__ import annotations

import numpy as np
import xarray as xr

from sim.axes import OPTION, SELF
from sim.config.mechanisms import Ties
from sim.config.settings import Settings
from sim.rules import ruler
from sim.world.impute import DERIVED, MISSING, ZERO
from sim.world.load import load
from sim.world.opinion_reading import read_opinion

CAPACITY_CAP = 2.0
SHIPS_ENOUGH = 10.0


def observe(world: xr.Dataset, ties: Ties, *, settings: Settings | None = None) -> xr.Dataset:
    """Read the model's memory off the observed series.

    Parameters
    ----------
    world : from `sim.world.load.load`. ties : declared weights.
    settings : whose way of starting, observation model and camps read stance and trust; the declared ones if None.

    Returns
    -------
    Dataset over year, state, partner, option with security_tie, economic_tie, trust, dependence, capacity,
    pressure, economic_aid, gdp, rung, renewed, use, arms, each float64 with an int8 ``_flag``.
    """
    tied = _security_tie(world, ties), _economic_tie(world, ties)
    parts = {
        "security_tie": tied[0],
        "economic_tie": tied[1],
        **read_opinion(world, *tied, settings or Settings()),
        "steps": (world["act_up"] - world["act_down"], world["act_up_flag"]),
        "conceded": (0.0 * world["act_up"], world["act_up_flag"]),
        "dependence": (world["trade_share"], world["trade_share_flag"]),
        "capacity": _observed_capacity(world),
        "pressure": _observed_pressure(world, ties),
        "economic_aid": _economic_aid(world),
        "gdp": (world["gdp"], world["gdp_flag"]),
        "arms": (world["arms_share"].fillna(0.0), world["arms_share_flag"]),
        **{name: (world[name], world[f"{name}_flag"]) for name in ("rung", "renewed", "use")},
    }
    variables: dict[str, xr.DataArray] = {}
    for name, (value, flag) in parts.items():
        flag = xr.where(np.isnan(value), MISSING, flag).astype(np.int8)
        variables |= {name: value, f"{name}_flag": flag.transpose(*value.dims)}
    result = xr.Dataset(variables)
    for variable in result.variables.values():
        variable.attrs = {}
    return result


def stake(world: xr.Dataset, ties: Ties) -> xr.DataArray:
    """What each power claims of a state's waters, (state, partner), 0 to 1."""
    return (
        ties.stake_claim * world["maritime_claim"]
        + ties.stake_feature * world["feature_claim"]
        + ties.stake_occupation * world["occupation"]
    )


def _weakest_flag(*flags: xr.DataArray) -> xr.DataArray:
    """Flag what is read from several series; that there was nothing is no weak evidence."""
    weakest = flags[0]
    for flag in flags:
        counted = flag.where(flag != ZERO, DERIVED)
        weakest = counted.where(weakest == ZERO, np.maximum(weakest, counted))
    return weakest.clip(min=DERIVED)


def _with_self(partners: xr.DataArray) -> xr.DataArray:
    own = 1.0 - partners.sum("partner")
    partners = partners.rename(partner=OPTION)
    return xr.concat([partners, own.expand_dims({OPTION: [SELF]})], OPTION).transpose(
        "year", "state", OPTION
    )


def _flag_options(flag: xr.DataArray) -> xr.DataArray:
    own = flag.max("partner").expand_dims({OPTION: [SELF]})
    return xr.concat([flag.rename(partner=OPTION), own], OPTION)


def _security_tie(world: xr.Dataset, ties: Ties) -> tuple[xr.DataArray, xr.DataArray]:
    axes = ("year", "state", "partner")
    arms, pact, access, use, rung, renewed = (
        world[name].transpose(*axes).values
        for name in ("arms_share", "defence_pact", "access", "use", "rung", "renewed")
    )
    bound = np.maximum(pact, access)
    tie = ruler.security_tie(
        arms=np.nan_to_num(arms),
        bound=bound,
        use=use,
        rung=ruler.faded_rung(rung=rung, renewed=renewed, bound=bound, years=ties.fade),
        arms_weight=ties.arms,
        bond_weight=ties.bond,
        agreements_weight=ties.agreements,
        bend=ties.bend,
        own_least=ties.own_least,
    )
    labels = [*world["partner"].values, SELF]
    coords = {"year": world["year"], "state": world["state"], OPTION: labels}
    flag = _weakest_flag(
        world["arms_share_flag"], world["defence_pact_flag"], world["rung_flag"], world["use_flag"]
    )
    return xr.DataArray(tie, coords, ("year", "state", OPTION)), _flag_options(flag)


def _economic_tie(world: xr.Dataset, ties: Ties) -> tuple[xr.DataArray, xr.DataArray]:
    trade, investment = world["trade_share"], world["fdi_share"]
    known = investment.notnull()
    blend = ties.investment * known
    mixed = (1.0 - blend) * trade + blend * investment.fillna(0.0)
    total = mixed.sum("partner")
    scale = np.minimum(1.0, (1.0 - ties.own_least) / total.where(total > 0.0, 1.0))
    mixed = (mixed * scale).transpose("year", "state", "partner")
    return _with_self(mixed), _flag_options(_weakest_flag(world["trade_share_flag"]))


def _observed_capacity(world: xr.Dataset) -> tuple[xr.DataArray, xr.DataArray]:
    area = world["eez_area"]
    japan = load([str(code) for code in world["state"].values], ["JPN"])["partner_eez_area"].item()
    effort = world["military_ratio"] / area.where(area > 0.0, 1.0) * japan
    modern = 0.5 + 0.5 * np.minimum(1.0, world["ships"] / SHIPS_ENOUGH)
    value = np.minimum(CAPACITY_CAP, np.sqrt(effort) * modern) * (area > 0.0)
    return value.transpose("year", "state"), _weakest_flag(world["military_ratio_flag"])


def _observed_pressure(world: xr.Dataset, ties: Ties) -> tuple[xr.DataArray, xr.DataArray]:
    unpressed = xr.apply_ufunc(np.exp, -world["patrol_days"] / ties.patrol_scale)
    return 1.0 - unpressed, _weakest_flag(world["patrol_days_flag"])


def _economic_aid(world: xr.Dataset) -> tuple[xr.DataArray, xr.DataArray]:
    return world["official_finance"].clip(min=0.0), world["official_finance_flag"]
