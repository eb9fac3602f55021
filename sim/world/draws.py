"""Chance: one stream of numbers per (mechanism, state, year, and partner where it has one), the run as the counter.

A counter-based generator (Philox4x64, Salmon et al. 2011) is keyed by a stable hash of the seed and those names, and read at
the position of the run. So run 3 is run 3 in five or ten thousand, in any block, on any worker; adding a state, a year, a
mechanism or a policy moves nobody else's draws; and policy minus baseline is a paired difference.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray
from scipy.special import ndtri

from sim.axes import Array

UNIFORM = ("turnover", "incidents", "answer", "contract")  # one a state
UNIFORM_PAIRS = ("act", "coercion")  # one a state and partner
NORMAL = ("leaning", "growth", "trade")
NORMAL_PAIRS = ("mood",)
START = ("first_stance", "first_trust")  # one a run: of a state, and of a state and partner
WORLD = "world"  # stands for the state in streams that belong to everybody
_PER_COUNT = 4  # Philox4x64 gives four numbers a count


def uniform_draws(
    *, seed: int, mechanism: str, state: str, year: int, first_run: int = 0, runs: int = 1
) -> Array:
    """Uniform draws in (0, 1) of runs ``first_run`` to ``first_run + runs - 1``, shape (run,).

    >>> several = uniform_draws(seed=1, mechanism="mood", state="VNM", year=2030, runs=5)
    >>> alone = uniform_draws(seed=1, mechanism="mood", state="VNM", year=2030, first_run=3)
    >>> bool(several[3] == alone[0])
    True
    """
    name = f"{seed}/{mechanism}/{state}/{year}"
    return _between_0_and_1(_raw_draws(np.random.Philox(0), name, first_run, runs))


def normal_draws(
    *, seed: int, mechanism: str, state: str, year: int, first_run: int = 0, runs: int = 1
) -> Array:
    """Standard normal draws by the inverse distribution function, shape (run,): one number a draw."""
    return ndtri(
        uniform_draws(
            seed=seed, mechanism=mechanism, state=state, year=year, first_run=first_run, runs=runs
        )
    )


def draws(
    *,
    seed: int,
    states: Sequence[str],
    partners: Sequence[str],
    year: int,
    first_run: int = 0,
    runs: int = 1,
) -> dict[str, Array]:
    """All of a year's draws in Fortran order: mechanism -> (run, state or 1, partner or 1)."""
    result = yearly_draws(
        seed=seed, states=states, partners=partners, years=[year], first_run=first_run, runs=runs
    )
    return {mechanism: block[0].T for mechanism, block in result.items()}


def yearly_draws(
    *,
    seed: int,
    states: Sequence[str],
    partners: Sequence[str],
    years: Sequence[int],
    first_run: int = 0,
    runs: int = 1,
) -> dict[str, Array]:
    """The draws of several years as they lie in memory: mechanism -> (year, partner or 1, state or 1, run).

    Parameters
    ----------
    seed : of the settings. states, partners : codes in order. years : in order. first_run, runs : which futures.
    """
    pairs = [f"{state}-{partner}" for partner in partners for state in states]
    uniform = _streams(UNIFORM, states, (1, len(states)))
    uniform += _streams(UNIFORM_PAIRS, pairs, (len(partners), len(states)))
    normal = _streams(NORMAL, states, (1, len(states)))
    normal += _streams(NORMAL_PAIRS, pairs, (len(partners), len(states)))
    normal += _streams(("courtship",), partners, (len(partners), 1))
    normal += _streams(("rivalry",), [WORLD], (1, 1))
    return _drawn(uniform, normal, seed, years, first_run, runs)


def start_draws(
    *,
    seed: int,
    states: Sequence[str],
    partners: Sequence[str],
    year: int,
    first_run: int,
    runs: int,
) -> dict[str, Array]:
    """What the filtered start leaves open, drawn once a run: ``stance`` (run, state, 1), ``trust`` (run, state, partner).

    Parameters
    ----------
    seed : of the settings. states, partners : codes in order. year : the last observed one. first_run, runs : which futures.
    """
    pairs = [f"{state}-{partner}" for partner in partners for state in states]
    normal = _streams(START[:1], states, (1, len(states)))
    normal += _streams(START[1:], pairs, (len(partners), len(states)))
    drawn = _drawn([], normal, seed, [year], first_run, runs)
    return {"stance": drawn["first_stance"][0].T, "trust": drawn["first_trust"][0].T}


Streams = list[
    tuple[str, Sequence[str], tuple[int, int]]
]  # mechanism, whose, (partner or 1, state or 1)


def _streams(mechanisms: Sequence[str], whose: Sequence[str], shape: tuple[int, int]) -> Streams:
    return [(mechanism, whose, shape) for mechanism in mechanisms]


def _drawn(
    uniform: Streams,
    normal: Streams,
    seed: int,
    years: Sequence[int],
    first_run: int,
    runs: int,
) -> dict[str, Array]:
    names = [(mechanism, one) for mechanism, whose, _ in (*uniform, *normal) for one in whose]
    swings_from = sum(len(whose) for _, whose, _ in uniform)
    drawn = np.empty((len(years), len(names), runs))
    raw, philox = np.empty((len(names), runs), dtype=np.uint64), np.random.Philox(0)
    for year, rows in zip(years, drawn, strict=True):
        for row, (mechanism, one) in zip(raw, names, strict=True):
            row[:] = _raw_draws(philox, f"{seed}/{mechanism}/{one}/{year}", first_run, runs)
        _between_0_and_1(raw, out=rows)
        swings = rows[swings_from:]
        ndtri(swings, out=swings)
    result, start = {}, 0
    for mechanism, whose, shape in (*uniform, *normal):
        block = drawn[:, start : start + len(whose)]
        result[mechanism] = block.reshape(len(years), *shape, runs)
        start += len(whose)
    return result


def _raw_draws(
    stream: np.random.Philox, name: str, first_run: int, runs: int
) -> NDArray[np.uint64]:
    """The numbers of that name at the position of the runs, 64 bits a draw; sets the stream anew."""
    count, skip = divmod(first_run, _PER_COUNT)
    counter = np.array([count, 0, 0, 0], dtype=np.uint64)
    stream.state = {
        "bit_generator": "Philox",
        "state": {"counter": counter, "key": _stream_key(name)},
        "buffer": np.zeros(_PER_COUNT, dtype=np.uint64),
        "buffer_pos": _PER_COUNT,
        "has_uint32": 0,
        "uinteger": 0,
    }
    return stream.random_raw(skip + runs)[skip:]


@lru_cache(maxsize=1 << 15)
def _stream_key(name: str) -> NDArray[np.uint64]:
    digest = hashlib.blake2b(name.encode(), digest_size=16).digest()
    return np.frombuffer(digest, dtype="<u8").astype(np.uint64)


def _between_0_and_1(raw: NDArray[np.uint64], out: Array | None = None) -> Array:
    """The upper 53 bits, each value at the middle of its cell, so that neither 0 nor 1 is met."""
    result = np.add((raw >> np.uint64(11)).view(np.int64), 0.5, out=out)
    return np.multiply(result, 2.0**-53, out=result)
