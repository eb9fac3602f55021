"""Labels of settings and of motives, as sentences, tables and charts give them: one word for each motive, wherever it is read."""

from __future__ import annotations

OWNERS = {"japan": "Japan's", "china": "China's", "united_states": "US"}
ACRONYMS = {"osa": "OSA", "oda": "ODA"}
SETTING_LABELS = {"gray_zone": "gray-zone pressure"}  # where the field says more than the name
TERM_LABELS = {  # where the field's word is not the term's own name
    "return": "return to the usual",
    "exchange": "exchanges and visits",
    "incidents": "incidents at sea",
    "episode": "episodes of coercion",
    "luck": "chance",
    "bounds": "the ends of the scale",
    "entrapment": "fear of entrapment",
    "opinion": "public opinion",
    "offers": "aid beyond the usual",
    "values": "pressure on values",
    "leader": "the leader's leaning",
    "disposition": "inherited disposition",
    "room": "room to hedge",
    "partner": "the partner's usual activity",
    "size": "size of the economy",
    "counterpressure": "pressure by rivals",
    "gap": "rungs left to climb",
    "compensation": "recent steps with rivals",
    "turnover": "a new leader",
    "rivalry": "great-power rivalry",
    "market": "growth of the market",
    "bond": "pact or access",
    "use": "use of pact or access",
    "presence": "presence of forces",
    "climbs": "rungs climbed or lost",
    "renewal": "renewal of agreements",
    "fading": "fading of agreements",
    "crowding": "crowding of ties",
    "economic": "economic ties",
    "demand": "weight of the demand",
}
OF_GROUP = {  # (group, term), where one group means something else by a name
    ("stance", "legitimacy"): "political affinity",
    ("stance", "neighbours"): "the neighbours' stance",
    ("opinion", "legitimacy"): "blows to legitimacy",
    ("act", "neighbours"): "the neighbours' steps",
    ("act", "stance"): "stance of the government",
    ("demand", "stance"): "stance of the government",
    ("arms", "stance"): "stance of the government",
}
SINGULAR = {"acts": "act"}  # group of settings -> group of terms


def term_label(term: str, group: str = "") -> str:
    """Label of a motive, as the glossary explains it.

    Parameters
    ----------
    term : its name in `sim.engines.variables.TERM_GROUPS`, or in the reading of ties.
    group : opinion, stance, act, demand, arms, economic or structure.

    >>> term_label("offers"), term_label("legitimacy", "opinion"), term_label("protection", "stance")
    ('aid beyond the usual', 'blows to legitimacy', 'protection')
    """
    return OF_GROUP.get((group, term)) or TERM_LABELS.get(term, term)


def setting_label(name: str) -> str:
    """Label of a dotted setting, or of a group of named choices.

    >>> setting_label("policy.china.gray_zone"), setting_label("rules.stance.offers")
    ("China's gray-zone pressure", 'stance: aid beyond the usual')
    >>> setting_label("theory"), setting_label("policy.japan.osa_budget"), setting_label("scenario.rivalry")
    ('theory', "Japan's OSA budget", 'rivalry')
    """
    top, _, rest = name.replace("/", ".").partition(".")
    if rest in OWNERS:
        return f"{OWNERS[rest]} {top}"
    group, _, last = (rest or top).rpartition(".")
    if top == "rules":
        return f"{group.replace('_', ' ')}: {_rule_label(last, group)}"
    words = value_label(last)
    if group in OWNERS:
        return f"{OWNERS[group]} {words}"
    return f"{group.replace('_', ' ')}: {words}" if group else words


def _rule_label(last: str, group: str) -> str:
    """A weight is called as the motive it weighs; any other number as its name reads."""
    group = SINGULAR.get(group, group)
    motive = group in ("opinion", "stance", "act", "demand")
    return value_label(term_label(last, group)) if motive else value_label(last)


def value_label(last: str) -> str:
    """Label of the last part of a setting's name.

    >>> value_label("osa_budget"), value_label("gray_zone")
    ('OSA budget', 'gray-zone pressure')
    """
    return SETTING_LABELS.get(last, " ".join(ACRONYMS.get(word, word) for word in last.split("_")))
