"""A block parted into pieces that fit the cache, however many states there are."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np

from sim.config import Settings


def chunk_runs(
    points: Sequence[Settings], first: int, replicates: int, most: int
) -> Iterator[tuple[Sequence[Settings], int, int]]:
    """Part the runs of a block, in their order, into equal pieces of about ``most``: points, first replicate, replicates.

    >>> [(len(some), start, count) for some, start, count in chunk_runs(["a", "b"], 5, 7, 4)]
    [(1, 5, 4), (1, 9, 3), (1, 5, 4), (1, 9, 3)]
    >>> [(len(some), start, count) for some, start, count in chunk_runs(["a", "b", "c"], 5, 2, 4)]
    [(2, 5, 2), (1, 5, 2)]
    """
    if replicates > most:
        for point in points:
            for part in np.array_split(np.arange(replicates), -(-replicates // most)):
                yield [point], first + int(part[0]), len(part)
        return
    count = -(-len(points) * replicates // most)
    for part in np.array_split(np.arange(len(points)), max(1, min(count, len(points)))):
        yield points[int(part[0]) : int(part[-1]) + 1], first, replicates
