"""A fit as the command hands it on, made of the draws that ship, without fitting anything."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd

from sim.config import Settings
from sim.ensemble import posterior
from sim.ensemble.fitting.fit import Fit
from sim.ensemble.fitting.moments import MomentFit
from sim.ensemble.fitting.numbers import fitted_numbers
from sim.ensemble.fitting.sampler import Chains

PARTS = ("acts", "choice", "net_trust", "economic", "arms", "episodes")
SILENT = ("rules.coercion.yields", "rules.coercion.cut")


def made_fit() -> Fit:
    """The draws that ship as a fit; chains and moments are made up."""
    rng = np.random.default_rng(1)
    draws = posterior.read().head(60)
    moments = pd.DataFrame(
        {
            "moment": ["jumps", "still years"],
            "target": [0.17, 0.41],
            "low": [0.07, 0.31],
            "high": [0.27, 0.51],
            "before": [0.11, 0.56],
            "after": [0.13, 0.53],
            "after_low": [0.10, 0.47],
            "after_high": [0.16, 0.60],
            "source": "the record",
        }
    )
    return Fit(
        draws=draws,
        log_likelihood_parts=pd.DataFrame({part: np.arange(60.0) for part in PARTS}),
        numbers=fitted_numbers(),
        silent=SILENT,
        chains=Chains(
            u=rng.standard_normal((6, 32, 5)),
            mode=np.zeros(5),
            spread=np.ones(5),
            accepted=0.25,
            stride=0.9,
            evaluations=1234,
        ),
        moments=MomentFit(table=moments, effective=321.0, candidates=2048),
        settings=Settings(),
        until=2022,
        exclude=None,
        seed=7,
        data_versions="gdp:123",
    )


def made_check() -> pd.DataFrame:
    """What `coverage` gives, made up: three numbers, of which two were told apart."""
    return pd.DataFrame(
        {
            "path": ["rules.acts.size", "rules.acts.gap", "rules.opinion.scar"],
            "inside": [1.0, 0.75, 0.875],
            "correlation": [0.8, 0.6, 0.1],
        }
    )


def unmoved(found: Fit) -> Fit:
    """The same fit with draws of the priors: a record that says nothing."""
    rng = np.random.default_rng(2)
    priors = {n.path: n.value(rng.standard_normal(4000)) for n in found.numbers}
    return replace(found, draws=pd.DataFrame(priors))
