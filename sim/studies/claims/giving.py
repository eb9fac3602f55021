"""Effects of security assistance: claims 1, 2, 9 and 10."""

from __future__ import annotations

from collections.abc import Mapping

import xarray as xr

from sim.axes import PARTNER, RUN, STATE, YEAR, Array
from sim.studies.claims.counterfactuals import LARGE, CounterfactualRun
from sim.studies.claims.measures import claimants, last, mean_of, rank_correlation, recipients

Worlds = Mapping[str, CounterfactualRun]
LARGE_GAP = 0.5  # part of the capacity a state needs that it lacks
NONE, MODEST_EQUAL, BIG = "no OSA", "modest OSA, equal shares", "large OSA"
LANES, CLAIMANTS = "large OSA along sea lanes", "large OSA to claimants"
LETHAL, NONLETHAL = "large lethal OSA", "large nonlethal OSA"
PER = 100.0  # JPY bn


def gain(after: CounterfactualRun, before: CounterfactualRun, name: str) -> xr.DataArray:
    """Paired difference of an outcome in the last year, (run,) or (run, state)."""
    return last(after.outcomes[name]) - last(before.outcomes[name])


def _gap(world: CounterfactualRun) -> xr.DataArray:
    return (1.0 - world.outcomes["capacity"].isel({YEAR: 0})).clip(min=0.0)


def _received(world: CounterfactualRun) -> xr.DataArray:
    """Share of all years' budgets that each state received when all who may receive share equally, (run, state)."""
    taking = world.history["security_aid"].sel({PARTNER: "JPN"}, drop=True) > 0.0
    return (taking / taking.sum(STATE).clip(min=1)).sum(YEAR)


def _agency(world: CounterfactualRun) -> xr.DataArray:
    """Capacity in the first year, (state,): how large the agency is that takes the equipment in."""
    return world.outcomes["capacity"].isel({YEAR: 0}).mean(RUN)


def claim_1_modest_assistance(worlds: Worlds) -> tuple[Array, ...]:
    """Claim 1: what modest, equal shares add where the gap is large, elsewhere, by the gap, and in small agencies."""
    after, before = worlds[MODEST_EQUAL], worlds[NONE]
    given = recipients(after)
    gap, gained = _gap(before), gain(after, before, "capacity")
    large = gap.mean(RUN) >= LARGE_GAP
    money = _received(after)
    per_yen = gained / money.where(money > 0.0, 1.0)
    agency = _agency(before)
    small = agency <= agency.where(given).median()
    return (
        mean_of(gained, given & large),
        _or_nobody(gained, given & ~large),
        rank_correlation(gap, per_yen, given),
        100.0 * (mean_of(per_yen, given & small) / mean_of(per_yen, given & ~small) - 1.0),
    )


def _or_nobody(values: xr.DataArray, among: xr.DataArray) -> Array:
    """Mean over the chosen states; 0 where there is none."""
    chosen = values.where(among)
    return chosen.mean(STATE).fillna(0.0).transpose(RUN).values


def claim_1_facts(worlds: Worlds) -> dict[str, str]:
    """Each recipient's agency, gap and gain."""
    after, before = worlds[MODEST_EQUAL], worlds[NONE]
    gap, gained = _gap(before).mean(RUN), gain(after, before, "capacity").mean(RUN)
    recipient = [
        f"{code} gap {gap.sel({STATE: code}).item():.2f}, gain {gained.sel({STATE: code}).item():+.3f}"
        for code in after.history[STATE].values[recipients(after).values]
    ]
    return {"recipients": "; ".join(recipient)}


def claim_2_no_camp(worlds: Worlds) -> tuple[Array, ...]:
    """Claim 2: capacity, autonomy and alignment of recipients, and of the one that moves most."""
    after, before = worlds[BIG], worlds[NONE]
    given = recipients(after)
    moved = gain(after, before, "alignment")
    most = int(abs(moved.mean(RUN)).where(given, -1.0).values.argmax())
    return (
        mean_of(gain(after, before, "capacity"), given),
        mean_of(gain(after, before, "autonomy"), given),
        mean_of(moved, given),
        moved.isel({STATE: most}).transpose(RUN).values,
    )


def claim_9_sea_lanes(worlds: Worlds) -> tuple[Array, ...]:
    """Claim 9: sea-lane score per JPY 100 bn along lanes less that by claim."""
    along, by_claim = worlds[LANES], worlds[CLAIMANTS]
    money = LARGE * along.outcomes.sizes[YEAR] / PER
    return (gain(along, by_claim, "sea_lanes").values / money,)


def claim_9_facts(worlds: Worlds) -> dict[str, float]:
    """What each way buys against no assistance."""
    money = LARGE * worlds[LANES].outcomes.sizes[YEAR] / PER
    return {
        key: gain(worlds[name], worlds[NONE], "sea_lanes").mean().item() / money
        for key, name in (("lanes", LANES), ("claimants", CLAIMANTS))
    }


def claim_10_lethal_exports(worlds: Worlds) -> tuple[Array, ...]:
    """Claim 10: capacity, deterrence and pressure under lethal rather than non-lethal exports."""
    after, before = worlds[LETHAL], worlds[NONLETHAL]
    pressed = claimants(after)
    return (
        mean_of(gain(after, before, "capacity"), pressed),
        gain(after, before, "deterrence").values,
        mean_of(gain(after, before, "pressure"), pressed),
    )
