"""Divisions of a budget, and what each does for Japan's three purposes in the model itself.

A division is a vector of shares over the recipients, on the simplex. It enters the model as
``policy.japan.custom``, so candidates ride side by side in one block under common random numbers.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from sim.axes import Array
from sim.config import Settings
from sim.config.mechanisms import Rules
from sim.engines.context import SimulationContext, build_context
from sim.engines.drivers_of_year import recipients_by
from sim.engines.ensemble import run_and_reduce, run_block
from sim.engines.history import fixed
from sim.errors import UserError
from sim.outcomes.calculator import Fixed, OutcomeCalculator
from sim.outcomes.compute import fixed_of
from sim.outcomes.definitions import grouped
from sim.outcomes.outcome import JAPAN

CALLED = {outcome.name: outcome.word for outcome in grouped()[JAPAN]}
PURPOSES = tuple(CALLED)
RULES = ("historical", "equal", "need", "sea_lanes", "claimants", "trust")
BLOCK = 1000  # runs side by side
KEEP = ("security_tie", "economic_tie", "trust", "pressure", "encroachment", "safety", "rivalry")
PLACES = 6  # of shares, so that what is printed is what was run

Progress = Callable[[int], None]


def who_may_receive(settings: Settings) -> tuple[str, ...]:
    """States that are designated for Japan's security assistance by the last simulated year.

    Raises
    ------
    UserError : Japan is not there, it gives nothing, or fewer than two states may receive: nothing to divide.
    """
    budget = settings.policy.japan.osa_budget
    if "JPN" not in settings.partners:
        raise _nothing(f"partners is {list(settings.partners)}", "Japan must be one of the powers")
    if budget <= 0.0:
        raise _nothing(
            f"policy.japan.osa_budget is {budget:g}", "a budget above 0 is needed to divide one"
        )
    stage = build_context(settings)
    recipients = recipients_by(stage.world, settings.years.last)
    if len(recipients) < 2:
        who = ", ".join(recipients) or "nobody"
        raise _nothing(
            f"among {', '.join(stage.states)}, {who} may receive by {settings.years.last}",
            "at least two recipients are needed, or there is nothing to divide",
        )
    return recipients


def _nothing(given: str, allowed: str) -> UserError:
    return UserError(
        given=given,
        allowed=allowed,
        where="on the command line: policy.japan.osa_budget=2 world=asean10 years.last=2040",
    )


def by_shares(settings: Settings, shares: Mapping[str, float]) -> Settings:
    """The same settings with the budget divided by these shares."""
    return _japan(settings, allocation="custom", custom=dict(shares))


def by_rule(settings: Settings, rule: str) -> Settings:
    """The same settings with the budget divided by a named rule; ``none``: with no budget at all."""
    if rule == "none":
        return _japan(settings, osa_budget=0.0, allocation="historical", custom={})
    return _japan(settings, allocation=rule, custom={})


def _japan(settings: Settings, **changed: object) -> Settings:
    japan = replace(settings.policy.japan, **changed)  # type: ignore[arg-type]
    return replace(settings, policy=replace(settings.policy, japan=japan))


def on_simplex(given: Array, *, least: float = 0.01) -> Array:
    """Shares that sum to 1, (..., recipient); below `least` of the whole nothing is given.

    Parameters
    ----------
    given : at least 0. All 0 stands for equal shares.
    """
    some = np.where(given.sum(axis=-1, keepdims=True) > 0.0, given, 1.0)
    shares = some / some.sum(axis=-1, keepdims=True)
    kept = np.where(shares < min(least, 1.0 / shares.shape[-1]), 0.0, shares)
    return kept / kept.sum(axis=-1, keepdims=True)


def named(shares: Array, recipients: Sequence[str]) -> list[dict[str, float]]:
    """Rows of shares as mappings from recipient to share."""
    rows = np.round(shares, PLACES).tolist()
    return [dict(zip(recipients, row, strict=True)) for row in rows]


def measure(
    points: Sequence[Settings],
    *,
    first: int,
    replicates: int,
    judged: str = "last",
    progress: Progress = lambda runs: None,
) -> Array:
    """Scores of every point for the same runs, (point, replicate, purpose), 0 to 100.

    Parameters
    ----------
    points : of one scenario and world. first : number of the first run. replicates : how many.
    judged : one of `sim.studies.allocation.options.JUDGED`. progress : called with the number of runs done.
    """
    stage = build_context(points[0])
    size = max(1, BLOCK // replicates)
    parts = []
    for start in range(0, len(points), size):
        block = points[start : start + size]
        parts.append(_scores(stage, block, first=first, replicates=replicates, judged=judged))
        progress(len(block) * replicates)
    return np.concatenate(parts)


@dataclass(frozen=True)
class _Purposes:
    """A look at the three scores of a year."""

    partners: tuple[str, ...]

    def __call__(
        self, seen: Mapping[str, Array], *, fixed: Fixed, rules: Rules, last: bool
    ) -> dict[str, Array]:
        known = OutcomeCalculator(
            seen, fixed=fixed, numbers=rules.observation, partners=self.partners
        )
        return {name: known[name] for name in PURPOSES}


def _scores(
    stage: SimulationContext,
    points: Sequence[Settings],
    *,
    first: int,
    replicates: int,
    judged: str,
) -> Array:
    series = run_and_reduce(
        stage,
        points,
        first=first,
        replicates=replicates,
        look=_Purposes(stage.partners),
        fixed=fixed_of(fixed(stage, np.asarray(stage.years))),
        keep=KEEP,
    )
    by_year = np.stack([series[name][:, 0, 0] for name in PURPOSES], axis=-1)
    scores = by_year[-1] if judged == "last" else by_year.mean(axis=0)
    return scores.reshape(len(points), replicates, len(PURPOSES))


def shares_given(
    points: Sequence[Settings], recipients: Sequence[str], *, first: int, replicates: int
) -> Array:
    """Share of the last year's budget that each recipient in fact gets, mean over runs, (point, recipient)."""
    stage = build_context(points[0])
    *_, last = run_block(stage, points, first=first, replicates=replicates)
    rows = [stage.states.index(code) for code in recipients]
    grants = last.passed.offers.security_aid[:, rows, stage.partners.index("JPN")]
    total = grants.sum(axis=-1, keepdims=True)
    shares = grants / np.where(total > 0.0, total, 1.0)
    return np.asarray(shares.reshape(len(points), replicates, -1).mean(axis=1))
