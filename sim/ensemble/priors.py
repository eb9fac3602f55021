"""What was thought before looking: a prior for every global weight that is calibrated.

Each prior is centred on the default that was declared before anything was calibrated, and stretched or shifted by a standard
normal number, within the declared range. The middles stand here, so that declaring calibrated defaults does not move the
priors and the data are not used twice. No prior, and so no calibrated number, belongs to a state: states differ by data alone.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from scipy.special import expit, logit

from sim.axes import Array
from sim.config import Settings, declared
from sim.config.settings import checked

POSITIVE, FRACTION, REAL = "log-normal", "logit-normal", "normal"


@dataclass(frozen=True)
class Prior:
    """Prior of one number: shape, its spread on its own scale, its middle, and the range allowed."""

    path: str
    shape: str
    spread: float
    middle: float
    low: float = 0.0
    high: float = float("inf")

    def value(self, z: Array) -> Array:
        """Turn standard normal numbers into values, same shape, within the range allowed."""
        if self.shape == POSITIVE:
            result = self.middle * np.exp(self.spread * z)
        elif self.shape == FRACTION:
            result = expit(logit(self.middle) + self.spread * z)
        else:
            result = self.middle + self.spread * z
        return np.clip(result, self.low, self.high)


def _declared_prior(path: str, shape: str, spread: float, middle: float) -> Prior:
    known = declared()[path]
    return Prior(path, shape, spread, middle, known.low, known.high)


WEIGHTS = (  # name, shape, spread, middle
    ("rules.protection.ambient", POSITIVE, 0.5, 0.6),
    ("rules.security.attraction", POSITIVE, 0.5, 24),
    ("rules.security.aid", POSITIVE, 0.8, 0.3),
    ("rules.security.legitimacy", POSITIVE, 0.5, 1.5),
    ("rules.security.neighbours", POSITIVE, 0.5, 1.6),
    ("rules.security.threat", POSITIVE, 0.8, 2.4),
    ("rules.security.retaliation", POSITIVE, 0.5, 7),
    ("rules.security.autonomy", REAL, 0.5, 1.15),
    ("rules.security.adjustment", FRACTION, 0.7, 0.08),
    ("rules.economic.attraction", POSITIVE, 0.5, 2.7),
    ("rules.economic.aid", POSITIVE, 0.8, 0.4),
    ("rules.economic.retaliation", POSITIVE, 0.5, 0.8),
    ("rules.economic.autonomy", REAL, 0.5, 1.55),
    ("rules.economic.adjustment", FRACTION, 0.7, 0.1),
    ("rules.dependence.adjustment", FRACTION, 0.7, 0.06),
    ("rules.trust.gain", FRACTION, 0.7, 0.08),
    ("rules.trust.loss", FRACTION, 0.7, 0.12),
    ("rules.observation.slope", POSITIVE, 0.5, 3),
    ("rules.observation.trust", POSITIVE, 0.5, 2.5),
    ("rules.observation.economic_part", FRACTION, 0.7, 0.4),
)
ERRORS = (  # of the model against the record; no settings of a run
    Prior("error.persistent", POSITIVE, 0.5, 0.4),  # log-odds, lasting, different in every state
    Prior("error.swing", POSITIVE, 0.5, 0.4),  # log-odds, from one survey to the next
    Prior("error.security", POSITIVE, 0.5, 0.08),  # of a security tie
    Prior("error.trade", POSITIVE, 0.5, 0.05),  # of a share of trade
)

# How ties are read off the data while calibrating. Of five readings tried, the one whose posterior told the forced choice
# of states left out best: a share in arms imports says little where imports are few (Brunei's only supplier is American).
READING = {
    "rules.ties.arms": 0.2,
    "rules.ties.bond": 0.25,
    "rules.ties.agreements": 0.4,
}


def priors() -> tuple[Prior, ...]:
    """Every prior, in the order of the posterior file's columns."""
    return (*(_declared_prior(*row) for row in WEIGHTS), *ERRORS)


def values(z: Array, given: Sequence[Prior] | None = None) -> dict[str, Array]:
    """Turn standard normal coordinates (draw, weight) into path -> values (draw,)."""
    return {p.path: p.value(z[:, k]) for k, p in enumerate(given or priors())}


def apply(settings: Settings, draw: Mapping[str, float]) -> Settings:
    """Return the settings with a draw's numbers in place; the `error.` ones are left aside.

    Raises
    ------
    UserError : a number outside its declared range. KeyError : a name that is no declared setting.
    """
    known = declared()
    tree: dict[str, Any] = {}
    for path, value in draw.items():
        if path.startswith("error."):
            continue
        *groups, name = path.split(".")
        node = tree
        for group in groups:
            node = node.setdefault(group, {})
        node[name] = checked(float(value), known[path], path)
    return _replaced_prior(settings, tree)


def read_as_calibrated(settings: Settings | None = None) -> Settings:
    """Return the settings (the declared defaults if None) with ties read as `READING` says."""
    return apply(settings or Settings(), READING)


def _replaced_prior(group: Any, tree: Mapping[str, Any]) -> Any:
    changed = {
        name: _replaced_prior(getattr(group, name), part) if isinstance(part, Mapping) else part
        for name, part in tree.items()
    }
    return dataclasses.replace(group, **changed)


def points(settings: Settings, found: Mapping[str, Array]) -> list[Settings]:
    """Return the settings of every draw; `found` maps path -> (draw,)."""
    count = len(next(iter(found.values())))
    return [
        apply(settings, {path: float(column[k]) for path, column in found.items()})
        for k in range(count)
    ]
