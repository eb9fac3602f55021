"""Conditions under which the literature expects hedging to stop: claims L1 to L4."""

from __future__ import annotations

from collections.abc import Mapping

import xarray as xr

from sim.axes import PARTNER, RUN, STATE, YEAR, Array
from sim.outcomes.alignment import MIDDLE
from sim.outcomes.posture import LIMITED
from sim.studies.claims.counterfactuals import WAR_AFTER, WAR_YEARS, CounterfactualRun
from sim.studies.claims.giving import gain
from sim.studies.claims.measures import (
    asked,
    claimants,
    counted,
    in_year,
    inside_band,
    last,
    mean_of,
    members,
    refuses,
)

Worlds = Mapping[str, CounterfactualRun]
BASE, WITHDRAWAL, WAR, RIVALRY = "as it is", "US withdrawal", "open war", "full rivalry"
BACKED, BACKED_CALM = "threat, reliable ally", "reliable ally"
ALONE, ALONE_CALM = "threat, unreliable ally", "unreliable ally"
SECOND, THIRD = 1, 2  # years, counted from the first
WAR_END = WAR_AFTER + WAR_YEARS - 1


def _bandwagoning(world: CounterfactualRun) -> xr.DataArray:
    return last(world.outcomes["posture"]) >= LIMITED


def claim_l1_patron_withdraws(worlds: Worlds) -> tuple[Array, ...]:
    """Withdrawal: alignment of allies within two years, of members at the end, and how many members bandwagon."""
    after, before = worlds[WITHDRAWAL], worlds[BASE]
    among = members(before)
    at_once = in_year(after.outcomes["alignment"] - before.outcomes["alignment"], SECOND)
    return (
        mean_of(at_once, before.ally > 0.0),
        mean_of(gain(after, before, "alignment"), among),
        counted(_bandwagoning(after), among) - counted(_bandwagoning(before), among),
    )


def _moved(worlds: Worlds, threatened: str, calm: str) -> Array:
    """Posture in the third year of members without a pact, threatened against not."""
    after, before = worlds[threatened], worlds[calm]
    moved = after.outcomes["alignment_posture"] - before.outcomes["alignment_posture"]
    return mean_of(in_year(moved, THIRD), _unbound(after))


def _unbound(world: CounterfactualRun) -> xr.DataArray:
    return members(world) & (world.ally == 0.0)


def _taking(world: CounterfactualRun) -> Array:
    """How many members without a pact take what the United States offers in the second year."""
    accepted = in_year(world.history["accepted"].sel({PARTNER: "USA"}, drop=True), SECOND)
    return counted(accepted > 0.0, _unbound(world))


def claim_l2_direct_threat(worlds: Worlds) -> tuple[Array, ...]:
    """Threat on all fronts with a pact on offer: posture, who takes the pact, and posture with an unreliable ally."""
    with_ally = _moved(worlds, BACKED, BACKED_CALM)
    return (
        with_ally,
        _taking(worlds[BACKED]) - _taking(worlds[BACKED_CALM]),
        with_ally - _moved(worlds, ALONE, ALONE_CALM),
    )


def claim_l2_facts(worlds: Worlds) -> dict[str, float]:
    """How many members without a pact take the offer in each world."""
    names = {"backed": BACKED, "calm": BACKED_CALM, "alone": ALONE, "alone_calm": ALONE_CALM}
    facts = {key: float(_taking(worlds[name]).mean()) for key, name in names.items()}
    return facts | {"unbound": int(_unbound(worlds[BACKED]).sum())}


def _held_out(world: CounterfactualRun) -> xr.DataArray:
    """Who was asked in the war and gave in to nobody in any of its years, (run, state)."""
    in_war = asked(world)
    return in_war.any(YEAR) & ~(in_war & ~refuses(world)).any(YEAR)


def _at_the_end_of_war(world: CounterfactualRun) -> Array:
    return counted(in_year(inside_band(world), WAR_END), members(world))


def claim_l3_open_war(worlds: Worlds) -> tuple[Array, ...]:
    """Open war: how many refuse both sides throughout, how many are still in the band, and how far hedging falls."""
    war, rivalry = worlds[WAR], worlds[RIVALRY]
    among = members(war)
    hedging = in_year(war.outcomes["hedging"] - rivalry.outcomes["hedging"], WAR_END)
    return counted(_held_out(war), among), _at_the_end_of_war(war), mean_of(hedging, among)


def claim_l3_facts(worlds: Worlds) -> dict[str, float]:
    """Members in the band and their hedging in the last year of the war, in peace, under full rivalry, and at war."""
    facts = {}
    for key, name in (("peace", BASE), ("rivalry", RIVALRY), ("war", WAR)):
        world = worlds[name]
        hedging = mean_of(in_year(world.outcomes["hedging"], WAR_END), members(world))
        facts[f"{key}_inside"] = float(_at_the_end_of_war(world).mean())
        facts[f"{key}_hedging"] = float(hedging.mean())
    return facts


def ambiguity(world: CounterfactualRun) -> xr.DataArray:
    """Nearness of security alignment to the middle, (run, year, state): 1 in the middle, 0 at either end."""
    return 1.0 - abs(world.outcomes["alignment_security"] - MIDDLE) / MIDDLE


def _apart(world: CounterfactualRun, who: xr.DataArray) -> Array:
    """Ambiguity of some members less that of the other members, mean over years."""
    level = ambiguity(world).mean(YEAR)
    return mean_of(level, who & members(world)) - mean_of(level, ~who & members(world))


def claim_l4_allies_and_disputants(worlds: Worlds) -> tuple[Array, ...]:
    """Allies and disputants: ambiguity of security alignment against the other members'."""
    base = worlds[BASE]
    return _apart(base, base.ally > 0.0), _apart(base, claimants(base))


def claim_l4_facts(worlds: Worlds) -> dict[str, str]:
    """Each member's mean ambiguity, allies and disputants marked."""
    base = worlds[BASE]
    level = ambiguity(base).mean((YEAR, RUN))
    ally, disputant = base.ally > 0.0, claimants(base)
    states = [
        f"{code} {level.sel({STATE: code}).item():.2f}"
        + (" (ally)" if bool(ally.sel({STATE: code})) else "")
        + (" (disputant)" if bool(disputant.sel({STATE: code})) else "")
        for code in base.history[STATE].values
    ]
    return {"states": ", ".join(states)}
