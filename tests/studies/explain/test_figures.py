"""The waterfall adds up, in the order of size, and is the same whenever it is drawn."""

from __future__ import annotations

from dataclasses import replace

import pytest

from sim.outcomes.reasons import Reason
from sim.plots import style
from sim.studies.explain import figures as waterfall
from sim.studies.explain.figures import draw_why
from sim.studies.explain.sentences import step_title
from tests.studies.explain.made import ACT, ATTRS, SCARED, TIED, why


def test_what_did_not_move_is_left_out_and_the_rest_is_summed():
    rows = waterfall.rows_of(
        why(Reason(term="offers", change=0.1), Reason(term="values", change=0.0))
    )
    assert rows == [("aid beyond the usual", 0.1)]
    many = why(*(Reason(term="luck", change=1.0 / (index + 1)) for index in range(14)))
    assert len(waterfall.rows_of(many)) == waterfall.MOST_ROWS + 1
    assert sum(change for _, change in waterfall.rows_of(many)) == pytest.approx(many.change)


@pytest.mark.parametrize("told", [SCARED, TIED, ACT.why])
def test_bars_end_where_the_state_does(told):
    with style.context():
        axes = waterfall.draw([told], ATTRS, "A title").axes[0]
    bars = axes.patches
    assert bars[0].get_x() == 0.0
    assert bars[-1].get_width() == pytest.approx(told.change)
    assert bars[-2].get_x() + bars[-2].get_width() == pytest.approx(told.change)
    assert axes.get_yticklabels()[-1].get_text() == "in all"


@pytest.mark.parametrize(
    ("whys", "title"),
    [
        ([SCARED, TIED], ""),
        ([replace(SCARED, against="policy/japan=none", years=(2030, 2030))], ""),
        ([why(Reason(term="offers", change=0.0))], ""),
        ([ACT.why], step_title(ACT)),
    ],
)
def test_every_waterfall_is_written_alike(whys, title, tmp_path):
    assert [path.name for path in draw_why(whys, tmp_path, ATTRS, title)] == ["why.png", "why.svg"]
    first = (tmp_path / "why.svg").read_bytes()
    draw_why(whys, tmp_path, ATTRS, title)
    assert (tmp_path / "why.svg").read_bytes() == first
