"""Printing on terminals that cannot show every letter, such as those of Windows or of LC_ALL=C."""

from __future__ import annotations

import codecs
import sys
import unicodedata

FALLBACKS = {
    **{"−": "-", "–": "-", "—": "-", "‑": "-", "×": "x", "·": "-", "•": "*", "±": "+/-"},
    **{"≥": ">=", "≤": "<=", "≈": "~", "≠": "!=", "°": " deg", "→": "->", "←": "<-", "…": "..."},
    **{"‘": "'", "’": "'", "“": '"', "”": '"', "„": '"', "«": '"', "»": '"', "µ": "u", "ß": "ss"},
    **{"²": "2", "³": "3", "¥": "JPY", "€": "EUR", "£": "GBP", "ø": "o", "Ø": "O", "æ": "ae"},
}
HANDLER = "straits.fallback"


def print_anything() -> None:
    """Let the output and error streams replace what they cannot show, instead of failing on it."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors=HANDLER)


def _fall_back(error: UnicodeError) -> tuple[str, int]:
    """Stand in for letters that an encoding lacks: a likeness where there is one, else a question mark."""
    if not isinstance(error, UnicodeEncodeError):
        raise error
    missing = error.object[error.start : error.end]
    return "".join(_nearest_match(letter, error.encoding) for letter in missing), error.end


def _nearest_match(letter: str, encoding: str) -> str:
    bare = unicodedata.normalize("NFKD", letter)
    plain = "".join(part for part in bare if not unicodedata.combining(part))
    for likeness in (FALLBACKS.get(letter, ""), plain):
        if (
            likeness
            and likeness != letter
            and likeness.encode(encoding, "ignore").decode(encoding) == likeness
        ):
            return likeness
    return "?"


codecs.register_error(HANDLER, _fall_back)
