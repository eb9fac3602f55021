"""What counts as reproduced: the rule of decision, the same for every claim and fixed before any run.

A claim is a list of parts. Each part names one effect, its direction and the smallest size that would interest anybody. A part
holds when its whole 95 % interval lies where the claim puts it, fails when the whole interval lies elsewhere, and is unclear
otherwise. Source: equivalence and minimal-effect testing in their confidence-interval form (Schuirmann 1987; unverified). Ours:
every size, and how parameters and theories enter the verdict.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from sim.axes import Array
from sim.errors import UserError
from sim.statistics import mean_interval, share_interval

Direction = Literal["rise", "fall", "within", "at most"]
HOLDS, FAILS, UNCLEAR = "holds", "fails", "unclear"
REPRODUCED, NOT_REPRODUCED, DEPENDS = "reproduced", "not reproduced", "depends"
MOST_DRAWS, FEW_DRAWS = 0.8, 0.2  # shares of parameter draws that make a verdict firm
SIGNS = {"rise": ">= +", "fall": "<= -", "within": "within +/- ", "at most": "<= "}


@dataclass(frozen=True, kw_only=True)
class Part:
    """One effect that a claim asserts.

    Parameters
    ----------
    name, unit : what is measured. expect : where the claim puts it.
    smallest : smallest size of interest, above 0, in the unit ("within", "at most": the bound).
    decimals : digits shown. share : the values of runs are 0 or 1, and their mean a share.
    """

    name: str
    unit: str
    expect: Direction
    smallest: float
    decimals: int = 2
    share: bool = False

    @property
    def rule(self) -> str:
        """The rule as a clause: what must be true of the whole interval."""
        return f"{self.name} {SIGNS[self.expect]}{self.smallest:g} {self.unit}".strip()

    def text(self, value: float) -> str:
        """A value with the part's digits, signed where its direction is claimed."""
        sign = "" if self.share or self.expect == "at most" else "+"
        return f"{value:{sign}.{self.decimals}f}"

    def scaled(self, value: float) -> float:
        """A value in units of the smallest size of interest, in the direction claimed."""
        return (-value if self.expect == "fall" else value) / self.smallest


@dataclass(frozen=True, kw_only=True)
class Effect:
    """Mean over paired runs with its 95 % interval, in the part's unit."""

    mean: float
    low: float
    high: float


@dataclass(frozen=True, kw_only=True)
class Claim:
    """A claim: what it says, by which mechanism, how it is tried, and what would count for it.

    Parameters
    ----------
    built_in : what the model assumes that comes near to the claim itself: how little a success would prove.
    worlds : names out of `counterfactuals.WORLDS`. read : runs of those worlds to one (run,) array a part.
    aside : a sentence on what decides nothing, with {names} of `facts`. facts : runs of those worlds to the values it names.
    """

    key: str
    says: str
    source: str
    mechanism: str
    compares: str
    built_in: str
    parts: tuple[Part, ...]
    worlds: tuple[str, ...]
    read: Callable[[Mapping[str, Any]], tuple[Array, ...]]
    aside: str = ""
    facts: Callable[[Mapping[str, Any]], Mapping[str, Any]] | None = None


def measure(part: Part, values: Array) -> Effect:
    """Mean of (run,) values with its 95 % interval: Student's; Wilson's for shares of runs.

    Raises
    ------
    UserError : fewer than two runs, from which no interval follows.
    """
    count = len(values)
    if count < 2:
        raise UserError(
            given=f"runs is {count}",
            allowed="an interval needs at least 2 runs",
            where="on the command line: runs=400",
        )
    mean, half = (float(each) for each in mean_interval(values))
    low, high = share_interval(mean, count) if part.share else (mean - half, mean + half)
    return Effect(mean=mean, low=low, high=high)


def judge_part(part: Part, effect: Effect) -> str:
    """Say whether a part holds, fails or is unclear, by its whole interval."""
    low, high = sorted((part.scaled(effect.low), part.scaled(effect.high)))
    if part.expect in ("rise", "fall"):
        return HOLDS if low >= 1.0 else FAILS if high < 1.0 else UNCLEAR
    if part.expect == "at most":
        return HOLDS if high <= 1.0 else FAILS if low > 1.0 else UNCLEAR
    inside = low >= -1.0 and high <= 1.0
    return HOLDS if inside else FAILS if low > 1.0 or high < -1.0 else UNCLEAR


def judge_claim(parts: Sequence[str]) -> str:
    """All parts must hold; one that fails fails the claim."""
    if all(part == HOLDS for part in parts):
        return HOLDS
    return FAILS if FAILS in parts else UNCLEAR


def holds_at(part: Part, mean: float) -> bool:
    """Whether a part's mean lies where claimed: asked of parameter draws, which vary parameters, not random numbers."""
    return judge_part(part, Effect(mean=mean, low=mean, high=mean)) == HOLDS


def verdict(default: str, share: float, theories: Mapping[str, bool]) -> str:
    """The verdict of a claim.

    Reproduced: it holds at the default parameters, in at least 80 % of the parameter draws and under every rival theory. Not
    reproduced: it fails at the default, holds in at most 20 % of the draws and under no rival theory. Unclear: too close to call
    at the default, or sizes that the record leaves open decide it. Else it depends, on the theory.

    Parameters
    ----------
    default : from `judge_claim`. share : of parameter draws in which it holds. theories : rival theory -> whether it holds.
    """
    if default == HOLDS and share >= MOST_DRAWS and all(theories.values()):
        return REPRODUCED
    if default == FAILS and share <= FEW_DRAWS and not any(theories.values()):
        return NOT_REPRODUCED
    return DEPENDS if settled(default, share) else UNCLEAR


def settled(default: str, share: float) -> bool:
    """Whether the default and the parameter draws agree on a claim, whatever the theory."""
    return (default == HOLDS and share >= MOST_DRAWS) or (default == FAILS and share <= FEW_DRAWS)
