"""The panels hold the answers that were given, with their noise and timing, and nothing else."""

from __future__ import annotations

import numpy as np

from sim.world.panels import LEVEL, opinion_panels, share_panels
from sim.world.roster import ASEAN_10, OSA_RECIPIENTS

PANELS = {panel.source: panel for panel in opinion_panels(ASEAN_10)}


def answer(source: str, state: str, year: int) -> float:
    panel = PANELS[source]
    return float(panel.values[panel.states.index(state), panel.years.index(year)])


def test_answers_are_those_of_the_surveys() -> None:
    assert answer("gallup", "VNM", 2013) == 0.2  # 5 of 5 and 20
    assert answer("pew", "PHL", 2017) == 0.409
    assert answer("iseas", "PHL", 2021) == 0.134
    assert answer("net_trust", "PHL", 2012) == 0.435  # net -13


def test_what_nobody_was_asked_is_missing_though_the_series_interpolate_it() -> None:
    assert np.isnan(answer("pew", "IDN", 2013)) and np.isnan(answer("gallup", "MYS", 2013))
    assert {name: int(panel.known().sum()) for name, panel in PANELS.items()} == {
        "gallup": 42,
        "pew": 28,
        "iseas": 40,
        "net_trust": 8,
    }


def test_small_samples_are_noisier_and_only_the_elite_survey_leads() -> None:
    noise = dict(zip(PANELS["iseas"].states, PANELS["iseas"].noise, strict=True))
    assert noise["LAO"] == noise["KHM"] == noise["MMR"] == 0.13 and noise["THA"] == 0.066
    assert {name for name, panel in PANELS.items() if panel.lead} == {"iseas"}
    assert all(panel.kind != LEVEL for panel in share_panels(list(PANELS.values())))


def test_nothing_after_the_last_year_is_in_a_panel() -> None:
    cut = {panel.source: panel for panel in opinion_panels(ASEAN_10, last=2016)}
    for name, panel in PANELS.items():
        same = panel.until(2016)
        assert cut[name].years == same.years and max(same.years) == 2016
        assert np.array_equal(cut[name].values, same.values, equal_nan=True)


def test_a_world_with_states_that_were_never_asked_has_panels_of_the_same_shape() -> None:
    for panel in opinion_panels(OSA_RECIPIENTS):
        assert panel.values.shape == (len(OSA_RECIPIENTS), len(panel.years))
        assert panel.noise.shape == (len(OSA_RECIPIENTS),)
        assert not panel.known()[list(panel.states).index("DJI")].any()
