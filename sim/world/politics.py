"""stand-in."""

from sim.axes import Array


def turnover_chance(openness: Array) -> Array:
    return 0.05 + 0.2 * openness
