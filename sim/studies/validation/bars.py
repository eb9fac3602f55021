"""The bars of validation: for each test what was asked, what was found, and whether it was met."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from sim.axes import Array
from sim.studies.validation import acts, choice, episodes
from sim.studies.validation.hindcasts import MAIN, Hindcast
from sim.studies.validation.scorebook import Bar
from sim.studies.validation.scores import Score
from sim.studies.validation.spread import CHOICE, RULERS, Moment

COVER = (85.0, 95.0)  # % of observations inside 90 % intervals
WORSE = 1.10  # CRPS over the random walk's that no start may exceed
POINTS = 8.5  # CRPS of the forced choice
WITHIN = 0.20  # of the record's moments
CHOICE_RMS = (0.40, 0.55)  # log-odds a year
FUTURE_SD, FUTURE_LARGEST, FUTURE_STILL = (1.0, 2.6), 4.0, 40.0


def bars_of_acts(ahead: Mapping[str, Array], left_out: Mapping[str, Array]) -> list[Bar]:
    """Bars of acts: out of time, and a state left out; from `acts.out_of_time` and `acts.left_out`."""
    result = []
    for key, test, scores in (
        ("acts_ahead", "acts 2016-23 by a fit to 2000-15", ahead),
        ("acts_left_out", "acts of states left out of the fit, 2001-23", left_out),
    ):
        table = acts.summary(scores)
        own = table["model"]["score"]
        for rival, strict in (("base rate", True), ("own rate", False)):
            other = table[rival]
            result.append(
                Bar(
                    key=f"{key}_{rival.split()[0]}",
                    test=test,
                    bar=f"log score {'better than' if strict else 'not worse than'} "
                    f"{'the base rate' if strict else 'each state’s own rate'}",
                    figure=f"{own:.3f} against {other['score']:.3f} "
                    f"(gain {other['gain']:+.3f}, se {other['error']:.3f})",
                    met=own < other["score"] if strict else own <= other["score"],
                )
            )
    return result


def bars_of_hindcasts(found: Sequence[Hindcast]) -> list[Bar]:
    """Bars of hindcasts: coverage from each start, and CRPS against the random walk over all."""
    rows = [one.row for one in found if one.name == MAIN]
    low, high = COVER
    result = [
        Bar(
            key=f"coverage_{row['start']}",
            test=f"structural alignment from {row['start']}",
            bar=f"90 % intervals cover {low:.0f}-{high:.0f} %",
            figure=f"{row['coverage']:.0f} % of {row['cases']} state-years (worth {row['effective']:.0f})",
            met=low <= float(row["coverage"]) <= high,
        )
        for row in rows
    ]
    ratios = [float(row["ratio"]) for row in rows]
    said = "; ".join(f"{row['start']}: {row['crps']:.2f} against {row['walk']:.2f}" for row in rows)
    better = sum(ratio <= 1.0 for ratio in ratios)
    test = "structural alignment, all starts"
    return [
        *result,
        Bar(
            key="walk_two",
            test=test,
            bar="CRPS no worse than a random walk from at least two starts",
            figure=said,
            met=better >= min(2, len(ratios)),
        ),
        Bar(
            key="walk_worst",
            test=test,
            bar=f"CRPS never more than {100 * (WORSE - 1):.0f} % worse than a random walk",
            figure=f"worst {100 * (max(ratios) - 1):+.0f} %",
            met=max(ratios) <= WORSE,
        ),
    ]


def bars_of_opinion(rows: Sequence[Mapping[str, float | int | str]]) -> list[Bar]:
    """Bars of the panels, one and two years ahead, all panels together."""
    return [
        Bar(
            key=f"panels_{row['ahead']}",
            test=f"opinion panels, {('one', 'two')[int(row['ahead']) - 1]} year{'s' if row['ahead'] != 1 else ''} ahead",
            bar="CRPS better than no change",
            figure=f"{row['filter and model']:.2f} points against {row['no change']:.2f} "
            f"(filter alone {row['filter alone']:.2f}; {row['answers']} answers)",
            met=float(row["filter and model"]) < float(row["no change"]),
        )
        for row in rows
        if row["panel"] == "all panels"
    ]


def bars_of_choice(scores: Mapping[str, Score]) -> list[Bar]:
    """Bars of the forced choice of 2023: size and coverage of the forecast, and each rival."""
    own, test = scores[choice.MODEL], "forced choice 2023 from 2022"
    low, high = COVER
    return [
        Bar(
            key="choice_crps",
            test=test,
            bar=f"CRPS at most {POINTS} points",
            figure=f"{own.crps:.2f} points",
            met=own.crps <= POINTS,
        ),
        Bar(
            key="choice_coverage",
            test=test,
            bar=f"90 % intervals cover {low:.0f}-{high:.0f} %",
            figure=f"{own.coverage * own.cases:.0f} of {own.cases} states",
            met=low <= 100.0 * own.coverage <= high,
        ),
        *(
            Bar(
                key=f"choice_{name.split()[0]}",
                test=test,
                bar=f"CRPS better than {name}",
                figure=f"{own.crps:.2f} against {scores[name].crps:.2f} points",
                met=own.crps < scores[name].crps,
            )
            for name in choice.RIVALS
        ),
    ]


def bars_of_episodes(cases: Sequence[episodes.Case]) -> list[Bar]:
    """Bars of the episodes held out."""
    scores = episodes.skill(cases)
    return [
        Bar(
            key=f"episodes_{rival.split()[0]}",
            test="direction of episodes 14-30",
            bar=f"Brier score better than “{rival}”",
            figure=f"{scores['model']:.2f} against {scores[rival]:.2f}",
            met=scores["model"] < scores[rival],
        )
        for rival in ("never moves", "moves with every new leader")
    ]


def bars_of_spread(moments: Sequence[Moment], future: Mapping[str, float]) -> list[Bar]:
    """Bars of the spread of the simulated past, and of the speed of futures."""
    result = []
    for one in moments:
        if one.of == RULERS[0] and "correlation" not in one.name:
            result.append(
                Bar(
                    key="spread_" + one.name.replace(" ", "_"),
                    test="security alignment, 2000-23 simulated",
                    bar=f"{one.name} within {100 * WITHIN:.0f} % of the record",
                    figure=f"{one.model:.2f} ({one.low:.2f} to {one.high:.2f}) against {one.record:.2f}",
                    met=abs(one.ratio - 1.0) <= WITHIN,
                )
            )
        if one.of == CHOICE and one.record == one.record:
            low, high = CHOICE_RMS
            result.append(
                Bar(
                    key="spread_choice",
                    test="forced choice, 2020-23 simulated",
                    bar=f"{one.name} {low:.2f} to {high:.2f}",
                    figure=f"{one.model:.2f} ({one.low:.2f} to {one.high:.2f}); record {one.record:.2f}",
                    met=low <= one.model <= high,
                )
            )
    low, high = FUTURE_SD
    test = f"security alignment, {future['first']:.0f}-{future['last']:.0f}, declared settings, {future['runs']:.0f} runs"
    return [
        *result,
        Bar(
            key="future_sd",
            test=test,
            bar=f"sd of yearly changes {low} to {high} points",
            figure=f"{future['sd']:.2f} points",
            met=low <= future["sd"] <= high,
        ),
        Bar(
            key="future_largest",
            test=test,
            bar=f"largest yearly change at least {FUTURE_LARGEST:.0f} points",
            figure=f"{future['largest']:.1f} points",
            met=future["largest"] >= FUTURE_LARGEST,
        ),
        Bar(
            key="future_still",
            test=test,
            bar=f"at least {FUTURE_STILL:.0f} % of state-years still (less than 0.5 points)",
            figure=f"{future['still']:.0f} %",
            met=future["still"] >= FUTURE_STILL,
        ),
    ]
