"""The settings of a theory before anything is fitted: which rule finds the aims, and the numbers that it holds."""

from __future__ import annotations

import dataclasses
from typing import Any

from sim.config import Settings
from sim.config.theories import ALIGNMENTS, LOGIT
from sim.config.theory_claims import CLAIMS


def settings_of(theory: str, settings: Settings | None = None) -> Settings:
    """Put a theory in place: its name, its rule for the aims of stance, and what it holds.

    Parameters
    ----------
    theory : one of those named. settings : all else; the declared defaults if None.
    """
    settings = settings or Settings()
    rules = settings.rules
    rule = theory if theory in ALIGNMENTS else LOGIT
    groups: dict[str, Any] = {"theory": dataclasses.replace(rules.theory, alignment=rule)}
    for path, value in CLAIMS[theory].held.items():
        _, group, name = path.split(".")
        before = groups.get(group, getattr(rules, group))
        groups[group] = dataclasses.replace(before, **{name: value})
    return dataclasses.replace(settings, theory=theory, rules=dataclasses.replace(rules, **groups))
