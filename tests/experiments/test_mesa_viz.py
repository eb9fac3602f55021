"""Mesa's page: the model it makes is the region, it stops at the end, and what is missing is told."""

from __future__ import annotations

import subprocess
import warnings

import numpy as np
import pytest

from sim.dashboard import mesa_page
from sim.engines.region import simulate


def test_the_pages_model_is_the_region_and_stops_after_the_last_year():
    from sim.notebook.visitor import settings

    model = mesa_page.make_model_class()(scenario="cold_war", osa_budget=20.0, gray_zone=0.4, run=3)
    while model.running:
        model.step()
    model.step()
    assert model.year == 2040
    asked = settings(
        "scenario=cold_war", "policy.japan.osa_budget=20", "policy.china.gray_zone=0.4"
    )
    own = simulate(asked, run=3)["security_tie"].sel(year=2040)
    np.testing.assert_allclose(model.memory.security_tie, own, rtol=1e-12)


def test_every_agent_has_a_row_and_its_ties_are_shares():
    model = mesa_page.make_model_class()()
    assert [row["state"] for row in mesa_page.ties(model)] == list(model.stage.states)
    for row in mesa_page.ties(model):
        parts = [part for name, part in row.items() if name not in ("agent", "state")]
        assert sum(parts) == pytest.approx(100.0, abs=0.3)
    assert len(mesa_page.at_sea(model)) == len(model.states)


def test_a_row_says_what_a_government_wants_and_what_it_did():
    model = mesa_page.make_model_class()(run=2)
    assert all(row["steps"] == "" for row in mesa_page.stances(model))
    model.step()
    own = simulate(model.stage.settings, run=2).sel(year=2024)
    for row in mesa_page.stances(model):
        here = own.sel(state=row["state"])
        assert row["posture"] == pytest.approx(50 + 50 * float(here["stance"]), abs=0.06)
        assert row["rung: China"] == int(here["rung"].sel(partner="CHN"))
        up, down = (row["steps"].count(way) for way in ("up: ", "down: "))
        assert (up, down) == (int((here["steps"] > 0).any()), int((here["steps"] < 0).any()))


def test_every_parameter_of_the_page_is_one_of_the_model():
    values = {name: one["value"] for name, one in mesa_page.PARAMETERS.items()}
    assert mesa_page.make_model_class()(**values).year == 2023


def test_what_is_not_installed_is_told(monkeypatch, capsys):
    monkeypatch.setattr(mesa_page, "NEEDED", ("no_such_library",))
    assert mesa_page.main([]) == 2
    assert "no_such_library" in capsys.readouterr().err


def test_the_server_asks_and_tells_the_internet_nothing(monkeypatch):
    server = pytest.importorskip("solara.__main__")
    known = {text for one in server.run.params for text in (*one.opts, *one.secondary_opts)}
    assert set(mesa_page.ALONE) <= known
    started = []
    done = subprocess.CompletedProcess([], 0)
    monkeypatch.setattr(
        subprocess, "run", lambda *said, **more: started.append((said, more)) or done
    )
    assert mesa_page.main(["--port", "8766"]) == 0
    [((command,), more)] = started
    assert {*mesa_page.ALONE, "8766"} <= set(command)
    assert more["env"]["SOLARA_TELEMETRY_MIXPANEL_ENABLE"] == "False"


def test_the_page_is_built():
    for name in mesa_page.NEEDED:
        pytest.importorskip(name)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        assert mesa_page.build_page() is not None
