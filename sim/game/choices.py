"""What an order does to a state's choice: the players' will in the place of the rules', at the rules' own pace."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import numpy as np

from sim.axes import Array
from sim.config.mechanisms import Rules
from sim.engines.context import SimulationContext
from sim.game.orders import LEVERS, MODEL, NONE, Order, order_steps
from sim.rules import acts as the_acts
from sim.rules.acts import Acts
from sim.rules.forms import partial_adjustment
from sim.rules.record import Choice, Memory, PolicyInstruments, RandomDraws, Situation
from sim.rules.steps.follow import follow
from sim.rules.steps.motives import reckon


def apply_orders(
    choice: Choice,
    orders: Mapping[str, Order],
    *,
    stage: SimulationContext,
    memory: Memory,
    situation: Situation,
    conduct: PolicyInstruments,
    luck: RandomDraws,
    rules: Rules,
) -> Choice:
    """Put what the players ordered in the place of what the rules chose; what nobody ordered stands.

    Stance, resolve and effort move as fast as the rules let them; an act is one step, and whether it climbs a rung is left to
    the year's draw. Stocks, ties and reassurance follow by their own rules. The terms of the choice stay: they are what the
    rules weighed, not why the players chose.

    Parameters
    ----------
    choice : of the rules, (state, ...). orders : standing orders by seat. memory : last year's record.
    situation, conduct, luck : of the year.
    """
    of_states = {
        stage.states.index(seat): {name: value for name, value in order.items() if value != MODEL}
        for seat, order in orders.items()
        if seat not in LEVERS
    }
    for row, order in of_states.items():
        choice = _changed_choice(
            choice, order, row, stage=stage, memory=memory, luck=luck, rules=rules
        )
    reckoning = reckon(
        memory=memory,
        structure=stage.structure,
        conduct=conduct,
        outlook=situation.outlook,
        rules=rules,
    )
    return follow(
        choice,
        reckoning=reckoning,
        memory=memory,
        structure=stage.structure,
        conduct=conduct,
        luck=luck,
        rules=rules,
    )


def _changed_choice(
    choice: Choice,
    order: Order,
    row: int,
    *,
    stage: SimulationContext,
    memory: Memory,
    luck: RandomDraws,
    rules: Rules,
) -> Choice:
    if "stance" in order:
        aim = np.array([float(order["stance"])])
        moved = partial_adjustment(current=memory.stance[row], target=aim, rate=rules.stance.speed)
        wanted = replace(
            choice.stance,
            aim=_put_values(choice.stance.aim, row, aim),
            stance=_put_values(choice.stance.stance, row, moved),
        )
        choice = replace(choice, stance=wanted)
    if "act" in order:
        choice = replace(
            choice, acts=_ordered_act(choice.acts, str(order["act"]), row, stage, luck, rules)
        )
    if "resolve" in order:
        aim = np.array([float(order["resolve"])]) * stage.structure.claimant[row]
        moved = partial_adjustment(
            current=memory.resolve[row], target=aim, rate=rules.resolve.adjustment
        )
        choice = replace(choice, resolve=_put_values(choice.resolve, row, moved))
    if "effort" in order:
        ordered = np.array([float(order["effort"])])
        choice = replace(choice, effort=_put_values(choice.effort, row, ordered))
    return choice


def _ordered_act(
    acts: Acts,
    name: str,
    row: int,
    stage: SimulationContext,
    luck: RandomDraws,
    rules: Rules,
) -> Acts:
    """The acts with one state's replaced: one step with one partner, or none with anybody."""
    steps = np.zeros_like(acts.steps[row])
    if name != NONE:
        place, step = order_steps(stage)[name]
        steps[place] = step
    climbs = the_acts.climbs(
        chance=luck.act[row],
        up=np.maximum(steps, 0.0),
        down=np.maximum(-steps, 0.0),
        climb=rules.acts.climb,
        leap=0.0,
        slip=rules.acts.slip,
    )
    return replace(
        acts,
        steps=_put_values(acts.steps, row, steps),
        climbs=_put_values(acts.climbs, row, climbs),
    )


def _put_values(values: Array, row: int, value: Array) -> Array:
    changed = np.array(np.broadcast_to(values, np.broadcast_shapes(values.shape, value.shape)))
    changed[row] = value
    return changed
