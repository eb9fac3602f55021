"""What an order does to a state's choice: the players' will in the place of the rules', at the rules' own pace."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import numpy as np

from sim.axes import Array, partners_of
from sim.config.mechanisms import Rules
from sim.engines.context import SimulationContext
from sim.game.orders import HOLD, LEVERS, MODEL, Order, order_directions
from sim.rules.alignment import Weighing
from sim.rules.forms import partial_adjustment
from sim.rules.reassurance import reassurance
from sim.rules.record import Choice, Memory, PolicyInstruments


def apply_orders(
    choice: Choice,
    orders: Mapping[str, Order],
    *,
    stage: SimulationContext,
    memory: Memory,
    conduct: PolicyInstruments,
    rules: Rules,
) -> Choice:
    """Put what the players ordered in the place of what the rules chose; what nobody ordered stands.

    Ties, resolve and effort move as fast as the rules let them. Reassurance follows from the rise of the security ties by its
    own rule. The terms of the choice stay: they are what the rules weighed, not why the players chose.

    Parameters
    ----------
    choice : of the rules, (state, ...). orders : standing orders by seat. memory : last year's record.
    """
    for state, order in orders.items():
        if state in LEVERS:
            continue
        row = stage.states.index(state)
        wanted = {name: value for name, value in order.items() if value != MODEL}
        choice = _changed_choice(
            choice, wanted, row, stage=stage, memory=memory, conduct=conduct, rules=rules
        )
    return choice


def _changed_choice(
    choice: Choice,
    order: Order,
    row: int,
    *,
    stage: SimulationContext,
    memory: Memory,
    conduct: PolicyInstruments,
    rules: Rules,
) -> Choice:
    parts: dict[str, Weighing | Array] = {}
    if "security" in order:
        target = _ordered_target(str(order["security"]), memory.security_tie[row], stage)
        tied = _moved_weighing(
            choice.security, memory.security_tie, target, row, rules.security.adjustment
        )
        parts["security"] = tied
        offered = reassurance(
            rise=partners_of(tied.tie) - partners_of(memory.security_tie),
            leverage=choice.leverage,
            camp=conduct.camp,
            rate=rules.reassurance.rate,
        )
        parts["reassurance"] = _put_values(choice.reassurance, row, offered[row])
    if "economic" in order:
        target = _ordered_target(str(order["economic"]), memory.economic_tie[row], stage)
        pace = rules.economic.adjustment
        parts["economic"] = _moved_weighing(choice.economic, memory.economic_tie, target, row, pace)
    if "resolve" in order:
        aim = np.array([float(order["resolve"])]) * stage.structure.claimant[row]
        pace = rules.resolve.adjustment
        parts["resolve"] = _put_values(
            choice.resolve,
            row,
            partial_adjustment(current=memory.resolve[row], target=aim, rate=pace),
        )
    if "effort" in order:
        parts["effort"] = _put_values(choice.effort, row, np.array([float(order["effort"])]))
    return replace(choice, **parts)  # type: ignore[arg-type]


def _ordered_target(name: str, tie: Array, stage: SimulationContext) -> Array:
    if name == HOLD:
        return tie
    target = np.zeros_like(tie)
    target[order_directions(stage)[name]] = 1.0
    return target


def _moved_weighing(
    weighing: Weighing, tie: Array, target: Array, row: int, pace: float
) -> Weighing:
    moved = partial_adjustment(current=tie[row], target=target, rate=pace)
    return replace(
        weighing,
        target=_put_values(weighing.target, row, target),
        tie=_put_values(weighing.tie, row, moved),
    )


def _put_values(values: Array, row: int, value: Array) -> Array:
    changed = values.copy()
    changed[row] = value
    return changed
