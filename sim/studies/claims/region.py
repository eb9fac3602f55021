"""Claims about the region between the powers: 3 to 8."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import xarray as xr

from sim.axes import PARTNER, RUN, STATE, YEAR, Array
from sim.outcomes.alignment import EDGE
from sim.studies.claims.counterfactuals import CounterfactualRun
from sim.studies.claims.giving import BIG, NONE, gain
from sim.studies.claims.measures import (
    claimants,
    correlation,
    counted,
    inside_band,
    last,
    mean_of,
    members,
    net_of_states_and_years,
    rank_correlation,
    west,
    with_china,
    years_hedging,
)

Worlds = Mapping[str, CounterfactualRun]
BASE, AID, SHY = "as it is", "much Western aid", "no reassurance"
JOINT, UNDETERRING = "joint resolve", "joint resolve, not deterring"
STRONG, FREE, FREE_STRONG = (
    "strong US",
    "trade does not attract",
    "trade does not attract, strong US",
)
LOW, HIGH = "low rivalry", "high rivalry"
PASSIVE, DUOPOLY = "passive Japan", "duopoly"


def beijing(seen: Worlds) -> tuple[Array, ...]:
    """Claim 3: pressure on claimants under aid alone, under joint resolve, and what jointness adds."""
    pressed = claimants(seen[NONE])
    pressure = {name: last(seen[name].outcomes["pressure"]) for name in seen}
    return tuple(
        mean_of(pressure[after] - pressure[before], pressed)
        for after, before in ((BIG, NONE), (JOINT, NONE), (JOINT, UNDETERRING))
    )


def _asean(seen: CounterfactualRun) -> Array:
    return mean_of(last(seen.outcomes["alignment"]), members(seen))


def _tipped(seen: CounterfactualRun) -> Array:
    return (_asean(seen) > seen.outcomes.attrs["band_high"] + EDGE).astype(float)


def _western(seen: CounterfactualRun) -> xr.DataArray:
    return last(seen.outcomes["alignment"]) > seen.outcomes.attrs["band_high"] + EDGE


def tipping(seen: Worlds) -> tuple[Array, ...]:
    """Claim 4: whether ASEAN's mean tips, as things are and under much Western aid, and who does."""
    base = seen[BASE]
    return _tipped(base), _tipped(seen[AID]), counted(_western(base), members(base))


def tipping_aside(seen: Worlds) -> str:
    """Name the exceptions with the share of runs in which each leans to the United States."""
    base = seen[BASE]
    share = _western(base).mean(RUN)
    told = [
        f"{code} {100 * float(share.sel({STATE: code})):.0f} %"
        for code in base.history[STATE].values[(share >= 0.05).values]
    ]
    mean, aided = float(_asean(base).mean()), float(_asean(seen[AID]).mean())
    return (
        f"ASEAN's mean alignment {mean:.1f} ({aided:.1f} with much Western aid). Beyond the band to the United States, "
        f"share of runs: {', '.join(told) or 'nobody'}."
    )


def _following(seen: CounterfactualRun) -> Array:
    """Correlation of rises in Western security ties with what economic ties with China do in that year and the next."""
    secure, trade = west(seen).values, with_china(seen)
    axis = west(seen).get_axis_num(YEAR)
    rise = np.diff(secure, axis=axis).clip(min=0.0)
    rise = np.take(rise, range(rise.shape[axis] - 1), axis=axis)
    answer = trade.isel({YEAR: slice(2, None)}).copy(
        data=trade.isel({YEAR: slice(2, None)}).values - trade.isel({YEAR: slice(None, -2)}).values
    )
    return correlation(
        net_of_states_and_years(answer.copy(data=rise)), net_of_states_and_years(answer)
    )


def compensation(seen: Worlds) -> tuple[Array, ...]:
    """Claim 5: how economic ties with China follow rises in Western security ties, with and without reassurance."""
    with_it, without = _following(seen[BASE]), _following(seen[SHY])
    tie = last(with_china(seen[BASE])) - last(with_china(seen[SHY]))
    return with_it, with_it - without, mean_of(tie, members(seen[BASE]))


def _shift(seen: Worlds, after: str, before: str, domain: str) -> Array:
    return mean_of(gain(seen[after], seen[before], f"alignment_{domain}"), members(seen[BASE]))


def capped(seen: Worlds) -> tuple[Array, ...]:
    """Claim 6: how far the economy lags security, by dependence, and what it does when trade does not attract."""
    base = seen[BASE]
    economic = _shift(seen, STRONG, BASE, "economic")
    apart = last(base.outcomes["alignment_security"] - base.outcomes["alignment_economic"])
    need = base.history["dependence"].sel({PARTNER: "CHN"}, drop=True).isel({YEAR: 0})
    return (
        _shift(seen, STRONG, BASE, "security") - economic,
        rank_correlation(apart, need, members(base)),
        _shift(seen, FREE_STRONG, FREE, "economic") - economic,
    )


def shortening(seen: Worlds) -> tuple[Array, ...]:
    """Claim 7: years of hedging and in the band, and hedging at the end, high against low rivalry."""
    high, low = seen[HIGH], seen[LOW]
    among = members(low)
    inside = inside_band(high).sum(YEAR) - inside_band(low).sum(YEAR)
    return (
        years_hedging(high) - years_hedging(low),
        mean_of(inside, among),
        mean_of(gain(high, low, "hedging"), among),
    )


def shortening_aside(seen: Worlds) -> str:
    """Tell the years at three levels of rivalry."""
    told = [f"{name} {years_hedging(seen[name]).mean():.1f}" for name in (LOW, BASE, HIGH)]
    return f"Years until hedging stays below a half (mean of members, cut off at the end): {', '.join(told)}."


def third(seen: Worlds) -> tuple[Array, ...]:
    """Claim 8: how many members are in the band, against a passive Japan and against no Japan at all."""
    inside = {
        name: counted(last(inside_band(seen[name])), members(seen[name]))
        for name in (BASE, PASSIVE, DUOPOLY)
    }
    return inside[BASE] - inside[PASSIVE], inside[BASE] - inside[DUOPOLY]
