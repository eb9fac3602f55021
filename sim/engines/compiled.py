"""The same year, compiled: JAX watches the rules work once on stand-ins, and makes one loop of what they did.

There is no second copy of any rule: see `sim.engines.traced` for the stand-ins. Needs JAX, which is optional; results equal
the uncompiled ones to rounding (relative 1e-12).
"""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any

import jax
import jax.numpy as jnp
import numpy as np

from sim.axes import Array
from sim.config import Settings
from sim.config.declare import KEY
from sim.config.mechanisms import Rules
from sim.engines.ensemble import drivers
from sim.engines.points import rules_by_run, structure_by_run
from sim.engines.stage import Stage
from sim.engines.traced import Traced
from sim.engines.variables import VARIABLES
from sim.rules import record
from sim.rules import year as the_year
from sim.rules.cuttable import Cuttable

jax.config.update("jax_enable_x64", True)
jax.config.update(
    "jax_cpu_enable_async_dispatch", False
)  # no thread of its own: cores are for workers

PIECE = 128  # runs that go through together: what they need fits the cache


_registered: set[type] = set()


def _register(kind: type) -> None:
    """Let JAX see the arrays of a group, once; a choice among names is no array: each is compiled for itself."""
    if kind in _registered:
        return
    _registered.add(kind)
    data: list[str] = []
    names: list[str] = []
    for item in dataclasses.fields(kind):
        named = KEY in item.metadata and item.metadata[KEY].kind == "choice"
        (names if named else data).append(item.name)
    jax.tree_util.register_dataclass(kind, data_fields=data, meta_fields=names)


for _kind in (record.Memory, record.Structure, record.Conduct, record.Outlook, record.Luck, Rules):
    _register(_kind)
for _group in vars(Rules()).values():
    _register(type(_group))


@partial(jax.jit, static_argnames=("keep", "look"))
def _pass_years(
    memory: Any,
    structure: Any,
    rules: Any,
    yearly: dict[str, Any],
    fixed: Any,
    *,
    keep: tuple[str, ...],
    look: Any,
) -> dict[str, Any]:
    def one(memory: Any, year: dict[str, Any]) -> tuple[Any, Any, Any]:
        passed = the_year.pass_year(memory=memory, structure=structure, rules=rules, **year)
        full = jax.tree.map(
            lambda new, old: jnp.broadcast_to(new, old.shape), passed.memory, memory
        )
        told = {name: VARIABLES[name].of(passed) for name in keep}
        if look is None:
            return full, {}, _inside(told)
        each, final = (look(told, fixed=fixed, rules=rules, last=last) for last in (False, True))
        only = {name: value for name, value in final.items() if name not in each}
        return full, _inside(only), _inside(each)

    def step(carried: Any, year: dict[str, Any]) -> tuple[Any, Any]:
        memory, only, each = one(carried[0], year)
        return (memory, only), each

    first = jax.tree.map(lambda values: values[0], yearly)
    blank = jax.tree.map(
        lambda to: jnp.zeros(to.shape, to.dtype), jax.eval_shape(one, memory, first)[1]
    )
    (_, only), each = jax.lax.scan(step, (memory, blank), yearly)
    return each | {name: value[jnp.newaxis] for name, value in only.items()}


def _inside(told: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value.held for name, value in told.items()}


def run_years(
    stage: Stage,
    points: Sequence[Settings],
    *,
    first: int,
    replicates: int,
    keep: tuple[str, ...],
    look: Any = None,
    fixed: Cuttable | None = None,
) -> dict[str, Array]:
    """Run every point for its replicates by the compiled year, in pieces that fit the cache.

    Parameters
    ----------
    stage, points, first, replicates : as in `sim.engines.ensemble.run_block`. keep : names among `VARIABLES`.
    look, fixed : as in `sim.engines.ensemble.look_at`; none keeps the variables as they are.

    Returns
    -------
    name -> (year, partner or option, state, run), without axes that the variable lacks unless there is a look.
    """
    runs = len(points) * replicates
    size = PIECE  # always, so that no run depends on its company
    structure = structure_by_run(stage.structure, points, replicates, stage.states)
    still = [_physical(group) for group in (structure, rules_by_run(points, replicates))]
    moving = _all_years(stage, points, first=first, replicates=replicates)
    memory = jax.tree.map(lambda a: np.repeat(a, runs, axis=-1), _physical(stage.start))
    never = None
    if fixed is not None:
        _register(type(fixed))
        never = _stand_in(_physical(fixed), np.arange(1), 0)
    found: dict[str, Array] = {}
    for start in range(0, runs, size):
        at = np.minimum(np.arange(start, start + size), runs - 1)
        given = [_stand_in(group, at, runs) for group in (memory, *still, moving)]
        for name, values in _pass_years(*given, never, keep=keep, look=look).items():
            if name not in found:
                found[name] = np.empty((*values.shape[:-1], runs))
            piece = found[name][..., start : start + size]
            piece[...] = np.asarray(values)[..., : piece.shape[-1]]
    if look is not None:
        return found
    return {name: _without(values, VARIABLES[name].dims) for name, values in found.items()}


def _all_years(stage: Stage, points: Sequence[Settings], **block: int) -> dict[str, Any]:
    years = [_physical(driving) for _, driving in drivers(stage, points, **block)]
    joined = jax.tree.map(lambda *each: np.stack(np.broadcast_arrays(*each)), *years)
    return dict(zip(("conduct", "outlook", "luck"), joined, strict=True))


def _physical(group: Any) -> Any:
    """Turn each array or number of a group round: (partner, state, run), each at least of length one."""

    def turned(value: Any) -> Array:
        array = np.asarray(value, dtype=float)
        return array.reshape((1,) * (3 - array.ndim) + array.shape).T

    return jax.tree.map(turned, group)


def _stand_in(group: Any, at: Any, runs: int) -> Any:
    """Put a stand-in, with the runs asked for, for each array of a group that is turned round."""
    return jax.tree.map(lambda a: Traced(a[..., at] if a.shape[-1] == runs else a), group)


def _without(values: Array, dims: tuple[str, ...]) -> Array:
    """Drop the partner and state axes that a variable lacks (both of length one)."""
    return values.reshape(values.shape[0], *values.shape[3 - len(dims) :])
