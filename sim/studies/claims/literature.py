"""Conditions under which the literature expects hedging to stop: claims L1 to L4."""

from __future__ import annotations

from collections.abc import Mapping

import xarray as xr

from sim.axes import RUN, STATE, YEAR, Array
from sim.outcomes.posture import INDIRECT_BALANCING, LIMITED
from sim.studies.claims.counterfactuals import CounterfactualRun
from sim.studies.claims.giving import gain
from sim.studies.claims.measures import claimants, counted, inside_band, last, mean_of, members

Worlds = Mapping[str, CounterfactualRun]
BASE, RETREAT, WAR, STRONG = "as it is", "US retreat", "open war", "strong US"
BACKED, ALONE, UNRELIABLE = (
    "threat, reliable ally",
    "threat, unreliable ally",
    "unreliable ally",
)


def _balancing(world: CounterfactualRun) -> xr.DataArray:
    posture = last(world.outcomes["posture"])
    return (posture >= 0) & (posture <= INDIRECT_BALANCING)


def _bandwagoning(world: CounterfactualRun) -> xr.DataArray:
    return last(world.outcomes["posture"]) >= LIMITED


def claim_l1_patron_retreat(worlds: Worlds) -> tuple[Array, ...]:
    """Patron retreat: alignment, and how many members bandwagon."""
    after, before = worlds[RETREAT], worlds[BASE]
    among = members(before)
    return (
        mean_of(gain(after, before, "alignment"), among),
        counted(_bandwagoning(after), among) - counted(_bandwagoning(before), among),
    )


def claim_l2_direct_threat(worlds: Worlds) -> tuple[Array, ...]:
    """Threat on all fronts: what it does with a reliable ally, more than with an unreliable one, and who balances."""
    among = members(worlds[BACKED])
    with_ally = mean_of(gain(worlds[BACKED], worlds[STRONG], "alignment"), among)
    without = mean_of(gain(worlds[ALONE], worlds[UNRELIABLE], "alignment"), among)
    more = counted(_balancing(worlds[BACKED]), among) - counted(_balancing(worlds[STRONG]), among)
    return with_ally, with_ally - without, more


def claim_l3_open_war(worlds: Worlds) -> tuple[Array, ...]:
    """Open war: how many are still in the band, and how far hedging falls."""
    after, before = worlds[WAR], worlds[BASE]
    among = members(before)
    return (
        counted(last(inside_band(after)), among),
        mean_of(gain(after, before, "hedging"), among),
    )


def claim_l3_facts(worlds: Worlds) -> dict[str, float]:
    """Members in the band and their hedging with and without war, and the rivalry reached."""
    facts = {"rivalry": last(worlds[WAR].outcomes["rivalry"]).mean().item()}
    for key, world in (("peace", worlds[BASE]), ("war", worlds[WAR])):
        among = members(world)
        facts[f"{key}_inside"] = counted(last(inside_band(world)), among).mean()
        facts[f"{key}_hedging"] = mean_of(last(world.outcomes["hedging"]), among).mean()
    return facts


def _apart(world: CounterfactualRun, who: xr.DataArray) -> Array:
    """Hedging of some members less that of the other members, mean over years."""
    hedging = world.outcomes["hedging"].mean(YEAR)
    return mean_of(hedging, who & members(world)) - mean_of(hedging, ~who & members(world))


def claim_l4_allies_and_disputants(worlds: Worlds) -> tuple[Array, ...]:
    """Allies and disputants: hedging against the other members'."""
    base = worlds[BASE]
    return _apart(base, base.ally > 0.0), _apart(base, claimants(base))


def claim_l4_facts(worlds: Worlds) -> dict[str, str]:
    """Each member's mean hedging, allies and disputants marked."""
    base = worlds[BASE]
    level = base.outcomes["hedging"].mean((YEAR, RUN))
    ally, disputant = base.ally > 0.0, claimants(base)
    states = [
        f"{code} {level.sel({STATE: code}).item():.2f}"
        + (" (ally)" if bool(ally.sel({STATE: code})) else "")
        + (" (disputant)" if bool(disputant.sel({STATE: code})) else "")
        for code in base.history[STATE].values
    ]
    return {"states": ", ".join(states)}
