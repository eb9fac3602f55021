"""What a setting is called in a sentence or on a chart."""

from __future__ import annotations

OWNERS = {"japan": "Japan's", "china": "China's", "united_states": "US"}
ACRONYMS = {"osa": "OSA", "oda": "ODA"}


def said(name: str) -> str:
    """Say a dotted setting, or a group of named choices, in few words.

    >>> said("policy.china.gray_zone"), said("rules.security.trust"), said("policy/japan")
    ("China's gray zone", 'security: trust', "Japan's policy")
    >>> said("theory"), said("policy.japan.osa_budget"), said("scenario.rivalry")
    ('theory', "Japan's OSA budget", 'rivalry')
    """
    top, _, rest = name.replace("/", ".").partition(".")
    if rest in OWNERS:
        return f"{OWNERS[rest]} {top}"
    group, _, last = (rest or top).rpartition(".")
    words = " ".join(ACRONYMS.get(word, word) for word in last.split("_"))
    if group in OWNERS:
        return f"{OWNERS[group]} {words}"
    return f"{group.replace('_', ' ')}: {words}" if group else words
