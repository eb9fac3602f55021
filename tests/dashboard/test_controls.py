"""Facts about the knobs: every declared setting has one, made from its declaration."""

from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.composition.dotted_names import flat, nested
from sim.config import declared
from sim.dashboard.controls import MAIN, NOT_SET, SHARED, controls, further, nice_step
from sim.dashboard.credibility_panel import credibility_panel
from sim.dashboard.presets import REACH, USUAL, about, compose_choices, presets
from sim.dashboard.setup import Setup, Side, settings_of
from sim.studies.validation import scorebook


def test_every_declared_setting_has_one_knob_and_one_place() -> None:
    placed = Counter([*MAIN, *SHARED, *[one.name for group in further().values() for one in group]])
    assert set(placed.values()) == {1}
    assert set(placed) | set(NOT_SET) == set(declared())


@pytest.mark.parametrize("name", list(controls()))
def test_a_knob_tells_what_the_setting_is_and_where_its_number_comes_from(name: str) -> None:
    control, told = controls()[name], declared()[name]
    assert told.doc in control.help and told.source in control.help and control.title
    if told.kind != "choice":
        assert 0 < control.step <= told.high - told.low
        assert 0.0 <= control.default_at <= 1.0


@given(st.floats(1e-6, 1e6))
def test_a_step_is_nice_and_not_larger(step: float) -> None:
    found = nice_step(step)
    assert found <= step * (1 + 1e-6) and found > step / 2.6
    assert f"{found:e}"[0] in "125" and set(f"{found:e}"[2:8]) == {"0"}


def test_presets_are_the_choices_of_the_command_line() -> None:
    mixed = {
        "policy/japan": "lethal_exports",
        "policy/china": "charm",
        "policy/united_states": "retrenched",
        "scenario": "sea_clash",
        "theory": "commerce",
        "world": "asean11",
    }
    side = Side(choices={group: name for group, name in mixed.items() if group != "world"})
    setup = Setup(a=side, both=Side(choices={"world": "asean11"}))
    from sim.config import build

    assert settings_of(setup, "a") == build(compose_choices(mixed))


def test_the_usual_choices_are_those_of_the_command_line_and_change_nothing() -> None:
    from sim.config import build

    assert (
        settings_of(Setup(), "a") == settings_of(Setup(), "baseline") == build(compose_choices({}))
    )
    for group, usual in USUAL.items():
        assert set(presets()[group][usual]) <= {"states"}


def test_a_choice_sets_only_what_its_group_reaches_and_says_what_it_means() -> None:
    for group, found in presets().items():
        for name, values in found.items():
            assert all(path.startswith(REACH[group]) for path in values)
            assert len(about(group, name)) > 20 and "python" not in about(group, name)


@given(st.dictionaries(st.sampled_from(list(declared())), st.integers(), max_size=7))
def test_flat_and_nested_undo_each_other(values: dict[str, int]) -> None:
    assert flat(nested(values)) == values


def test_the_bars_kept_with_the_package_are_those_of_the_page_in_docs() -> None:
    from pathlib import Path

    page = (Path(__file__).resolve().parents[2] / "docs" / "validation.md").read_text("utf-8")
    for bar in scorebook.read():
        verdict = "met" if bar.met else "**MISSED**"
        assert f"| {bar.test} | {bar.bar} | {bar.figure} | {verdict} |" in page


def test_the_panel_shows_every_bar_kept_with_the_package_missed_ones_first() -> None:
    panel = " ".join(credibility_panel().split())
    bars = scorebook.read()
    assert panel.count("<tr>") == 1 + len(bars) and panel.count("<dt>") == panel.count("<dd>") > 20
    assert f"meets {sum(bar.met for bar in bars)} of {len(bars)} bars" in panel
    assert panel.count(">MISSED<") == sum(not bar.met for bar in bars)
    assert panel.rfind(">MISSED<") < panel.find(">met<")
