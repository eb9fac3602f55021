"""What a page asks its reader to do: files to write, changes to make, commands to type, in order.

A fenced block says by its first line what it is: ```bash is typed; ```yaml FILE is written to FILE; ```csv >> FILE is added to
the end of FILE; ```diff is applied; ```python is run. A line of an unnamed block, or a word in `backticks`, counts where it
reads like a command.
"""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
FENCE = re.compile(r"^\s*```\s*(\S*)\s*(.*?)\s*$")
SPAN = re.compile(r"`((?:python3? (?:experiments/|-m )|straits )[^`]+)`")
COMMAND = re.compile(r"^\s*(python3?|py|straits|uv|\.venv\S+|git|pip|make|cd|source|dask) ")
SHELLS = ("bash", "sh", "shell", "console")
BRACES = re.compile(r"(?<!\\)\{[^}']*[,.][^}']*\}")


@dataclass(frozen=True)
class Step:
    """One thing to do. what: command, write, append, patch or python. target : the file, where there is one."""

    what: str
    text: str
    line: int
    target: str = ""

    @property
    def words(self) -> list[str]:
        """The words of a command, as a shell parts them."""
        return shlex.split(self.text, comments=True)


def pages(root: Path = ROOT) -> list[Path]:
    """Every page whose commands are tried."""
    return [root / "README.md", root / "experiments/README.md", *sorted(root.glob("docs/**/*.md"))]


def steps(page: Path) -> list[Step]:
    """Read a page."""
    return list(_steps(page.read_text(encoding="utf-8").splitlines()))


def _steps(lines: list[str]) -> Iterator[Step]:
    inside: tuple[str, str, int] | None = None
    block: list[str] = []
    for number, line in enumerate(lines, start=1):
        fence = FENCE.match(line)
        if fence and inside is None:
            inside, block = (fence[1], fence[2], number), []
        elif fence and inside:
            yield from _of_block(*inside, block)
            inside = None
        elif inside:
            block.append(line)
        else:
            yield from (Step("command", text, number) for text in SPAN.findall(line))


def _of_block(language: str, rest: str, number: int, block: list[str]) -> Iterator[Step]:
    text = "\n".join(block) + "\n"
    if language in ("", *SHELLS):
        yield from _typed(block, number, every=language in SHELLS)
    elif rest.startswith(">>"):
        yield Step("append", text, number, rest.removeprefix(">>").strip())
    elif language == "diff":
        yield Step("patch", text, number)
    elif rest:
        yield Step("write", text, number, rest)
    elif language == "python":
        yield Step("python", text, number)


def _typed(block: list[str], number: int, *, every: bool) -> Iterator[Step]:
    joined = ""
    for place, line in enumerate(block, start=1):
        joined += line.removesuffix("\\")
        if line.endswith("\\"):
            continue
        told = joined.strip()
        if told and not told.startswith("#") and (every or COMMAND.match(told)):
            yield Step("command", told, number + place)
        joined = ""


def unquoted_braces(text: str) -> bool:
    """Whether a shell would take a command's braces apart."""
    return bool(BRACES.search(re.sub(r"'[^']*'|\"[^\"]*\"", "", text)))
