"""The year written a second time by hand, as one compiled loop, tells the same histories: two readings of the rules agree."""

from __future__ import annotations

import numpy as np
import pytest

from sim.config.settings import build
from sim.engines.context import build_context
from sim.engines.ensemble import run_lean
from sim.engines.variables import FOR_OUTCOMES

pytest.importorskip("numba")


@pytest.mark.parametrize(
    "changed",
    [
        {},
        {"policy": {"japan": {"osa_budget": 18.1}, "china": {"gray_zone": 0.9}}},
        {"rules": {"security": {"threat": 2.0}, "resolve": {"peers": 1.6}}, "seed": 5},
    ],
    ids=["default", "policies", "weights"],
)
def test_the_loop_written_by_hand_tells_the_same_histories(changed: dict) -> None:
    from benchmarks.loop import run_loop

    stage = build_context(build(changed))
    ours = run_lean(stage, [stage.settings], first=4, replicates=7)
    theirs = run_loop(stage, stage.settings, first=4, runs=7)
    for name in FOR_OUTCOMES:
        np.testing.assert_allclose(
            ours[name].values, theirs[name], rtol=1e-12, atol=1e-14, err_msg=name
        )
