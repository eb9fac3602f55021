"""Which blocks is a sweep cut into? Rectangles of points and replicates that stay when the sweep grows.

A sweep that is extended keeps its blocks: each extension adds the points and replicates that were not there, cut by the same
lattice. So a block is known by its ranges alone, whoever runs it and in whatever order.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

Extent = tuple[int, int]  # points, replicates
Lattice = tuple[int, int]  # points of a block, replicates of a block


@dataclass(frozen=True, order=True)
class Block:
    """Points `first_point` to `last_point - 1`, replicates `first` to `last - 1`."""

    first_point: int
    last_point: int
    first: int
    last: int

    @property
    def name(self) -> str:
        """The block's name, such as p0000000-0000010_r0000000-0000100."""
        points = f"p{self.first_point:07d}-{self.last_point:07d}"
        return f"{points}_r{self.first:07d}-{self.last:07d}"

    @property
    def points(self) -> int:
        """Number of points."""
        return self.last_point - self.first_point

    @property
    def replicates(self) -> int:
        """Number of replicates."""
        return self.last - self.first

    @property
    def runs(self) -> int:
        """Number of runs."""
        return self.points * self.replicates


def lattice(replicates: int, runs: int) -> Lattice:
    """Cut so that a block holds about `runs` runs: all replicates of some points if they fit.

    >>> lattice(100, 1000), lattice(5000, 1000)
    ((10, 100), (1, 1000))
    """
    side = min(replicates, runs)
    return max(runs // side, 1), side


def partition(extents: Sequence[Extent], cells: Lattice) -> list[Block]:
    """List the blocks of a sweep that has grown through these extents, the last the whole.

    >>> [block.runs for block in partition([(2, 3), (3, 5)], (2, 3))]
    [6, 4, 3, 2]
    """
    result: list[Block] = []
    points = replicates = 0
    for wider, longer in extents:
        result += _rectangle_blocks(0, points, replicates, longer, cells)
        result += _rectangle_blocks(points, wider, 0, longer, cells)
        points, replicates = wider, longer
    return result


def count_blocks(extents: Sequence[Extent], cells: Lattice) -> int:
    """Count what `cut` would list, without listing it.

    >>> count_blocks([(2, 3), (3, 5)], (2, 3))
    4
    """
    count = points = replicates = 0
    for wider, longer in extents:
        count += _cell_count(points, cells[0]) * _cell_count(longer - replicates, cells[1])
        count += _cell_count(wider - points, cells[0]) * _cell_count(longer, cells[1])
        points, replicates = wider, longer
    return count


def _cell_count(length: int, cell: int) -> int:
    return -(-length // cell)


def _rectangle_blocks(
    point: int, last_point: int, first: int, last: int, cells: Lattice
) -> Iterator[Block]:
    for low in range(point, last_point, cells[0]):
        for start in range(first, last, cells[1]):
            yield Block(low, min(low + cells[0], last_point), start, min(start + cells[1], last))
