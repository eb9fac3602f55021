"""What stands where nothing was observed? One rule, the same for every series.

A series says in ``sources.yaml`` what absence means:

* ``zero``: nothing on record means that there was nothing. A missing value is a structural zero,
  within the years the source covers; outside them it stays missing. A row without a value (it
  happened, its size is not published) stays missing as well.
* ``unknown``: between the first and the last observed year of a pair the value is interpolated
  linearly; outside them it stays missing.
* ``impute``: (a) linear interpolation between the same pair's observed years; (b) beyond the ends
  the nearest observed value is carried; (c) a pair never observed takes the mean, after (a) and
  (b), over the reference states that have a value for that partner in that year: the regional mean.

The reference is always the ten ASEAN members with data, so that choosing another world never
changes a state's numbers. Powers seen from themselves have no reference and stay missing.

Source: assumed; the simplest rule that never invents a trend. Every value carries a flag.
"""

from __future__ import annotations

import numpy as np
import xarray as xr
from numpy.typing import NDArray

Array = NDArray[np.float64]
Flags = NDArray[np.int8]

(
    OBSERVED,
    DERIVED,
    PARTLY,
    MEMORY,
    ASSUMED,
    INTERPOLATED,
    CARRIED,
    REGIONAL,
    ZERO,
    MISSING,
) = range(10)
MEANINGS = (
    "observed",
    "derived",
    "partly_seen",
    "from_memory",
    "assumed",
    "interpolated",
    "carried",
    "regional_mean",
    "structural_zero",
    "missing",
)


def fill(
    values: Array,
    flags: Flags,
    *,
    absent: str,
    years: NDArray[np.int64],
    covered: NDArray[np.bool_] | None = None,
    reference: NDArray[np.bool_] | None = None,
) -> tuple[Array, Flags]:
    """Fill one series by the rule of this module.

    Parameters
    ----------
    values : (year, state, partner)  NaN where nothing is known; any unit, kept.
    flags : (year, state, partner)  the flag of its status where there is a row, else MISSING.
    absent : "zero", "unknown" or "impute".
    years : (year,)  the calendar years, rising.
    covered : (year,)  for "zero": the years in which absence means zero; all by default.
    reference : (state,)  for "impute": the states whose mean is the regional mean; none by default.

    Returns
    -------
    values, flags : (year, state, partner)  filled copies; NaN exactly where the flag is MISSING.

    Raises
    ------
    ValueError : for another word than the three.
    """
    if absent == "zero":
        return _impute_zero(values, flags, covered=covered)
    if absent not in ("unknown", "impute"):
        raise ValueError(f"absent is {absent!r}; it must be 'zero', 'unknown' or 'impute'")
    filled, marked = _along_years(values, flags, years=years, carry=absent == "impute")
    if absent == "impute" and reference is not None:
        filled, marked = _impute_regional(filled, marked, reference=reference)
    return filled, marked


def fill_named(
    data: xr.DataArray,
    flags: xr.DataArray,
    *,
    absent: str,
    covered: tuple[int, ...] = (),
    reference: tuple[str, ...] = (),
) -> tuple[xr.DataArray, xr.DataArray]:
    """Fill a labelled array; as :func:`fill`, with years and states taken from the coordinates.

    Parameters
    ----------
    data, flags : over year, state, partner, in this order.
    covered : first and last year in which absence means zero; empty for all years.
    reference : codes of the states of the regional mean; empty for none.
    """
    years = data["year"].to_numpy()
    inside = (years >= covered[0]) & (years <= covered[1]) if covered else None
    chosen = np.isin(data["state"].to_numpy(), reference) if reference else None
    filled, marked = fill(
        data.to_numpy(),
        flags.to_numpy(),
        absent=absent,
        years=years,
        covered=inside,
        reference=chosen,
    )
    return data.copy(data=filled), flags.copy(data=marked)


def _impute_zero(
    values: Array, flags: Flags, *, covered: NDArray[np.bool_] | None
) -> tuple[Array, Flags]:
    inside = np.ones(values.shape[0], dtype=bool) if covered is None else covered
    no_row = (flags == MISSING) & inside[:, None, None]
    filled = np.where(no_row, 0.0, values)
    marked = np.where(no_row, ZERO, np.where(np.isnan(filled), MISSING, flags))
    return filled, marked.astype(np.int8)


def _along_years(
    values: Array, flags: Flags, *, years: NDArray[np.int64], carry: bool
) -> tuple[Array, Flags]:
    filled, marked = values.copy(), flags.copy()
    for pair in np.ndindex(values.shape[1:]):
        item = (slice(None), *pair)
        filled[item], marked[item] = _one_pair(values[item], flags[item], years=years, carry=carry)
    return filled, marked


def _one_pair(
    values: Array, flags: Flags, *, years: NDArray[np.int64], carry: bool
) -> tuple[Array, Flags]:
    known = ~np.isnan(values)
    if not known.any():
        return values, np.full_like(flags, MISSING)
    seen = years[known]
    inside = (years > seen[0]) & (years < seen[-1])
    end = None if carry else np.nan
    filled = np.interp(years, seen, values[known], left=end, right=end)
    beyond = CARRIED if carry else MISSING
    marked = np.where(known, flags, np.where(inside, INTERPOLATED, beyond))
    return np.where(known, values, filled), marked.astype(np.int8)


def _impute_regional(
    values: Array, flags: Flags, *, reference: NDArray[np.bool_]
) -> tuple[Array, Flags]:
    members = values[:, reference]
    count = (~np.isnan(members)).sum(axis=1, keepdims=True)
    total = np.nansum(members, axis=1, keepdims=True)
    mean = np.where(count > 0, total / np.maximum(count, 1), np.nan)
    filled = np.where(np.isnan(values), mean, values)
    took = np.isnan(values) & ~np.isnan(filled)
    return filled, np.where(took, REGIONAL, flags).astype(np.int8)
