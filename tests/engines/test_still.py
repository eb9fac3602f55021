"""Where drivers are held still and no lever is moved nothing moves; with chance let in nothing drifts far in a few years."""

from __future__ import annotations

import dataclasses

import numpy as np
import pytest

from sim.config import Settings, build
from sim.config.theories import ALIGNMENTS
from sim.engines.context import SimulationContext, build_context
from sim.engines.ensemble import first_memory, run_block, run_lean
from sim.rules import sea
from sim.rules.steps import settle

YEARS = {"first": 2024, "last": 2028}
AGES = {"renewed", "recent"}  # what counts years since the last step, or fades after it
NEVER = -1e3


def _held(settings: Settings) -> Settings:
    """Switch every source of chance and every slow decay off, the theory in force left as it is."""
    rules = settings.rules
    acts = {name: NEVER for name in vars(rules.acts) if name.startswith(("up_", "down_")) and name}
    return dataclasses.replace(
        settings,
        rules=dataclasses.replace(
            rules,
            opinion=dataclasses.replace(rules.opinion, noise=0.0),
            stance=dataclasses.replace(rules.stance, persistence=1.0),
            acts=dataclasses.replace(rules.acts, drift=0.0, **acts),
            stocks=dataclasses.replace(rules.stocks, arms_pace=0.0, lump=0.0, trade_noise=0.0),
            coercion=dataclasses.replace(rules.coercion, rate=0.0),
            capacity=dataclasses.replace(rules.capacity, effectiveness=0.0),
            courtship=dataclasses.replace(rules.courtship, presence_growth=0.0),
            rivalry=dataclasses.replace(rules.rivalry, noise=0.0, feedback=0.0),
            ties=dataclasses.replace(rules.ties, fade=1e18),
        ),
    )


def still_stage(settings: Settings) -> SimulationContext:
    """Set a stage on which the world of the last observed year goes on: no growth, no turnover, no events."""
    stage = build_context(_held(settings))
    last = stage.usual[1]
    nothing = {
        name: 0.0 * getattr(last, name)
        for name in ("growth", "growth_spread", "partner_growth", "world_growth", "turnover")
    }
    calm = dataclasses.replace(
        last, **nothing, rivalry_level=stage.start.rivalry, legitimacy_shock=0.0 * last.power
    )
    vars(stage)["outlooks"] = dict.fromkeys(stage.years, calm)
    return stage


@pytest.fixture
def _expected_incidents(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let as many incidents happen as are expected, fractions and all."""
    monkeypatch.setattr(settle, "poisson_count", lambda *, chance, mean: mean + 0.0 * chance)
    monkeypatch.setattr(sea, "felt_incidents", lambda *, mean, severity: mean + 0.0 * severity)


@pytest.mark.usefixtures("_expected_incidents")
@pytest.mark.parametrize("alignment", ALIGNMENTS)
@pytest.mark.parametrize("start", ["observed", "assimilated"])
def test_nothing_moves_by_itself(alignment: str, start: str) -> None:
    """From whatever a run starts, five years later it stands where it stood."""
    scenario = {"rivalry": Settings().rules.rivalry.start}
    given = {"rules": {"theory": {"alignment": alignment}}, "years": YEARS}
    stage = still_stage(build({**given, "start": start, "scenario": scenario}))
    first, *_, last = (
        record.passed.memory for record in run_block(stage, [stage.settings], replicates=3)
    )
    for field in dataclasses.fields(first):
        if field.name not in AGES:
            was, came = getattr(first, field.name), getattr(last, field.name)
            np.testing.assert_allclose(came, was, rtol=1e-9, atol=1e-9, err_msg=field.name)
    drawn = first_memory(stage, [stage.settings], replicates=3)
    for name in ("stance", "trust", "pressure", "capacity", "economic_tie"):
        was = getattr(drawn, name) + 0.0 * getattr(last, name)
        np.testing.assert_allclose(getattr(last, name), was, rtol=1e-9, atol=1e-9, err_msg=name)


def _alignment(security: np.ndarray, economic: np.ndarray, stance: np.ndarray) -> np.ndarray:
    """Put ties and a stance together as the declared numbers do, by hand: 0 China, 100 the United States."""
    numbers, camp = Settings().rules.observation, np.array([-1.0, 1.0, 0.5])
    part = numbers.economic_part
    leaning = (1.0 - part) * security[..., :-1] @ camp + part * economic[..., :-1] @ camp
    posture = numbers.posture_part
    return 50.0 + 50.0 * (posture * stance + (1.0 - posture) * leaning)


def test_with_chance_let_in_nothing_drifts_far_in_five_years() -> None:
    """No state's alignment moves by more than a point and a half on average, from where its runs start."""
    stage = build_context(build({"years": YEARS}))
    names = ("security_tie", "economic_tie", "stance")
    start = first_memory(stage, [stage.settings], replicates=600)
    first = _alignment(start.security_tie, start.economic_tie, start.stance[..., 0])
    told = run_lean(stage, [stage.settings], replicates=600, keep=names).isel(year=-1)
    drift = (_alignment(*(told[name].values for name in names)) - first).mean(axis=0)
    assert dict(zip(stage.states, drift.round(2), strict=True)) == pytest.approx(
        dict.fromkeys(stage.states, 0.0), abs=1.5
    )
