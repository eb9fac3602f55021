"""The tables of a store, read off its blocks a little at a time: memory does not grow with the runs.

table.csv    a row a point: its settings, then each outcome of the region (of states, their mean; of postures, their shares)
states.csv   a row a point and state, for sweeps of up to 10,000 points
For each outcome: mean, sd, q05, q50, q95, low95 and high95 (interval of the mean), mc_error (Monte-Carlo error of the mean).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from typing import Any

import numpy as np
from scipy.io import netcdf_file

from sim.axes import STATE, Array
from sim.ensemble.blocks import Block
from sim.ensemble.plan import Plan
from sim.ensemble.store.contents import STATES, TABLE
from sim.ensemble.store.folder import Store
from sim.ensemble.store.rows import StreamingCsvWriter, write_parquet
from sim.ensemble.summary import POINT, POSTURE
from sim.outcomes.definitions import columns, dates, kept
from sim.outcomes.outcome import REGION
from sim.outcomes.posture import MISSING, POSTURES
from sim.statistics import summary

MOST_POINTS_BY_STATE = 10_000
AT_ONCE = 16_000_000  # bytes of runs gathered at a time
WORDS = tuple(word.split(" / ")[0].replace(" ", "_") for word in POSTURES)
Columns = dict[str, Array]


def write_tables(store: Store, plan: Plan) -> list[str]:
    """Write table.csv, states.csv and, where pyarrow is installed, table.parquet; return their names.

    Raises
    ------
    OSError : the disk is full or read-only.
    """
    by_state = len(plan.points) <= MOST_POINTS_BY_STATE
    codes = store.manifest["states"]
    with ExitStack() as files:
        region = StreamingCsvWriter(files, store.folder / TABLE)
        local = StreamingCsvWriter(files, store.folder / STATES) if by_state else None
        for span, parts in point_spans(store):
            of_region, of_states = _point_columns(store, plan, parts, span, by_state)
            region.write(_labelled_row(plan, span), of_region)
            if local is not None:
                given = _labelled_row(plan, span)
                given = {name: np.repeat(values, len(codes)) for name, values in given.items()}
                given[STATE] = np.tile(np.array(codes, dtype=object), span[1] - span[0])
                local.write(given, {name: each.ravel() for name, each in of_states.items()})
        region.put()
        if local is not None:
            local.put()
    parquet = write_parquet(store.folder / TABLE)
    return [TABLE, *([STATES] if by_state else []), *([parquet.name] if parquet else [])]


def point_spans(store: Store) -> Iterator[tuple[tuple[int, int], list[Block]]]:
    """Yield ranges of points within which no block begins or ends, with the blocks that hold them."""
    blocks = store.blocks
    edges = sorted({edge for item in blocks for edge in (item.first_point, item.last_point)})
    position = {edge: row for row, edge in enumerate(edges)}
    held: dict[int, list[Block]] = {edge: [] for edge in edges}
    for block in blocks:
        for edge in edges[position[block.first_point] : position[block.last_point]]:
            held[edge].append(block)
    for low, high in zip(edges[:-1], edges[1:], strict=True):
        yield (low, high), held[low]


def _point_columns(
    store: Store, plan: Plan, parts: Sequence[Block], span: tuple[int, int], by_state: bool
) -> tuple[Columns, Columns]:
    """Sum up a few points: for the region by name (point,), and for each state (point, state)."""
    names, replicates = kept(plan.options.keep), plan.replicates
    region: Columns = {}
    local: Columns = {}
    for name in (name for name in columns(STATE) if name in names):
        total = np.zeros((span[1] - span[0], replicates))
        counted = np.zeros_like(total)
        shares = {word: np.zeros_like(total) for word in WORDS if name == POSTURE}
        items: list[Columns] = []
        for values in _by_state(store, parts, span, replicates, name):
            if name == POSTURE:
                for code, word in enumerate(WORDS):
                    shares[word] += values == code
                counted = counted + (values != MISSING)
                items.append(_posture_shares(values) if by_state else {})
            else:
                known = ~np.isnan(values)
                total += np.where(known, values, 0.0)
                counted = counted + known
                items.append(summed_up(name, values) if by_state else {})
        mean = _reduce_over(total, counted)
        if name != POSTURE:
            region |= summed_up(name, mean)
        for word, share in shares.items():
            region |= summed_up(f"{POSTURE}_{word}", _reduce_over(share, counted))
        local |= {key: np.stack([each[key] for each in items], axis=-1) for key in items[0]}
    for name in (name for name in columns(REGION) if name in names):
        region |= summed_up(name, _gather_runs(store, parts, span, replicates, name, ()))
    return region, local


def _reduce_over(total: Array, counted: Any) -> Array:
    return np.where(counted > 0, total / np.maximum(counted, 1), np.nan)


def _posture_shares(codes: Array) -> Columns:
    known = np.maximum((codes != MISSING).sum(axis=-1), 1)
    return {
        f"{POSTURE}_{word}": (codes == code).sum(axis=-1) / known for code, word in enumerate(WORDS)
    }


def summed_up(name: str, runs: Array) -> Columns:
    """Sum up (point, replicate) under names such as alignment_mean; one run has only a mean."""
    result = summary(runs)
    kept = ["mean"] if runs.shape[-1] == 1 else [each for each in result if each != "share"]
    kept += ["share"] if name in dates() else []
    return {f"{name}_{each}": result[each] for each in kept}


def _by_state(
    store: Store, parts: Sequence[Block], span: tuple[int, int], replicates: int, name: str
) -> Iterator[Array]:
    """Yield a variable state by state, (point, replicate), gathering as many at once as fit."""
    states = len(store.manifest["states"])
    room = max(int(AT_ONCE / (8 * (span[1] - span[0]) * replicates)), 1)
    for low in range(0, states, room):
        result = _gather_runs(
            store, parts, span, replicates, name, range(low, min(low + room, states))
        )
        for index in range(result.shape[0]):
            yield result[index]


def _gather_runs(
    store: Store,
    parts: Sequence[Block],
    span: tuple[int, int],
    replicates: int,
    name: str,
    states: Sequence[int],
) -> Array:
    """Read (state, point, replicate), or (point, replicate) where no states are asked for."""
    lead = (len(states),) if states else ()
    result = np.empty((*lead, span[1] - span[0], replicates))
    for block in parts:
        with netcdf_file(store.done[block], mmap=False) as file:
            values = file.variables[name][:]
        rows = slice(span[0] - block.first_point, span[1] - block.first_point)
        columns = slice(block.first, block.last)
        if states:
            result[..., columns] = values[rows, :, states[0] : states[-1] + 1].transpose(2, 0, 1)
        else:
            result[..., columns] = values[rows]
    return result


def _labelled_row(plan: Plan, span: tuple[int, int]) -> dict[str, Any]:
    part = plan.points.iloc[slice(*span)]
    given = {str(name): part[name].to_numpy() for name in part}
    return {POINT: np.arange(*span), **given}
