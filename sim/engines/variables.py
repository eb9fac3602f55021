"""The variables of a history: for each its dimensions, where in a passed year it is found, its unit and meaning."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import reduce
from typing import Any

from sim.axes import OPTION, PARTNER, STATE
from sim.rules import acts, stance


@dataclass(frozen=True)
class Variable:
    """One variable: dims after (run,) year; path of attributes in `sim.rules.year.Passed`; unit; meaning."""

    dims: tuple[str, ...]
    path: tuple[str, ...]
    unit: str
    meaning: str

    def of(self, passed: Any) -> Any:
        """The variable in a `sim.rules.year.Passed`, with both last axes, state and partner."""
        return reduce(getattr, self.path, passed)


_ROWS: tuple[tuple[tuple[str, ...], tuple[str, ...], tuple[tuple[str, str, str], ...]], ...] = (
    (
        (STATE, OPTION),
        ("memory",),
        (
            ("security_tie", "1", "structural security ties: shares of partners and self"),
            ("economic_tie", "1", "economic ties: shares of partners and self"),
        ),
    ),
    (
        (STATE, PARTNER),
        ("memory",),
        (
            ("trust", "1", "opinion of the partner, 0 to 1"),
            ("trust_base", "1", "slowly moving base of the opinion, where it would rest unpushed"),
            ("rung", "1", "rung on the ladder of agreements, 0 to 5"),
            ("renewed", "years", "years since the last step up with the partner"),
            ("use", "1", "how far a pact or access is in use, 0 to 1"),
            ("arms", "1", "partner's share of the state's arms supply"),
            ("dependence", "1", "partner's share of the state's goods trade"),
            ("pressure", "1", "gray-zone pressure at sea, 0 to 1"),
            ("coercion", "1", "economic and political coercion, 0 to 1"),
            ("episode", "1", "1 while an episode of coercion runs"),
            ("outbreak", "1", "1 where an episode of coercion broke out in the year"),
            ("concession", "1", "1 while a concession to a coercer stands"),
            ("conceded", "1", "1 where a coercer won a concession in the year"),
            ("salience", "1", "remembered incidents and coercion"),
            ("reassurance", "1", "engagement offered to the slighted partner, 0 to 1"),
            ("security_aid", "USD m", "security aid received in the year"),
            ("economic_aid", "USD m", "economic aid and official finance received in the year"),
            ("provocation", "1", "provocation of rivals by arms given, 0 to 1"),
            ("incidents", "count", "incidents at sea in the year"),
        ),
    ),
    (
        (STATE, PARTNER),
        ("choice",),
        (
            ("threat", "1", "threat perceived, 0 to 1"),
            ("leverage", "1", "excess of the state's dependence over the partner's"),
            ("publicity", "1", "how far incidents are aired, 0 to 1"),
            ("bound", "1", "the larger of defence pact and access to bases, 0 to 1"),
            ("forward", "1", "presence of the partner's forces against the usual, 0 to 1"),
        ),
    ),
    (
        (STATE, PARTNER),
        ("choice", "acts"),
        (
            ("steps", "1", "steps up (+) and down (-) with the partner in the year"),
            ("up", "1", "chance of a step up in the year"),
            ("down", "1", "chance of a step down in the year"),
            ("draw", "1", "draw that decided: below the chance of a step up it is one"),
        ),
    ),
    (
        (STATE, PARTNER),
        ("choice", "demand"),
        (
            ("likely", "1", "chance of giving in to the partner's demand"),
            ("accepted", "1", "1 where a partner's demand was given in to"),
            ("refused", "1", "1 where a partner's demand was refused"),
        ),
    ),
    (
        (STATE,),
        ("memory",),
        (
            ("stance", "1", "stance of the government, -1 (China) to 1 (United States)"),
            ("lean", "1", "leaning of the present leader, log-odds of stance"),
            ("capacity", "1", "maritime capacity, 1 = able to police one's own waters"),
            ("resolve", "1", "resolve to resist pressure at sea, 0 to 1"),
            ("gdp", "USD bn", "gross domestic product"),
        ),
    ),
    (
        (STATE,),
        ("choice",),
        (("effort", "1", "own extra investment in capacity, of the ordinary"),),
    ),
    (
        (STATE,),
        ("choice", "stance"),
        (
            ("aim", "1", "stance that the motives aim at, -1 to 1"),
            ("jump", "1", "change of the leader's leaning in the year, log-odds of stance"),
        ),
    ),
    ((STATE,), ("situation",), (("turned", "1", "1 where the leader changed in the year"),)),
    (
        (STATE,),
        ("situation", "outlook"),
        (("turnover", "1", "chance of a change of leader; 0 or 1 where it was observed"),),
    ),
    (
        (STATE,),
        ("at_sea",),
        (
            ("encroachment", "1", "what pressure achieved, 0 to 1"),
            ("safety", "1", "the state's grip on its waters, 0 to 1"),
        ),
    ),
    ((), ("memory",), (("rivalry", "1", "great-power rivalry, 0 to 1"),)),
    ((), ("situation",), (("collective", "1", "mean resolve of the claimants last year, 0 to 1"),)),
    ((), ("choice",), (("room", "1", "room to hedge: how far motives may differ unresolved"),)),
)

VARIABLES = {
    name: Variable(dims, (*path, name), unit, meaning)
    for dims, path, rows in _ROWS
    for name, unit, meaning in rows
}
FOR_OUTCOMES = (
    "security_tie",
    "economic_tie",
    "stance",
    "steps",
    "conceded",
    "trust",
    "dependence",
    "pressure",
    "incidents",
    "capacity",
    "resolve",
    "encroachment",
    "safety",
    "rivalry",
)


@dataclass(frozen=True)
class TermGroup:
    """A sum of named terms that a history keeps.

    dims : of one term after (run,) year. path : of attributes in a passed year to the mapping of terms.
    names : every term that any theory has, in order. axis : name of the dimension over terms. meaning : what they sum to.
    """

    dims: tuple[str, ...]
    path: tuple[str, ...]
    names: tuple[str, ...]
    axis: str
    meaning: str

    def of(self, passed: Any) -> Mapping[str, Any]:
        """The terms of a passed year, by name."""
        terms: Mapping[str, Any] = reduce(getattr, self.path, passed)
        return terms


RIVAL_TERMS = ("affinity", "trust", "trade", "threat", "contest", "closeness", "risk")
TERM_GROUPS = {
    "opinion_term": TermGroup(
        (STATE, PARTNER),
        ("choice", "opinion", "terms"),
        (
            *("return", "credibility", "aid", "exchange", "incidents", "episode", "coercion"),
            *("legitimacy", "luck", "bounds"),
        ),
        "opinion_motive",
        "sum to the change of trust",
    ),
    "stance_term": TermGroup(
        (STATE,),
        ("choice", "stance", "terms"),
        (*stance.TERMS, *RIVAL_TERMS),
        "stance_motive",
        "sum to room times the log-odds (atanh) of the stance aimed at",
    ),
    "act_term": TermGroup(
        (STATE, PARTNER),
        ("choice", "acts", "terms"),
        acts.TERMS,
        "act_motive",
        "sum to the score of steps with the partner, log-odds",
    ),
    "act_ground": TermGroup(
        (STATE, PARTNER),
        ("choice", "acts", "ground"),
        acts.GROUND,
        "act_ground_motive",
        "sum, with the score, to the log-odds of a step up against none",
    ),
    "demand_term": TermGroup(
        (STATE, PARTNER),
        ("choice", "demand", "terms"),
        ("stance", "protection", "leverage", "autonomy"),
        "demand_motive",
        "sum to the log-odds of giving in to a full demand",
    ),
    "arms_term": TermGroup(
        (STATE, PARTNER),
        ("choice", "stocks", "arms_terms"),
        ("stance", "offers", "agreements"),
        "arms_motive",
        "sum to the log of what multiplies the first share of arms",
    ),
    "economic_term": TermGroup(
        (STATE, PARTNER),
        ("choice", "stocks", "economic_terms"),
        ("market", "offers", "agreements", "coercion"),
        "economic_motive",
        "sum to the log of what multiplies the first economic tie",
    ),
}
