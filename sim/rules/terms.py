"""Sums of named terms: what a rule adds up is kept by name, so that every move can be explained exactly."""

from __future__ import annotations

from collections.abc import Mapping

from sim.axes import Array


def total(terms: Mapping[str, Array]) -> Array:
    """Sum the terms in their given order."""
    first, *rest = terms.values()
    value = first
    for term in rest:
        value = value + term
    return value


def signed(*, camp: Array, quantity: Array) -> Array:
    """Sum a quantity over partners by camp, (..., 1): above 0 towards the United States.

    Parameters
    ----------
    camp : (..., partner) -1 (China) to 1 (United States).
    quantity : (..., partner) what is summed.
    """
    return (camp * quantity).sum(axis=-1, keepdims=True)
