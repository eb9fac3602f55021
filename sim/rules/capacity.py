"""Can I police my own waters? Own effort keeps what own means pay for; gifts add, and wear out.

Source: the capacity gap of maritime agencies is the aim that Japan's OSA states for itself (Ministry of Foreign Affairs of
Japan, 2023; unverified wording). Ours: one scale on which 1 is Japan's own military spending per area of its
waters, a requirement rising with the root of the area, effort rising with what the state lives through, and equipment
that counts in full only with training.
"""

from __future__ import annotations

from sim.axes import Array
from sim.rules.forms import partial_adjustment, saturating


def effort(
    *, pressure: Array, salience: Array, effort_max: Array | float, half: Array | float
) -> Array:
    """Extra own investment in capacity, as a fraction of the ordinary, (..., 1).

    Parameters
    ----------
    pressure, salience : (..., partner) what the state lives through at sea (salience of those who press); summed.
    effort_max : the most a state adds. half : grievance that calls up half of it.
    """
    grievance = (pressure + salience).sum(axis=-1, keepdims=True)
    return effort_max * saturating(amount=grievance, half=half)


def equipment_effect(
    *,
    equipment: Array,
    training: Array,
    area: Array,
    gap: Array,
    staff: Array,
    unit_requirement: Array | float,
    effectiveness: Array | float,
    absorbed_alone: Array | float,
    training_half: Array | float,
    staff_half: Array | float,
) -> Array:
    """Capacity that this year's equipment will add, (..., 1), 1 = able to police one's own waters.

    It fills a gap, as far as the agency can absorb it: with people of its own, and with training.

    Parameters
    ----------
    equipment : (..., partner) worth of equipment, USD m, already scaled by the export rule.
    training : (..., partner) capacity-building programmes, count.
    area : (..., 1) exclusive economic zone, thousand km2 (0 where landlocked: nothing is added).
    gap : (..., 1) what is missing to full capacity, 0 to 1.
    staff : (..., 1) what ordinary own means sustain, which stands for people and upkeep.
    unit_requirement : USD m that full capacity costs, per root of a thousand km2.
    effectiveness : part of what is spent that turns into capacity, 0 to 1.
    absorbed_alone : part of the equipment that counts without any training, 0 to 1.
    training_half : programmes a year that close half of the rest.
    staff_half : own capacity at which half of the equipment finds people.
    """
    taught = saturating(amount=training.sum(axis=-1, keepdims=True), half=training_half)
    absorbed = absorbed_alone + (1.0 - absorbed_alone) * taught
    manned = saturating(amount=staff, half=staff_half)
    worth = effectiveness * equipment.sum(axis=-1, keepdims=True) * absorbed * manned * gap
    coastal = area > 0.0
    return coastal * worth / (unit_requirement * (area + ~coastal) ** 0.5)


def next_pipeline(*, pipeline: Array, given: Array, arriving: Array | float) -> tuple[Array, Array]:
    """Capacity still to come after this year, and what arrives of it, (..., 1) each.

    Parameters
    ----------
    pipeline : (..., 1) last year's. given : (..., 1) added this year. arriving : part that arrives in a year, 0 to 1.
    """
    waiting = pipeline + given
    arrived = arriving * waiting
    return waiting - arrived, arrived


def next_capacity(
    *,
    capacity: Array,
    own: Array,
    wealth: Array,
    effort: Array,
    added: Array,
    wear: Array | float,
    elasticity: Array | float,
) -> Array:
    """Next year's capacity, at least 0.

        capacity + wear * (own * wealth ** elasticity * (1 + effort) - capacity) + added

    Parameters
    ----------
    capacity, own : (..., 1) current, and what ordinary own means sustained at the start.
    wealth : (..., 1) GDP relative to the start. effort : (..., 1). added : (..., 1) from equipment.
    wear : rate a year at which capacity returns to what own means sustain, 0 to 1.
    elasticity : of own means in GDP.
    """
    sustained = own * wealth**elasticity * (1.0 + effort)
    return partial_adjustment(current=capacity, target=sustained, rate=wear) + added
