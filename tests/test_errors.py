"""A message says what was given, what is allowed, and where to change it: a place, or a sentence of its own."""

from __future__ import annotations

import ast
import pickle
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from sim.errors import UserError

ROOT = Path(__file__).resolve().parents[1]
FILES = sorted([*ROOT.glob("sim/**/*.py"), *ROOT.glob("experiments/*.py")])
PLACES = re.compile(
    r"^(on the command line|in the |in (conf|sim|docs|tests|notebooks)/|under conf/|with --|with -m|in \{\})"
)
SENTENCE = re.compile(r"^[A-Z`{].*[.?]$", re.DOTALL)
FIELDS = ("where", "hint")


def texts(node: ast.expr, known: dict[str, ast.expr]) -> Iterator[str]:
    """Every text that an expression may stand for, {} for what is filled in; none for what is handed on."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield node.value
    elif isinstance(node, ast.JoinedStr):
        parts = []
        for part in node.values:
            inner = part.value if isinstance(part, ast.FormattedValue) else part
            found = list(texts(inner, known))
            parts.append(found[0] if len(found) == 1 else "{}")
        yield "".join(parts)
    elif isinstance(node, ast.BinOp):
        first, second = ([*texts(side, known)] or ["{}"] for side in (node.left, node.right))
        yield first[0] + second[0]
    elif isinstance(node, ast.IfExp):
        yield from texts(node.body, known)
        yield from texts(node.orelse, known)
    elif isinstance(node, ast.Name) and node.id in known:
        yield from texts(known[node.id], known)


def constants() -> dict[str, dict[str, ast.expr]]:
    """The upper-case names of every module, its own and those it imports from others of the package."""
    trees = {path: ast.parse(path.read_text(encoding="utf-8")) for path in FILES}
    own = {}
    for path, tree in trees.items():
        module = ".".join(path.relative_to(ROOT).with_suffix("").parts)
        own[module] = {
            target.id: node.value
            for node in tree.body
            if isinstance(node, ast.Assign)
            for target in node.targets
            if isinstance(target, ast.Name)
        }
    for path, tree in trees.items():
        module = ".".join(path.relative_to(ROOT).with_suffix("").parts)
        for node in ast.walk(tree):
            if isinstance(node, ast.ImportFrom) and node.module in own:
                for name in node.names:
                    if name.name in own[node.module]:
                        own[module].setdefault(
                            name.asname or name.name, own[node.module][name.name]
                        )
    return own


def told() -> Iterator[tuple[str, str, str]]:
    """Every text given for `where` or `hint`: by keyword, in a variable of that name, or to a helper that hands it on."""
    known = constants()
    text_of = {path: path.read_text(encoding="utf-8") for path in FILES}
    for path in FILES:
        module = ".".join(path.relative_to(ROOT).with_suffix("").parts)
        tree = ast.parse(text_of[path])
        helpers = {
            node.name: [argument.arg for argument in node.args.args]
            for node in ast.walk(tree)
            if isinstance(node, ast.FunctionDef) and "given" in {a.arg for a in node.args.args}
        }
        for node in ast.walk(tree):
            found = []
            if isinstance(node, ast.Call):
                found = [(one.arg, one.value) for one in node.keywords]
                name = getattr(node.func, "id", "")
                found += list(zip(helpers.get(name, ()), node.args, strict=False))
            elif isinstance(node, ast.Assign) and "UserError(" in text_of[path]:
                found = [(getattr(node.targets[0], "id", ""), node.value)]
            for field, value in found:
                if field in FIELDS and not (isinstance(node, ast.Call) and _of_plotting(node)):
                    for text in texts(value, known[module]):
                        yield f"{path.relative_to(ROOT)}:{node.lineno}", field, text


def _of_plotting(node: ast.Call) -> bool:
    return getattr(node.func, "attr", "") in ("step", "fill_between")


def test_a_place_is_a_place_and_a_hint_a_sentence():
    seen = list(told())
    wrong = [
        one
        for one in seen
        if (one[1] == "where" and not PLACES.match(one[2]))
        or (one[1] == "hint" and not SENTENCE.match(one[2]))
    ]
    assert len(seen) > 150 and not wrong, "\n".join(map(str, wrong))


def test_every_mistake_says_where_or_what_to_do():
    for path in FILES:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "UserError":
                names = {one.arg for one in node.keywords}
                assert {"given", "allowed"} <= names and names & set(FIELDS), (path, node.lineno)


@pytest.mark.parametrize(
    ("more", "end"),
    [
        ({"where": "in conf/x.yaml"}, "b. Change it in conf/x.yaml."),
        ({"hint": "Run it again."}, "b. Run it again."),
        ({"where": "in conf/x.yaml", "hint": "Or not."}, "Change it in conf/x.yaml. Or not."),
    ],
)
def test_a_message_reads_as_sentences_and_travels_between_processes(more, end):
    error = UserError(given="a", allowed="b", **more)
    assert str(error).endswith(end) and str(pickle.loads(pickle.dumps(error))) == str(error)
