"""Labels of settings and of the terms of the choice, as sentences, tables and charts give them."""

from __future__ import annotations

OWNERS = {"japan": "Japan's", "china": "China's", "united_states": "US"}
ACRONYMS = {"osa": "OSA", "oda": "ODA"}
SETTING_LABELS = {"gray_zone": "gray-zone pressure"}  # where the field says more than the name
TERM_LABELS = {  # (term, domain), where the field's word is not the term's name
    ("attraction", "security"): "protection",
    ("attraction", "economic"): "market",
    ("room", "security"): "room to hedge",
    ("room", "economic"): "room to hedge",
}


def term_label(term: str, domain: str) -> str:
    """Label of a term of the choice, as the glossary explains it.

    >>> term_label("attraction", "economic"), term_label("trust", "security")
    ('market', 'trust')
    """
    return TERM_LABELS.get((term, domain), term)


def setting_label(name: str) -> str:
    """Label of a dotted setting, or of a group of named choices.

    >>> setting_label("policy.china.gray_zone"), setting_label("rules.security.attraction")
    ("China's gray-zone pressure", 'security: protection')
    >>> setting_label("theory"), setting_label("policy.japan.osa_budget"), setting_label("scenario.rivalry")
    ('theory', "Japan's OSA budget", 'rivalry')
    """
    top, _, rest = name.replace("/", ".").partition(".")
    if rest in OWNERS:
        return f"{OWNERS[rest]} {top}"
    group, _, last = (rest or top).rpartition(".")
    words = value_label(term_label(last, group.rpartition(".")[2]))
    if group in OWNERS:
        return f"{OWNERS[group]} {words}"
    return f"{group.replace('_', ' ')}: {words}" if group else words


def value_label(last: str) -> str:
    """Label of the last part of a setting's name.

    >>> value_label("osa_budget"), value_label("gray_zone")
    ('OSA budget', 'gray-zone pressure')
    """
    return SETTING_LABELS.get(last, " ".join(ACRONYMS.get(word, word) for word in last.split("_")))
