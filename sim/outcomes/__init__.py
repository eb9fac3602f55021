"""Outcomes: what a history is judged by. They work on observed history too, and never import an engine."""

from sim.outcomes.judge import judge

__all__ = ["judge"]
