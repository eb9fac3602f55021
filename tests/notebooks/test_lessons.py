"""Every lesson, and every answer, runs from top to bottom, warns of nothing and prints no error."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

NOTEBOOKS = Path(__file__).resolve().parents[2] / "notebooks"
LESSONS = sorted(NOTEBOOKS.glob("0*.py"))
ANSWERS = sorted((NOTEBOOKS / "answers").glob("0*.py"))
NUMBERS = [path.stem for path in LESSONS]
STRICT = "import warnings; warnings.simplefilter('error')"
PARTS = ("# ## Write down your prediction first", "# ## Discussion", "# ## Exercises")


def executed(*paths: Path) -> Any:
    """Run text notebooks one after another in one kernel, in the first one's folder, with warnings as errors.

    That each stands on its own feet is ruff's to see: a name it does not define is undefined there.
    """
    jupytext = pytest.importorskip("jupytext")
    nbclient = pytest.importorskip("nbclient")
    pytest.importorskip("ipykernel")
    notebook = jupytext.reads(f"# %%\n{STRICT}\n", fmt="py:percent")
    notebook.cells += [cell for path in paths for cell in jupytext.read(path).cells]
    where = {"metadata": {"path": str(paths[0].parent)}}
    return nbclient.NotebookClient(
        notebook, timeout=120, kernel_name="python3", resources=where
    ).execute()


@pytest.mark.filterwarnings("ignore::DeprecationWarning")
@pytest.mark.parametrize(
    ("lesson", "answers"), list(zip(LESSONS, ANSWERS, strict=True)), ids=NUMBERS
)
def test_a_lesson_and_its_answers_run_without_a_warning(lesson: Path, answers: Path) -> None:
    outputs = [out for cell in executed(lesson, answers).cells for out in cell.get("outputs", [])]
    assert outputs
    assert not [out for out in outputs if out.get("name") == "stderr"]


def test_there_are_six_lessons_each_with_its_answers() -> None:
    assert [path.name for path in LESSONS] == [path.name for path in ANSWERS]
    assert [path.name[:2] for path in LESSONS] == ["01", "02", "03", "04", "05", "06"]


@pytest.mark.parametrize("path", LESSONS, ids=NUMBERS)
def test_a_lesson_has_all_its_parts_and_short_cells(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert "**The question.**" in text and f"answers/{path.name}" in text
    places = [text.index(part) for part in PARTS]
    assert places == sorted(places)
    cells = re.split(r"^# %%.*$", text, flags=re.MULTILINE)[1:]
    code = [cell for cell in cells if not cell.lstrip("\n").startswith("# ")]
    assert max(len(cell.strip().splitlines()) for cell in code) <= 20
