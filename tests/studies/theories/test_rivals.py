"""Tables of rival theories are read or refused."""

from __future__ import annotations

from pathlib import Path

import pytest

from sim.errors import UserError
from sim.studies.published_cases import tables

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
