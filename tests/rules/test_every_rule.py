"""What the folder of rules keeps as a whole: each is tested, none draws lots, none leaves its floor."""

from __future__ import annotations

import ast
import importlib
import inspect
import pkgutil
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

import sim.rules
import tests.rules

ALLOWED = {"numpy", "scipy", "sim"} | sys.stdlib_module_names - {"random", "secrets"}
ALLOWED_SIM = {"sim.axes", "sim.rules", "sim.config", "sim.theories"}
UNSOURCED = {"__init__", "year", "record", "array_bundle", "forms", "terms"}


def _modules(package: ModuleType) -> Iterator[ModuleType]:
    for found in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
        yield importlib.import_module(found.name)


def _public(module: ModuleType) -> dict[str, Callable[..., Any]]:
    return {
        f"{module.__name__}.{name}": value
        for name, value in vars(module).items()
        if inspect.isfunction(value)
        and value.__module__ == module.__name__
        and not name.startswith("_")
    }


def test_every_public_rule_keeps_its_properties_somewhere() -> None:
    """A new rule without a `Rule` in the tests fails here."""
    written = {name: f for module in _modules(sim.rules) for name, f in _public(module).items()}
    tested = {
        rule.function for module in _modules(tests.rules) for rule in getattr(module, "RULES", ())
    }
    assert len(written) > 30
    assert sorted(name for name, f in written.items() if f not in tested) == []


def _sources() -> list[Path]:
    return sorted(Path(next(iter(sim.rules.__path__))).rglob("*.py"))


def _imported(path: Path) -> set[str]:
    names = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            names.add(node.module or "")
    return names


@pytest.mark.parametrize("path", _sources(), ids=lambda path: path.stem)
def test_a_rule_draws_no_lots_and_imports_only_what_rules_may(path: Path) -> None:
    """NumPy, SciPy, axes, settings and other rules; never a source of chance."""
    for name in _imported(path):
        assert name.split(".")[0] in ALLOWED, f"{path.name} imports {name}"
        assert "random" not in name, f"{path.name} imports {name}"
        if name.startswith("sim"):
            assert ".".join(name.split(".")[:2]) in ALLOWED_SIM, f"{path.name} imports {name}"
    tree = ast.parse(path.read_text(encoding="utf-8"))
    used = {node.attr for node in ast.walk(tree) if isinstance(node, ast.Attribute)}
    assert not used & {"random", "default_rng", "Generator"}, f"{path.name} draws lots"


@pytest.mark.parametrize("path", _sources(), ids=lambda path: path.stem)
def test_every_rule_file_names_its_source(path: Path) -> None:
    """A mechanism says what is the literature's and what is ours."""
    if path.stem in UNSOURCED or path.parent.name == "steps":
        return
    text = path.read_text(encoding="utf-8")
    assert "Source:" in text
    assert "Ours:" in text
