"""Paired runs of every world under common random numbers: at the default parameters, at others, and under rival theories."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from sim.config import Settings
from sim.studies.claims.counterfactuals import CounterfactualRun
from sim.studies.claims.decide import (
    DEPENDS,
    HOLDS,
    UNCLEAR,
    Claim,
    Effect,
    hold_on_average,
    judge_claim,
    judge_part,
    measure,
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
    share, shares : of parameter draws in which the whole, and each part, holds. theories : rival -> whether it holds.
    aside : further facts, in a sentence.
    """

    claim: Claim
    effects: tuple[Effect, ...]
    parts: tuple[str, ...]
    held: str
    share: float
    shares: tuple[float, ...]
    theories: Mapping[str, bool]
    aside: str

    @property
    def verdict(self) -> str:
        """Reproduced, not reproduced, or depends."""
        return verdict(self.held, self.share, self.theories)

    @property
    def explanation(self) -> str:
        """The verdict, and what it depends on or which parts fail: "not reproduced: deterrence score fails"."""
        pairs = zip(self.claim.parts, self.parts, strict=True)
        failing = [f"{part.name} {result}" for part, result in pairs if result != HOLDS]
        if self.verdict != DEPENDS:
            return f"{self.verdict}: {', '.join(failing)}" if failing else self.verdict
        return f"depends on {'; '.join([*self._reasons(), *failing])}"

    def _reasons(self) -> list[str]:
        """What a verdict that depends depends on: on whatever alone would have left it firm."""
        reasons = []
        if self.held == UNCLEAR:
            reasons.append("size (too close to call)")
        elif verdict(self.held, self.share, {}) == DEPENDS:
            reasons.append(f"parameters (holds in {self.share:.0%} of draws)")
        if any(holds != (self.held == HOLDS) for holds in self.theories.values()):
            where = [name for name, holds in self.theories.items() if holds]
            reasons.append(f"theory (holds under {', '.join(where or ['none of the rivals'])})")
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
    (base,) = run_counterfactual(names, [settings], runs)
    progress(1, total)
    holds: list[list[tuple[bool, ...]]] = []
    for worlds in run_counterfactual(names, points, replicates):
        holds.append([_holds(claim, worlds) for claim in claims])
        progress(1 + len(holds), total)
    return [
        _finding(claim, base, [row[index] for row in holds], list(theories))
        for index, claim in enumerate(claims)
    ]


def _holds(claim: Claim, worlds: Mapping[str, CounterfactualRun]) -> tuple[bool, ...]:
    return hold_on_average(claim.parts, claim.read(_of(claim, worlds)))


def _of(claim: Claim, worlds: Mapping[str, CounterfactualRun]) -> dict[str, CounterfactualRun]:
    return {name: worlds[name] for name in claim.worlds}


def _finding(
    claim: Claim,
    base: Mapping[str, CounterfactualRun],
    holds: Sequence[tuple[bool, ...]],
    theories: Sequence[str],
) -> Finding:
    worlds = _of(claim, base)
    values = claim.read(worlds)
    effects = tuple(measure(*pair) for pair in zip(claim.parts, values, strict=True))
    parts = tuple(judge_part(*pair) for pair in zip(claim.parts, effects, strict=True))
    drawn = holds[len(theories) :]
    return Finding(
        claim=claim,
        effects=effects,
        parts=parts,
        held=judge_claim(parts),
        share=_share([all(row) for row in drawn]),
        shares=tuple(_share([row[index] for row in drawn]) for index in range(len(parts))),
        theories={name: all(row) for name, row in zip(theories, holds, strict=False)},
        aside=claim.aside.format(**claim.facts(worlds)) if claim.facts else claim.aside,
    )


def _share(held: Sequence[bool]) -> float:
    return sum(held) / len(held) if held else float("nan")
