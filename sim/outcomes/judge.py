"""All outcomes of a history at once: Dataset in, Dataset out; works on observed years too."""

from __future__ import annotations

from typing import Any

import numpy as np
import xarray as xr

from sim.axes import OPTION, PARTNER, TERM
from sim.config.mechanisms import Observation
from sim.outcomes.alignment import alignments, forced_choice
from sim.outcomes.autonomy import autonomy, cohesion
from sim.outcomes.bare import Bare, labels, pick
from sim.outcomes.hedging import contradiction, effective_partners, hedging
from sim.outcomes.posture import posture
from sim.outcomes.scorecard import scores
from sim.outcomes.sea import collective_resolve, incidents, lane_security, pressed

UNITS = {
    "alignment_security": ("points", "security alignment, 0 = China, 100 = United States"),
    "alignment_economic": ("points", "economic alignment, 0 = China, 100 = United States"),
    "alignment": ("points", "alignment, 0 = China, 100 = United States"),
    "forced_choice": ("1", "share that would choose China if forced to"),
    "forced_choice_observed": ("1", "share that chose China in the ISEAS survey"),
    "hedging": ("1", "hedging index, 0 to 1"),
    "effective_partners": ("partners", "effective number of partners"),
    "contradiction": ("1", "distance between security and economic leanings, 0 to 1"),
    "autonomy": ("1", "autonomy index, 0 to 1"),
    "pressure": ("1", "pressure at sea, 0 to 1"),
    "incidents": ("count", "incidents at sea in the year"),
    "capacity": ("1", "maritime capacity, 1 = able to police one's own waters"),
    "resolve": ("1", "resolve, 0 to 1"),
    "trust_japan": ("1", "trust in Japan, 0 to 1"),
    "cohesion": ("1", "cohesion of ASEAN's members, 0 to 1"),
    "rivalry": ("1", "great-power rivalry, 0 to 1"),
    "collective_resolve": ("1", "mean resolve of the claimants, 0 to 1"),
    "deterrence": ("points", "Japan's score: gray-zone pressure deterred, 0 to 100"),
    "sea_lanes": ("points", "Japan's score: sea lanes kept open, 0 to 100"),
    "soft_power": ("points", "Japan's score: soft power and connections, 0 to 100"),
    "lane_security": ("1", "security of each sea lane, 0 to 1"),
    "osa_spent": ("JPY bn", "security assistance Japan gave in the year"),
}

AS_THEY_ARE = (
    "capacity",
    "resolve",
    "rivalry",
    "simulated",
    "forced_choice_observed",
    "survey_size",
    "osa_spent",
)


def judge(history: xr.Dataset, numbers: Observation) -> xr.Dataset:
    """Judge a history by the outcomes of one run.

    Parameters
    ----------
    history : from an engine (with or without a run dimension), or observed. numbers : of the observation model.

    Returns
    -------
    Dataset over (run,) year, state (and lane); attributes band_low and band_high bound the hedging band.
    """
    outcomes = xr.Dataset(_found(Bare(history), numbers), _labels(history))
    for name, (unit, meaning) in UNITS.items():
        outcomes[name].attrs = {"units": unit, "long_name": meaning}
    return outcomes.assign_attrs(
        history.attrs
        | {
            "title": "Straits: outcomes of a conditional scenario, not a forecast",
            "band_low": 50.0 - numbers.band,
            "band_high": 50.0 + numbers.band,
        }
    )


def _found(history: Bare, numbers: Observation) -> dict[str, Any]:
    aligned = alignments(history, numbers)
    combined = aligned["alignment"]
    return {
        **aligned,
        "forced_choice": forced_choice(history, combined, numbers),
        "hedging": hedging(history, combined),
        "effective_partners": effective_partners(history),
        "contradiction": contradiction(history),
        "autonomy": autonomy(history),
        "cohesion": cohesion(combined, history["member"]),
        "pressure": pressed(history),
        "incidents": incidents(history),
        "collective_resolve": collective_resolve(history),
        "lane_security": lane_security(history),
        "trust_japan": _trust_in_japan(history),
        **{name: history[name] for name in AS_THEY_ARE},
        **scores(history),
        "posture": posture(
            aligned["alignment_security"],
            aligned["alignment_economic"],
            combined,
            band=numbers.band,
        ),
    }


def _labels(history: xr.Dataset) -> dict[Any, xr.DataArray]:
    """The coordinates that outcomes keep: not those of the ties' options and the partners."""
    return {
        name: coordinate
        for name, coordinate in history.coords.items()
        if not {OPTION, PARTNER, TERM} & {name, *coordinate.dims}
    }


def _trust_in_japan(history: Bare) -> Any:
    if "JPN" not in labels(history, PARTNER):
        return history["capacity"] * np.nan
    return pick(history, "trust", PARTNER, "JPN")
