"""The past, simulated: nothing leaks from later years, states differ by data alone, the survey model is the outcomes'."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pytest
import xarray as xr

import sim.studies.calibration.hindcast as hindcast
import sim.world.load as loading
from sim.config import Settings
from sim.config.settings import as_mapping, build
from sim.engines.ensemble import simulate
from sim.ensemble.priors import priors, read_as_calibrated, values
from sim.outcomes import compute_outcomes
from sim.studies.calibration.calibrate import SmcSettings, calibrate, set_hindcast
from sim.studies.calibration.hindcast import (
    EARLY,
    HOLDOUT,
    KNOWN,
    OPINION,
    WINDOWS,
    past_stage,
    past_world,
)
from sim.studies.calibration.hindcast_runs import run_window
from sim.studies.calibration.targets import read_targets
from sim.studies.validation.forecast import eta_of
from sim.world.roster import powers, roster

SMALL = SmcSettings(draws=12, moves=1, replicates=1, seed=5)
CALM = {
    "rules.trust.noise": 0.0,
    "rules.leadership.turnover": 0.0,
    "rules.rivalry.noise": 0.0,
    "rules.sea.incident_rate": 0.0,
}


@pytest.fixture
def poisoned(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Every number of 2023 and later is another one."""
    true = loading.read_table

    def false(name, folder):
        table = true(name, folder)
        later = (table["year"] > KNOWN).fillna(False)
        table["value"] = table["value"].where(~later, 0.37 * table["value"] + 0.011)
        return table

    _forget()
    monkeypatch.setattr(loading, "read_table", false)
    yield
    _forget()


def _forget() -> None:
    loading._load_all.cache_clear()
    loading._series_tables.cache_clear()
    hindcast.past_world.cache_clear()


def _cloud():
    return calibrate(set_hindcast(replicates=1), SMALL)


@pytest.fixture(scope="module")
def honest():
    return _cloud()


def test_the_poison_is_there(poisoned):
    world = past_world(known=2023, until=2023)
    _forget()
    assert world["forced_choice"].sel(year=2023, state="KHM").item() != pytest.approx(0.27)


def test_nothing_of_2023_or_later_reaches_calibration(honest, poisoned):
    again = _cloud()
    assert np.array_equal(again.z, honest.z)
    assert np.array_equal(again.fit, honest.fit)


def _foretold():
    stage = past_stage(HOLDOUT)
    return run_window(stage, [stage.settings])


@pytest.fixture(scope="module")
def foretold():
    return _foretold()


def test_nothing_of_2023_reaches_the_forecast_of_2023(foretold, poisoned):
    again = _foretold()
    assert np.array_equal(again.security, foretold.security)
    assert np.array_equal(again.trust, foretold.trust)


def test_the_same_seed_gives_the_same_posterior(honest):
    assert np.array_equal(_cloud().z, honest.z)


def test_no_calibrated_weight_belongs_to_a_state():
    for prior in priors():
        words = set(prior.path.upper().replace(".", "_").split("_"))
        assert not words & {*roster(), *powers()}
        group = as_mapping(Settings())
        for part in prior.path.split(".")[:-1]:
            group = group.get(part, {})
        assert prior.path.startswith("error.") or isinstance(
            group[prior.path.rpartition(".")[2]], float
        )


def test_two_states_with_swapped_data_get_swapped_results(monkeypatch):
    """Whatever tells states apart is in the data: nothing is fitted to a name."""
    base = read_as_calibrated(build(_nested(CALM)))
    first, second = "PHL", "VNM"
    plain = _told(base)
    true = hindcast.past_world
    monkeypatch.setattr(
        hindcast, "past_world", lambda **asked: _swapped(true(**asked), first, second)
    )
    swapped = _told(base)
    states = list(past_stage(OPINION, base=base).states)
    order = [states.index({first: second, second: first}.get(s, s)) for s in states]
    assert np.allclose(swapped.security, plain.security[:, :, order], rtol=1e-9)
    assert np.allclose(swapped.trust, plain.trust[:, :, order], rtol=1e-9)
    assert not np.allclose(swapped.security, plain.security, rtol=1e-3)


def _told(base):
    stage = past_stage(OPINION, base=base)
    return run_window(stage, [stage.settings])


def _swapped(world: xr.Dataset, first: str, second: str) -> xr.Dataset:
    names = [str(s) for s in world["state"].values]
    order = [{first: second, second: first}.get(s, s) for s in names]
    return world.sel(state=order).assign_coords(state=names)


def _nested(flat: dict[str, float]) -> dict:
    tree: dict = {}
    for path, value in flat.items():
        *groups, name = path.split(".")
        node = tree
        for group in groups:
            node = node.setdefault(group, {})
        node[name] = value
    return tree


def test_every_observation_is_used_once():
    years = [year for window in WINDOWS for year in range(window.first, window.last + 1)]
    assert years == list(range(2001, KNOWN + 1))


def test_the_past_knows_no_security_assistance_of_japan():
    assert past_stage(EARLY).settings.policy.japan.osa_budget == 0.0


def test_budgets_of_the_past_are_what_was_given():
    stage = past_stage(EARLY)
    china = stage.world["official_finance"].sel(partner="CHN", year=slice(2001, 2011))
    expected = china.clip(min=0).sum("state").mean("year").item() / 1000
    assert stage.settings.policy.china.inducement == pytest.approx(expected)


def test_targets_end_with_what_was_known():
    targets = read_targets()
    assert targets.choice.shape == (3, 10)
    assert targets.security.shape == (3, 10, 4)
    assert np.isfinite(targets.size).all()


def test_the_survey_model_is_that_of_the_outcomes():
    """Kept twice, for arrays and for labelled histories: both must answer alike."""
    settings = read_as_calibrated(build({"years": {"last": 2026}, "runs": 3}))
    judged = compute_outcomes(simulate(settings), settings.rules.observation)["forced_choice"]
    from sim.engines.context import build_context

    stage = build_context(settings)
    told = run_window(stage, [settings], replicates=3, each=True)
    found = {
        p.path: np.full(3, _value(settings, p.path)) for p in priors() if "observation" in p.path
    }
    eta = eta_of(told, stage.conduct(2024).camp, found)
    assert 1 / (1 + np.exp(-eta)) == pytest.approx(
        judged.sel(year=[2024, 2025, 2026]).transpose("run", "year", "state").values
    )


def _value(settings: Settings, path: str) -> float:
    value = settings
    for part in path.split("."):
        value = getattr(value, part)
    return value


def test_the_middle_of_every_prior_is_allowed():
    middle = values(np.zeros((1, len(priors()))))
    for prior in priors():
        assert prior.low <= middle[prior.path][0] <= prior.high
