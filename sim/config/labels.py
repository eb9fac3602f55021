"""What a setting is called in a sentence or on a chart."""

from __future__ import annotations

OWNERS = {"japan": "Japan's", "china": "China's", "united_states": "US"}
ACRONYMS = {"osa": "OSA", "oda": "ODA"}
TERMS = {"gray_zone": "gray-zone pressure"}  # where the field says more than the setting's name


def setting_label(name: str) -> str:
    """Say a dotted setting, or a group of named choices, in few words.

    >>> said("policy.china.gray_zone"), said("rules.security.trust"), said("policy/japan")
    ("China's gray-zone pressure", 'security: trust', "Japan's policy")
    >>> said("theory"), said("policy.japan.osa_budget"), said("scenario.rivalry")
    ('theory', "Japan's OSA budget", 'rivalry')
    """
    top, _, rest = name.replace("/", ".").partition(".")
    if rest in OWNERS:
        return f"{OWNERS[rest]} {top}"
    group, _, last = (rest or top).rpartition(".")
    words = value_label(last)
    if group in OWNERS:
        return f"{OWNERS[group]} {words}"
    return f"{group.replace('_', ' ')}: {words}" if group else words


def value_label(last: str) -> str:
    """The last part of a setting's name, in words.

    >>> worded("osa_budget"), worded("gray_zone")
    ('OSA budget', 'gray-zone pressure')
    """
    return TERMS.get(last, " ".join(ACRONYMS.get(word, word) for word in last.split("_")))
