"""Made-up histories: random ties, trust and pressure of the right shape, with or without runs."""

from __future__ import annotations

import numpy as np
import xarray as xr

RUNS, YEARS, LANES = 7, 5, 2
STATES = ("BRN", "LAO", "PHL", "VNM")
PARTNERS = ("CHN", "USA", "JPN")
CAMP = np.array([-1.0, 1.0, 0.5])


def history(seed: int, *, runs: int = 0) -> xr.Dataset:
    """Draw a history of five years, four states and three partners; landlocked Laos claims nothing."""
    lots = np.random.default_rng(seed)
    lead = (("run", runs),) if runs else ()
    axes = {
        "year": YEARS,
        "state": len(STATES),
        "partner": len(PARTNERS),
        "option": len(PARTNERS) + 1,
    }

    def over(*dims: str, low: float = 0.0, high: float = 1.0) -> tuple[tuple[str, ...], np.ndarray]:
        names = (*(name for name, _ in lead), "year", *dims)
        shape = (*(size for _, size in lead), YEARS, *(axes[d] for d in dims))
        return names, lots.uniform(low, high, shape)

    def shares() -> tuple[tuple[str, ...], np.ndarray]:
        names, value = over("state", "option", low=0.01)
        return names, value / value.sum(axis=-1, keepdims=True)

    dims, need = over("state", "option")
    dependence = need / (need.sum(axis=-1, keepdims=True) + 1e-9)
    claimant = np.array([1.0, 0.0, 1.0, 1.0])
    return xr.Dataset(
        {
            "security_tie": shares(),
            "economic_tie": shares(),
            "stance": over("state", low=-1.0),
            "steps": _whole(over("state", "partner", low=-2.4, high=2.4)),
            "conceded": _whole(over("state", "partner", high=0.7)),
            "trust": over("state", "partner"),
            "dependence": ((*dims[:-1], "partner"), dependence[..., :-1]),
            "capacity": over("state", high=2.0),
            "resolve": over("state"),
            "pressure": over("state", "partner", high=0.6),
            "incidents": over("state", "partner", high=20.0),
            "encroachment": over("state"),
            "safety": over("state"),
            "rivalry": over(),
            "simulated": ("year", np.ones(YEARS, dtype=np.int8)),
            "osa_spent": ("year", np.full(YEARS, 2.0)),
            "camp": ("partner", CAMP),
            "claimant": ("state", claimant),
            "member": ("state", np.ones(4)),
            "stake": (("state", "partner"), np.outer([0.3, 0.0, 0.8, 1.0], [1.0, 0.0, 0.0])),
            "littoral": (("lane", "state"), np.array([[0.5, 0.0, 0.5, 0.0], [0.0, 0.0, 0.2, 0.8]])),
            "japan_import_share": ("lane", np.array([0.7, 0.3])),
            "cable_share": ("lane", np.array([0.4, 0.6])),
            "forced_choice_observed": (("year", "state"), np.full((YEARS, 4), np.nan)),
            "survey_size": (("year", "state"), np.full((YEARS, 4), np.nan)),
        },
        {
            **({"run": np.arange(runs)} if runs else {}),
            "year": np.arange(2024, 2024 + YEARS),
            "state": list(STATES),
            "partner": list(PARTNERS),
            "option": [*PARTNERS, "self"],
            "lane": ["south", "north"],
        },
    )


def _whole(drawn: tuple[tuple[str, ...], np.ndarray]) -> tuple[tuple[str, ...], np.ndarray]:
    names, value = drawn
    return names, np.round(value)


def tied(
    security: tuple[float, ...], economic: tuple[float, ...] | None = None, *, stance: float = 0.0
) -> xr.Dataset:
    """Give every state in every year the same ties with China, the United States and Japan, and the same stance."""
    made = history(0)
    made["stance"] = 0.0 * made["stance"] + stance
    for name, tie in (("security_tie", security), ("economic_tie", economic or security)):
        full = np.array([*tie, 1.0 - sum(tie)])
        made[name] = made[name].dims, np.broadcast_to(full, made[name].shape).copy()
    return made
