"""Telling the findings: a page of Markdown, and a table for the figure."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sim.studies.claims.decide import (
    DEPENDS,
    FEW_DRAWS,
    HOLDS,
    MOST_DRAWS,
    UNCLEAR,
    Effect,
    Part,
    verdict,
)
from sim.studies.claims.trial import Finding

HEAD = """# The claims

Each claim is an experiment: what it says, by which mechanism, what was compared, what would count for it, and what
came out. What would count stands in `sim/studies/claims/claims.yaml` and was written before the runs. "Not
reproduced" is a result: it says that the mechanisms as written do not yield the claim at a size that matters, not
that the claim is false of the world. A conditional exploration, not a forecast.

**The rule.** A part of a claim holds when its whole 95 % interval (paired runs, same luck) lies where the claim puts
it, at least the smallest size of interest away from nought; it fails when the whole interval lies elsewhere; otherwise
it is unclear. A claim holds when all its parts do. *Reproduced*: it holds at the default parameters, in at least
{most:.0%} of the parameter draws and under every rival theory. *Not reproduced*: it fails at the default, holds
in at most {few:.0%} of the draws and under no rival theory. Otherwise it *depends*, and on what is said. Smallest sizes of
interest are ours; they were set before these runs, but with [levers.md](levers.md) known.

**The runs.** {runs} paired runs a side at the default parameters, {first} to {last}. Parameters: {origin};
{replicates} runs each, judged by the mean. Rival theories: {theories}. Luck is narrow: with this many runs
intervals are small, and the spread that matters is the one over parameters and theories.

Written by `python experiments/claims.py`.

![Effects of the claims in units of the smallest size of interest](figures/claims.png)

| claim | verdict | parts that hold | draws in which it holds | theories in which it holds |
|---|---|---|---|---|
{rows}
"""

CLAIM = """## {key}. {says}

*{verdict}* · source: {source}

* **Mechanism.** {mechanism}
* **Compared.** {compares}
* **Built in.** {built_in}

| what would count for it (whole interval) | effect | 95 % interval | part | draws in which it holds |
|---|---|---|---|---|
{rows}

Holds in {share:.0%} of the parameter draws; {theories}.{aside}
"""


def in_words(finding: Finding) -> str:
    """The verdict, and what it depends on or which parts fail.

    Returns
    -------
    For instance "not reproduced: deterrence score fails".
    """
    parts = [
        f"{part.name} {told}"
        for part, told in zip(finding.claim.parts, finding.parts, strict=True)
        if told != HOLDS
    ]
    if finding.verdict != DEPENDS:
        return f"{finding.verdict}: {', '.join(parts)}" if parts else finding.verdict
    reasons = [*_reasons(finding), *parts]
    return f"depends on {'; '.join(reasons)}"


def _reasons(finding: Finding) -> list[str]:
    """What a verdict that depends depends on: on whatever alone would have left it firm."""
    held, among = finding.held, [*finding.theories.values()]
    reasons = []
    if held == UNCLEAR:
        reasons.append("size (too close to call)")
    if verdict(held, finding.share, {}) == DEPENDS and held != UNCLEAR:
        reasons.append(f"parameters (holds in {finding.share:.0%} of draws)")
    if any(one != (held == HOLDS) for one in among):
        where = [name for name, one in finding.theories.items() if one] or ["none of the rivals"]
        reasons.append(f"theory (holds under {', '.join(where)})")
    return reasons


def page(
    findings: Sequence[Finding],
    *,
    runs: int,
    replicates: int,
    origin: str,
    theories: Sequence[str],
    first: int,
    last: int,
) -> str:
    """Write the findings as Markdown.

    Parameters
    ----------
    findings : in reading order. runs, replicates : paired runs at the default, and at each draw.
    origin : where the draws come from. theories : names of the rivals. first, last : years.
    """
    head = HEAD.format(
        most=MOST_DRAWS,
        few=FEW_DRAWS,
        runs=runs,
        replicates=replicates,
        origin=origin,
        theories=", ".join(theories) or "none",
        first=first,
        last=last,
        rows="\n".join(_row(finding) for finding in findings),
    )
    return "\n".join([head, *(_claim(finding) for finding in findings)])


def _row(finding: Finding) -> str:
    kept = sum(told == HOLDS for told in finding.parts)
    under = ", ".join(name for name, one in finding.theories.items() if one) or "none"
    return (
        f"| {finding.claim.key}. {finding.claim.says} | {in_words(finding)} | {kept} of {len(finding.parts)} "
        f"| {finding.share:.0%} | {under} |"
    )


def _claim(finding: Finding) -> str:
    claim = finding.claim
    rows = [
        f"| {part.rule} | {_number(part, effect.mean)} | {interval(part, effect)} | {told} | {share:.0%} |"
        for part, effect, told, share in zip(
            claim.parts, finding.effects, finding.parts, finding.shares, strict=True
        )
    ]
    under = [name for name, one in finding.theories.items() if one]
    return CLAIM.format(
        key=claim.key,
        says=claim.says,
        source=claim.source,
        mechanism=claim.mechanism,
        compares=claim.compares,
        built_in=claim.built_in,
        verdict=in_words(finding),
        rows="\n".join(rows),
        share=finding.share,
        theories=f"under rival theories: {', '.join(under) or 'none'}",
        aside=f" {finding.aside}" if finding.aside else "",
    )


def _number(part: Part, value: float) -> str:
    sign = "" if part.share or part.expect == "at most" else "+"
    return f"{value:{sign}.{part.decimals}f}"


def interval(part: Part, effect: Effect) -> str:
    """A 95 % interval as text, in the part's unit."""
    return f"{_number(part, effect.low)} to {_number(part, effect.high)}"


def table(findings: Sequence[Finding]) -> list[dict[str, Any]]:
    """One row a part for the figure: effects in units of the smallest size of interest, towards the claim."""
    rows = []
    for finding in findings:
        pairs = zip(finding.claim.parts, finding.effects, finding.parts, strict=True)
        for part, effect, told in pairs:
            low, high = sorted((part.scaled(effect.low), part.scaled(effect.high)))
            rows.append(
                {
                    "claim": finding.claim.key,
                    "says": finding.claim.says,
                    "verdict": finding.verdict,
                    "share": finding.share,
                    "part": part.name,
                    "rule": part.rule,
                    "expect": part.expect,
                    "unit": part.unit,
                    "effect": effect.mean,
                    "low": effect.low,
                    "high": effect.high,
                    "scaled": part.scaled(effect.mean),
                    "scaled_low": low,
                    "scaled_high": high,
                    "told": told,
                }
            )
    return rows
