"""Equations of docstrings, written as in code, shown as mathematics.

A docstring sets an equation off by indenting it, or puts it between double backticks. What reads as arithmetic becomes
LaTeX; what does not (a table, an equation half in words) is shown as it stands.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from typing import Any

WORDS = re.compile(r"\b(over|of|in|with|and|towards|each|where|the|same)\b|[|}:<~]")
SECTION = re.compile(r"^-{3,}\s*$")
INLINE = re.compile(r"``([^`]+)``")
SUM = re.compile(r"(?:\\cdot )?(\\sum_\{\w+\}) \\cdot")  # takes what follows without a sign
SIGNS: dict[type, str] = {
    **{ast.Add: "+", ast.Sub: "-", ast.UAdd: "+", ast.USub: "-"},
    **{ast.Gt: ">", ast.Lt: "<"},
}
LEVEL: dict[type, int] = {ast.Add: 1, ast.Sub: 1, ast.Mult: 2}


class NotMathematics(ValueError):
    """A text that is no equation, or one this page cannot set."""


def to_latex(text: str) -> str:
    r"""Set one equation, or one expression.

    >>> to_latex("threat = power * (1 - w) / n_j")
    '\\text{threat} = \\frac{\\text{power} \\cdot \\left(1 - w\\right)}{n_{j}}'
    """
    if WORDS.search(text):
        raise NotMathematics(text)
    plain = re.sub(r"(?<=\w)'", "_prime", text.strip())
    plain = re.sub(r"(?<=[a-z]{3}) (?=[a-z]{3,}\b(?! ?\())", "__", plain)  # a name of two words
    plain = re.sub(r"(?<=[\w)]) +(?=[\w(])", " * ", plain)
    sides = re.split(r"(?<![<>=!])=(?!=)", plain)
    try:
        latex = " = ".join(_set(ast.parse(side.strip(), mode="eval").body) for side in sides)
    except SyntaxError:
        raise NotMathematics(text) from None
    return SUM.sub(r"\\, \1", latex)


def _set(node: ast.expr) -> str:
    match node:
        case ast.Name():
            return _name(node.id)
        case ast.Constant(value=int() | float()):
            return f"{node.value:g}"
        case ast.UnaryOp(op=ast.USub() | ast.UAdd() as sign):
            return f"{SIGNS[type(sign)]}{_factor(node.operand, 2)}"
        case ast.BinOp(op=ast.Div()):
            return rf"\frac{{{_set(node.left)}}}{{{_set(node.right)}}}"
        case ast.BinOp(op=ast.Pow()):
            return rf"{_factor(node.left, 3)}^{{{_set(node.right)}}}"
        case ast.BinOp(op=ast.Mult()):
            return rf"{_factor(node.left, 2)} \cdot {_factor(node.right, 2)}"
        case ast.BinOp(op=ast.Add() | ast.Sub()):
            right = _factor(node.right, 2) if isinstance(node.op, ast.Sub) else _set(node.right)
            return f"{_set(node.left)} {SIGNS[type(node.op)]} {right}"
        case ast.Compare(ops=[ast.Gt() | ast.Lt() as sign]):
            return f"{_set(node.left)} {SIGNS[type(sign)]} {_set(node.comparators[0])}"
        case ast.Call(keywords=[]):
            inner = ", ".join(map(_set, node.args))
            if isinstance(node.func, ast.Name) and node.func.id == "sqrt":
                return rf"\sqrt{{{inner}}}"
            return rf"{_set(node.func)}\left({inner}\right)"
    raise NotMathematics(ast.dump(node))


def _factor(node: ast.expr, level: int) -> str:
    binary = isinstance(node, ast.BinOp)
    loose = binary and LEVEL.get(type(node.op), 3) < level  # type: ignore[attr-defined]
    return rf"\left({_set(node)}\right)" if loose else _set(node)


def _name(name: str) -> str:
    prime = "'" if name.endswith("_prime") else ""
    first, *below = name.removesuffix("_prime").replace("__", " ").split("_")
    if first == "sum" and below:
        return rf"\sum_{{{below[0]}}}"
    lower = ",".join(_word(part) for part in below) if below else ""
    return _word(first) + prime + (f"_{{{lower}}}" if lower else "")


def _word(word: str) -> str:
    """Set an index of one or two letters in italics, a word upright."""
    return word if len(word) < 3 else rf"\text{{{word}}}"


def equations(block: list[str]) -> list[str]:
    """Return the equations of an indented block, a LaTeX line each.

    Raises
    ------
    NotMathematics : some line is none.
    """
    rows: list[str] = []
    for line in block:
        plain = re.sub(r"\s+(=|[-+*/])\s+", r" \1 ", line.strip())
        if plain[:2] in ("+ ", "- ") and rows:
            rows.append(plain)
        else:
            rows += re.split(r",\s{2,}", plain)
    return [rf"\quad {to_latex(row)}" if row[:2] in ("+ ", "- ") else to_latex(row) for row in rows]


def blocks(lines: list[str]) -> Iterator[tuple[int, int]]:
    """Yield where indented blocks begin and end, down to the first heading; code after ``::`` is none."""
    start, said = None, ""
    for index, line in enumerate([*lines, "end"]):
        if SECTION.match(line):
            return
        indented = line.startswith("    ")
        if start is None and indented and index and not lines[index - 1] and said[-2:] != "::":
            start = index
        elif start is not None and line.strip() and not indented:
            yield start, index
            start = None
        said = line if line.strip() and not indented else said


def show(app: Any, what: str, name: str, found: Any, options: Any, lines: list[str]) -> None:
    """Turn the equations of a docstring into mathematics, in place."""
    for start, end in reversed(list(blocks(lines))):
        block = lines[start:end]
        try:
            body, directive = equations([line for line in block if line.strip()]), ".. math::"
        except NotMathematics:
            body, directive = [line[4:] for line in block], ".. code-block:: text"
        lines[start:end] = [directive, "", *(f"    {line}" for line in body), ""]
    lines[:] = [INLINE.sub(_inline, line) for line in lines]


def _inline(found: re.Match[str]) -> str:
    text = found[1]
    try:
        if not re.search(r" [-+*/] |\w\(", text):
            return found[0]
        return f":math:`{to_latex(text)}`"
    except NotMathematics:
        return found[0]


def setup(app: Any) -> dict[str, bool]:
    """Register with Sphinx, before numpydoc reads the sections."""
    app.connect("autodoc-process-docstring", show, priority=100)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
