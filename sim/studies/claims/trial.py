"""Trying claims: the same luck in every world, first at the default parameters, then at others and under rival theories."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from sim.config import Settings
from sim.studies.claims.counterfactuals import CounterfactualRun
from sim.studies.claims.decide import (
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
    """What became of one claim.

    Parameters
    ----------
    effects, parts : of each part, its effect and whether it holds. held : of the whole, at the default parameters.
    share, shares : of parameter draws in which the whole, and each part, holds. theories : rival -> whether it holds.
    aside : further facts.
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
    progress : told how many points of how many are done.
    """
    names = list(dict.fromkeys(name for claim in claims for name in claim.worlds))
    points = [*theories.values(), *parameters.points]
    total = len(points) + 1
    (base,) = run_counterfactual(names, [settings], runs)
    progress(1, total)
    holds: list[list[tuple[bool, ...]]] = []
    for seen in run_counterfactual(names, points, replicates):
        holds.append([_holds(claim, seen) for claim in claims])
        progress(1 + len(holds), total)
    return [
        _finding(claim, base, [row[place] for row in holds], list(theories))
        for place, claim in enumerate(claims)
    ]


def _holds(claim: Claim, seen: Mapping[str, CounterfactualRun]) -> tuple[bool, ...]:
    return hold_on_average(claim.parts, claim.read(_of(claim, seen)))


def _of(claim: Claim, seen: Mapping[str, CounterfactualRun]) -> dict[str, CounterfactualRun]:
    return {name: seen[name] for name in claim.worlds}


def _finding(
    claim: Claim,
    base: Mapping[str, CounterfactualRun],
    holds: Sequence[tuple[bool, ...]],
    theories: Sequence[str],
) -> Finding:
    seen = _of(claim, base)
    values = claim.read(seen)
    effects = tuple(measure(part, one) for part, one in zip(claim.parts, values, strict=True))
    parts = tuple(judge_part(part, one) for part, one in zip(claim.parts, effects, strict=True))
    drawn = holds[len(theories) :]
    return Finding(
        claim=claim,
        effects=effects,
        parts=parts,
        held=judge_claim(parts),
        share=_share([all(row) for row in drawn]),
        shares=tuple(_share([row[place] for row in drawn]) for place in range(len(parts))),
        theories={name: all(row) for name, row in zip(theories, holds, strict=False)},
        aside=claim.aside(seen) if claim.aside else "",
    )


def _share(found: Sequence[bool]) -> float:
    return sum(found) / len(found) if found else float("nan")
