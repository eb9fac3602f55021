"""Every command of every page does what it says, tried in miniature: a renamed option breaks this.

Several jobs at once (-m), the commands of `COMPOSED`, what another page said in the very same words, and the third and later of
a kind on one page are composed and validated; all others run.
"""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.docs import follow as following
from tests.docs.follow import changes_the_tree, follow
from tests.docs.miniature import ADDED, COMPOSED, NOT_TRIED, is_huge, small
from tests.docs.reading import ROOT, Step, pages, steps, unquoted_braces

PAGES = [page for page in pages() if any(one.what != "write" for one in steps(page))]
IN_A_COPY = [page for page in PAGES if changes_the_tree(page)]
BESIDE = [page for page in PAGES if page not in IN_A_COPY]
EXPERIMENTS = sorted(path.stem for path in (ROOT / "experiments").glob("*.py"))
COPIED = ("sim", "conf", "experiments", "docs", "tests")
STORE = "python experiments/sweep.py experiment=aid_pressure"


def named(page: Path) -> str:
    return str(page.relative_to(ROOT))


def commands() -> list[str]:
    return [one.text for page in pages() for one in steps(page) if one.what == "command"]


def needs_a_store(page: Path) -> bool:
    """Whether it reads results/sweep without having said how to make it."""
    for one in steps(page):
        if one.what == "command" and "experiments/sweep.py" in one.text and "out=" not in one.text:
            return False
        if "store=results/sweep" in one.text:
            return True
    return False


@pytest.mark.parametrize("page", BESIDE, ids=named)
def test_a_page_can_be_followed_word_by_word(page, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    if needs_a_store(page):
        (tmp_path / "before.md").write_text(f"`{STORE}`\n", encoding="utf-8")
        assert not follow(tmp_path / "before.md")
    wrong = follow(page)
    assert not wrong, "\n".join(wrong)


def test_pages_that_change_the_tree_can_be_followed_in_a_copy(tmp_path):
    left_out = shutil.ignore_patterns("__pycache__", "*.png", "*.svg")
    for name in COPIED:
        shutil.copytree(ROOT / name, tmp_path / name, ignore=left_out)
    told = subprocess.run(
        [sys.executable, "-m", "tests.docs.follow", *map(named, IN_A_COPY)],
        cwd=tmp_path,
        capture_output=True,
        text=True,
    )
    assert told.returncode == 0, told.stdout + told.stderr
    added = [sys.executable, "-m", "pytest", "-q", "tests/studies/test_precision.py"]
    tried = subprocess.run(added, cwd=tmp_path, capture_output=True, text=True)
    assert tried.returncode == 0, tried.stdout + tried.stderr
    assert (tmp_path / "results/precision/precision.md").is_file()
    assert (tmp_path / "docs/precision.md").is_file()  # published


def test_a_study_is_added_in_seven_files_and_touches_no_other():
    written = [one.target for one in steps(ROOT / "docs/howto/add_a_study.md") if one.target]
    assert not any(one.what == "patch" for one in steps(ROOT / "docs/howto/add_a_study.md"))
    assert len([name for name in written if not name.endswith("__init__.py")]) == 6  # and its page
    assert not [name for name in written if (ROOT / name).exists()]


def test_every_experiment_stands_in_the_list_and_is_tried_or_composed():
    listed = (ROOT / "experiments/README.md").read_text(encoding="utf-8")
    for name in EXPERIMENTS:
        assert f"python experiments/{name}.py" in listed, name
        known = name in ADDED or name in COMPOSED
        assert known or any(re.match(start, f"python experiments/{name}.py") for start in NOT_TRIED)


@pytest.mark.parametrize("text", sorted({c for c in commands() if "experiments/" in c}))
def test_the_experiments_named_are_there(text):
    for path in re.findall(r"experiments/\w+\.py", text):
        assert (ROOT / path).is_file() or path == "experiments/NAME.py"


def test_what_is_not_tried_is_little_and_has_a_reason():
    left = [text for text in commands() if any(re.match(start, text) for start in NOT_TRIED)]
    assert len(set(left)) < len(set(commands())) / 3
    assert all(len(reason) > 10 for reason in (*NOT_TRIED.values(), *COMPOSED.values()))


def test_commands_become_smaller_and_stay_what_they_are():
    argv = ["theory=commerce", "runs=500", "years.last=2050", "sweep.replicates=400"]
    assert small("run", argv)[:4] == [
        *("theory=commerce", "runs=3", "years.last=2025", "sweep.replicates=8"),
    ]
    assert small("run", ["years.last=2040"]).count("years.last=2025") == 1
    assert small("sweep", ["sweep.forecast=true", "runs=9"]) == ["sweep.forecast=true", "runs=9"]
    assert is_huge(["runs=1000000"]) and not is_huge(["runs=1000", "seed=1000000"])


def test_a_page_is_read_as_it_stands(tmp_path):
    page = tmp_path / "page.md"
    page.write_text(
        "Try `python experiments/run.py seed=1`.\n```bash\ncd x  # go\npython a.py \\\n  b=1\n```\n"
        "```yaml my/a.yaml\nkey: 1\n```\n```csv >> sim/a.csv\n1,2\n```\n```\ntree/ of files\n```\n",
        encoding="utf-8",
    )
    assert steps(page) == [
        Step("command", "python experiments/run.py seed=1", 1),
        Step("command", "cd x  # go", 3),
        Step("command", "python a.py   b=1", 5),
        Step("write", "key: 1\n", 7, "my/a.yaml"),
        Step("append", "1,2\n", 10, "sim/a.csv"),
    ]
    assert changes_the_tree(page)
    assert unquoted_braces("x={a:1,b:2}") and not unquoted_braces("'x={a:1,b:2}' y=[1,2]")


def test_the_same_words_are_tried_once_and_wrong_ones_every_time(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    page, called = tmp_path / "page.md", []
    page.write_text("`python experiments/why.py state=MMR years=[2024,2025]`\n", encoding="utf-8")
    monkeypatch.setattr(following, "_noted", lambda said, status: called.append(said) or status)
    monkeypatch.setattr(following, "_DONE", {("why", "state=MMR", "years=[2024,2025]")})
    assert not follow(page)
    assert [said[0] for said in called] == ["composed"]
    page.write_text("`python experiments/why.py state=XXX`\n", encoding="utf-8")
    assert follow(page) and follow(page)


def test_a_page_that_is_wrong_is_told(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    page = tmp_path / "page.md"
    page.write_text(
        "`python experiments/run.py policy.japan.osa_budgt=3`\n```bash\nfrobnicate now\n"
        "python experiments/run.py x={a:1,b:2}\n```\n```python\n1 / 0\n```\n",
        encoding="utf-8",
    )
    wrong = follow(page)
    assert len(wrong) == 4
    for told, line in zip(
        ("osa_budget", "with a reason", "quote", "ZeroDivision"), wrong, strict=True
    ):
        assert told in line
