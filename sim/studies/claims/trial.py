"""Paired runs of every world under common random numbers: at the default parameters, at others, and under rival theories."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from sim.axes import Array
from sim.config import Settings
from sim.studies.claims.counterfactuals import CounterfactualRun
from sim.studies.claims.decide import (
    DEPENDS,
    HOLDS,
    UNCLEAR,
    Claim,
    Effect,
    holds_at,
    judge_claim,
    judge_part,
    measure,
    settled,
    verdict,
)
from sim.studies.claims.parameters import Parameters
from sim.studies.claims.reader import run_counterfactual
from sim.studies.claims.registry import CLAIMS


@dataclass(frozen=True, kw_only=True)
class Finding:
    """Result of one claim.

    Parameters
    ----------
    effects, parts : of each part, its effect and whether it holds. held : of the whole, at the default parameters.
    share, shares : of parameter draws in which the whole, and each part, holds. ranges : of each part, from the 5th to the
    95th percentile of its means over the draws. theories : rival -> whether it holds.
    aside : further facts, in a sentence.
    """

    claim: Claim
    effects: tuple[Effect, ...]
    parts: tuple[str, ...]
    held: str
    share: float
    shares: tuple[float, ...]
    ranges: tuple[tuple[float, float], ...]
    theories: Mapping[str, bool]
    aside: str

    @property
    def verdict(self) -> str:
        """Reproduced, not reproduced, unclear, or depends."""
        return verdict(self.held, self.share, self.theories)

    @property
    def explanation(self) -> str:
        """The verdict, what it turns on, and which parts fail: "not reproduced: deterrence score fails"."""
        pairs = zip(self.claim.parts, self.parts, strict=True)
        failing = [f"{part.name} {result}" for part, result in pairs if result != HOLDS]
        said = [*self._reasons(), *failing]
        head = "depends on theory" if self.verdict == DEPENDS else self.verdict
        return f"{head}: {', '.join(said)}" if said else head

    def _reasons(self) -> list[str]:
        """What a verdict that is not firm turns on: on whatever alone would have left it firm."""
        if self.verdict not in (DEPENDS, UNCLEAR):
            return []
        reasons = []
        if self.held == UNCLEAR:
            reasons.append("too close to call at the default")
        elif not settled(self.held, self.share):
            reasons.append(f"{self.held} at the default, holds in {self.share:.0%} of the draws")
        if any(holds != (self.held == HOLDS) for holds in self.theories.values()):
            where = [name for name, holds in self.theories.items() if holds]
            reasons.append(f"holds under {' and '.join(where or ['none of the rivals'])}")
        return reasons


def try_claims(
    settings: Settings,
    *,
    runs: int,
    parameters: Parameters,
    theories: Mapping[str, Settings],
    replicates: int,
    claims: Sequence[Claim] = CLAIMS,
    progress: Callable[[int, int], None] = lambda done, total: None,
) -> list[Finding]:
    """Try every claim.

    Parameters
    ----------
    settings : the default world. runs : paired runs at the default parameters.
    parameters : other parameters, and ``theories`` rival ones, tried with ``replicates`` runs each.
    progress : called with the number of points done, and of all.
    """
    names = list(dict.fromkeys(name for claim in claims for name in claim.worlds))
    points = [*theories.values(), *parameters.points]
    total = len(points) + 1
    means: list[list[Array]] = []
    for worlds in run_counterfactual(names, points, replicates):
        means.append([_means(claim, worlds) for claim in claims])
        progress(len(means), total)
    findings = []
    for index, claim in enumerate(claims):  # one by one, for memory's sake
        (base,) = run_counterfactual(claim.worlds, [settings], runs)
        findings.append(_finding(claim, base, [row[index] for row in means], list(theories)))
    progress(total, total)
    return findings


def _means(claim: Claim, worlds: Mapping[str, CounterfactualRun]) -> Array:
    return np.array([float(values.mean()) for values in claim.read(_of(claim, worlds))])


def _of(claim: Claim, worlds: Mapping[str, CounterfactualRun]) -> dict[str, CounterfactualRun]:
    return {name: worlds[name] for name in claim.worlds}


def _finding(
    claim: Claim,
    worlds: Mapping[str, CounterfactualRun],
    means: Sequence[Array],
    theories: Sequence[str],
) -> Finding:
    values = claim.read(worlds)
    effects = tuple(measure(*pair) for pair in zip(claim.parts, values, strict=True))
    parts = tuple(judge_part(*pair) for pair in zip(claim.parts, effects, strict=True))
    holds = [[holds_at(*pair) for pair in zip(claim.parts, row, strict=True)] for row in means]
    drawn = len(theories)
    return Finding(
        claim=claim,
        effects=effects,
        parts=parts,
        held=judge_claim(parts),
        share=_share([all(row) for row in holds[drawn:]]),
        shares=tuple(_share([row[index] for row in holds[drawn:]]) for index in range(len(parts))),
        ranges=tuple(_range([row[index] for row in means[drawn:]]) for index in range(len(parts))),
        theories={name: all(row) for name, row in zip(theories, holds, strict=False)},
        aside=claim.aside.format(**claim.facts(worlds)) if claim.facts else claim.aside,
    )


def _share(held: Sequence[bool]) -> float:
    return sum(held) / len(held) if held else float("nan")


def _range(means: Sequence[float]) -> tuple[float, float]:
    low, high = np.quantile(means, (0.05, 0.95)) if means else (float("nan"), float("nan"))
    return float(low), float(high)
