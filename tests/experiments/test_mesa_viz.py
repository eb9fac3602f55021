"""Mesa's page: the model it makes is the region, it stops at the end, and what is missing is told."""

from __future__ import annotations

import importlib.util
import subprocess
import warnings
from pathlib import Path

import numpy as np
import pytest

from sim.engines.region import simulate

SCRIPT = Path(__file__).resolve().parents[2] / "experiments" / "mesa_viz.py"


@pytest.fixture(scope="module")
def script():
    spec = importlib.util.spec_from_file_location("mesa_viz", SCRIPT)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_the_pages_model_is_the_region_and_stops_after_the_last_year(script):
    from sim.notebook.visitor import settings

    model = script.make_model_class()(scenario="cold_war", osa_budget=20.0, gray_zone=0.4, run=3)
    while model.running:
        model.step()
    model.step()
    assert model.year == 2040
    asked = settings(
        "scenario=cold_war", "policy.japan.osa_budget=20", "policy.china.gray_zone=0.4"
    )
    own = simulate(asked, run=3)["security_tie"].sel(year=2040)
    np.testing.assert_allclose(model.memory.security_tie, own, rtol=1e-12)


def test_every_agent_has_a_row_and_its_ties_are_shares(script):
    model = script.make_model_class()()
    assert [row["state"] for row in script.ties(model)] == list(model.stage.states)
    for row in script.ties(model):
        parts = [part for name, part in row.items() if name not in ("agent", "state")]
        assert sum(parts) == pytest.approx(100.0, abs=0.3)
    assert len(script.at_sea(model)) == len(model.states)


def test_every_parameter_of_the_page_is_one_of_the_model(script):
    values = {name: one["value"] for name, one in script.PARAMETERS.items()}
    assert script.make_model_class()(**values).year == 2023


def test_what_is_not_installed_is_told(script, monkeypatch, capsys):
    monkeypatch.setattr(script, "NEEDED", ("no_such_library",))
    assert script.main([]) == 2
    assert "no_such_library" in capsys.readouterr().err


def test_the_server_asks_and_tells_the_internet_nothing(script, monkeypatch):
    server = pytest.importorskip("solara.__main__")
    known = {text for one in server.run.params for text in (*one.opts, *one.secondary_opts)}
    assert set(script.ALONE) <= known
    started = []
    done = subprocess.CompletedProcess([], 0)
    monkeypatch.setattr(
        subprocess, "run", lambda *said, **more: started.append((said, more)) or done
    )
    assert script.main(["--port", "8766"]) == 0
    [((command,), more)] = started
    assert {*script.ALONE, "8766"} <= set(command)
    assert more["env"]["SOLARA_TELEMETRY_MIXPANEL_ENABLE"] == "False"


def test_the_page_is_built(script):
    for name in script.NEEDED:
        pytest.importorskip(name)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        assert script.build_page() is not None
