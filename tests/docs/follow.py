"""Follow a page word by word, in a folder: `python -m tests.docs.follow PAGE ...` follows some in the tree it is started in.

Commands run in this process through the experiments' own `main`, in miniature. Pages that change the tree itself (data, rules)
are followed in a copy of it, their changes first, since a process reads its code and rosters once.
"""

from __future__ import annotations

import contextlib
import importlib
import importlib.util
import io
import re
import subprocess
import sys
import traceback
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any
from unittest import mock

from tests.docs.miniature import COMPOSED, is_huge, reason_not_to_try, small
from tests.docs.reading import ROOT, Step, steps, unquoted_braces

IN_THE_TREE = re.compile(r"^(sim|conf|tests|docs|experiments)/")


def changes_the_tree(page: Path) -> bool:
    """Whether a page tells its reader to change the tree itself, so that a copy is needed."""
    return any(_is_change(one) for one in steps(page))


def _is_change(one: Step) -> bool:
    return one.what == "patch" or bool(IN_THE_TREE.match(one.target))


def follow(page: Path, root: Path = ROOT) -> list[str]:
    """Do all that a page says, in the current folder; return what went wrong, a line each."""
    names: dict[str, Any] = {}
    _RUN.clear()
    _RUN.update(dict.fromkeys(ENOUGH, 1000) if page.name in REPEATS else {})
    _ONCE.clear()
    _ONCE.update(() if any(one.what == "python" for one in steps(page)) else UNREAD)
    told = [_tried(one, page, root, names) for one in steps(page)]
    return [text for text in told if text]


def follow_in_a_copy(pages: Sequence[Path], root: Path) -> list[str]:
    """Make all changes that pages tell of, then do what else they say; return what went wrong."""
    changes = [(page, one) for page in pages for one in steps(page) if _is_change(one)]
    wrong = [_tried(one, page, root, {}) for page, one in changes]
    for page in pages:
        names: dict[str, Any] = {}
        wrong += [_tried(one, page, root, names) for one in steps(page) if not _is_change(one)]
    return [text for text in wrong if text]


def _tried(one: Step, page: Path, root: Path, names: dict[str, Any]) -> str:
    """What went wrong with one step, blank where nothing did."""
    said = io.StringIO()
    try:
        with contextlib.redirect_stdout(said), contextlib.redirect_stderr(said):
            status = _do(one, root, names)
    except Exception:
        status = 1
        said.write(traceback.format_exc())
    return (
        f"{page.name}:{one.line}: {one.text.strip()}\n{said.getvalue()[-1500:]}" if status else ""
    )


def _do(one: Step, root: Path, names: dict[str, Any]) -> int:
    if one.what == "command":
        return _type(one, root)
    if one.what == "python":
        exec(compile(one.text, "<page>", "exec"), names)
        return 0
    if one.what == "patch":
        return _apply(one.text)
    path = Path(one.target)
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("a" if one.what == "append" else "w", encoding="utf-8", newline="\n") as file:
        file.write(one.text)
    return 0


def _apply(text: str) -> int:
    command = ["git", "apply", "--recount", "--unidiff-zero", "-C1", "-"]
    done = subprocess.run(command, input=text, capture_output=True, text=True)
    print(done.stderr)
    return done.returncode


def _type(one: Step, root: Path) -> int:
    if reason_not_to_try(one.text):
        return 0
    if unquoted_braces(one.text):
        print("a shell takes these braces apart: quote them")
        return 1
    first, *rest = one.words
    if first not in ("python", "python3", "straits") or not rest:
        print("neither run nor listed in tests/docs/miniature.py with a reason")
        return 1
    if first == "straits":
        path = root / "experiments" / f"{rest[0]}.py"
        if not path.is_file():
            return int(importlib.import_module("sim.cli.straits").main(rest))
        return _experiment(path, rest[1:])
    if rest[0] == "-m":
        return int(importlib.import_module(rest[1]).main(rest[2:]))
    return _experiment(root / rest[0], rest[1:])


def _experiment(path: Path, argv: list[str]) -> int:
    spec = importlib.util.spec_from_file_location(f"tried_{path.stem}", path)
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    said = (path.stem, *argv)
    if path.stem in COMPOSED or _enough(path.stem, argv) or is_huge(argv) or _done(said):
        return (
            0
            if ("composed", *said) in _DONE
            else _noted(("composed", *said), _composed(module, argv))
        )
    with _undone() if "-m" in argv else contextlib.nullcontext():
        return _noted(said, int(module.main(small(path.stem, argv))))


def _done(said: tuple[str, ...]) -> bool:
    """Whether another page said the very same, and no later step of this one reads what it writes."""
    return said in _DONE and said[0] in _ONCE and not any(word.startswith("out=") for word in said)


def _noted(said: tuple[str, ...], status: int) -> int:
    """Remember what went well, so that the very same words are not tried on every page that has them."""
    if status == 0:
        _DONE.add(said)
    return status


def _composed(module: Any, argv: list[str]) -> int:
    """Read, compose and validate a command line, and leave it at that."""
    with _undone():
        return int(module.main(argv))


def _undone() -> Any:
    """Let commands be composed and validated, and what they ask left undone."""
    return mock.patch("sim.cli.straits.do", lambda one, job: {})


def _enough(name: str, argv: list[str]) -> bool:
    """Whether the page ran the like often enough, and names no folder for this: then it is only composed."""
    _RUN[name] += 1
    if _RUN[name] > 1000:
        return True
    return _RUN[name] > ENOUGH.get(name, 1000) and not any(a.startswith("out=") for a in argv)


ENOUGH = {"run": 2, "compare": 1, "why": 2, "sweep": 8, "difference": 8, "replay": 8}
REPEATS = (
    "gallery.md",
    "first_hour.md",
)  # commands of other pages, and of tests/docs/test_gallery.py
UNREAD = (
    "run",
    "compare",
    "why",
    "landscape",
    "bargaining",
)  # whose results no other command reads
_RUN: Counter[str] = Counter()
_DONE: set[tuple[str, ...]] = set()
_ONCE: set[str] = set()


if __name__ == "__main__":
    problems = follow_in_a_copy([Path(text) for text in sys.argv[1:]], Path.cwd())
    print("\n".join(problems))
    sys.exit(bool(problems))
