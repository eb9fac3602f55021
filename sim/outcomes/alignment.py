"""Which way does each state lean? 0 = China, 100 = the United States, 45 to 55 = the hedging band.

Source: the scale of the Anatomy of Choice Alignment Index (Khong and Liow 2025; unverified); the forced-choice question of the
ISEAS State of Southeast Asia surveys. Ours: ties weighted by camp (Japan counts half), unaligned shares as 50, and the
observation model of the survey.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import xarray as xr
from scipy.special import expit

from sim.axes import DOMAINS, PARTNER
from sim.config.mechanisms import Observation
from sim.outcomes.bare import History, labels, once, partner_ties, pick


@once
def leaning(history: History, domain: str) -> Any:
    """Net leaning of one domain's ties, -1 (China) to 1 (United States)."""
    return (partner_ties(history, domain) * history["camp"]).sum(PARTNER, skipna=False)


def alignment(history: xr.Dataset, numbers: Observation) -> xr.Dataset:
    """Alignment per domain and combined, 0 to 100, over (run,) year, state."""
    return xr.Dataset(alignments(history, numbers))


def alignments(history: History, numbers: Observation) -> dict[str, Any]:
    """The variables of `alignment` by name."""
    found = {f"alignment_{domain}": 50.0 + 50.0 * leaning(history, domain) for domain in DOMAINS}
    part = numbers.economic_part
    found["alignment"] = (1.0 - part) * found["alignment_security"] + part * found[
        "alignment_economic"
    ]
    return found


def forced_choice(history: History, combined: Any, numbers: Observation) -> Any:
    """Share that would choose China over the United States if forced to, 0 to 1.

    A logistic observation model: respondents answer by where their state stands and by whom they trust more.

    Parameters
    ----------
    history : with trust over partner. combined : alignment, 0 to 100. numbers : slope and trust weight.
    """
    if not {"CHN", "USA"} <= set(labels(history, PARTNER)):
        return combined * np.nan
    favour = pick(history, "trust", PARTNER, "USA") - pick(history, "trust", PARTNER, "CHN")
    odds = numbers.slope * (combined - 50.0) / 50.0 + numbers.trust * favour
    return xr.apply_ufunc(expit, -odds)
