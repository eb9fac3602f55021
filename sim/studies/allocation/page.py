"""The page: question, answer, figures, tables, caveats."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from sim.studies.allocation import sentences
from sim.studies.allocation.compare import gains, optimism, verdicts
from sim.studies.allocation.divisions import CALLED, PURPOSES, RULES
from sim.studies.allocation.trial import BASELINE, NOTHING, Trial

HEAD = """# How to divide a given budget

**Question.** Japan gives JPY {budget:g} bn a year of security assistance to {count} states that may receive it
({recipients}). How should it be divided for three purposes: deterring gray-zone pressure, keeping sea lanes open,
soft power?

**Answer.** {size}

{balanced}

{dominated} {elsewhere}

{flattery} {room}

![What each division gains over the record's, three purposes two at a time](figures/allocation_front.png)

![Who gets what under each rule and each chosen division](figures/allocation_shares.png)

Conditional on the model ("if these mechanisms hold, then ..."), not a forecast and not advice.
"""
CAVEATS = """## Read with care

* **The scores are ours.** Deterrence weighs claimants by China's stake, sea lanes by Japan's imports, soft power by trust and
  ties; a division is best by these yardsticks alone. Money to a state that is no claimant cannot raise deterrence directly.
* **Small waters first.** A yen adds more capacity where there is less sea to police (capacity costs by the root of the area), so
  the search favours claimants with little sea. That is a mechanism written into the model, not a finding about the world.
  That a state gets nothing here says nothing of reasons outside the three scores, such as an alliance.
* **Intervals are of luck alone.** They say how sure the model is of itself with its declared numbers. What the data
  leave open (the posterior) is not in them; other scenarios and rival theories are only tested, one at a time, above.
* **Many comparisons.** Each interval is 95 % by itself. Which division challenges a rule was settled on the luck of the search.
* **Balanced is a choice.** It weighs each purpose by its range over the front, so a purpose that hardly moves counts as much as
  one that moves a lot.
* **Shares are fixed for all years.** Who is not yet designated waits, and the others share; grants are not lumpy here, though the
  smallest one published is JPY 400 m.
* **Replies are simple.** China does not answer a division; other givers do not change theirs.
"""


def page(trial: Trial) -> str:
    """Write the trial as Markdown."""
    head = HEAD.format(
        budget=trial.settings.policy.japan.osa_budget,
        count=len(trial.recipients),
        recipients=", ".join(trial.recipients),
        size=sentences.effect_size_sentence(trial),
        balanced=sentences.balanced(trial),
        dominated=sentences.dominated(trial),
        elsewhere=sentences.elsewhere(trial),
        flattery=sentences.optimism_sentence(trial),
        room=sentences.hypervolume_sentence(trial),
    )
    parts = [head, _chosen(trial), _rules(trial), _exchanges(trial), _elsewhere(trial)]
    return "\n".join([*parts, _search(trial), CAVEATS])


def _table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    ruled = [f"| {' | '.join(head)} |", "|" + "---|" * len(head)]
    return "\n".join([*ruled, *(f"| {' | '.join(row)} |" for row in rows)])


def _gains(trial: Trial, name: str, scenario: str = "") -> list[str]:
    return [sentences.gain(one) for one in gains(trial, name, scenario=scenario)]


def _shares(trial: Trial, name: str) -> list[str]:
    return [f"{part:.0%}" for part in trial.split(name).values()]


def _chosen(trial: Trial) -> str:
    rows = [
        [f"{label} ({name})", *_shares(trial, name), *_gains(trial, name)]
        for label, name in trial.chosen.items()
    ]
    pasted = [
        f"{sentences.command_snippet(trial, name)}   # {label}"
        for label, name in trial.chosen.items()
    ]
    return "\n".join(
        [
            "## Divisions on the front",
            "",
            f"{len(trial.front)} divisions, none beaten by another in the search, are in the result's `front.csv`. Some of "
            f"them, with the gain over the record's shares in points of {sentences.score_years(trial)}, "
            "fresh luck, and its 95 % interval:",
            "",
            _table(["division", *trial.recipients, *CALLED.values()], rows),
            "",
            "Ready to paste:",
            "",
            "```",
            *pasted,
            "```",
            "",
        ]
    )


def _rules(trial: Trial) -> str:
    told = verdicts(trial)
    rows = [
        [name, *_shares(trial, name), *_gains(trial, name), told.get(name, "")]
        for name in trial.named
        if name != BASELINE
    ]
    rows.insert(0, [BASELINE, *_shares(trial, BASELINE), *["0"] * 3, told[BASELINE]])
    return "\n".join(
        [
            "## Rules, and everything to one",
            "",
            f"Shares of {trial.settings.years.last}. The last column: against the division of the front that beat the rule most "
            f"clearly in the search. `{NOTHING}`: no budget at all.",
            "",
            _table(["rule", *trial.recipients, *CALLED.values(), "by the front"], rows),
            "",
        ]
    )


def _exchanges(trial: Trial) -> str:
    told = [f"* {one}" for one in sentences.exchanges_in_words(trial)]
    return "\n".join(["## What each purpose costs the others", "", *told, ""])


def _elsewhere(trial: Trial) -> str:
    rows = []
    for scenario in trial.fresh:
        told = verdicts(trial, scenario)
        beaten = sum(one == "dominated" for one in told.values())
        name = trial.chosen["balanced"]
        rows.append([scenario, *_gains(trial, name, scenario), f"{beaten} of {len(RULES)}"])
    head = ["tested in", *(f"balanced: {CALLED[name]}" for name in PURPOSES), "rules dominated"]
    intro = f"The same divisions, found in `{trial.own}`, with fresh luck in each; gains are over the record's shares there."
    return "\n".join(
        ["## In other scenarios, and under rival theories", "", intro, "", _table(head, rows), ""]
    )


def _search(trial: Trial) -> str:
    options = trial.options
    rows = [
        [label, *(f"{before[at]:+.3f} / {after[at]:+.3f}" for at in range(len(PURPOSES)))]
        for label, (before, after) in optimism(trial).items()
    ]
    return "\n".join(
        [
            "## The search",
            "",
            f"NSGA-II, {options.generations} generations of {options.population} ({trial.tried:,} divisions tried), each on "
            f"the same {options.runs} futures of the ensemble; then {options.fresh} futures never used in it "
            f"({options.elsewhere} in other scenarios). Seed {trial.settings.seed}. Gain over the record's shares, points, "
            "in the search / on fresh luck:",
            "",
            _table(["division", *CALLED.values()], rows),
            "",
            "Written by `python experiments/allocate.py`.",
            "",
        ]
    )
