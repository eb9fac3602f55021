"""How long does hedging last? Years until a date that some runs never reach: survival curves, restricted means.

Source: product-limit estimate, Kaplan and Meier (1958; unverified), its variance by Greenwood and its interval on the log-log
scale as in scipy.stats.ecdf; restricted mean survival time, Royston and Parmar (2013; unverified). Works on plain arrays; runs
that never reach the date are right-censored at the horizon.
"""

from __future__ import annotations

import warnings
from dataclasses import dataclass
from typing import Any

import numpy as np

from sim.axes import Array
from sim.errors import UserError

LEVEL = 0.95


@dataclass(frozen=True, kw_only=True)
class Durations:
    """Years until a date, and whether it came: years (...,) above 0; reached (...,) False where the horizon came first."""

    years: Array
    reached: Any

    def __getitem__(self, key: Any) -> Durations:
        """Cut both."""
        return Durations(years=self.years[key], reached=self.reached[key])


@dataclass(frozen=True, kw_only=True)
class Curve:
    """A survival curve that steps down at `year` (years from the start, the first 0), with its 95 % interval.

    share, low, high : that still last. at_risk : cases not yet reached or censored just before each year.
    """

    year: Array
    share: Array
    low: Array
    high: Array
    at_risk: Array


def to_durations(dates: Any, *, first: int, last: int, in_a_row: int = 1) -> Durations:
    """Turn dates into years since the year before the first simulated one.

    Parameters
    ----------
    dates : (...,) calendar years; NaN where it never came. first, last : simulated years, inclusive.
    in_a_row : years that must follow one another; a date later than `last - in_a_row + 1` cannot be told, so that is the horizon.

    Raises
    ------
    UserError : too few years to tell any date.
    """
    horizon = last - in_a_row + 1 - (first - 1)
    if horizon < 1:
        raise UserError(
            given=f"the years are {first} to {last}",
            allowed=f"a date takes {in_a_row} years in a row to tell",
            where="on the command line: years.last=2040",
        )
    years = np.asarray(dates, dtype=float) - (first - 1)
    reached = ~np.isnan(years)
    return Durations(years=np.where(reached, years, float(horizon)), reached=reached)


def kaplan_meier(cases: Durations, *, level: float = LEVEL) -> Curve:
    """Estimate the share that still lasts after each year, with Greenwood's interval on the log-log scale.

    Parameters
    ----------
    cases : years (case,). level : of the interval, which has no width while all last (0 or 1 is not put in doubt by it).

    Raises
    ------
    UserError : no cases at all.
    """
    from scipy.stats import CensoredData, ecdf

    if cases.years.size == 0:
        raise UserError(
            given="there are no cases to follow",
            allowed="a survival curve needs at least one",
            hint="Take more runs, or another outcome.",
        )
    result = ecdf(CensoredData.right_censored(cases.years, ~cases.reached)).sf
    with np.errstate(divide="ignore", invalid="ignore"), warnings.catch_warnings():
        warnings.simplefilter("ignore", RuntimeWarning)  # no interval where all last, or none
        band = result.confidence_interval(confidence_level=level, method="log-log")
    share = result.probabilities
    low, high = (
        np.where(np.isnan(side.probabilities), share, side.probabilities)
        for side in (band.low, band.high)
    )
    risk = np.array([(cases.years >= year).sum() for year in result.quantiles], dtype=float)
    return Curve(
        year=np.r_[0.0, result.quantiles],
        share=np.r_[1.0, share],
        low=np.r_[1.0, low],
        high=np.r_[1.0, high],
        at_risk=np.r_[float(cases.years.size), risk],
    )


def restricted(cases: Durations, *, within: float) -> Array:
    """Years each case lasts, counted to `within` at most, (...,); exact as long as none is cut off before.

    Raises
    ------
    UserError : a limit later than some case is known to last.
    """
    cut = cases.years[~cases.reached]
    if cut.size and within > cut.min():
        raise UserError(
            given=f"years are to be counted to {within:g}, and some runs are known for {cut.min():g} only",
            allowed=f"at most {cut.min():g} years can be counted for every run",
            where="on the command line: years.last=2050",
        )
    return np.minimum(cases.years, within)
