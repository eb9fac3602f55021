"""Is enough known of everybody to start from? A state or power without data is refused by name, not simulated.

What may be missing is filled by the rule of `sim.world.impute` and flagged. This is what that rule cannot fill: what has no
regional mean (distances, waters, a power that no state trades with), and powers seen from themselves, whose mean means nothing.
A power on which another table is silent (no survey asks about trust in Australia) takes the other powers' mean there.
"""

from __future__ import annotations

from collections.abc import Iterator

import xarray as xr

from sim.errors import UserError
from sim.world.impute import MISSING, REGIONAL

OF_STATES = ("eez_area", "gdp", "growth", "military_ratio")
OF_PAIRS = ("distance", "trade_share", "arms_share")
OF_POWERS = ("gdp", "growth", "military_ratio")


def check_known(world: xr.Dataset, year: int) -> None:
    """Refuse a world in which a state or a power lacks what nothing can stand in for.

    Parameters
    ----------
    world : from `sim.world.load.load`. year : the year started from.

    Raises
    ------
    UserError : naming the first state or power, and the tables that lack it.
    """
    lacks: dict[str, list[str]] = {}
    for code, table in _lacking(world, year):
        lacks.setdefault(code, []).append(table)
    for code, tables in lacks.items():
        raise UserError(
            given=f"nothing is known of {code} in {', '.join(tables)} up to {year}",
            allowed="a state or power must stand in every one of these tables before it can be simulated",
            where="in sim/world/data/ (docs/howto/add_a_state.md), or leave it out: states=[PHL,VNM]",
        )


def _lacking(world: xr.Dataset, year: int) -> Iterator[tuple[str, str]]:
    for name in OF_PAIRS:
        gone = _at(world, f"{name}_flag", year) == MISSING
        strangers = gone.all("partner")  # states of which the table says nothing
        absent = (gone | strangers).all("state") & ~strangers.all()  # powers likewise
        yield from _named(absent, "partner", name)
        yield from _named((gone & ~absent).any("partner"), "state", name)
    for name in OF_STATES:
        yield from _named(_at(world, f"{name}_flag", year) == MISSING, "state", name)
    for name in OF_POWERS:
        flag = _at(world, f"partner_{name}_flag", year)
        yield from _named((flag == MISSING) | (flag == REGIONAL), "partner", name)


def _at(world: xr.Dataset, name: str, year: int) -> xr.DataArray:
    flag = world[name]
    return flag.sel(year=year) if "year" in flag.dims else flag


def _named(gone: xr.DataArray, axis: str, name: str) -> Iterator[tuple[str, str]]:
    for code in gone[axis].values[gone.values]:
        yield str(code), name
