"""A directive `floor`: document a package and all modules in it, whatever they are called today."""

from __future__ import annotations

import importlib
import pkgutil
from typing import Any

from docutils import nodes
from sphinx.util.docutils import SphinxDirective


def public_modules(package: str) -> list[str]:
    """Return a package and the public modules below it, depth first."""
    folders = getattr(importlib.import_module(package), "__path__", [])
    below = [module.name for module in pkgutil.walk_packages(folders, f"{package}.")]
    return [package, *(name for name in below if "._" not in name)]


class Floor(SphinxDirective):
    """``.. floor:: sim.rules`` becomes a section a module, each with its docstring and its members."""

    required_arguments = 1

    def run(self) -> list[nodes.Node]:
        """Return the sections."""
        lines: list[str] = []
        for name in public_modules(self.arguments[0]):
            lines += [name, "-" * len(name), "", f".. automodule:: {name}", ""]
        return self.parse_text_to_nodes("\n".join(lines), allow_section_headings=True)


def setup(app: Any) -> dict[str, bool]:
    """Register with Sphinx."""
    app.add_directive("floor", Floor)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
