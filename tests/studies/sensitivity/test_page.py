"""The page of sensitivity says what its tables say."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from sim.studies._pages import render_page
from sim.studies.sensitivity import page
from sim.studies.sensitivity.study import Study, Tables

OUTCOME = {"outcome": "hedging"}
THEORY, AID = {"setting": "theory"}, {"setting": "policy.japan.oda"}


def written(swamped):
    """Write the page of two settings, whose totals are 0.6 and 0.01."""
    ends = {"low": 0.1, "high": 0.3}
    shares = [
        {"first": total, "first_low": total, "first_high": total, "total": total}
        | {"total_low": total, "total_high": total, "swamped": hidden}
        for total, hidden in zip((0.6, 0.01), swamped, strict=True)
    ]
    noise = {"sd_settings": 1.0, "sd_replicates": 0.5, "stochastic_share": 0.2}
    noise |= {"common_part": 0.4, "residual_in_means": 0.025}
    rows = {
        "sobol": [THEORY | shares[0], AID | shares[1]],
        "morris": [AID | ends | {"mu": -0.2, "mu_star": 0.2, "sigma": 0.05}],
        "tornado": [AID | ends | {"value": 40.0, "change": 0.2}],
    }
    results = {
        method: Tables(
            main=pd.DataFrame([OUTCOME | row for row in table]),
            noise=pd.DataFrame([OUTCOME | noise]),
            short=[],
        )
        for method, table in rows.items()
    }
    studies = {
        method: Study(
            method=method, outcomes=("hedging",), state="", space=(), samples=16, replicates=4
        )
        for method in rows
    }
    return render_page(Path(page.__file__).parent, page.page_values(studies, results, last=2040))


def test_the_page_names_what_drives_an_outcome():
    text = written([False, True])
    assert "**For hedging, which theory" in text
    assert "**Hedging** is driven by theory (60%)." in text and "Japan's ODA, has" in text
    assert (
        "| 0.01 (0.01 to 0.01) | not distinguishable from Monte Carlo noise or from zero |" in text
    )
    assert "| hedging | 1 | 0.5 | 20% | 40% | 2.5% |" in text
    assert "| `policy.japan.oda` | 40 | +0.2 ± 0.1 |" in text


def test_the_page_can_say_that_nothing_stands_out():
    assert "no setting that stands out from Monte Carlo noise" in written([True, True])
