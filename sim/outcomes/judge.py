"""All outcomes of a history at once: Dataset in, Dataset out; works on observed years too."""

from __future__ import annotations

import numpy as np
import xarray as xr

from sim.config.mechanisms import Observation
from sim.outcomes.alignment import alignment, forced_choice
from sim.outcomes.autonomy import autonomy, cohesion
from sim.outcomes.hedging import contradiction, effective_partners, hedging
from sim.outcomes.posture import posture
from sim.outcomes.scorecard import scorecard
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


def judge(history: xr.Dataset, numbers: Observation) -> xr.Dataset:
    """Judge a history by the outcomes of one run.

    Parameters
    ----------
    history : from an engine (with or without a run dimension), or observed. numbers : of the observation model.

    Returns
    -------
    Dataset over (run,) year, state (and lane); attributes band_low and band_high bound the hedging band.
    """
    found = alignment(history, numbers)
    found["forced_choice"] = forced_choice(history, found["alignment"], numbers)
    found["hedging"] = hedging(history, found["alignment"])
    found["effective_partners"] = effective_partners(history)
    found["contradiction"] = contradiction(history)
    found["autonomy"] = autonomy(history)
    found["cohesion"] = cohesion(found["alignment"], history["member"])
    found["pressure"] = pressed(history)
    found["incidents"] = incidents(history)
    found["collective_resolve"] = collective_resolve(history)
    found["lane_security"] = lane_security(history)
    found["trust_japan"] = _trust_in_japan(history)
    for name in (
        "capacity",
        "resolve",
        "rivalry",
        "simulated",
        "forced_choice_observed",
        "survey_size",
    ):
        found[name] = history[name]
    found["osa_spent"] = history["osa_spent"]
    found = found.merge(scorecard(history), combine_attrs="drop")
    for name, (unit, meaning) in UNITS.items():
        found[name].attrs = {"units": unit, "long_name": meaning}
    found["posture"] = posture(
        found["alignment_security"],
        found["alignment_economic"],
        found["alignment"],
        band=numbers.band,
    )
    return found.assign_attrs(
        history.attrs
        | {
            "title": "Straits: outcomes of a conditional scenario, not a forecast",
            "band_low": 50.0 - numbers.band,
            "band_high": 50.0 + numbers.band,
        }
    )


def _trust_in_japan(history: xr.Dataset) -> xr.DataArray:
    if "JPN" not in history["partner"].values:
        return history["capacity"] * np.nan
    return history["trust"].sel(partner="JPN", drop=True)
