"""How labels keep out of each other's way: along a line, and around points in a plane."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]
Box = tuple[float, float, float, float]  # left, bottom, right, top


def dodge(positions: Array, *, gap: float, low: float, high: float) -> Array:
    """Move labels along a line as little as possible (least squares) until `gap` lies between them.

    Parameters
    ----------
    positions : (label,) wanted positions, any order. gap : least distance, in the same units.
    low, high : ends of the line; where all labels cannot fit, the gap shrinks until they do.

    Returns
    -------
    (label,) positions in the order given; labels keep their order along the line.
    """
    count = len(positions)
    if count == 0:
        return np.asarray(positions, dtype=float)
    gap = min(gap, (high - low) / max(count - 1, 1))
    order = np.argsort(positions, kind="stable")
    steps = gap * np.arange(count)
    pooled = _monotone_values(np.asarray(positions, dtype=float)[order] - steps)
    placed = np.empty(count)
    placed[order] = np.clip(pooled, low, max(low, high - steps[-1])) + steps
    return placed


def _monotone_values(values: Array) -> Array:
    """Closest non-decreasing sequence, by pooling adjacent violators."""
    pools: list[tuple[float, int]] = []
    for value in values:
        pools.append((float(value), 1))
        while len(pools) > 1 and pools[-2][0] > pools[-1][0]:
            (later, m), (earlier, n) = pools.pop(), pools.pop()
            pools.append(((earlier * n + later * m) / (n + m), n + m))
    return np.concatenate([np.full(size, mean) for mean, size in pools])


def boxes_overlap(one: Box, other: Box) -> bool:
    """Whether two boxes share more than an edge."""
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


def place(
    points: Sequence[tuple[float, float]],
    sizes: Sequence[tuple[float, float]],
    *,
    keep_clear: Sequence[Box] = (),
    near: float = 9.0,
    rings: int = 40,
) -> list[tuple[float, float]]:
    """Centre a label near each point so that no label covers a label or anything to keep clear of.

    Greedy: for each point in turn, the nearest free place on widening rings around it.

    Parameters
    ----------
    points : centres of what is labelled. sizes : width and height of each label, same units.
    keep_clear : boxes no label may cover. near : radius of the first ring. rings : how many.
    """
    taken = list(keep_clear)
    centres: list[tuple[float, float]] = []
    for point, size in zip(points, sizes, strict=True):
        options = _candidate_centres(point, size, near, rings)
        centre = next((c for c in options if _is_free(_label_box(c, size), taken)), options[-1])
        centres.append(centre)
        taken.append(_label_box(centre, size))
    return centres


def _candidate_centres(
    point: tuple[float, float], size: tuple[float, float], near: float, rings: int
) -> list[tuple[float, float]]:
    angles = np.deg2rad(
        [0, 180, 45, 135, -45, -135, 90, -90, 22, 158, -22, -158, 67, 113, -67, -113]
    )
    result = []
    for ring in range(rings):
        reach = near + ring * 0.5 * size[1]
        for angle in angles:
            across = np.cos(angle) * (reach + size[0] / 2)
            up = np.sin(angle) * (reach + size[1] / 2)
            result.append((point[0] + float(across), point[1] + float(up)))
    return result


def _label_box(centre: tuple[float, float], size: tuple[float, float]) -> Box:
    (x, y), (width, height) = centre, size
    return x - width / 2, y - height / 2, x + width / 2, y + height / 2


def _is_free(box: Box, taken: Sequence[Box]) -> bool:
    return not any(boxes_overlap(box, other) for other in taken)
