"""Latent opinion by year: learns from answers by their noise, from nothing later, and the table that ships is what is made."""

from __future__ import annotations

import numpy as np
import pytest

from sim.world.latent import ANSWER, latent_choice, latent_table, latent_trust, region_centre
from sim.world.latent_table import CENTRE, WIDTH, read_latent
from sim.world.roster import ASEAN_10, OSA_RECIPIENTS, roster

YEARS, STATES, PARTNERS = 6, 4, 3


def _answers() -> tuple[np.ndarray, np.ndarray]:
    answers = np.full((2, YEARS, STATES, PARTNERS), np.nan)
    answers[0, 2:, :2, 0] = [[0.3, 0.7], [0.2, 0.8], [0.3, 0.6], [0.25, 0.7]]
    return answers, np.full_like(answers, ANSWER)


def test_nobody_asked_is_one_half_as_wide_as_states_spread() -> None:
    mean, sd = latent_trust(*_answers())
    np.testing.assert_allclose(mean[:2], CENTRE)
    np.testing.assert_allclose(sd[:2], WIDTH)
    np.testing.assert_allclose(sd[:, 2:], WIDTH)


def test_answers_move_the_asked_towards_them_and_the_others_to_the_centre() -> None:
    mean, sd = latent_trust(*_answers())
    assert 0.25 < mean[-1, 0, 0] < 0.4 and 0.6 < mean[-1, 1, 0] < 0.7
    assert (np.diff(sd[1:, :2, 0], axis=0) < 0.0).all()
    centre = region_centre(_answers()[0])
    np.testing.assert_allclose(mean[-1, 2:, 0], centre[0])


def test_nothing_later_is_used() -> None:
    answers, noise = _answers()
    short = latent_trust(answers[:, :4], noise[:, :4])
    whole = latent_trust(answers, noise)
    for early, late in zip(short, whole, strict=True):
        np.testing.assert_array_equal(early, late[:4])


def test_the_noisier_an_answer_the_less_it_moves() -> None:
    answers, noise = _answers()
    sure, unsure = latent_trust(answers, noise)[0], latent_trust(answers, 2.0 * noise)[0]
    centre = region_centre(answers)[0]
    assert (np.abs(unsure[-1, :2, 0] - centre) < np.abs(sure[-1, :2, 0] - centre)).all()


@pytest.mark.parametrize("year", [2013, 2022])
def test_the_table_that_ships_is_what_answers_up_to_the_year_tell(year: int) -> None:
    """If this fails, the panels or the filter changed: python -m sim.world.latent writes the table anew."""
    states = tuple(roster())
    mean, sd = latent_choice(states, year)
    latent = read_latent(states, ["CHN", "USA"], [year])
    asked = ~np.isnan(mean)
    np.testing.assert_array_equal(latent.precision[0, :, 0] > 0.0, asked)
    np.testing.assert_allclose(latent.choice[0, asked, 0], -mean[asked], atol=1e-4)
    np.testing.assert_allclose(latent.precision[0, asked, 0], sd[asked] ** -2.0, rtol=2e-3)


def test_the_trust_that_ships_is_what_is_made(monkeypatch: pytest.MonkeyPatch) -> None:
    def none(states: tuple[str, ...], year: int) -> tuple[np.ndarray, np.ndarray]:
        return np.full(len(states), np.nan), np.full(len(states), np.nan)

    monkeypatch.setattr("sim.world.latent.latent_choice", none)
    made = latent_table().set_index(["state", "partner", "year"])
    assert set(made.index.get_level_values("partner")) == {"CHN", "USA", "JPN"}
    years = range(2000, 2024)
    latent = read_latent(list(roster()), ["CHN", "USA", "JPN"], years)
    for at, code in enumerate(("CHN", "USA", "JPN")):
        mean = made.xs(code, level="partner")["mean"].unstack("year").reindex(list(roster()))
        np.testing.assert_allclose(latent.trust[:, :, at].T, mean, atol=1e-9)


def test_the_small_samples_of_2023_do_not_move_their_states_all_the_way() -> None:
    """Cambodia answered 27 % and Laos 41 %, with a noise of 13 points, after 82 % each the year before."""
    latent = read_latent(["KHM", "LAO"], ["CHN", "USA"], [2023])
    share = 1.0 / (1.0 + np.exp(latent.choice[0, :, 0]))
    assert 0.40 < share[0] < 0.60 and 0.55 < share[1] < 0.72


def test_a_power_that_no_survey_names_takes_the_others_mean_and_the_whole_width() -> None:
    latent = read_latent(["VNM"], ["CHN", "AUS", "JPN"], [2023])
    assert latent.trust[0, 0, 1] == pytest.approx(latent.trust[0, 0, [0, 2]].mean())
    assert latent.trust_sd[0, 0, 1] == WIDTH
    assert (latent.precision == 0.0).all(), "without the United States there is no such choice"
    alone = read_latent(["VNM"], ["AUS", "IND"], [2023])
    np.testing.assert_array_equal(alone.trust, CENTRE)


def test_no_state_s_reading_depends_on_who_else_is_asked_for() -> None:
    all_of_them = read_latent(OSA_RECIPIENTS, ["CHN", "USA", "JPN"], range(2000, 2024))
    some = read_latent(ASEAN_10[::-1], ["JPN", "CHN", "USA"], [2011])
    at = [OSA_RECIPIENTS.index(state) for state in ASEAN_10[::-1]]
    np.testing.assert_array_equal(some.trust[0], all_of_them.trust[11, at][:, [2, 0, 1]])
    np.testing.assert_array_equal(some.choice[0], all_of_them.choice[11, at])
