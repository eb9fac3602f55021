"""What all tests share: numbers that go wrong raise, luck is the same every time, and one history."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pytest
import xarray as xr
from hypothesis import HealthCheck, settings

from sim.config import Settings
from sim.engines.region import simulate
from sim.outcomes import compute_outcomes

settings.register_profile(
    "straits",
    derandomize=True,
    deadline=None,
    max_examples=50,
    database=None,
    suppress_health_check=[HealthCheck.too_slow],
)
settings.load_profile("straits")


@pytest.fixture(autouse=True, scope="session")
def _wrong_numbers_raise() -> Iterator[None]:
    with np.errstate(divide="raise", invalid="raise", over="raise"):
        yield


@pytest.fixture(scope="session")
def default_settings() -> Settings:
    """Return the declared defaults."""
    return Settings()


@pytest.fixture(scope="session")
def default_history(default_settings: Settings) -> xr.Dataset:
    """Return one history of the defaults, 2000 to 2040; not to be changed in place."""
    return simulate(default_settings)


@pytest.fixture(scope="session")
def default_outcomes(default_settings: Settings, default_history: xr.Dataset) -> xr.Dataset:
    """Return what that history is judged to be."""
    return compute_outcomes(default_history, default_settings.rules.observation)
