"""Claims about the region between the powers: 3 to 8."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import xarray as xr

from sim.axes import PARTNER, RUN, STATE, YEAR, Array
from sim.outcomes.alignment import EDGE
from sim.studies.claims.counterfactuals import CounterfactualRun
from sim.studies.claims.dated_acts import EAST, WEST, aftermath
from sim.studies.claims.giving import BIG, NONE, gain
from sim.studies.claims.measures import (
    claimants,
    counted,
    in_year,
    inside_band,
    last,
    mean_of,
    members,
    rank_correlation,
    refusing_share,
    years_hedging,
)

Worlds = Mapping[str, CounterfactualRun]
BASE, AID = "as it is", "much Western aid"
JOINT, UNDETERRING = "joint resolve", "joint resolve, not deterring"
STRONG = "strong US"
LOW, HIGH, ASKED = "low rivalry", "high rivalry", "high rivalry, states asked to choose"
PASSIVE, DUOPOLY = "passive Japan", "duopoly"
COMPENSATES = dict.fromkeys(("VNM", "IDN", "MYS", "SGP"), (WEST, EAST))
EXCEPTIONS = {"PHL": (WEST, EAST), "KHM": (EAST, WEST)}


def claim_3_joint_resistance(worlds: Worlds) -> tuple[Array, ...]:
    """Claim 3: pressure on claimants under aid alone, under joint resolve, and what jointness adds."""
    pressed = claimants(worlds[NONE])
    pressure = {name: worlds[name].outcomes["pressure"].mean(YEAR) for name in worlds}
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
    first = float(mean_of(in_year(base.outcomes["alignment"], 0), members(base)).mean())
    said = ", ".join(exceptions) or "nobody"
    return {"mean": mean, "aided": aided, "first": first, "exceptions": said}


def claim_5_compensation(worlds: Worlds) -> tuple[Array, ...]:
    """Claim 5: chance of a step to the other side within two years of a major step, above the base rate."""
    base = worlds[BASE]
    return aftermath(base, COMPENSATES).excess, aftermath(base, EXCEPTIONS).excess


def claim_5_facts(worlds: Worlds) -> dict[str, str]:
    """Each state's chance of an answer after a major step, and its base rate."""
    base = worlds[BASE]
    said = []
    for code, sides in (COMPENSATES | EXCEPTIONS).items():
        result = aftermath(base, {code: sides})
        said.append(f"{code} {result.after:.0%} against {result.base:.0%} ({result.steps} steps)")
    return {"states": "; ".join(said)}


def _shift(worlds: Worlds, domain: str, among: xr.DataArray) -> Array:
    return mean_of(gain(worlds[STRONG], worlds[BASE], f"alignment_{domain}"), among)


def claim_6_trade_cap(worlds: Worlds) -> tuple[Array, ...]:
    """Claim 6: how far the economy lags security, by dependence, and whether it follows where dependence is small."""
    base = worlds[BASE]
    among = members(base)
    apart = last(base.outcomes["alignment_security"] - base.outcomes["alignment_economic"])
    need = base.history["dependence"].sel({PARTNER: "CHN"}, drop=True).isel({YEAR: 0})
    usual = need.mean(RUN)
    free = usual <= usual.where(among).median()
    return (
        _shift(worlds, "security", among) - _shift(worlds, "economic", among),
        rank_correlation(apart, need, among),
        _shift(worlds, "economic", among & free) - _shift(worlds, "economic", among & ~free),
    )


def _years_inside(world: CounterfactualRun) -> Array:
    return mean_of(inside_band(world).sum(YEAR), members(world))


def _inside_at_the_end(world: CounterfactualRun) -> Array:
    return counted(last(inside_band(world)), members(world))


def claim_7_time_to_choose(worlds: Worlds) -> tuple[Array, ...]:
    """Claim 7: years of hedging and in the band, high rivalry with demands against low; and what demands add."""
    asked, tense, low = worlds[ASKED], worlds[HIGH], worlds[LOW]
    return (
        years_hedging(asked) - years_hedging(low),
        _years_inside(asked) - _years_inside(low),
        _inside_at_the_end(asked) - _inside_at_the_end(tense),
    )


def claim_7_facts(worlds: Worlds) -> dict[str, float]:
    """Years of hedging and in the band without demands, and how often members refuse everybody."""
    asked, tense, low = worlds[ASKED], worlds[HIGH], worlds[LOW]
    return {
        "hedging": float((years_hedging(tense) - years_hedging(low)).mean()),
        "inside": float((_years_inside(tense) - _years_inside(low)).mean()),
        "refusing": refusing_share(asked),
    }


def claim_8_third_partner(worlds: Worlds) -> tuple[Array, ...]:
    """Claim 8: how many members are in the band, against a passive Japan and against no Japan at all."""
    inside = {name: _inside_at_the_end(worlds[name]) for name in (BASE, PASSIVE, DUOPOLY)}
    return inside[BASE] - inside[PASSIVE], inside[BASE] - inside[DUOPOLY]


def claim_8_facts(worlds: Worlds) -> dict[str, float]:
    """Steps up with Japan and with the United States, a member a decade, and years with steps to both sides."""
    facts = {}
    for key, name in (("with_japan", BASE), ("passive", PASSIVE)):
        world = worlds[name]
        per_decade = 10.0 / world.outcomes.sizes[YEAR]
        for what in ("acts_up_japan", "acts_up_united_states", "two_sided"):
            facts[f"{key}_{what}"] = (
                mean_of(world.outcomes[what].sum(YEAR), members(world)).mean() * per_decade
            )
    return facts
