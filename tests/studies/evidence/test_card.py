"""The card: sharing of runs, verdicts and errors, the command once and small, and the card that is published."""

from __future__ import annotations

from dataclasses import replace
from operator import attrgetter

import numpy as np
import pandas as pd
import pytest

from sim.cli.straits import main
from sim.config import Settings
from sim.config.changes import with_changes
from sim.ensemble import posterior
from sim.provenance import ROOT
from sim.studies.evidence import analysis
from sim.studies.evidence.analysis import INSIDE, OUTSIDE, UNMEASURED, Finding, measure_rows
from sim.studies.evidence.command import CARD, posterior_mark
from sim.studies.evidence.figures import normalised
from sim.studies.evidence.report import counts, moved
from sim.studies.evidence.rows import read_rows
from sim.studies.evidence.runs import run_named
from sim.studies.levers.analysis import move
from sim.world.roster import ASEAN_10

ROWS = {row.id: row for row in read_rows()}
TINY = ["evidence.draws=2", "runs=3"]


def found(row, *response):
    return Finding(row=row, response=np.array(response))


def test_the_mean_over_draws_decides_and_draws_inside_are_told():
    row = ROWS["us_credibility_choice"]  # -0.45 to -0.12
    inside, outside = found(row, -0.1, -0.2, -0.4), found(row, -0.02, -0.2, np.nan)
    assert (inside.verdict, outside.verdict) == (INSIDE, OUTSIDE)
    assert inside.overlap == pytest.approx(2 / 3) and outside.overlap == 0.5
    assert found(row).verdict == found(row, np.nan).verdict == UNMEASURED


def test_rows_are_drawn_in_half_widths_of_the_published_range():
    at = normalised(found(ROWS["gray_zone_security_quiet"], 6.0))  # -3 to 3
    assert (at["published"], at["model"], at["zero"]) == (0.0, 2.0, 0.0)


def test_fitted_rows_and_rows_not_measured_are_counted_apart():
    rows = [ROWS[name] for name in ("us_credibility_choice", "oda_alignment", "turnover_votes")]
    made = [found(rows[0], 0.0), found(rows[1], 1.0), found(rows[2])]
    tally = counts(made)
    assert tally["firm"] == {"rows": 3, "measured": 2, "inside": 1}
    assert tally["unfitted"] == {"rows": 2, "measured": 1, "inside": 1}


def test_a_comparison_is_told_with_its_unit_and_what_is_held():
    assert moved(ROWS["osa_capacity"]) == "`policy.japan.osa_budget` 0 → 200 JPY bn a year"
    assert "with `policy.japan.osa_budget` 18.1" in moved(ROWS["lethal_pressure"])


def test_the_response_is_what_a_lever_moves_under_that_draws_weights():
    """Against the study of levers, which pairs its runs in its own way: the same draw, the same runs, the last year."""
    (draw,) = posterior.draws(1)
    row = ROWS["us_presence_security"]
    (own,) = measure_rows(Settings(), [row], draws=[draw, draw], replicates=5)
    settings = posterior.apply(Settings(), draw)
    effects = move(settings, "policy.united_states.presence", 0.0, 1.0, runs=5)
    theirs = [each.change for each in effects if each.outcome == "alignment_security"][-1]
    np.testing.assert_allclose(own.response, [theirs, theirs], rtol=1e-12)


def test_a_variable_is_kept_of_one_partner_or_of_all_and_points_keep_their_order():
    far = replace(Settings().years, first=2024, last=2026)
    points = [replace(Settings(), years=far, runs=1)]
    points.append(with_changes(points[0], {"policy.china.gray_zone": 1.0}))
    points.append(replace(points[0], seed=7))  # of a context of its own
    values = run_named(points[::-1], ("salience", "salience@CHN", "hedging"), 4)
    assert values["salience"].shape == (3, 3, 10, 3, 4)
    np.testing.assert_array_equal(values["salience"][:, :1], values["salience@CHN"])
    calm, pressed = (
        run_named([point], ("salience@CHN",), 4)["salience@CHN"] for point in points[:2]
    )
    np.testing.assert_allclose(values["salience@CHN"][..., 2:, :], calm, rtol=1e-12)
    np.testing.assert_allclose(values["salience@CHN"][..., 1:2, :], pressed, rtol=1e-12)
    assert pressed.mean() > calm.mean()


