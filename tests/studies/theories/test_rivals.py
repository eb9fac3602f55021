"""Tables of rival theories are read or refused; theories side by side; shares of variance; ranks at the start."""

from __future__ import annotations

import re
from pathlib import Path

import numpy as np
import pytest
import xarray as xr
from hypothesis import given
from hypothesis import settings as profile
from hypothesis import strategies as st

from sim.config import build
from sim.config.settings import THEORIES
from sim.errors import UserError
from sim.outcomes.posture import POSTURES
from sim.studies._pages import render_page
from sim.studies.published_cases import tables
from sim.studies.theories import at_start, command, shares, side_by_side

seeds = st.integers(0, 2**32 - 1)
YEARS = {"first": 2024, "last": 2026}
SQUARE = "name,A,B\nA,0,1\nB,1,0\n"


def _file(folder: Path, text: str, name: str = "table.csv") -> str:
    (folder / name).write_text(text, encoding="utf-8")
    return str(folder / name)


def test_a_table_with_everything_and_two_apart_say_the_same(tmp_path):
    whole = _file(tmp_path, "# a comment\nname,size,A,B\nA,3,0,-1\n\nB,2,0.5,0\n", "whole.csv")
    sizes = _file(tmp_path, "\ufeffname,size\nA,3\nB,2\n", "sizes.csv")
    wishes = _file(tmp_path, "name,B,A\nB,0,0.5\nA,-1,0\n", "wishes.csv")
    one = tables.read_society(whole, None)
    for other in (tables.read_society(sizes, wishes), tables.read_society([3, 2], whole_of(whole))):
        assert sorted(other.names) == sorted(one.names)
    apart = tables.read_society(sizes, wishes)
    assert apart.names == one.names
    assert (apart.propensities == one.propensities).all() and (apart.sizes == one.sizes).all()


def whole_of(path: str) -> str:
    """A file of propensities alone, made from a file that holds sizes, too."""
    rows = [line.split(",") for line in Path(path).read_text("utf-8").splitlines()[1:] if line]
    text = "\n".join(",".join([row[0], *row[2:]]) for row in rows)
    return _file(Path(path).parent, text, "alone.csv")


@pytest.mark.parametrize("case", tables.CASES)
def test_published_cases_are_read(case):
    read = tables.read_case(case)
    assert len(read.names) == len(read.sizes) == len(read.propensities)
    assert (read.propensities == read.propensities.T).all()


BAD_SOCIETIES = {
    "sizes is missing": (None, SQUARE, "without sizes"),
    "no propensities": ([1, 2], None, "without propensities"),
    "a number": (3, SQUARE, "sizes is 3"),
    "an empty list": ([], SQUARE, r"sizes is \[\]"),
    "text in a list": ([1, "b"], SQUARE, "above 0"),
    "nothing of a size": ([1, 0], SQUARE, "above 0"),
    "a truth in a list": ([1, True], SQUARE, "above 0"),
    "infinite": ([1, float("inf")], SQUARE, "above 0"),
    "too many sizes": ([1, 2, 3], SQUARE, "3 actors"),
    "a ragged row": ([1, 2], "name,A,B\nA,0\nB,1,0\n", "line 2 has 2 cells"),
    "no rows": ([1, 2], "name,A,B\n", "no rows"),
    "an empty file": ([1, 2], "", "is empty"),
    "words": ([1, 2], "name,A,B\nA,0,much\nB,1,0\n", "line 2, column 'B of A' holds 'much'"),
    "not a number": ([1, 2], "name,A,B\nA,0,nan\nB,1,0\n", "'nan'"),
    "other columns": ([1, 2], "name,A,C\nA,0,1\nB,1,0\n", "C stands in one only"),
    "a name twice": ([1, 2], "name,A,B\nA,0,1\nA,1,0\n", "'A' twice"),
    "a nameless actor": ([1, 2], "name,A,B\nA,0,1\n,1,0\n", "names an actor ''"),
    "more columns": ([1, 2], "name,A,B,A\nA,0,1,1\nB,1,0,1\n", "'A' again"),
}


