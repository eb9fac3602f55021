"""Claims about the region between the powers: 3 to 8."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

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


def claim_3_joint_resistance(worlds: Worlds) -> tuple[Array, ...]:
    """Claim 3: pressure on claimants under aid alone, under joint resolve, and what jointness adds."""
    pressed = claimants(worlds[NONE])
    pressure = {name: last(worlds[name].outcomes["pressure"]) for name in worlds}
    return tuple(
        mean_of(pressure[after] - pressure[before], pressed)
        for after, before in ((BIG, NONE), (JOINT, NONE), (JOINT, UNDETERRING))
    )


def _asean(world: CounterfactualRun) -> Array:
    return mean_of(last(world.outcomes["alignment"]), members(world))


def _tipped(world: CounterfactualRun) -> Array:
    return (_asean(world) > world.outcomes.attrs["band_high"] + EDGE).astype(float)


def _western(world: CounterfactualRun) -> xr.DataArray:
    return last(world.outcomes["alignment"]) > world.outcomes.attrs["band_high"] + EDGE


def claim_4_tipping(worlds: Worlds) -> tuple[Array, ...]:
    """Claim 4: whether ASEAN's mean tips, as things are and under much Western aid, and who does."""
    base = worlds[BASE]
    return _tipped(base), _tipped(worlds[AID]), counted(_western(base), members(base))


def claim_4_facts(worlds: Worlds) -> dict[str, Any]:
    """Mean alignments, and the exceptions with the share of runs in which each leans to the United States."""
    base = worlds[BASE]
    share = _western(base).mean(RUN)
    exceptions = [
        f"{code} {100 * float(share.sel({STATE: code})):.0f} %"
        for code in base.history[STATE].values[(share >= 0.05).values]
    ]
    mean, aided = float(_asean(base).mean()), float(_asean(worlds[AID]).mean())
    return {"mean": mean, "aided": aided, "exceptions": ", ".join(exceptions) or "nobody"}


def _following(world: CounterfactualRun) -> Array:
    """Correlation of rises in Western security ties with what economic ties with China do in that year and the next."""
    secure, trade = west(world).values, with_china(world)
    axis = west(world).get_axis_num(YEAR)
    rise = np.diff(secure, axis=axis).clip(min=0.0)
    rise = np.take(rise, range(rise.shape[axis] - 1), axis=axis)
    answer = trade.isel({YEAR: slice(2, None)}).copy(
        data=trade.isel({YEAR: slice(2, None)}).values - trade.isel({YEAR: slice(None, -2)}).values
    )
    return correlation(
        net_of_states_and_years(answer.copy(data=rise)), net_of_states_and_years(answer)
    )


def claim_5_compensation(worlds: Worlds) -> tuple[Array, ...]:
    """Claim 5: how economic ties with China follow rises in Western security ties, with and without reassurance."""
    with_it, without = _following(worlds[BASE]), _following(worlds[SHY])
    tie = last(with_china(worlds[BASE])) - last(with_china(worlds[SHY]))
    return with_it, with_it - without, mean_of(tie, members(worlds[BASE]))


def _shift(worlds: Worlds, after: str, before: str, domain: str) -> Array:
    return mean_of(
        gain(worlds[after], worlds[before], f"alignment_{domain}"), members(worlds[BASE])
    )


def claim_6_trade_cap(worlds: Worlds) -> tuple[Array, ...]:
    """Claim 6: how far the economy lags security, by dependence, and what it does when trade does not attract."""
    base = worlds[BASE]
    economic = _shift(worlds, STRONG, BASE, "economic")
    apart = last(base.outcomes["alignment_security"] - base.outcomes["alignment_economic"])
    need = base.history["dependence"].sel({PARTNER: "CHN"}, drop=True).isel({YEAR: 0})
    return (
        _shift(worlds, STRONG, BASE, "security") - economic,
        rank_correlation(apart, need, members(base)),
        _shift(worlds, FREE_STRONG, FREE, "economic") - economic,
    )


def claim_7_time_to_choose(worlds: Worlds) -> tuple[Array, ...]:
    """Claim 7: years of hedging and in the band, and hedging at the end, high against low rivalry."""
    high, low = worlds[HIGH], worlds[LOW]
    among = members(low)
    inside = inside_band(high).sum(YEAR) - inside_band(low).sum(YEAR)
    return (
        years_hedging(high) - years_hedging(low),
        mean_of(inside, among),
        mean_of(gain(high, low, "hedging"), among),
    )


def claim_7_facts(worlds: Worlds) -> dict[str, float]:
    """Years of hedging at three levels of rivalry."""
    levels = (("low", LOW), ("base", BASE), ("high", HIGH))
    return {key: float(years_hedging(worlds[name]).mean()) for key, name in levels}


def claim_8_third_partner(worlds: Worlds) -> tuple[Array, ...]:
    """Claim 8: how many members are in the band, against a passive Japan and against no Japan at all."""
    inside = {
        name: counted(last(inside_band(worlds[name])), members(worlds[name]))
        for name in (BASE, PASSIVE, DUOPOLY)
    }
    return inside[BASE] - inside[PASSIVE], inside[BASE] - inside[DUOPOLY]
