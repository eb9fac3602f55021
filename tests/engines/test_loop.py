"""The year written a second time by hand, as one compiled loop, tells the same histories: two readings of the rules agree."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from sim.config.settings import build
from sim.engines.context import build_context
from sim.engines.ensemble import run_lean
from sim.engines.variables import FOR_OUTCOMES

pytest.importorskip("numba")
EVENTS = [
    {"year": 2025, "kind": "war", "size": 0.6},
    {"year": 2026, "kind": "demand", "size": 1.0, "state": "PHL", "partner": "USA"},
    {"year": 2026, "kind": "legitimacy", "size": 0.8, "partner": "USA"},
    {"year": 2026, "kind": "incident", "size": 6.0, "state": "VNM", "partner": "CHN"},
    {"year": 2027, "kind": "presence", "size": -0.2, "partner": "USA"},
    {"year": 2027, "kind": "coercion", "size": 0.6, "partner": "CHN"},
]
JAPAN = {"osa_budget": 18.1, "export_rule": "lethal"}
POLICY = {"japan": JAPAN, "china": {"gray_zone": 0.9}}
RULES = {
    "stance": {"protection": 2.0, "legitimacy": 0.7, "entrapment": 1.5},
    "acts": {"turnover": 0.5, "neighbours": 0.4, "offers": 0.3},
    "resolve": {"peers": 1.6},
    "coercion": {"rate": 0.9, "cut": -0.05},
}


@pytest.mark.parametrize(
    "changed",
    [
        {},
        {"policy": POLICY, "scenario": {"events": EVENTS}},
        {"rules": RULES, "seed": 5, "start": "observed"},
        {"years": {"first": 2009, "last": 2016}},
    ],
    ids=["default", "policies_and_events", "weights", "hindcast"],
)
def test_the_loop_written_by_hand_tells_the_same_histories(changed: dict[str, Any]) -> None:
    """Every variable that outcomes are made of, for whatever is chosen, chanced upon or recorded."""
    from benchmarks.loop import run_loop

    stage = build_context(build(changed))
    ours = run_lean(stage, [stage.settings], first=4, replicates=7)
    theirs = run_loop(stage, stage.settings, first=4, runs=7)
    for name in FOR_OUTCOMES:
        np.testing.assert_allclose(
            ours[name].values, theirs[name], rtol=1e-12, atol=1e-14, err_msg=name
        )