def test_rows_with_the_same_sides_share_their_runs(monkeypatch):
    ran = []

    def run(points, names, replicates):
        ran.append((len(points), names))
        return {name: np.zeros((17, 1, 10, len(points), replicates)) for name in names}

    monkeypatch.setattr(analysis, "run_named", run)
    names = ("gray_zone_trust_vocal", "gray_zone_trust_quiet", "gray_zone_security_others")
    draws = posterior.draws(2)
    findings = measure_rows(Settings(), [ROWS[name] for name in names], draws=draws, replicates=2)
    assert ran == [(2, ("trust@CHN", "alignment_security"))] * 2  # two sides in each draw
    assert [each.row.id for each in findings] == [*names]


def test_what_a_row_sets_is_not_drawn():
    one, other = list(posterior.draws(2)[0])[:2]
    draws = posterior.draws(2)
    kept = draws[1][one]
    points = [analysis.drawn_settings(Settings(), {one: kept}, draw) for draw in draws]
    assert [value_of(point, one) for point in points] == [kept, kept]
    assert [value_of(point, other) for point in points] == [draw[other] for draw in draws]


def value_of(settings, path):
    return attrgetter(path)(settings)


def test_a_number_is_the_draws_own():
    draws = posterior.draws(3)
    name = next(iter(draws[0]))
    row = replace(ROWS["speed_stance"], setting=name, scale=2.0)
    (own,) = measure_rows(Settings(), [row], draws=draws, replicates=2)
    np.testing.assert_allclose(own.response, [2.0 * draw[name] for draw in draws])


def test_monte_carlo_error_is_that_of_independent_runs():
    row, chance = ROWS["gray_zone_trust_quiet"], np.random.default_rng(3)
    low, high = map(repr, row.sides.values())
    errors = []
    for _ in range(50):
        noise = chance.normal(size=(17, 1, 1, 1, 64))  # of one state
        values = {low: {"trust@CHN": 0.0 * noise}, high: {"trust@CHN": noise}}
        responses = analysis._responses(row, values, dict.fromkeys(ASEAN_10, 0))
        errors.append(analysis._finding(Settings(), row, [{}], responses).error)
    assert np.mean(errors) == pytest.approx(1 / 8, rel=0.2)


@pytest.fixture
def here(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_the_command_writes_card_page_and_figure(here, capsys):
    chosen = "evidence.rows=[osa_capacity,joint_resolve,turnover_votes,background_security]"
    assert main(["evidence", *TINY, chosen]) == 0
    assert "not measured  turnover_votes" in capsys.readouterr().out
    folder = here / "results/evidence"
    table = pd.read_csv(folder / "evidence.csv")
    assert len(table) == 4 and set(table["posterior"]) == {posterior_mark()}
    page = (folder / "evidence.md").read_text("utf-8")
    assert "(`turnover_votes`, grade A): the model has no counterpart." in page
    outside = table[table["verdict"] == OUTSIDE]["id"]
    told = page.split("## Rows outside")[1].split("\n## ")[0]
    assert all(f"(`{name}`" in told for name in outside) and told.count("(`") == len(outside)
    assert (folder / "figures/evidence.png").is_file()


@pytest.mark.parametrize(
    ("words", "part"),
    [
        (["evidence.rows=[osa_trst]"], "osa_trust"),
        (["evidence.draws=1"], "between 2 and"),
        (["evidence.draws=9999"], "the posterior holds"),
        (["states=[PHL,VNM]"], "ASEAN's ten members"),
        (["partners=[CHN,USA]"], "China, the United States and Japan"),
        (["years.last=2030"], "years.last=2040"),
    ],
)
def test_a_mistake_is_one_message(words, part, here, capsys):
    assert main(["evidence", *words]) == 2
    error = capsys.readouterr().err
    assert part in error and error.count("\n") == 1


def card():
    path = ROOT / CARD
    if not path.is_file():
        pytest.skip("no card is published yet: python experiments/evidence.py publish=true")
    return pd.read_csv(path)


def test_the_published_card_is_of_todays_posterior_and_rows():
    table = card()
    assert list(table["id"]) == [*ROWS], "publish the card again"
    assert set(table["posterior"]) == {posterior_mark()}, "publish the card again"


def test_whatever_lies_outside_is_argued():
    table = card()
    outside = table[table["verdict"] == OUTSIDE]["id"]
    silent = [name for name in outside if not ROWS[name].argued]
    assert not silent, f"outside and not argued in rows.yaml: {', '.join(silent)}"
