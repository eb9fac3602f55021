"""The United States' instruments: assistance split between security and development, and pressure of its own.

Source: patron's leverage and conditionality, Drezner (1999); tariffs and values as pressure on states close to the rival, the
reporting. Ours: coercion in proportion to how close the state is to the coercer's rivals, for every power alike.
"""

from __future__ import annotations

from sim.axes import Array


def split_assistance(*, budget: float, security_share: float) -> tuple[float, float]:
    """Divide a budget into (security, development), same unit; share 0 to 1."""
    return budget * security_share, budget * (1.0 - security_share)


def coercion(
    *,
    coerciveness: Array,
    aligned_security: Array,
    aligned_economic: Array,
    indiscriminate: Array | float,
) -> Array:
    """Economic and political coercion each power exerts on the state, (..., partner), 0 to 1.

    Parameters
    ----------
    coerciveness : (..., partner) policy, 0 to 1.
    aligned_security, aligned_economic : (..., partner) the state's ties with the power's rivals, 0 to 1.
    indiscriminate : part that falls on everybody whatever its ties (tariffs for all), 0 to 1.
    """
    closeness = 0.5 * (aligned_security + aligned_economic)
    return coerciveness * (indiscriminate + (1.0 - indiscriminate) * closeness)
