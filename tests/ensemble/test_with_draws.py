"""Sweeps that draw from the posterior: each point once a draw, and what the design varies stays as designed."""

from __future__ import annotations

import pandas as pd
import pytest

from sim.config import Settings
from sim.engines.points import stage_key
from sim.ensemble import posterior
from sim.ensemble.drawn import with_draws
from sim.ensemble.plan import with_numbers
from sim.errors import UserError


def test_every_point_comes_once_for_each_draw() -> None:
    table = with_draws(pd.DataFrame({"policy.japan.osa_budget": [0.0, 40.0]}), 7)
    assert len(table) == 14
    assert table["policy.japan.osa_budget"].tolist() == [0.0] * 7 + [40.0] * 7
    first = posterior.draws(7)[3]
    assert {name: table[name].iloc[3] for name in first} == first


def test_what_the_design_varies_is_not_drawn() -> None:
    table = with_draws(pd.DataFrame({"rules.acts.stance": [1.0, 2.0]}), 3)
    assert table["rules.acts.stance"].tolist() == [1.0] * 3 + [2.0] * 3


def test_draws_run_beside_the_declared_defaults() -> None:
    """Draws share the stage of the defaults, so that they go through the ensemble side by side."""
    for draw in posterior.draws(5):
        drawn = with_numbers(Settings(), draw)
        assert drawn != Settings()
        assert stage_key(drawn) == stage_key(Settings())


def test_more_draws_than_there_are_is_a_mistake_told() -> None:
    with pytest.raises(UserError, match="draws of the posterior"):
        with_draws(pd.DataFrame({"seed": [1]}), 100_000)
