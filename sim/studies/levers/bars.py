"""Four responses held against what evidence bounds: credibility on choice, pressure on trust, assertiveness, assistance.

A bar that is missed is printed as missed. Bounds: published effect sizes (docs/evidence.md), fixed before the runs.
"""

from __future__ import annotations

import dataclasses
import math
from dataclasses import dataclass

import numpy as np
import xarray as xr

from sim.axes import RUN, STATE, YEAR
from sim.composition.compose import CONF, Source, compose
from sim.composition.options import take_options
from sim.config import Settings, build
from sim.config.changes import with_changes
from sim.engines.context import build_context
from sim.engines.drivers_of_year import recipients_by
from sim.statistics import mean_interval
from sim.studies.levers.analysis import difference

SECOND, THIRD = 1, 2  # years, counted from the first
ASSERTIVE_IN = 2035
VOCAL, QUIET = ("PHL", "VNM"), ("MYS", "BRN", "IDN")
FRIENDS = ("KHM", "LAO", "BRN")
ENOUGH_OSA = 40.0  # JPY bn a year


@dataclass(frozen=True, kw_only=True)
class Bar:
    """One response and its bounds.

    Parameters
    ----------
    move : what is moved. response : what answers, of whom, when. unit : of all numbers.
    change, half : mean paired difference and half of its 95 % interval. low, high : where it must lie, edges included.
    """

    move: str
    response: str
    unit: str
    change: float
    half: float
    low: float = -math.inf
    high: float = math.inf

    @property
    def met(self) -> bool:
        """Whether the mean lies within the bounds."""
        return self.low <= self.change <= self.high


def bars(settings: Settings, *, runs: int) -> list[Bar]:
    """Move the four levers and hold every response against its bounds.

    Parameters
    ----------
    settings : the rest, over ASEAN's ten. runs : paired runs of each move.
    """
    return [
        *_credibility(settings, runs),
        *_gray_zone(settings, runs),
        *_assertive(settings, runs),
        *_assistance(settings, runs),
    ]


def _bar(values: xr.DataArray, **named: object) -> Bar:
    mean, half = mean_interval(values.transpose(RUN).values)
    return Bar(change=float(mean), half=float(half), **named)  # type: ignore[arg-type]


def _credibility(settings: Settings, runs: int) -> list[Bar]:
    lever = "policy.united_states.credibility"
    gap = _moved(settings, lever, 0.0, 1.0, runs)["forced_choice"]
    return [
        _bar(
            gap.isel({YEAR: SECOND}).mean(STATE),
            move=f"`{lever}` 0 → 1",
            response="would choose China, mean of the states, second year",
            unit="share",
            low=-0.45,
            high=-0.12,
        )
    ]


def _gray_zone(settings: Settings, runs: int) -> list[Bar]:
    lever = "policy.china.gray_zone"
    gap = _moved(settings, lever, 0.0, 1.0, runs)["trust_china"].isel({YEAR: THIRD})
    bounds = dict.fromkeys(VOCAL, (-0.50, -0.12)) | dict.fromkeys(QUIET, (-0.15, 0.02))
    return [
        _bar(
            gap.sel({STATE: code}),
            move=f"`{lever}` 0 → 1",
            response=f"trust in China, {code}, three years later",
            unit="",
            low=low,
            high=high,
        )
        for code, (low, high) in bounds.items()
    ]


def _assertive(settings: Settings, runs: int) -> list[Bar]:
    move = "`policy/china` status_quo → assertive"
    year = min(ASSERTIVE_IN, settings.years.last)
    low, high = (with_china(settings, name) for name in ("status_quo", "assertive"))
    gap = difference(low, high, runs=runs)["alignment"].sel({YEAR: year})
    others = [str(code) for code in gap[STATE].values if code not in VOCAL]
    most = str(gap.sel({STATE: others}).mean(RUN).idxmax(STATE).item())

    def bar(values: xr.DataArray, response: str, low: float, high: float = math.inf) -> Bar:
        said = f"{response}, {year}"
        return _bar(values, move=move, response=said, unit="points", low=low, high=high)

    return [
        *(bar(gap.sel({STATE: code}), f"alignment, {code}", 0.0) for code in VOCAL),
        *(
            bar(
                gap.sel({STATE: code}) - gap.sel({STATE: most}),
                f"alignment, {code} less {most}, of the others the one that moves most to the United States",
                0.0,
            )
            for code in VOCAL
        ),
        *(bar(gap.sel({STATE: code}), f"alignment, {code}", -1.0, 2.0) for code in FRIENDS),
    ]


def _assistance(settings: Settings, runs: int) -> list[Bar]:
    lever = "policy.japan.osa_budget"
    gaps = _moved(settings, lever, 0.0, ENOUGH_OSA, runs)
    last = {name: values.isel({YEAR: -1}) for name, values in gaps.items()}
    codes = recipients_by(build_context(settings).world, settings.years.last)
    given = last["capacity"][STATE].isin(list(codes))
    move = f"`{lever}` 0 → {ENOUGH_OSA:g} JPY bn a year"
    return [
        _bar(
            last[name].where(among).mean(STATE),
            move=move,
            response=f"{response}, {settings.years.last}",
            unit=unit,
            low=low,
            high=high,
        )
        for name, among, response, unit, low, high in (
            ("capacity", given, "capacity at sea, recipients", "of need", 0.0, math.inf),
            ("trust_japan", given, "trust in Japan, recipients", "", 0.0, math.inf),
            ("alignment", given | True, "alignment, mean of the states", "points", -0.5, 2.5),
        )
    ]


def _moved(
    settings: Settings, lever: str, low: float, high: float, runs: int
) -> dict[str, xr.DataArray]:
    before, after = (with_changes(settings, {lever: value}) for value in (low, high))
    return dict(difference(before, after, runs=runs))


def with_china(settings: Settings, name: str) -> Settings:
    """The settings with China's named policy of conf/policy/china."""
    mapping = compose(Source(folder=CONF, name="config"), [f"policy/china={name}"])
    china = build(take_options(mapping)[1]).policy.china
    return dataclasses.replace(settings, policy=dataclasses.replace(settings.policy, china=china))


def bar_rows(found: list[Bar]) -> list[dict[str, str]]:
    """Rows of the page's table of bars."""
    return [
        {
            "move": bar.move,
            "response": bar.response,
            "change": f"{_signed(bar.change)} ± {_digits(bar.half)} {bar.unit}".rstrip(),
            "bounds": _bounds(bar),
            "met": "met" if bar.met else "**missed**",
        }
        for bar in found
    ]


def _bounds(bar: Bar) -> str:
    if not math.isfinite(bar.high):
        return "above 0" if bar.low == 0.0 else f"at least {bar.low:+g}"
    return f"{bar.low:+g} to {bar.high:+g}"


def _digits(value: float) -> str:
    return f"{value:.3f}" if np.abs(value) < 1.0 else f"{value:.2f}"


def _signed(value: float) -> str:
    return f"{value:+.3f}" if np.abs(value) < 1.0 else f"{value:+.2f}"
