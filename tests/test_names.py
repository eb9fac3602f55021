"""Names say what is returned or done. Both limits only go down; the second towards 0.5 %."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import sim

ONE_WORD = 0.45  # of the functions' names: FaIR 0.17, EMA Workbench 0.24, Mesa 0.28
VAGUE = 0.0335  # of the assigned names
VAGUE_NAMES = frozenset({"found", "told", "place", "one"})


def _nodes() -> Iterator[ast.AST]:
    for path in Path(sim.__file__).parent.rglob("*.py"):
        yield from ast.walk(ast.parse(path.read_text(encoding="utf-8")))


def test_functions_are_seldom_named_by_a_single_word_and_variables_never_vaguely() -> None:
    functions: list[str] = []
    assigned: list[str] = []
    for node in _nodes():
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            functions += [] if node.name.startswith("__") else [node.name.strip("_")]
        elif isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            assigned.append(node.id)
    one_word = sum("_" not in name for name in functions) / len(functions)
    vague = sum(name in VAGUE_NAMES for name in assigned) / len(assigned)
    assert (one_word <= ONE_WORD, vague <= VAGUE) == (True, True), (
        f"{one_word:.1%} of function names are one word, at most {ONE_WORD:.1%}; "
        f"{vague:.2%} of assigned names are vague, at most {VAGUE:.2%}"
    )
