"""All engines tell one history at the corners of the declared ranges, too: nothing depends on what rounding leaves of zero.

Every rule of alignment, with drawn numbers, events, allocations, export rules and camps, over four years: in more years a
choice a hundred times steeper than the default magnifies rounding itself, which no engine can help.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import pytest

from benchmarks.parity import in_mesa, side_by_side
from sim.axes import RUN, Array
from sim.config.theories import ALIGNMENTS
from sim.engines.context import build_context
from sim.engines.ensemble import run_and_reduce
from sim.engines.history import fixed
from sim.engines.variables import FOR_OUTCOMES
from sim.outcomes.calculator import OutcomeCalculator
from sim.outcomes.compute import fixed_of
from sim.outcomes.definitions import computed
from sim.outcomes.outcome import REGION, STATE
from tests.engines.corners import corners

STATES = ("PHL", "VNM", "MYS", "IDN", "LAO")
FOLLOWED = (*FOR_OUTCOMES, "salience", "effort", "reassurance", "security_aid", "economic_aid")
JUDGED = (*computed(STATE), *computed(REGION))
SHARED_OUT = "effort"  # by shares in a pressure that may be faint: see sim.rules.resolve.pressers


def _same(name: str, one: Array, other: Array) -> None:
    """To 1e-12; outcomes (up to 100) and effort to 1e-10: steep slopes and small divisors magnify what they are told."""
    close = 1e-10 if name in (*JUDGED, SHARED_OUT) else 1e-12
    np.testing.assert_allclose(one, other, rtol=close, atol=close, err_msg=name)


@pytest.mark.parametrize("alignment", ALIGNMENTS)
def test_alone_and_side_by_side_agree_at_corners(alignment: str) -> None:
    """Every variable of every year, and every term of every choice."""
    for seed in (17, 18):
        points = corners(seed, alignment=alignment, points=6, states=STATES)
        together = side_by_side(points, first=3, replicates=1)
        for place, point in enumerate(points):
            alone = in_mesa(point, 3)
            for name, values in together.isel({RUN: place}, drop=True).data_vars.items():
                if values.dtype.kind == "f" and "year" in values.dims and name != "osa_spent":
                    theirs = alone[name].transpose(*values.dims).values
                    _same(str(name), values.values, theirs)


@dataclass(frozen=True)
class All:
    """A look that tells all that is followed and all that is judged, every year."""

    partners: tuple[str, ...]

    def __call__(
        self, seen: Mapping[str, Array], *, fixed: Any, rules: Any, last: bool
    ) -> dict[str, Array]:
        judged = OutcomeCalculator(
            seen, fixed=fixed, numbers=rules.observation, partners=self.partners
        )
        return {
            **{name: seen[name] for name in FOLLOWED},
            **{n: judged[n] for n in JUDGED},
        }


@pytest.mark.parametrize("alignment", ALIGNMENTS)
def test_compiled_and_not_agree_at_corners(alignment: str) -> None:
    """What is carried and what is judged, on which side of a line a state stands among it; compiled once a theory."""
    pytest.importorskip("jax")
    for seed in (32, 33, 34):
        points = corners(seed, alignment=alignment, points=64, states=STATES)
        stage = build_context(points[0])
        plain, fast = (
            run_and_reduce(
                stage,
                points,
                look=All(stage.partners),
                fixed=fixed_of(fixed(stage, np.asarray(stage.years))),
                keep=FOLLOWED,
                compiled=compiled,
            )
            for compiled in (False, True)
        )
        for name, values in plain.items():
            _same(name, values, fast[name])
