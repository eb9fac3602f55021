"""Outcomes: what a history is judged by. They work on observed history too, and never import an engine."""

from sim.outcomes.compute import compute_outcomes

__all__ = ["compute_outcomes"]
