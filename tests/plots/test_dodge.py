"""Labels keep out of each other's way."""

from __future__ import annotations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from sim.plots.labels import boxes_overlap, dodge, place

places = arrays(float, st.integers(1, 17), elements=st.floats(0, 100))


@settings(deadline=None)
@given(places, st.floats(0.1, 5))
def test_dodged_labels_keep_their_gap_and_stay_inside(positions, gap):
    placed = np.sort(dodge(positions, gap=gap, low=0, high=100))
    assert (np.diff(placed) >= gap - 1e-9).all()
    assert placed[0] >= -1e-9
    assert placed[-1] <= 100 + 1e-9


@settings(deadline=None)
@given(places, st.floats(0.1, 50))
def test_labels_that_cannot_all_fit_share_the_room(positions, gap):
    placed = np.sort(dodge(positions, gap=gap, low=0, high=100))
    least = min(gap, 100 / max(len(positions) - 1, 1))
    assert (np.diff(placed) >= least - 1e-9).all()
    assert -1e-9 <= placed[0] <= placed[-1] <= 100 + 1e-9


@settings(deadline=None)
@given(places, st.floats(0.1, 5))
def test_dodging_keeps_the_order(positions, gap):
    placed = dodge(positions, gap=gap, low=0, high=100)
    order = np.argsort(positions, kind="stable")
    assert (np.diff(placed[order]) >= 0).all()


@settings(deadline=None)
@given(st.integers(1, 11), st.floats(0.1, 5))
def test_labels_far_enough_apart_stay_where_they_are(count, gap):
    positions = 50 + 1.01 * gap * (np.arange(count) - count / 2)
    positions = positions[(positions >= 0) & (positions <= 100)]
    np.testing.assert_allclose(dodge(positions, gap=gap, low=0, high=100), positions)


point = st.tuples(st.floats(0, 300), st.floats(0, 300))


@settings(deadline=None)
@given(st.lists(point, min_size=1, max_size=16))
def test_placed_labels_cover_neither_each_other_nor_a_point(points):
    sizes = [(50.0, 12.0)] * len(points)
    dots = [(x - 4, y - 4, x + 4, y + 4) for x, y in points]
    centres = place(points, sizes, keep_clear=dots)
    boxes = [(x - 25, y - 6, x + 25, y + 6) for x, y in centres]
    every = boxes + dots
    assert not any(boxes_overlap(b, o) for k, b in enumerate(boxes) for o in every[k + 1 :])
