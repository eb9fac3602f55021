"""Why did a state move, or why does it stand elsewhere under another policy? Named reasons that sum exactly.

Posture, structure and opinion of a state in one run: from the end of one year to that of a later one, or under one policy rather
than another in the same year. Reasons of 2025 to 2026 and of 2026 to 2030 add up to those of 2025 to 2030, reason by reason.
Acts are explained from even odds (`sim.outcomes.act_reasons`). How each is split: `sim.outcomes.decomposition` and
`sim.outcomes.ruler_split`.
"""

from __future__ import annotations

from sim.outcomes.act_reasons import Step, StepDifference, explain_step, step_difference
from sim.outcomes.opinion_reasons import explain_opinion, opinion_difference
from sim.outcomes.posture_reasons import explain_posture, posture_difference
from sim.outcomes.reasons import Reason, Why, table
from sim.outcomes.structure_reasons import explain_structure, structure_difference
from sim.outcomes.trajectory import StateRecord, read_record

__all__ = [
    "Reason",
    "StateRecord",
    "Step",
    "StepDifference",
    "Why",
    "explain_opinion",
    "explain_posture",
    "explain_step",
    "explain_structure",
    "opinion_difference",
    "posture_difference",
    "read_record",
    "step_difference",
    "structure_difference",
    "table",
]
