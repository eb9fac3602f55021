"""Fingerprint of the model that wrote a store: a few letters for each file that can change its numbers.

Of code what it says counts, not how it is written down: comments, docstrings and layout may change. Of data every byte counts.
Versions of the libraries are not looked at; they may change the last digits.
"""

from __future__ import annotations

import ast
import hashlib
from collections.abc import Iterator, Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

from sim.provenance import ROOT

# What is read or imported to run and reduce a block (a test looks that nothing is missing here).
PARTS = (
    *("axes.py", "config", "theories", "rules", "world", "engines", "outcomes"),
    *("ensemble/block_runs.py", "ensemble/summary.py"),
)
SUFFIXES = (".py", ".csv", ".yaml")


@lru_cache(maxsize=1)
def fingerprint() -> dict[str, str]:
    """Return for each file that can change a run eight letters that change when what it says does."""
    return {
        path.relative_to(ROOT).as_posix(): content_letters(path) for path in fingerprinted_files()
    }


def fingerprinted_files() -> Iterator[Path]:
    """Yield the files that can change the numbers of a run."""
    for part in PARTS:
        top = ROOT / "sim" / part
        for path in sorted(top.rglob("*")) if top.is_dir() else [top]:
            if path.suffix in SUFFIXES and path.is_file():
                yield path


def content_letters(path: Path) -> str:
    """Return eight letters for what a file says."""
    content = path.read_bytes()
    if path.suffix == ".py":
        content = repr(_normalised_tree(ast.parse(content))).encode()
    return hashlib.blake2b(content, digest_size=4).hexdigest()


def _normalised_tree(node: Any) -> Any:
    """A syntax tree without places, docstrings and what one version of Python alone adds."""
    if isinstance(node, list):
        return [_normalised_tree(each) for each in node if not _is_text(each)]
    if not isinstance(node, ast.AST):
        return node
    fields = [(name, _normalised_tree(value)) for name, value in ast.iter_fields(node)]
    return type(node).__name__, [pair for pair in fields if pair[1] not in (None, [])]


def _is_text(node: Any) -> bool:
    """Whether a statement is a text that does nothing, as a docstring is."""
    result = isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
    return result and isinstance(node.value.value, str)


def changed_files(old: Mapping[str, str], now: Mapping[str, str]) -> list[str]:
    """Name the files that differ, are gone or are new."""
    return [name for name in sorted({*old, *now}) if old.get(name) != now.get(name)]
