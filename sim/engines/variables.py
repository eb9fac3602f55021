"""The variables of a history: for each its dimensions, where in a passed year it is found, its unit and meaning."""

from __future__ import annotations

from dataclasses import dataclass
from functools import reduce
from typing import Any

from sim.axes import DOMAINS, OPTION, PARTNER, STATE


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


def _declared_variables() -> dict[str, Variable]:
    result = {}
    for dims, part, rows in _ROWS:
        for name, unit, meaning in rows:
            result[name] = Variable(dims, (part, name), unit, meaning)
    for domain in DOMAINS:
        for name, meaning in (("tie", "shares of partners and self"), ("target", "aimed at")):
            path = ("choice", domain, name)
            result[f"{domain}_{name}"] = Variable(
                (STATE, OPTION), path, "1", f"{domain} ties, {meaning}"
            )
    room = ("choice", "security", "room")
    result["room"] = Variable((), room, "1", "room to hedge: spread of the logit choice")
    return result


_ROWS = (
    (
        (STATE, PARTNER),
        "memory",
        (
            ("trust", "1", "trust of the state in the partner, 0 to 1"),
            ("dependence", "1", "partner's share of the state's goods trade"),
            ("pressure", "1", "gray-zone pressure at sea, 0 to 1"),
            ("coercion", "1", "economic and political coercion, 0 to 1"),
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
        "choice",
        (
            ("threat", "1", "threat perceived, 0 to 1"),
            ("leverage", "1", "excess of the state's dependence over the partner's"),
        ),
    ),
    (
        (STATE,),
        "memory",
        (
            ("capacity", "1", "maritime capacity, 1 = able to police one's own waters"),
            ("resolve", "1", "resolve to resist pressure at sea, 0 to 1"),
            ("lean", "1", "government's leaning, -1 (China) to 1 (United States)"),
            ("gdp", "USD bn", "gross domestic product"),
        ),
    ),
    ((STATE,), "choice", (("effort", "1", "own extra investment in capacity, of the ordinary"),)),
    (
        (STATE,),
        "at_sea",
        (
            ("encroachment", "1", "what pressure achieved, 0 to 1"),
            ("safety", "1", "the state's grip on its waters, 0 to 1"),
        ),
    ),
    ((), "memory", (("rivalry", "1", "great-power rivalry, 0 to 1"),)),
    ((), "situation", (("collective", "1", "mean resolve of the claimants last year, 0 to 1"),)),
)

VARIABLES = _declared_variables()
FOR_OUTCOMES = (
    "security_tie",
    "economic_tie",
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
