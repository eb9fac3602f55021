"""The coded episodes: read whole, refused where unfit, and divided into those that may be fitted and those held out."""

from __future__ import annotations

import pytest

from sim.errors import UserError
from sim.world.check import check
from sim.world.episodes import DIRECTIONS, SIZES, load_episodes
from sim.world.roster import ASEAN_10
from sim.world.series import DATA


def test_thirty_episodes_of_which_thirteen_may_be_fitted():
    episodes = load_episodes()
    assert [episode.number for episode in episodes] == list(range(1, 31))
    assert [e.number for e in episodes if not e.held_out] == list(range(1, 14))
    assert sum(episode.direction == "none" for episode in episodes) == 12
    for episode in episodes:
        assert episode.first <= episode.last <= 2023
        assert episode.direction in DIRECTIONS and episode.size in SIZES


def test_an_episode_may_be_of_one_state_of_two_or_of_all():
    states = {episode.number: episode.states for episode in load_episodes()}
    assert states[29] == ("PHL",)
    assert states[30] == ("VNM", "IDN")
    assert states[20] == ASEAN_10


@pytest.mark.parametrize(
    ("before", "after", "told"),
    [
        ("US-Japan", "Japan-US", "'direction' holds 'Japan-US'"),
        ("1,PHL,1995", "one,PHL,1995", "column 'id' holds 'one'"),
        (",large,no", ",huge,no", "'size' holds 'huge'"),
    ],
)
def test_an_unfit_table_is_refused_by_line(tmp_path, before, after, told):
    text = (DATA / "episodes.csv").read_text(encoding="utf-8")
    (tmp_path / "episodes.csv").write_text(text.replace(before, after, 1), encoding="utf-8")
    with pytest.raises(UserError, match=told):
        load_episodes(folder=tmp_path)


@pytest.mark.parametrize(
    ("before", "after", "told"),
    [
        ("2,IDN", "1,IDN", "same number"),
        ("5,KHM", "5,KMH", "unknown state"),
        ("2006,2012", "2016,2012", "last year before the first"),
    ],
)
def test_the_check_of_the_folder_reads_episodes_too(tmp_path, before, after, told):
    for path in DATA.glob("*.csv"):
        (tmp_path / path.name).write_bytes(path.read_bytes())
    text = (tmp_path / "episodes.csv").read_text(encoding="utf-8")
    (tmp_path / "episodes.csv").write_text(text.replace(before, after, 1), encoding="utf-8")
    (problem,) = check(tmp_path)
    assert problem.startswith("episodes.csv, line ") and told in problem
