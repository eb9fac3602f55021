"""The words of a question on the command line: from=, to= and years=, and an against= that needs no quotes."""

from __future__ import annotations

from collections.abc import Sequence

QUOTES = ("'", '"')
SHORT = {"from": "since", "to": "until"}


def as_asked(argv: Sequence[str]) -> list[str]:
    """Read from=A to=B, or years=[A,B], as a span and years=A as a year, and quote what against holds.

    >>> as_asked(["from=2024", "years.last=2035", "against=policy/japan=none"])
    ['since=2024', 'years.last=2035', "against='policy/japan=none'"]
    >>> as_asked(["years=[2024,2030]"]), as_asked(["years=2031"])
    (['since=2024', 'until=2030'], ['year=2031'])
    """
    return [word for text in argv for word in _as_asked(text)]


def _as_asked(text: str) -> list[str]:
    name, _, value = text.partition("=")
    if name in SHORT:
        return [f"{SHORT[name]}={value}"]
    if name == "years":
        ends = split_at_commas(value.strip("[]"))
        return [f"since={ends[0]}", f"until={ends[1]}"] if len(ends) == 2 else [f"year={value}"]
    if name != "against" or "=" not in value or value.startswith(QUOTES):
        return [text]
    if value.startswith("[") and value.endswith("]"):
        return [f"against=[{','.join(map(_quoted_text, split_at_commas(value[1:-1])))}]"]
    return [f"against={_quoted_text(value)}"]


def split_at_commas(text: str) -> list[str]:
    """Part a text at its commas, but for those inside brackets.

    >>> split_at_commas("policy/japan=none,states=[PHL,VNM]")
    ['policy/japan=none', 'states=[PHL,VNM]']
    """
    result, depth = [""], 0
    for letter in text:
        depth += (letter in "[{(") - (letter in "]})")
        if letter == "," and depth == 0:
            result.append("")
        else:
            result[-1] += letter
    return [piece.strip() for piece in result if piece.strip()]


def _quoted_text(text: str) -> str:
    return text if text.startswith(QUOTES) else "'" + text.replace("'", "\\'") + "'"
