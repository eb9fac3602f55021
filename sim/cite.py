"""The bibliography of a run: what its rules, its theory, its data and its tools stand on.

`references.bib` holds every work once. Its `keywords` say when it is in use (`rules`, `data`,
`method`, `theory:NAME`, or `analysis`, cited where it is done); its `note` says whether its data were seen or are unverified.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path
from typing import Protocol

from sim.errors import UserError, nearest

BIBLIOGRAPHY = Path(__file__).with_name("references.bib")
ALWAYS = {"rules", "data", "method"}
ENTRY = re.compile(r"^@(\w+)\{([\w-]+),\n(.*?)^\}$", re.MULTILINE | re.DOTALL)
FIELD = re.compile(r"^\s*(\w+)\s*=\s*\{(.*)\},?$", re.MULTILINE)


class HasTheory(Protocol):
    """Settings, as far as a bibliography cares."""

    @property
    def theory(self) -> str:
        """Name of the theory."""


@lru_cache(maxsize=1)
def entries() -> dict[str, dict[str, str]]:
    """Return every work by its key: the fields of its entry, and the entry itself as `text`."""
    text = BIBLIOGRAPHY.read_text(encoding="utf-8")
    return {
        match[2]: dict(FIELD.findall(match[3])) | {"text": match[0]}
        for match in ENTRY.finditer(text)
    }


def references(settings: HasTheory) -> list[str]:
    """Return the keys of the works in use, in the order of the bibliography.

    >>> class Commerce: theory = "commerce"
    >>> "Gartzke2007" in references(Commerce()), "Waltz1979" in references(Commerce())
    (True, False)
    """
    drawn = settings.theory == "stacked"  # any of them
    used = ALWAYS | {f"theory:{settings.theory}"}
    return [
        key
        for key, entry in entries().items()
        for words in [set(entry["keywords"].split(", "))]
        if used & words or (drawn and any(word.startswith("theory:") for word in words))
    ]


def bibtex(keys: Iterable[str]) -> str:
    """Return the entries of some works as BibTeX.

    Raises
    ------
    UserError : a key that is not in the bibliography.
    """
    known = entries()
    for key in keys:
        if key not in known:
            raise UserError(
                given=f"{key} is not in the bibliography",
                allowed=nearest(key, known),
                where="in sim/references.bib",
            )
    return "\n\n".join(known[key]["text"] for key in keys) + "\n"
