"""How the site is built: `python3 -m sim docs` writes it to build/site, to be read without internet.

The source folder is the top of the clone, so that pages link to one another as they do where the repository is shown.
"""

from __future__ import annotations

import hashlib
import os
import sys
import tomllib
from pathlib import Path
from typing import Any

from pybtex.plugin import register_plugin
from pybtex.style.formatting.alpha import Style as AlphaStyle
from pybtex.style.template import field, sentence
from pygments.lexers.special import TextLexer

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
sys.path.append(str(HERE))  # where the extensions of this folder lie


def model_digest() -> str:
    """Return what tells one state of the model from another, since lessons are run again when it changes."""
    digest = hashlib.sha256()
    folders = (ROOT / "sim", ROOT / "conf", ROOT / "notebooks")
    for path in sorted(path for folder in folders for path in folder.rglob("*.*")):
        if path.suffix in {".py", ".yaml", ".csv"}:
            digest.update(path.read_bytes())
    return digest.hexdigest()[:16]


def kernel_profile() -> Path:
    """Return the folder of a kernel profile that is nobody's own and warns of nothing but errors."""
    folder = ROOT / "build" / "ipython"
    config = folder / "profile_default" / "ipython_kernel_config.py"
    config.parent.mkdir(parents=True, exist_ok=True)
    config.write_text("c.IPKernelApp.log_level = 40\n", encoding="utf-8")
    return folder


class TitlesAsWritten(AlphaStyle):
    """A bibliography that leaves capitals in titles as they are."""

    def format_title(self, e: Any, which_field: str, as_sentence: bool = True) -> Any:
        """Return the template of a title."""
        title = field(which_field)
        return sentence[title] if as_sentence else title


register_plugin("pybtex.style.formatting", "as_written", TitlesAsWritten)

project = "Straits"
author = "The Straits authors"
release = version = PROJECT["version"]
language = "en"

root_doc = "docs/README"
include_patterns = [
    "*.md",
    "docs/*.md",
    "docs/howto/*.md",
    "docs/reference/*.rst",
    "notebooks/0*.py",
    "experiments/README.md",
    "benchmarks/README.md",
]
exclude_patterns = [
    ".*",
    *("build", "dist", "results", "outputs", "multirun", "conf", "sim", "tests"),
    *("docs/_site", "docs/figures", "notebooks/answers"),
]
extensions = [
    "sphinx.ext.autodoc",
    "sphinx.ext.viewcode",
    "sphinxcontrib.bibtex",
    "numpydoc",
    "myst_nb",
    "contents",
    "equations",
    "floors",
    "mathml",
]

# Pages in Markdown, lessons as scripts
source_suffix = {".md": "myst-nb", ".rst": "restructuredtext", ".py": "myst-nb"}
nb_custom_formats = {".py": ["jupytext.reads", {"fmt": "py:percent"}]}
myst_heading_anchors = 4
os.environ["IPYTHONDIR"] = str(kernel_profile())
nb_execution_mode = "cache"
nb_execution_cache_path = str(ROOT / "build" / "lessons" / model_digest())
nb_execution_timeout = 300
nb_execution_raise_on_error = True
nb_merge_streams = True

# The interface, from docstrings
default_role = "py:obj"
autodoc_typehints = "none"
autodoc_preserve_defaults = True  # as written, no path of a machine among them
add_module_names = False
autodoc_default_options = {"members": True, "ignore-module-all": True}
autodoc_member_order = "bysource"
numpydoc_show_class_members = False

bibtex_bibfiles = [str(ROOT / "sim" / "references.bib")]
bibtex_default_style = "as_written"

# What is shown
html_theme = "furo"
html_title = "Straits"
html_static_path = ["static"]
html_css_files = ["site.css"]
html_math_renderer = "mathml"
html_copy_source = False
html_show_sphinx = False
html_additional_pages = {"index": "first.html"}
templates_path = ["templates"]


def setup(app: Any) -> None:
    """Show tables in code blocks as they stand."""
    app.add_lexer("csv", TextLexer)
