"""Is enough known of everybody to start from? A state or power without data is refused by name, not simulated.

What may be missing is filled by the rule of `sim.world.impute` and flagged. This is what that rule cannot fill: what has no
regional mean (distances, waters, a power that no state trades with), and powers seen from themselves, whose mean means nothing.
A power on which another table is silent (no survey asks about trust in Australia) takes the other powers' mean there; so one of
the others must be a power that the table names.
"""

from __future__ import annotations

from collections.abc import Iterator

import xarray as xr

from sim.errors import UserError
from sim.world.impute import DERIVED, MISSING, OBSERVED, REGIONAL

OF_STATES = ("eez_area", "gdp", "growth", "military_ratio")
OF_PAIRS = ("distance", "trade_share", "arms_share")
TAKEN = ("trust", "official_finance")  # from the other powers, where a table is silent on one
OTHERS = ", or stand beside a power that does, such as China, the United States or Japan"
OF_AXIS = {
    "state": ("state", "docs/howto/add_a_state.md", "states=[PHL,VNM]"),
    "partner": ("power", "docs/howto/add_a_power.md", "partners=[CHN,USA,JPN]"),
}
OF_POWERS = ("gdp", "growth", "military_ratio")


def check_known(world: xr.Dataset, year: int) -> None:
    """Refuse a world in which a state or a power lacks what nothing can stand in for.

    Parameters
    ----------
    world : from `sim.world.load.load`. year : the year started from.

    Raises
    ------
    UserError : naming the first state or power, the tables that lack it, and the years for which they tell of it.
    """
    lacks: dict[tuple[str, str], list[str]] = {}
    for axis, code, table in _lacking_data(world, year):
        lacks.setdefault((axis, code), []).append(table)
    for (axis, code), tables in lacks.items():
        known = "; ".join(f"{name}: {_years_known(world, name, axis, code)}" for name in tables)
        kind, page, example = OF_AXIS[axis]
        raise UserError(
            given=f"nothing is known of {code} in {', '.join(tables)} up to {year} ({known})",
            allowed=f"a {kind} must stand in every one of these tables before it can be simulated"
            + (OTHERS if axis == "partner" and set(tables) <= set(TAKEN) else ""),
            where=f"in sim/world/data/ ({page}), or leave it out: {example}",
        )


def _lacking_data(world: xr.Dataset, year: int) -> Iterator[tuple[str, str, str]]:
    for name in OF_PAIRS:
        gone = _values_at(world, f"{name}_flag", year) == MISSING
        strangers = gone.all("partner")  # states of which the table says nothing
        absent = (gone | strangers).all("state") & ~strangers.all()  # powers likewise
        yield from _named_gaps(absent, "partner", name)
        yield from _named_gaps((gone & ~absent).any("partner"), "state", name)
    for name in TAKEN:
        gone = _values_at(world, f"{name}_flag", year) == MISSING
        silent = gone.all("state")  # of powers; they take the mean of those that are not
        yield from _named_gaps(silent & silent.all(), "partner", name)
        yield from _named_gaps((gone & ~silent).any("partner"), "state", name)
    for name in OF_STATES:
        yield from _named_gaps(_values_at(world, f"{name}_flag", year) == MISSING, "state", name)
    for name in OF_POWERS:
        flag = _values_at(world, f"partner_{name}_flag", year)
        yield from _named_gaps((flag == MISSING) | (flag == REGIONAL), "partner", name)


def _years_known(world: xr.Dataset, name: str, axis: str, code: str) -> str:
    """Say for which years a table tells of a state or power."""
    series = f"partner_{name}" if axis == "partner" and name in OF_POWERS else name
    flag = world[f"{series}_flag"].sel({axis: code})
    if "year" not in flag.dims:
        return "not at all"
    result = flag.isin((OBSERVED, DERIVED))
    years = world["year"].values[result.any([d for d in result.dims if d != "year"]).values]
    return f"known {years[0]} to {years[-1]}" if len(years) else "no year"


def _values_at(world: xr.Dataset, name: str, year: int) -> xr.DataArray:
    flag = world[name]
    return flag.sel(year=year) if "year" in flag.dims else flag


def _named_gaps(gone: xr.DataArray, axis: str, name: str) -> Iterator[tuple[str, str, str]]:
    for code in gone[axis].values[gone.values]:
        yield axis, str(code), name
