"""What makes a store another's: whatever can change a number, and nothing else."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from sim.ensemble.executors.options import ExecutorOptions
from sim.ensemble.run import sweep
from sim.ensemble.store.compatibility import check_version
from sim.ensemble.store.fingerprint import (
    changed_files,
    content_letters,
    fingerprint,
    fingerprinted_files,
)
from sim.ensemble.store.manifest import describe_plan
from sim.errors import UserError
from sim.provenance import ROOT
from tests.ensemble.small import plan, say_otherwise

# Imported on the way to a block, and without a say in what a run does.
WITHOUT_A_SAY = {
    *("sim/__init__.py", "sim/errors.py", "sim/terminal.py", "sim/provenance.py"),
    "sim/cite.py",
    *("sim/results/__init__.py", "sim/ensemble/__init__.py"),
}
CODE = '"""Say."""\n\n\ndef half(x):\n    """Halve."""\n    return 0.5 * x\n'


def test_no_file_that_a_block_imports_is_left_out():
    script = (
        "import sys, sim.ensemble.block_runs; "
        "print(*(m.__file__ for n, m in sys.modules.items() if n.split('.')[0] == 'sim'))"
    )
    told = subprocess.run(
        [sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=True
    )
    used = {Path(name).relative_to(ROOT).as_posix() for name in told.stdout.split()}
    assert "sim/rules/stance.py" in used
    assert used - WITHOUT_A_SAY <= set(fingerprint())
    assert "sim/world/data/trust.csv" in fingerprint()


@pytest.mark.parametrize(
    ("text", "same"),
    [
        (CODE.replace("Halve", "Take half of x"), True),
        (CODE.replace("return", "# why not\n    return"), True),
        (CODE.replace("0.5 * x", "(0.5*x)"), True),
        (CODE.replace('    """Halve."""\n', ""), True),
        (CODE.replace("0.5", "0.25"), False),
        (CODE.replace("0.5 * x", "x * 0.5"), False),
        (CODE + "SAID = 'more'\n", False),
    ],
)
def test_what_code_says_counts_and_not_how(text, same, tmp_path):
    one, other = tmp_path / "one.py", tmp_path / "other.py"
    one.write_text(CODE, "utf-8"), other.write_text(text, "utf-8")
    assert (content_letters(one) == content_letters(other)) is same


def test_every_byte_of_data_counts(tmp_path):
    one, other = tmp_path / "one.csv", tmp_path / "other.csv"
    one.write_text("a\n1\n", "utf-8"), other.write_text("a\n1.0\n", "utf-8")
    assert content_letters(one) != content_letters(other)


def test_files_that_differ_are_gone_or_are_new_are_named():
    assert changed_files({"a": "1", "b": "2", "c": "3"}, {"a": "1", "b": "9", "d": "4"}) == list(
        "bcd"
    )
    assert all(path.is_file() for path in fingerprinted_files())


def test_a_store_of_another_model_is_refused_by_the_files_that_changed(tmp_path):
    made = plan(levels=1)
    told = describe_plan(made) | {"commit": "abc123-dirty"}
    check_version(told, tmp_path)
    told["model"] = fingerprint() | {"sim/rules/trust.py": "00000000"}
    with pytest.raises(UserError) as refused:
        check_version(told, tmp_path)
    said = str(refused.value)
    assert "since then sim/rules/trust.py changed" in said
    assert "git checkout abc123)" in said and "never two mixed" in said and "out=" in said


def test_a_refused_store_is_left_as_it_was(tmp_path):
    made = plan(levels=1)
    sweep(made, tmp_path / "s", executor=ExecutorOptions(kind="serial"))
    say_otherwise(tmp_path / "s", model=dict.fromkeys(fingerprint(), "00000000"))
    before = {path: path.stat().st_mtime_ns for path in (tmp_path / "s").rglob("*")}
    with pytest.raises(UserError, match=r"axes\.py, .* and \d+ more changed"):
        sweep(made, tmp_path / "s", executor=ExecutorOptions(kind="serial"))
    assert before == {path: path.stat().st_mtime_ns for path in (tmp_path / "s").rglob("*")}
