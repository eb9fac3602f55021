"""What the test run leaves alone: a module whose optional library is not installed."""

from __future__ import annotations

from importlib.util import find_spec

collect_ignore = [] if find_spec("jax") else ["sim/engines/compiled.py", "sim/engines/traced.py"]
