"""Shares written out by state: the user's, and those of the table that ships."""

from __future__ import annotations

import numpy as np
import pytest

from sim.config import build
from sim.config.levers import Japan
from sim.config.optimised import as_text, read, shipped
from sim.engines.context import build_context
from sim.engines.ensemble import run_block, run_lean
from sim.engines.region import simulate
from sim.engines.shares import custom_share, optimised_share
from sim.errors import UserError

YEARS = {"last": 2026}
OPTIMISED = {"japan": {"allocation": "optimised"}}


def test_shares_stand_in_the_order_of_the_states():
    found = custom_share(Japan(custom={"PHL": 2.0, "Malaysia": 1.0}), ["MYS", "SGP", "PHL"], 4)
    np.testing.assert_array_equal(found, np.repeat([[1.0], [0.0], [2.0]], 4, axis=1))


def test_the_table_gives_its_shares_and_nothing_to_others():
    found = optimised_share(["SGP", *shipped().shares], 3)
    assert not found[0].any()
    np.testing.assert_allclose(found.sum(axis=0), 1.0)


def test_the_rule_gives_by_the_table_once_all_are_designated():
    point = build({"years": YEARS, "policy": OPTIMISED})
    stage = build_context(point)
    *_, last = run_block(stage, [point], replicates=2)
    japan = last.passed.offers.security_aid[..., stage.partners.index("JPN")]
    share = dict(zip(stage.states, (japan / japan.sum(axis=1, keepdims=True))[0], strict=True))
    for code, part in share.items():
        assert part == pytest.approx(shipped().shares.get(code, 0.0))


def test_it_is_the_same_as_pasting_the_table():
    custom = {"allocation": "custom", "custom": dict(shipped().shares)}
    one, other = (
        build({"years": YEARS, "policy": {"japan": japan}})
        for japan in (OPTIMISED["japan"], custom)
    )
    both = run_lean(build_context(one), [one, other], replicates=3)
    np.testing.assert_allclose(both["capacity"].values[:3], both["capacity"].values[3:], rtol=1e-12)


@pytest.mark.parametrize(
    ("given", "stranger"),
    [({"states": ["PHL", "MYS", "TLS"]}, "TLS"), ({"states": ["BGD", "PHL"]}, "BGD")],
)
def test_recipients_the_search_never_saw_are_refused(given, stranger):
    """In either engine, and for a point beside others on a stage that another set."""
    plain = build({"years": YEARS, **given})
    asking = build({"years": YEARS, **given, "policy": OPTIMISED})
    with pytest.raises(UserError, match=f"{stranger} may receive"):
        simulate(asking)
    with pytest.raises(UserError, match=f"{stranger} may receive"):
        run_lean(build_context(plain), [plain, asking])


def test_without_japan_nobody_is_asked():
    point = build(
        {"years": YEARS, "policy": OPTIMISED, "partners": ["CHN", "USA"], "states": ["TLS"]}
    )
    assert simulate(point).sizes["state"] == 1


def test_a_table_is_read_as_it_was_written(tmp_path):
    path = tmp_path / "table.yaml"
    path.write_text(as_text(shipped()), encoding="utf-8")
    assert read(path) == shipped()
    assert path.read_text(encoding="utf-8").startswith("# Shares")


@pytest.mark.parametrize(
    "text",
    ["", "shares: {}", "[1]", "shares: {PHL: 0.4}\nfound: {}\ngain: {}", "shares: [", "a: 1"],
)
def test_a_broken_table_is_told(tmp_path, text):
    path = tmp_path / "table.yaml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(UserError, match="cannot be read"):
        read(path)
    with pytest.raises(UserError, match="cannot be read"):
        read(tmp_path / "missing.yaml")
