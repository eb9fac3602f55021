"""The same year, compiled: JAX watches the rules work once on stand-ins, and makes one loop of what they did.

There is no second copy of any rule. `Traced` stands in for a NumPy array, answers to NumPy's own protocols
(`__array_ufunc__`, `__array_function__`) and passes every call on to the function of the same name in JAX.
Axes are logically (run, state, partner) as everywhere, but reversed inside, so that runs lie side by side.
Needs JAX, which is optional; results equal the uncompiled ones to rounding (relative 1e-12).
"""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any

import jax  # type: ignore[import-not-found]
import jax.numpy as jnp  # type: ignore[import-not-found]
import numpy as np
from numpy.lib.mixins import NDArrayOperatorsMixin

from sim.axes import Array
from sim.config import Settings
from sim.config.declare import KEY
from sim.config.mechanisms import Rules
from sim.engines.ensemble import drivers
from sim.engines.points import rules_by_run, structure_by_run
from sim.engines.stage import Stage
from sim.engines.variables import VARIABLES
from sim.rules import forms, record
from sim.rules import year as the_year
from sim.rules.cuttable import Cuttable

jax.config.update("jax_enable_x64", True)
jax.config.update(
    "jax_cpu_enable_async_dispatch", False
)  # no thread of its own: cores are for workers

PIECE = 128  # runs that go through together: what they need fits the cache
STRIDE = 10  # most steps of the one loop that are taken at a time


@jax.tree_util.register_pytree_node_class
class Traced(NDArrayOperatorsMixin):
    """A stand-in for an array (run, state, partner) that holds JAX's array (partner, state, run)."""

    ndim = 3

    def __init__(self, held: Any) -> None:
        self.held = held

    @property
    def shape(self) -> tuple[int, ...]:
        """Lengths of run, state, partner."""
        return self.held.shape[::-1]

    def __getitem__(self, key: tuple[Any, ...]) -> Traced:
        """Cut by an ellipsis and what follows it."""
        return Traced(self.held[key[:0:-1]])

    @property
    def mT(self) -> Traced:  # noqa: N802  (NumPy's own name)
        """Swap state and partner."""
        return Traced(jnp.swapaxes(self.held, 0, 1))

    def _reduced(self, name: str, axis: int, keepdims: bool) -> Traced:
        if not keepdims:
            raise TypeError("rules keep their axes: pass keepdims=True")
        return Traced(getattr(jnp, name)(self.held, axis=_turned(axis), keepdims=True))

    def sum(self, axis: int, keepdims: bool = False) -> Traced:
        """Sum along one axis."""
        return self._reduced("sum", axis, keepdims)

    def max(self, axis: int, keepdims: bool = False) -> Traced:
        """Find the largest along one axis."""
        return self._reduced("max", axis, keepdims)

    def mean(self, axis: int, keepdims: bool = False) -> Traced:
        """Average along one axis."""
        return self._reduced("mean", axis, keepdims)

    def __array_ufunc__(self, ufunc: Any, method: str, *given: Any, **named: Any) -> Any:
        if method != "__call__" or named:
            return NotImplemented
        return Traced(getattr(jnp, ufunc.__name__)(*map(_held, given)))

    def __array_function__(self, function: Any, types: Any, given: Any, named: Any) -> Any:
        if function is np.broadcast_to:
            return Traced(jnp.broadcast_to(given[0].held, given[1][::-1]))
        if function is np.concatenate:
            return Traced(jnp.concatenate([*map(_held, given[0])], axis=_turned(named["axis"])))
        return Traced(getattr(jnp, function.__name__)(*map(_held, given), **named))

    def tree_flatten(self) -> tuple[tuple[Any], None]:
        """For JAX: the array inside."""
        return (self.held,), None

    @classmethod
    def tree_unflatten(cls, _: None, children: tuple[Any]) -> Traced:
        """For JAX: a stand-in for another array."""
        return cls(*children)


def _turned(axis: int) -> int:
    return 2 - axis % 3


def _held(value: Any) -> Any:
    """JAX's array of a stand-in; arrays are turned round, numbers are left."""
    if isinstance(value, Traced):
        return value.held
    return value.reshape((1,) * (3 - value.ndim) + value.shape).T if np.ndim(value) else value


@forms.climb.register(Traced)
def _(chance: Any, mean: Any, passed: Any, most: int) -> Any:  # type: ignore[misc]
    """Take several steps at a time: those beyond the chance change nothing, and fewer are handed over."""
    stride = max(steps for steps in range(1, STRIDE + 1) if most % steps == 0)

    def ahead(at: Any) -> Any:
        return (at[0].held <= most).all() & (chance > at[1][2]).held.any()

    def step(at: Any) -> Any:
        number, passed = at
        for further in range(stride):
            passed = forms.one_more(number + float(further), chance, mean, passed)
        return number + float(stride), passed

    return jax.lax.while_loop(ahead, step, (Traced(jnp.ones((1, 1, 1))), passed))[1][0]


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
