"""The rows of the card: complete, within what the model has, and a mistake is one message that names row and file."""

from __future__ import annotations

import pytest
import yaml

from sim.errors import UserError
from sim.studies.evidence.measures import ABSENT, MEASURES
from sim.studies.evidence.rows import GROUPS, read_rows
from sim.world.roster import ASEAN_10

GOOD = {
    "id": "one",
    "lever": "Japan: development aid",
    "label": "trust in Japan",
    "low": {"policy.japan.oda": 0},
    "high": {"policy.japan.oda": 40},
    "outcome": "trust@JPN",
    "measure": "difference",
    "horizon": 3,
    "unit": "0 to 1",
    "mean": 0.05,
    "range": [0.01, 0.12],
    "grade": "B",
    "source": "a study (seen)",
}


def written(tmp_path, *rows):
    path = tmp_path / "mine.yaml"
    path.write_text(yaml.safe_dump(list(rows)), "utf-8")
    return path


def test_every_published_size_has_its_row():
    rows = read_rows()
    assert len(rows) == 52 and len({row.lever for row in rows}) == 20
    assert sum(row.grade == "A" for row in rows) == 11
    assert [row.id for row in rows if row.measure == ABSENT] == ["turnover_votes"]


def test_the_groups_are_members_and_every_one_is_vocal_quiet_or_neither():
    assert all(set(codes) <= set(ASEAN_10) for codes in GROUPS.values())
    parts = [*GROUPS["vocal"], *GROUPS["quiet"], *GROUPS["others"]]
    assert sorted(parts) == sorted(ASEAN_10)
    assert {row.states for row in read_rows()} == set(GROUPS)


def test_a_good_row_is_read(tmp_path):
    (row,) = read_rows(written(tmp_path, GOOD))
    assert row.range == (0.01, 0.12) and not row.fitted
    assert row.sides == {"low": {"policy.japan.oda": 0}, "high": {"policy.japan.oda": 40}}
    assert row.names == ("trust@JPN",)


@pytest.mark.parametrize(
    ("change", "part"),
    [
        ({"low": {"policy.japan.odda": 0}}, "did you mean policy.japan.oda"),
        ({"high": {"policy.japan.oda": 41}}, "between 0 and 40 USD bn"),
        ({"held": {"policy.japan.export_rule": "lethl"}}, "nonlethal, eased, lethal"),
        ({"outcome": "trust@XYZ"}, "the model has no trust"),
        ({"outcome": "alignmnt"}, "did you mean alignment"),
        ({"outcome": "posture"}, "the model has no posture"),  # a code has no mean
        ({"measure": "differ"}, "difference, struck"),
        ({"measure": "drift"}, "it needs high alone"),
        ({"second": "lean"}, "difference needs 1"),
        ({"grade": "D"}, "grade is 'D'; it must be one of A, B, C"),
        ({"states": "loud"}, "all, vocal, quiet"),
        ({"mean": 0.2}, "mean is 0.2, range 0.01 to 0.12; the range must hold the mean"),
        ({"mean": "much"}, "mean 'much'"),
        ({"range": [0.01]}, "needs two numbers"),
        ({"source": "everybody knows"}, "does not say how it is known"),
        ({"horizon": 18}, "from 1 to 17"),
        ({"colour": "red"}, "it names colour"),
        ({"id": ""}, "a row needs an id"),
    ],
)
def test_a_mistake_names_the_row_what_is_allowed_and_the_file(change, part, tmp_path):
    with pytest.raises(UserError) as refused:
        read_rows(written(tmp_path, {**GOOD, **change}))
    message = str(refused.value)
    assert part in message and "mine.yaml" in message
    assert "row one" in message or change == {"id": ""}


def test_a_row_without_its_evidence_is_refused(tmp_path):
    for name in ("mean", "source", "grade", "range"):
        short = {key: value for key, value in GOOD.items() if key != name}
        (tmp_path / name).mkdir()  # what was read is remembered by its path
        with pytest.raises(UserError, match="row one"):
            read_rows(written(tmp_path / name, short))


def test_an_id_stands_once_and_a_file_holds_rows(tmp_path):
    with pytest.raises(UserError, match="stands twice"):
        read_rows(written(tmp_path, GOOD, GOOD))
    path = tmp_path / "none.yaml"
    path.write_text("rows: none", "utf-8")
    with pytest.raises(UserError, match="a list of rows"):
        read_rows(path)


def test_every_measure_is_used_by_some_row():
    assert {row.measure for row in read_rows()} == set(MEASURES)
