"""Chance: one stream of numbers per (mechanism, state, year), the run index as the counter.

A counter-based generator (Philox4x64, Salmon et al. 2011) is keyed by a stable hash of the seed and those names, and read at
the position of the run. So run 3 is run 3 in five or ten thousand, in any block, on any worker; adding a state, a year, a
mechanism or a policy moves nobody else's luck; and policy minus baseline is a paired difference.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

import numpy as np
from scipy.special import ndtri

from sim.axes import Array

UNIFORM = ("turnover", "incidents")
NORMAL = ("leaning", "mood", "growth")
WORLD = "world"  # stands for the state in streams that belong to everybody
_PER_COUNT = 4  # Philox4x64 gives four numbers a count


def uniforms(
    *, seed: int, mechanism: str, state: str, year: int, first_run: int = 0, runs: int = 1
) -> Array:
    """Uniform draws in (0, 1) of runs ``first_run`` to ``first_run + runs - 1``, shape (run,).

    >>> several = uniforms(seed=1, mechanism="mood", state="VNM", year=2030, runs=5)
    >>> alone = uniforms(seed=1, mechanism="mood", state="VNM", year=2030, first_run=3)
    >>> bool(several[3] == alone[0])
    True
    """
    name = f"{seed}/{mechanism}/{state}/{year}".encode()
    key = np.frombuffer(hashlib.blake2b(name, digest_size=16).digest(), dtype="<u8")
    stream = np.random.Philox(key=key.astype(np.uint64))
    skip = first_run % _PER_COUNT
    if first_run >= _PER_COUNT:
        stream.advance(first_run // _PER_COUNT)
    raw = stream.random_raw(skip + runs)[skip:]
    return ((raw >> np.uint64(11)).astype(np.float64) + 0.5) * 2.0**-53


def normals(
    *, seed: int, mechanism: str, state: str, year: int, first_run: int = 0, runs: int = 1
) -> Array:
    """Standard normal draws by the inverse distribution function, shape (run,): one number a draw."""
    return ndtri(
        uniforms(
            seed=seed, mechanism=mechanism, state=state, year=year, first_run=first_run, runs=runs
        )
    )


def draws(
    *, seed: int, states: Sequence[str], year: int, first_run: int = 0, runs: int = 1
) -> dict[str, Array]:
    """All of a year's draws: mechanism -> (run, state, 1) in Fortran order, and ``rivalry`` -> (run, 1, 1)."""
    found: dict[str, Array] = {}
    for kind, mechanisms in ((uniforms, UNIFORM), (normals, NORMAL)):
        for mechanism in mechanisms:
            block = np.empty((runs, len(states), 1), order="F")
            for place, state in enumerate(states):
                block[:, place, 0] = kind(
                    seed=seed,
                    mechanism=mechanism,
                    state=state,
                    year=year,
                    first_run=first_run,
                    runs=runs,
                )
            found[mechanism] = block
    found["rivalry"] = normals(
        seed=seed, mechanism="rivalry", state=WORLD, year=year, first_run=first_run, runs=runs
    ).reshape(runs, 1, 1)
    return found
