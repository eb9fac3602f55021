"""Every lesson, and every answer, runs from top to bottom, warns of nothing and prints no error."""

from __future__ import annotations

import re
import warnings
from pathlib import Path
from typing import Any

import pytest

NOTEBOOKS = Path(__file__).resolve().parents[2] / "notebooks"
LESSONS = sorted(NOTEBOOKS.glob("0*.py"))
ANSWERS = sorted((NOTEBOOKS / "answers").glob("0*.py"))
NUMBERS = [path.stem for path in LESSONS]
ANEW = "%reset -f"  # nothing of the lesson before is left
STRICT = "import warnings; warnings.simplefilter('error')"
PARTS = ("# ## Write down your prediction first", "# ## Discussion", "# ## Exercises")


@pytest.fixture(scope="module")
def executed() -> dict[str, list[Any]]:
    """Run all lessons, each with its answers, in one kernel, with warnings as errors: the outputs of each.

    One kernel, since to import the model takes longer than most lessons. That an answer stands on its own feet is ruff's to
    see: a name it does not define is undefined there.
    """
    jupytext = pytest.importorskip("jupytext")
    nbclient = pytest.importorskip("nbclient")
    pytest.importorskip("ipykernel")
    notebook, parts = jupytext.reads("", fmt="py:percent"), {}
    for lesson, answers in zip(LESSONS, ANSWERS, strict=True):
        begun = jupytext.reads(f"# %%\n{ANEW}\n\n# %%\n{STRICT}\n", fmt="py:percent")
        parts[lesson.stem] = [
            *begun.cells,
            *jupytext.read(lesson).cells,
            *jupytext.read(answers).cells,
        ]
        notebook.cells += parts[lesson.stem]
    client = nbclient.NotebookClient(
        notebook,
        timeout=120,
        kernel_name="python3",
        allow_errors=True,  # told by the lesson they are in
        resources={"metadata": {"path": str(NOTEBOOKS)}},
    )
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)
        client.execute()
    return {
        name: [out for cell in cells for out in cell.get("outputs", [])]
        for name, cells in parts.items()
    }


@pytest.mark.parametrize("name", NUMBERS)
def test_a_lesson_and_its_answers_run_without_a_warning(
    name: str, executed: dict[str, list[Any]]
) -> None:
    outputs = executed[name]
    wrong = [out for out in outputs if out.get("name") == "stderr" or "ename" in out]
    assert outputs and not wrong, wrong


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
