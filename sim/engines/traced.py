"""A stand-in for a NumPy array, by which JAX watches rules and outcomes work: what is asked of it goes to JAX.

It answers to NumPy's own protocols (`__array_ufunc__`, `__array_function__`) and passes every call on to the function of
the same name in JAX. Axes are logically (run, state, partner) as everywhere, but reversed inside, so that runs lie side by
side. Needs JAX, which is optional.
"""

from __future__ import annotations

from typing import Any

import jax
import jax.numpy as jnp
import numpy as np
from numpy.lib.mixins import NDArrayOperatorsMixin

from sim.rules import forms

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
        return Traced(getattr(jnp, name)(self.held, axis=_reversed_axis(axis), keepdims=True))

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
        return Traced(getattr(jnp, ufunc.__name__)(*map(_traced_array, given)))

    def __array_function__(self, function: Any, types: Any, given: Any, named: Any) -> Any:
        if function is np.broadcast_to:
            return Traced(jnp.broadcast_to(given[0].held, given[1][::-1]))
        if (
            function is np.concatenate
        ):  # what is asked to be written into says how memory lies, which JAX sees to
            return Traced(
                jnp.concatenate([*map(_traced_array, given[0])], axis=_reversed_axis(named["axis"]))
            )
        return Traced(getattr(jnp, function.__name__)(*map(_traced_array, given), **named))

    def tree_flatten(self) -> tuple[tuple[Any], None]:
        """For JAX: the array inside."""
        return (self.held,), None

    @classmethod
    def tree_unflatten(cls, _: None, children: tuple[Any]) -> Traced:
        """For JAX: a stand-in for another array."""
        return cls(*children)


def _reversed_axis(axis: int) -> int:
    return 2 - axis % 3


def _traced_array(value: Any) -> Any:
    """JAX's array of a stand-in; arrays are turned round, numbers are left."""
    if isinstance(value, Traced):
        return value.held
    return value.reshape((1,) * (3 - value.ndim) + value.shape).T if np.ndim(value) else value


@forms.poisson_inverse_cdf.register(Traced)
def _(chance: Any, mean: Any, passed: Any, most: int) -> Any:  # type: ignore[misc]
    """Take several steps at a time: those beyond the chance change nothing, and fewer are handed over."""
    stride = max(steps for steps in range(1, STRIDE + 1) if most % steps == 0)

    def ahead(at: Any) -> Any:
        return (at[0].held <= most).all() & (chance > at[1][2]).held.any()

    def step(at: Any) -> Any:
        number, passed = at
        for further in range(stride):
            passed = forms._next_term(number + float(further), chance, mean, passed)
        return number + float(stride), passed

    return jax.lax.while_loop(ahead, step, (Traced(jnp.ones((1, 1, 1))), passed))[1][0]
