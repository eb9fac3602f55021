"""What compare.py is told: what is set side by side. Comparisons of nothing are refused before anything runs."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sim.composition.check import as_override
from sim.composition.commands import command
from sim.config import Settings, declared
from sim.config.declare import read, required, section, text
from sim.config.options import Options
from sim.errors import UserError

if TYPE_CHECKING:
    from sim.composition.context import StudyContext

OSA = ("none", "osa_2023", "osa_expanded", "lethal_exports")
LUCK = ("seed", "runs")  # settings that choices compared have in common
ALSO = ("partners",)  # settings that are lists of names


def _read_choices(value: Any) -> tuple[str, ...]:
    if not isinstance(value, list | tuple) or len(value) < 2:
        raise ValueError("it must be a list of at least two choices")
    for item in value:
        if isinstance(item, list | Mapping) or item is None:
            raise ValueError("each choice must be a name or a number", item)
    names = tuple(str(entry) for entry in value)
    if len(set(names)) < len(names):
        raise ValueError("no choice may appear twice")
    return names


@dataclass(frozen=True, kw_only=True)
class Compare:
    """What is set side by side: `choices` of the group or setting `over`, the first the measure."""

    over: str = text("policy/japan", "any group or single setting", example="scenario")
    choices: tuple[str, ...] = required(
        read(_read_choices, OSA, "the first is what others are measured against", example="[a,b]")
    )


@command("compare")
@dataclass(frozen=True, kw_only=True)
class CompareCommand(Options):
    """Options of experiments/compare.py."""

    compare: Compare = section(Compare)

    def check(self, job: StudyContext) -> None:
        """Refuse comparisons of nothing."""
        variant_settings(job)


def variant_settings(job: StudyContext) -> dict[str, Settings]:
    """The settings under each choice, in the order given.

    Raises
    ------
    UserError : nothing that can be compared, choices that are the same, or that have different states.
    """
    asked: Compare = job.options.compare
    check_compared(job, asked.over, "compare.over")
    assert job.source is not None
    result = {
        name: job.varied([as_override(job.source, asked.over, name)]) for name in asked.choices
    }
    _refuse_same(result)
    return result


def check_compared(job: StudyContext, name: str, path: str) -> None:
    """Refuse to compare over what is no group and no setting, or over luck.

    Raises
    ------
    UserError : naming the nearest.
    """
    from sim.composition.check import nearest_names

    groups = job.groups()
    where = f"on the command line: {path}=scenario"
    if name in LUCK:
        raise UserError(
            given=f"{path} is {name!r}",
            allowed="choices are compared with common random numbers, in the same runs",
            where=f"on the command line: -m {name}=1,2, which does each on its own",
        )
    if name == "states":
        raise UserError(
            given=f"{path} is {name!r}",
            allowed="choices are compared over the same states",
            where=where,
            hint="Worlds, whose common states are compared, are named: compare.over=world.",
        )
    known = [*declared(), *ALSO]
    if name not in {*known, *groups}:
        allowed = nearest_names(name, known, tuple(groups))
        raise UserError(given=f"{path} is {name!r}", allowed=allowed, where=where)


def _refuse_same(found: Mapping[str, Settings]) -> None:
    names = list(found)
    for index, name in enumerate(names):
        for other in names[:index]:
            if found[name] == found[other]:
                raise UserError(
                    given=f"compare.choices names {other} and {name}, which are the same settings",
                    allowed="each choice must differ from the others",
                    where="on the command line: compare.choices=[baseline,cold_war]",
                )
