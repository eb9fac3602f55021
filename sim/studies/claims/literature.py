"""The literature's own switches: what makes hedgers stop hedging."""

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


def _balancing(seen: CounterfactualRun) -> xr.DataArray:
    posture = last(seen.outcomes["posture"])
    return (posture >= 0) & (posture <= INDIRECT_BALANCING)


def _bandwagoning(seen: CounterfactualRun) -> xr.DataArray:
    return last(seen.outcomes["posture"]) >= LIMITED


def retreat(seen: Worlds) -> tuple[Array, ...]:
    """Patron retreat: alignment, and how many members bandwagon."""
    after, before = seen[RETREAT], seen[BASE]
    among = members(before)
    return (
        mean_of(gain(after, before, "alignment"), among),
        counted(_bandwagoning(after), among) - counted(_bandwagoning(before), among),
    )


def threatened(seen: Worlds) -> tuple[Array, ...]:
    """Threat on all fronts: what it does with a reliable ally, more than with an unreliable one, and who balances."""
    among = members(seen[BACKED])
    with_ally = mean_of(gain(seen[BACKED], seen[STRONG], "alignment"), among)
    without = mean_of(gain(seen[ALONE], seen[UNRELIABLE], "alignment"), among)
    more = counted(_balancing(seen[BACKED]), among) - counted(_balancing(seen[STRONG]), among)
    return with_ally, with_ally - without, more


def war(seen: Worlds) -> tuple[Array, ...]:
    """Open war: how many are still in the band, and how far hedging falls."""
    after, before = seen[WAR], seen[BASE]
    among = members(before)
    return (
        counted(last(inside_band(after)), among),
        mean_of(gain(after, before, "hedging"), among),
    )


def war_aside(seen: Worlds) -> str:
    """Tell how many are in the band with and without war, and the rivalry reached."""
    told = [
        f"{word} {counted(last(inside_band(seen[name])), members(seen[name])).mean():.1f} members in the band, hedging "
        f"{mean_of(last(seen[name].outcomes['hedging']), members(seen[name])).mean():.2f}"
        for word, name in (("in peace", BASE), ("at war", WAR))
    ]
    rivalry = last(seen[WAR].outcomes["rivalry"]).mean().item()
    return f"In the last year, {'; '.join(told)}; rivalry at war {rivalry:.2f}."


def _apart(seen: CounterfactualRun, who: xr.DataArray) -> Array:
    """Hedging of some members less that of the other members, mean over years."""
    hedging = seen.outcomes["hedging"].mean(YEAR)
    return mean_of(hedging, who & members(seen)) - mean_of(hedging, ~who & members(seen))


def bound(seen: Worlds) -> tuple[Array, ...]:
    """Allies and disputants: hedging against the other members'."""
    base = seen[BASE]
    return _apart(base, base.ally > 0.0), _apart(base, claimants(base))


def bound_aside(seen: Worlds) -> str:
    """Tell each member's mean hedging, allies and disputants marked."""
    base = seen[BASE]
    level = base.outcomes["hedging"].mean((YEAR, RUN))
    ally, disputant = base.ally > 0.0, claimants(base)
    told = [
        f"{code} {level.sel({STATE: code}).item():.2f}"
        + (" (ally)" if bool(ally.sel({STATE: code})) else "")
        + (" (disputant)" if bool(disputant.sel({STATE: code})) else "")
        for code in base.history[STATE].values
    ]
    return f"Mean hedging by state: {', '.join(told)}."
