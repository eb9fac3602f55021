"""The posterior that ships is sound, says where it comes from, and anything else is refused in one message."""

from __future__ import annotations

import pytest

from sim.config import Settings, declared
from sim.engines.points import stage_key
from sim.ensemble import posterior
from sim.ensemble.fitting.numbers import ERRORS, fitted_numbers
from sim.errors import UserError

COUNTED = {f"rules.acts.{name}" for name in ("double", "climb", "leap", "slip")}


def test_every_number_with_a_prior_is_drawn():
    drawn = set(posterior.draws(1)[0])
    errors = {number.path for number in ERRORS}
    assert drawn == ({number.path for number in fitted_numbers()} - errors) | COUNTED
    assert set(posterior.arrays()) == drawn | errors


def test_draws_differ_and_stay_within_the_declared_ranges():
    some = posterior.draws(20)
    assert len({draw["rules.acts.stance"] for draw in some}) > 10
    for draw in some:
        for path, value in draw.items():
            assert declared()[path].low <= value <= declared()[path].high


def test_draws_share_one_stage():
    keys = {stage_key(posterior.apply(Settings(), draw)) for draw in posterior.draws(20)} | {
        stage_key(Settings())
    }
    assert len(keys) == 1


def test_the_declared_defaults_are_the_medians_where_the_record_spoke():
    draws = posterior.read()
    medians, spreads = draws.median(), draws.std()
    fitted = [
        path
        for path, item in declared().items()
        if item.prior is not None and "fitted" in item.source
    ]
    assert len(fitted) > 20
    for path in fitted:
        # Declared to two digits, and a fit made anew moves medians by its chains' own error.
        assert abs(declared()[path].default - medians[path]) < 0.3 * spreads[path], path


def test_the_posterior_that_ships_says_where_it_comes_from():
    told = posterior.provenance()
    assert told["known_to"] == "2022"
    assert told["edition"] == posterior.EDITION
    assert {"seed", "targets", "data_versions", "version", "method"} <= set(told)


def test_a_draw_puts_its_numbers_in_place_and_leaves_the_rest():
    changed = posterior.apply(Settings(), {"rules.acts.stance": 1.25, "error.house": 0.5})
    assert changed.rules.acts.stance == 1.25
    assert changed.policy == Settings().policy


@pytest.mark.parametrize("count", [0, 100_000])
def test_more_draws_than_there_are_are_refused(count):
    with pytest.raises(UserError, match="draws of the posterior"):
        posterior.draws(count)


def test_a_missing_posterior_is_told_in_one_message(tmp_path):
    with pytest.raises(UserError, match="is missing") as told:
        posterior.read(tmp_path / "posterior.csv")
    assert "publish=true" in str(told.value)


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (lambda text: text.replace("# edition: 2\n", ""), "edition 1 of the model"),
        (lambda text: text.replace("acts.stance", "acts.stanse"), "names rules.acts.stanse"),
        (
            lambda text: text.replace("rules.acts.stance,", "rules.acts.fade,"),
            "lacks rules.acts.stance",
        ),
    ],
)
def test_a_file_of_other_numbers_is_refused(tmp_path, change, message):
    path = tmp_path / "posterior.csv"
    path.write_text(change(posterior.POSTERIOR.read_text(encoding="utf-8")), encoding="utf-8")
    with pytest.raises(UserError, match=message):
        posterior.read(path)


def test_draws_written_are_read_back(tmp_path):
    table = posterior.read().head(3)
    path = tmp_path / "posterior.csv"
    path.write_text(posterior.as_csv(table, {"seed": "1"}), encoding="utf-8")
    assert posterior.provenance(path) == {"edition": "2", "seed": "1"}
    assert posterior.read(path).to_numpy() == pytest.approx(table.to_numpy(), rel=1e-3)
