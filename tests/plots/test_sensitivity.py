"""Titles say what the tables say; every figure is drawn of awkward tables, too."""

from __future__ import annotations

import pandas as pd

from sim.studies.discovery.figures import draw_discovery
from sim.studies.sensitivity.figures import draw_sensitivity, morris, sobol, tornado

TOLD = {"name": "hedging", "units": "1", "about": "Mean of the states, 2040"}


def indices(totals, swamped):
    names = [f"policy.china.{name}" for name in ("gray_zone", "coercion", "presence")]
    columns = ("first", "first_low", "first_high", "total", "total_low", "total_high")
    frame = pd.DataFrame({"outcome": "hedging", "setting": names, "swamped": swamped})
    return frame.assign(**dict.fromkeys(columns, totals))


def test_a_title_names_only_what_is_distinguishable_from_noise():
    part = indices([0.5, 0.3, 0.2], [False, True, False])
    assert sobol.title(part, TOLD) == (
        "What drives hedging: China's gray-zone pressure (50%) and China's presence (20%) of its variance, "
        "interactions included"
    )
    assert "Nothing that was varied" in sobol.title(indices([0.5, 0.3, 0.2], True), TOLD)


def test_a_screening_in_which_noise_is_all_says_so():
    part = pd.DataFrame({"setting": ["a", "b"], "mu_star": [1.0, 0.5], "above_noise": [False] * 2})
    assert (
        morris.title(part, TOLD)
        == "None of 2 settings moves hedging by more than Monte Carlo noise"
    )


def test_a_tornado_takes_the_ends_of_ranges_and_the_extremes_of_choices():
    rows = pd.DataFrame(
        {
            "setting": ["x"] * 2 + ["theory"] * 3,
            "value": ["0", "200", "a", "b", "c"],
            "change": [0.1, -0.2, 0.0, -0.5, 0.4],
            "low": 0.0,
            "high": 0.0,
        }
    )
    found = tornado.ends(rows)
    assert list(found["setting"]) == ["theory", "x"]
    assert list(found["value_one"]) == ["b", "0"] and list(found["value_other"]) == ["c", "200"]
    assert tornado.title(found, TOLD).endswith("theory and x")


def test_figures_are_written_whatever_the_numbers(tmp_path):
    noise = pd.DataFrame([{"outcome": "hedging", "stochastic_share": 0.99, "common_part": 0.0}])
    written = draw_sensitivity(
        "sobol",
        indices([0.0, -0.1, 1e-9], True),
        noise,
        tmp_path,
        words={"hedging": {"units": "1"}},
        attrs={"seed": 1},
        about="2040",
    )
    assert [path.name for path in written] == ["sobol_hedging.png", "sobol_hedging.svg"]


def test_a_box_on_choices_alone_is_drawn_without_a_scatter(tmp_path):
    limits = pd.DataFrame(
        [
            {
                "setting": "theory",
                "kept": "commerce",
                "choices": "commerce insurance",
                "again_low": 1.0,
            }
        ]
    )
    tradeoff = pd.DataFrame([{"coverage": 0.8, "density": 0.9, "limits": 1, "chosen": True}])
    written = draw_discovery(
        tmp_path,
        told="hedging below 0.45",
        table=pd.DataFrame({"theory": ["commerce", "insurance"]}),
        shares=[1.0, 0.0],
        tradeoff=tradeoff,
        limits=limits,
        unseen=tradeoff[["coverage", "density"]],
        attrs={"seed": 1},
    )
    assert {path.stem for path in written} == {"discovery_tradeoff", "discovery_limits"}
