"""What was found about robust policies: the table, and a page in words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd

from sim.ensemble.store.finished import Stored
from sim.studies.robustness.measures import (
    Criterion,
    Measured,
    probability_best,
    probability_better,
)

SURE = 0.95  # a ranking right in this share of resamples is called sure


def table(
    found: Mapping[str, Measured], policies: Sequence[str], *, better_up: bool
) -> pd.DataFrame:
    """One row a policy: every measure with its 95 % interval, and the probability of being the best."""
    columns: dict[str, object] = {"policy": list(policies)}
    for name, one in found.items():
        sign = -1.0 if name == "mean" and not better_up else 1.0
        low, high = (one.low, one.high) if sign > 0.0 else (-one.high, -one.low)
        columns |= {name: sign * one.estimate, f"{name}_low": low, f"{name}_high": high}
    columns["best_satisficing"] = probability_best(found["satisficing"])
    columns["best_mean"] = probability_best(found["mean"])
    return pd.DataFrame(columns)


def page(
    found: Mapping[str, Measured],
    policies: Sequence[str],
    criteria: Mapping[str, Criterion],
    outcome: str,
    stored: Stored,
    *,
    better_up: bool,
) -> str:
    """Write the page.

    Parameters
    ----------
    found : from `sim.studies.robustness.measures.resampled`. outcome : the one that is regretted.
    """
    futures = len(stored.plan.points) // len(policies)
    wanted = "; ".join(f"`{name}` {one}" for name, one in criteria.items())
    lines = [
        "# Which policy is robust?",
        "",
        f"{len(policies)} candidate policies in {futures} futures, each {stored.plan.replicates} times, all with the "
        "same luck. Satisficing: "
        f"{wanted}.",
        f"Regret: of `{outcome}`, states averaged. A conditional exploration of the futures drawn, not a forecast, "
        "and not advice.",
        "",
        "![Satisficing and regret of every policy](figures/robust.png)",
        "",
        "## In words",
        "",
        _words(found, policies, outcome, better_up=better_up),
        "",
        "## The table",
        "",
        *_table(found, policies, better_up=better_up),
        "",
        "## How to read it",
        "",
        "* *Satisficing*: share of runs in which every threshold is met, luck included. *Domain*: share of futures "
        "whose mean over luck",
        "  meets them, corrected for the bias that few replicates give it.",
        "* *Regret*: in each future the best policy's mean less this one's, then averaged. Plain regret picks the "
        "best by the very luck it",
        "  is measured with, so it is too large; here half of the runs pick and the other half measure, which pure "
        "noise cannot inflate",
        "  (true regret may be understated). Both stand in the table.",
        "* Intervals (95 %) and probabilities: futures and luck resampled together. Of two policies the ranks by "
        "regret and by mean are the",
        "  same, since the best policy drops out of the difference, so that probability needs no correction.",
        "* The futures are drawn evenly from ranges we assumed. A share of futures is no probability that a policy does well.",
        "* The thresholds are ours; another line ranks anew. Nothing is said of cost: more aid is never worse here "
        "for being dearer.",
        "",
        f"Written by `python experiments/robust.py` (seed {stored.seed}, Straits {stored.version}).",
        "",
    ]
    return "\n".join(lines)


def _table(found: Mapping[str, Measured], policies: Sequence[str], *, better_up: bool) -> list[str]:
    rows = table(found, policies, better_up=better_up)
    lines = [
        "| policy | satisficing | domain | mean | regret | plain regret | best by satisficing | best by mean |",
        "|---|---|---|---|---|---|---|---|",
    ]
    for _, row in rows.sort_values("satisficing", ascending=False).iterrows():
        shares = " | ".join(_between(row, name, 2) for name in ("satisficing", "domain"))
        numbers = " | ".join(_between(row, name, 3) for name in ("mean", "regret", "regret_plain"))
        lines.append(
            f"| {row['policy']} | {shares} | {numbers} | {row['best_satisficing']:.0%} | {row['best_mean']:.0%} |"
        )
    return lines


def _between(row: pd.Series, name: str, digits: int) -> str:
    return f"{row[name]:.{digits}f} ({row[f'{name}_low']:.{digits}f} to {row[f'{name}_high']:.{digits}f})"


def _words(
    found: Mapping[str, Measured], policies: Sequence[str], outcome: str, *, better_up: bool
) -> str:
    satisficing, mean, regret = (found[name].estimate for name in ("satisficing", "mean", "regret"))
    first, last = int(np.argmax(satisficing)), int(np.argmin(satisficing))
    least = int(np.argmax(mean))
    spread = float(satisficing[first] - satisficing[last])
    plain = found["regret_plain"].estimate
    sentences = [
        f"**{policies[first]}** meets the thresholds most often, in {satisficing[first]:.0%} of runs, "
        f"**{policies[last]}** least often, in "
        f"{satisficing[last]:.0%}; {_surely(found['satisficing'], policies, first)}.",
        f"By `{outcome}` **{policies[least]}** is regretted least ({regret[least]:.3g} on average, of at most "
        f"{regret.max():.3g}); "
        f"{_surely(found['mean'], policies, least)}.",
        _agree(found, policies, first, least),
        f"All policies together span {100.0 * spread:.0f} points of satisficing.",
        f"Measured plainly, regret would be overstated by {float((plain - regret).mean()):.2g} on average.",
    ]
    return " ".join(sentences)


def _agree(found: Mapping[str, Measured], policies: Sequence[str], first: int, least: int) -> str:
    if first == least:
        return "Both measures prefer the same policy."
    if probability_better(found["satisficing"])[first, least] < SURE:
        return "The two measures name different policies, but by satisficing these two cannot be told apart."
    return "The two measures disagree about the best: it hangs on what is asked."


def _surely(measure: Measured, policies: Sequence[str], place: int) -> str:
    better = probability_better(measure)[place]
    others = [other for other in range(len(policies)) if other != place]
    unsure = [policies[other] for other in others if better[other] < SURE]
    if not unsure:
        return f"it ranks before every other in at least {min(better[other] for other in others):.0%} of resamples"
    least = min(float(better[other]) for other in others)
    return f"whether it is better than {', '.join(unsure)} cannot be told ({least:.0%} of resamples at least)"