@pytest.mark.parametrize("bad", BAD_SOCIETIES)
def test_a_society_that_does_not_fit_is_told(bad, tmp_path):
    sizes, text, message = BAD_SOCIETIES[bad]
    wishes = None if text is None else _file(tmp_path, text)
    with pytest.raises(UserError, match=message):
        tables.read_society(sizes, wishes)


def test_other_actors_in_the_two_files_are_told(tmp_path):
    sizes = _file(tmp_path, "name,size\nA,3\nX,2\n", "sizes.csv")
    with pytest.raises(UserError, match="about A, B; it must be about those of sizes: A, X"):
        tables.read_society(sizes, _file(tmp_path, SQUARE))


@pytest.mark.parametrize("path", ["nowhere.csv", ".", 7, "", ["a"]])
def test_what_is_no_file_is_told(path, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    for read in (tables.read_bargainers, lambda p: tables.read_society([1, 2], p)):
        with pytest.raises(UserError, match="CSV file"):
            read(path)


def test_a_file_that_is_no_text_is_told(tmp_path):
    (tmp_path / "picture.csv").write_bytes(b"\x89PNG\xff\xfe\x00")
    with pytest.raises(UserError, match="it is not text"):
        tables.read_bargainers(str(tmp_path / "picture.csv"))


def test_an_unknown_case_names_the_nearest():
    with pytest.raises(UserError, match="unix_standards"):
        tables.read_case("unix_standard")


HEAD = "name,capability,position,salience\n"
OTHER = "B,1,20,30\n"
BAD_BARGAINERS = {
    "one column short": ("name,capability,position\nA,1,5\n", "3 columns"),
    "an odd column": (HEAD.replace("\n", ",more\n") + "A,1,5,6,7\n", "5 columns"),
    "a position beyond": (HEAD + "A,1,101,50\n" + OTHER, "position of A is 101"),
    "a salience below": (HEAD + "A,1,10,-1\n" + OTHER, "salience of A is -1"),
    "no care": (HEAD + "A,1,10,0\nB,1,20,30\n", "saliences of A are all 0"),
    "no capability": (HEAD + "A,0,10,10\n" + OTHER, "capability of A is 0"),
    "a blank": (HEAD + "A,1,,10\n" + OTHER, "position of A' holds ''"),
    "alone": (HEAD + "A,1,10,10\n", "has 1 actor; there must be 2 to 200"),
    "twice": (HEAD + "A,1,10,10\nA,1,20,20\n", "'A' twice"),
    "too many": (
        HEAD + "".join(f"{n},1,10,10\n" for n in range(201)),
        "201 actors; there must be 2 to 200",
    ),
}


@pytest.mark.parametrize("bad", BAD_BARGAINERS)
def test_bargainers_that_do_not_fit_are_told(bad, tmp_path):
    text, message = BAD_BARGAINERS[bad]
    with pytest.raises(UserError, match=message):
        tables.read_bargainers(_file(tmp_path, text))


@given(seed=seeds)
def test_sums_of_squares_add_up_and_a_pure_cause_takes_all(seed):
    lots = np.random.default_rng(seed)
    values = lots.normal(size=(3, 4, 7))
    total = ((values - values.mean()) ** 2).sum()
    assert shares.sums_of_squares(values).sum() == pytest.approx(total)
    assert shares.shares(values).sum() == pytest.approx(1.0)
    for place, cause in enumerate(
        (lots.normal(size=(3, 1, 1)), lots.normal(size=(1, 4, 1)), None, lots.normal(size=7))
    ):
        if cause is not None:
            alone = shares.shares(cause + np.zeros((3, 4, 7)))
            assert alone[place] == pytest.approx(1.0)


def test_a_pure_interaction_is_told_from_its_parts_and_nothing_from_something():
    crossed = np.array([[1.0, -1.0], [-1.0, 1.0]])[:, :, np.newaxis] + np.zeros(5)
    assert shares.shares(crossed)[2] == pytest.approx(1.0)
    assert np.isnan(shares.shares(np.full((2, 3, 5), 0.7))).all()


@given(seed=seeds)
@profile(max_examples=10)
def test_the_interval_holds_the_share_it_is_about(seed):
    lots = np.random.default_rng(seed)
    values = lots.normal(size=(3, 1, 1)) + 0.3 * lots.normal(size=(3, 2, 40))
    table = shares.shares_table(values, seed=3).set_index("part")
    assert (table["low"] <= table["high"]).all()
    assert table.loc["theory", "low"] - 0.05 <= table.loc["theory", "share"]


def _theories():
    return {
        one: build({"years": YEARS, "rules": {"theory": {"alignment": one}}})
        for one in ("logit", "landscape", "bargaining")
    }


@pytest.fixture(scope="module")
def crossed() -> xr.Dataset:
    return side_by_side.by_theory_and_aid(_theories(), (0.0, 40.0), 4)


def test_every_theory_meets_every_budget_on_the_same_runs(crossed):
    assert crossed.sizes["theory"] == 3 and crossed.sizes["aid"] == 2
    assert list(crossed["theory"].values) == ["logit", "landscape", "bargaining"]
    alone = side_by_side.outcomes_of([side_by_side.with_aid(_theories()["landscape"], 40.0)], 4)
    np.testing.assert_array_equal(
        crossed["alignment"].sel(theory="landscape", aid=40.0).transpose("replicate", ...),
        alone["alignment"].isel(point=0).transpose("replicate", ...),
    )
    capacity = crossed["capacity"].mean(["replicate", "state", "theory"])
    assert float(capacity.sel(aid=40.0)) > float(capacity.sel(aid=0.0))


def test_theories_that_agree_do_not_disagree(crossed):
    one = crossed.sel(aid=0.0).isel(theory=[0, 0, 0]).assign_coords(theory=["a", "b", "c"])
    table = side_by_side.disagreement(one)
    assert (table["between_theories"] == 0.0).all() and (table["postures"] == 1).all()
    apart = side_by_side.disagreement(crossed.sel(aid=0.0))
    assert (apart["between_theories"] > 0.0).all()
    assert apart["between_theories"].is_monotonic_decreasing


def test_distance_between_two_theories_is_that_of_their_alignments(crossed):
    two = crossed.sel(aid=0.0).isel(theory=[0, 1])
    told = side_by_side.disagreement(two).set_index("state")["between_theories"]
    gap = abs(two["alignment"].isel(theory=0) - two["alignment"].isel(theory=1)).mean("replicate")
    np.testing.assert_allclose(told.loc[gap["state"].values], gap.values)


def test_the_leading_posture_is_that_of_most_runs(crossed):
    lead = side_by_side.leading_posture(crossed["posture"].sel(aid=0.0))
    assert set(np.unique(lead)) <= set(range(len(POSTURES)))
    codes = xr.DataArray([[1, 1, 4], [2, 3, 3]], dims=("state", "replicate"))
    assert side_by_side.leading_posture(codes).values.tolist() == [1, 3]


def test_ranks_at_the_start_are_of_all_theories_beside_what_needs_none():
    table = at_start.ranks_at_start(_theories(), runs=2)
    assert list(table["of"]) == [at_start.TIES, at_start.TRUST, *_theories()]
    assert table["rank"].between(-1.0, 1.0).all() and (table["states"] == 10).all()


def test_a_start_without_surveys_is_not_ranked():
    early = {"one": build({"years": {"first": 2015, "last": 2016}})}
    few = {"one": build({"years": YEARS, "states": ["PHL", "VNM"]})}
    assert at_start.ranks_at_start(early) is None and at_start.ranks_at_start(few) is None


def test_the_page_describes_every_theory_and_shortens_every_posture():
    template = (Path(command.__file__).with_name("report.md.j2")).read_text(encoding="utf-8")
    assert re.findall(r"^\* \*\*(\w+)\*\*", template, re.M) == list(THEORIES)
    assert all(f'"{posture}": ' in template for posture in POSTURES)


def test_the_page_says_what_is_not_compared_and_what_does_not_vary(crossed):
    declared = crossed.sel(aid=0.0)
    values = command.report_values(
        side_by_side.state_table(declared),
        side_by_side.disagreement(declared),
        shares.shares_table(np.full((3, 2, 4), 0.7)).assign(outcome="Hedging"),
        None,
    )
    page = render_page(Path(command.__file__).parent, values | {"runs": 4, "last": 2026})
    assert "Not compared: the start" in page and page.count("nothing varies") == len(shares.PARTS)
    assert all(page.count(f"| {code} |") == 2 for code in declared["state"].values)
