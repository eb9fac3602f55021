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
from sim.engines.context import SimulationContext
from sim.engines.drivers import drivers
from sim.engines.points import rules_by_run, structure_by_run, usual_by_run
from sim.engines.stand_ins import Pieces, select_runs
from sim.engines.traced import Traced
from sim.engines.variables import VARIABLES
from sim.rules import record
from sim.rules import year as the_year
from sim.rules.array_bundle import ArrayBundle
from sim.world.draws import start_draws, yearly_draws

jax.config.update("jax_enable_x64", True)
jax.config.update(
    "jax_cpu_enable_async_dispatch", False
)  # no thread of its own: cores are for workers

PIECE = 128  # runs that go through together: what they need fits the cache


_registered: set[type] = set()


def _register_bundle(kind: type) -> None:
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


for _kind in (
    record.Memory,
    record.Structure,
    record.PolicyInstruments,
    record.ExogenousDrivers,
    record.RandomDraws,
    record.StartDraws,
    record.StartReading,
    Rules,
):
    _register_bundle(_kind)
for _group in vars(Rules()).values():
    _register_bundle(type(_group))


def _known_options(options: Mapping[str, Any]) -> dict[str, Any]:
    """Those of JAX's compile options that the installed version knows; they change speed, not what is computed."""
    known: dict[str, Any] = {}
    for name, value in options.items():
        try:
            jax.jit(jnp.negative, compiler_options={name: value}).lower(0.0).compile()
        except jax.errors.JaxRuntimeError:
            continue
        known[name] = value
    return known


# Sums over three partners are too short for a library's kernels; measured 5 and 3 of 36 us a run on a CPU with AVX-512.
FASTER = {
    "xla_cpu_experimental_ynn_fusion_type": "LIBRARY_FUSION_TYPE_DOT",
    "xla_cpu_prefer_vector_width": 512,
}


@partial(jax.jit, static_argnames=("keep", "look"), compiler_options=_known_options(FASTER))
def _pass_years(
    memory: Any,
    structure: Any,
    rules: Any,
    yearly: dict[str, Any],
    start: dict[str, Any],
    fixed: Any,
    *,
    keep: tuple[str, ...],
    look: Any,
) -> dict[str, Any]:
    runs = yearly["luck"].rivalry.shape[0]
    memory = the_year.begin(memory=memory, structure=structure, rules=rules, **start)
    memory = jax.tree.map(lambda a: jnp.broadcast_to(a, (*a.shape[:-1], runs)), memory)

    def one(memory: Any, year: dict[str, Any]) -> tuple[Any, dict[str, Any]]:
        passed = the_year.simulate_year(memory=memory, structure=structure, rules=rules, **year)
        full = jax.tree.map(
            lambda new, old: jnp.broadcast_to(new, old.shape), passed.memory, memory
        )
        return full, {name: VARIABLES[name].of(passed) for name in keep}

    def step(carried: Any, year: dict[str, Any]) -> tuple[Any, Any]:
        memory, content = one(carried[0], year)
        if look is None:
            return (memory, {}), _traced_fields(content)
        seen = look(content, fixed=fixed, rules=rules, last=False)
        return (memory, content), _traced_fields(seen)

    if look is None:
        return jax.lax.scan(step, (memory, {}), yearly)[1]
    first = jax.tree.map(lambda values: values[0], yearly)
    blank = jax.tree.map(
        lambda to: jnp.zeros(to.shape, to.dtype), jax.eval_shape(one, memory, first)[1]
    )
    (_, result), each = jax.lax.scan(step, (memory, blank), yearly)
    final = _traced_fields(
        look(result, fixed=fixed, rules=rules, last=True)
    )  # once, not every year
    return each | {name: value[jnp.newaxis] for name, value in final.items() if name not in each}


def _traced_fields(told: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value.held for name, value in told.items()}


def run_years(
    stage: SimulationContext,
    points: Sequence[Settings],
    *,
    first: int,
    replicates: int,
    keep: tuple[str, ...],
    look: Any = None,
    fixed: ArrayBundle | None = None,
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
    structure = structure_by_run(stage.structure, points, replicates, stage.states)
    still = [
        _reversed_axes(group)
        for group in (stage.start, structure, rules_by_run(points, replicates))
    ]
    moving = _all_years(stage, points, replicates)
    luck = _all_luck(stage, first, replicates)
    conduct, outlook = usual_by_run(stage, points, replicates)
    begin = {
        name: _reversed_axes(group)
        for name, group in (("conduct", conduct), ("outlook", outlook), ("reading", stage.reading))
    }
    first_luck = _start_luck(stage, first, replicates)
    never = None
    if fixed is not None:
        _register_bundle(type(fixed))
        never = jax.tree.map(Traced, _reversed_axes(fixed))
    piece = Pieces([*still, moving, begin], runs)
    result: dict[str, Array] = {}
    for start in range(0, runs, PIECE):  # always as long, so that no run depends on its company
        at = np.minimum(np.arange(start, start + PIECE), runs - 1)
        memory, structure, rules, yearly, start_at = piece(at)
        yearly["luck"] = jax.tree.map(
            lambda a, at=at % replicates: Traced(select_runs(a, at)), luck
        )
        start_at["luck"] = jax.tree.map(
            lambda a, at=at % replicates: Traced(select_runs(a, at)), first_luck
        )
        passed = _pass_years(
            memory, structure, rules, yearly, start_at, never, keep=keep, look=look
        )
        for name, values in passed.items():
            if name not in result:
                result[name] = np.empty((*values.shape[:-1], runs))
            part = result[name][..., start : start + PIECE]
            part[...] = np.asarray(values)[..., : part.shape[-1]]
    if look is not None:
        return result
    return {name: _without_axes(values, VARIABLES[name].dims) for name, values in result.items()}


def _all_years(
    stage: SimulationContext, points: Sequence[Settings], replicates: int
) -> dict[str, Any]:
    """Conduct and outlook of all years, (year, partner, state, run), each axis of length one where nothing depends on it."""
    years = [_reversed_axes(driving) for _, driving in drivers(stage, points, replicates)]
    joined = jax.tree.map(lambda *each: np.stack(np.broadcast_arrays(*each)), *years)
    return dict(zip(("conduct", "outlook"), joined, strict=True))


def _all_luck(stage: SimulationContext, first: int, replicates: int) -> record.RandomDraws:
    """The draws of all years, (year, partner or 1, state or 1, replicate)."""
    return record.RandomDraws(
        **yearly_draws(
            seed=stage.settings.seed,
            states=stage.states,
            partners=stage.partners,
            years=stage.years,
            first_run=first,
            runs=replicates,
        )
    )


def _start_luck(stage: SimulationContext, first: int, replicates: int) -> record.StartDraws:
    """The draws of the start, (partner or 1, state, replicate)."""
    drawn = start_draws(
        seed=stage.settings.seed,
        states=stage.states,
        partners=stage.partners,
        year=stage.years[0] - 1,
        first_run=first,
        runs=replicates,
    )
    return record.StartDraws(**{name: block.T for name, block in drawn.items()})


def _reversed_axes(group: Any) -> Any:
    """Turn each array or number of a group round: (partner, state, run), each at least of length one."""

    def turned(value: Any) -> Array:
        array = np.asarray(value, dtype=float)
        return array.reshape((1,) * (3 - array.ndim) + array.shape).T

    return jax.tree.map(turned, group)


def _without_axes(values: Array, dims: tuple[str, ...]) -> Array:
    """Drop the partner and state axes that a variable lacks (both of length one)."""
    return values.reshape(values.shape[0], *values.shape[3 - len(dims) :])
