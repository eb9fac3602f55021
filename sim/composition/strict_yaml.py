"""YAML as data: one mapping a file, read so that nothing in it surprises, runs or takes for ever.

A plain word means what it means on the command line (numbers in base ten, true, false, null), so that `010` and `1:30`
stay text. Refused with file and line: tags, a name given twice, names that are no text, tabs, what is not UTF-8, what
refers to itself, and files that are too large, too deep or grow too large once their anchors are filled in.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any, NoReturn

import yaml

from sim.errors import UserError

LARGEST = 2**20  # bytes of a file
DEEPEST = 20  # levels of nesting
MOST = 20_000  # values of a file, those that anchors repeat counted as often as they stand
LONGEST_NUMBER = 400  # digits
INTERPOLATION = re.compile(r"\$\{([A-Za-z]\w*(?:\.\w+)*)\}")
CODE = re.compile(r"_[a-z]+_")  # such as _target_, by which Hydra names code to run
UNPRINTABLE = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\u2028\u2029]")
ONE_MAPPING = "a configuration file is one mapping of names to values, in UTF-8"
TEXT, MERGE = "tag:yaml.org,2002:str", "tag:yaml.org,2002:merge"
PLAIN_WORDS = {
    "bool": (r"true|false", "tTfF"),
    "null": (r"~|null|", "~nN"),
    "int": (r"[+-]?(?:0|[1-9](?:_?[0-9])*)", "+-0123456789"),
    "float": (
        r"[+-]?(?:(?:(?:0|[1-9](?:_?[0-9])*)\.(?:[0-9](?:_?[0-9])*)?|\.[0-9](?:_?[0-9])*)(?:e[+-]?[0-9]+)?"
        r"|(?:0|[1-9](?:_?[0-9])*)e[+-]?[0-9]+|\.?inf|\.?nan)",
        "+-.0123456789iInN",
    ),
    "merge": (r"<<", "<"),
}


def read_yaml(path: Path) -> dict[str, Any]:
    """Read a file of settings into plain dictionaries, lists, texts and numbers; an empty file is an empty mapping.

    Raises
    ------
    UserError : naming file and line, of whatever is not plain data or too much of it.
    """
    return parse_yaml(read_text(path), path)


def read_text(path: Path) -> str:
    """Read a file of at most a mebibyte of UTF-8, with or without a byte order mark.

    Raises
    ------
    UserError : it cannot be read, is no file, too large or not UTF-8.
    """
    try:
        if not path.is_file():
            _raise_user_error(path, 0, "is no file", ONE_MAPPING)
        with path.open("rb") as lines:
            content = lines.read(LARGEST + 1)
    except OSError as error:
        _raise_user_error(path, 0, f"cannot be read ({error.strerror or error})", ONE_MAPPING)
    if len(content) > LARGEST:
        _raise_user_error(
            path, 0, "is too large", f"a file of settings has at most {LARGEST:,} bytes"
        )
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        _raise_user_error(path, content[: error.start].count(b"\n"), "is not UTF-8", ONE_MAPPING)


def parse_yaml(text: str, path: Path) -> dict[str, Any]:
    """Read the text of a file of settings; see `read_yaml`."""
    try:
        loader = _StrictLoader(text)
        loader.path = path
        node = loader.get_single_node()
        if node is None:
            return {}
        if not isinstance(node, yaml.MappingNode):
            _raise_user_error(
                path, node.start_mark.line, "holds a single value or a list", ONE_MAPPING
            )
        _check_node(node, path, {})
        return dict(loader.construct_document(node))
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        problem = " ".join((error.problem or error.context or "").split())
        _raise_user_error(
            path, mark.line if mark else 0, f"cannot be read ({problem})", ONE_MAPPING
        )
    except yaml.reader.ReaderError as error:
        line = text[: error.position].count("\n")
        _raise_user_error(path, line, "holds a control character", ONE_MAPPING)


def _raise_user_error(path: Path, line: int, what: str, allowed: str) -> NoReturn:
    raise UserError(given=f"{path}, line {line + 1}, {what}", allowed=allowed, where="in that file")


def _check_node(node: yaml.Node, path: Path, sizes: dict[int, int]) -> int:
    """Check the names in a node; return its number of values with all anchors filled in (0 marks those under way)."""
    line = node.start_mark.line
    if id(node) in sizes:
        if not sizes[id(node)]:
            _raise_user_error(path, line, "refers to itself", "an anchor may not hold itself")
        return sizes[id(node)]
    sizes[id(node)] = 0
    parts: list[yaml.Node] = []
    if isinstance(node, yaml.MappingNode):
        _check_names([key for key, _ in node.value], path)
        parts = [part for pair in node.value for part in pair]
    elif isinstance(node, yaml.SequenceNode):
        parts = node.value
    size = 1 + sum(_check_node(part, path, sizes) for part in parts)
    if size > MOST:
        _raise_user_error(
            path, line, "holds too much", f"a file may hold {MOST:,} values, anchors filled in"
        )
    sizes[id(node)] = size
    return size


def _check_names(keys: Sequence[yaml.Node], path: Path) -> None:
    seen: set[str] = set()
    for key in keys:
        line, name = key.start_mark.line, str(key.value)
        if key.tag == MERGE:
            name = "<<"
        elif key.tag != TEXT or not isinstance(key, yaml.ScalarNode):
            shown = name if isinstance(key, yaml.ScalarNode) else "a list or mapping"
            _raise_user_error(path, line, f"has {shown} for a name", "names are text: quote them")
        if CODE.fullmatch(name):
            allowed = "configuration is data: only settings may be given"
            _raise_user_error(path, line, f"holds {name}, which names code to run", allowed)
        if name in seen:
            _raise_user_error(path, line, f"gives {name} twice", "a name is given once")
        seen.add(name)


class _StrictLoader(yaml.SafeLoader):
    """YAML's safe loader with the command line's plain words, bounded while it reads."""

    yaml_implicit_resolvers: dict[str, Any] = {}
    path: Path
    depth = 0
    values = 0

    def compose_node(self, parent: Any, index: Any) -> Any:
        event = self.peek_event()  # type: ignore[no-untyped-call]
        line = event.start_mark.line
        self.depth, self.values = self.depth + 1, self.values + 1
        if self.depth > DEEPEST:
            _raise_user_error(
                self.path, line, "is nested too deep", f"at most {DEEPEST} levels are read"
            )
        if self.values > MOST:
            _raise_user_error(self.path, line, "holds too much", f"a file may hold {MOST:,} values")
        if getattr(event, "tag", None) is not None:
            allowed = "configuration is data: no tags are read"
            _raise_user_error(self.path, line, f"has the tag {event.tag}", allowed)
        node = super().compose_node(parent, index)  # type: ignore[no-untyped-call]
        self.depth -= 1
        return node

    def construct_scalar(self, node: Any) -> Any:
        value, line = super().construct_scalar(node), node.start_mark.line
        if "${" in value and not INTERPOLATION.fullmatch(value):
            allowed = "a value may be ${NAME} of another setting; nothing else is looked up"
            _raise_user_error(self.path, line, f"holds {value[:80]!r}", allowed)
        if UNPRINTABLE.search(value):
            _raise_user_error(self.path, line, "holds a control character", ONE_MAPPING)
        if node.tag != TEXT and len(value) > LONGEST_NUMBER:
            allowed = f"a number has at most {LONGEST_NUMBER} digits"
            _raise_user_error(self.path, line, f"holds a number of {len(value):,}", allowed)
        return value


def _as_written(kind: str) -> Any:
    """Convert a plain word as Python reads it: base ten alone, and .inf as inf."""
    convert = int if kind == "int" else float

    def constructor(loader: _StrictLoader, node: yaml.Node) -> int | float:
        text = loader.construct_scalar(node).lower()
        return convert(re.sub(r"\.(inf|nan)$", r"\1", text))

    return constructor


for _kind, (_pattern, _first) in PLAIN_WORDS.items():
    _StrictLoader.add_implicit_resolver(
        f"tag:yaml.org,2002:{_kind}",
        re.compile(f"(?:{_pattern})$", re.IGNORECASE),
        [*_first, ""] if _kind == "null" else list(_first),
    )
for _kind in ("int", "float"):
    _StrictLoader.add_constructor(f"tag:yaml.org,2002:{_kind}", _as_written(_kind))
