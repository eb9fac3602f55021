"""Whatever stands on a command line or in a file of settings: status 0 or 2, one message, soon, and nothing runs.

The cases are drawn from a seed (`hostile`); a failure prints the seed and the case. The task does nothing, so that what is
tried is reading, composing and validating.
"""

from __future__ import annotations

import contextlib
import io
import random
import signal
import time

import pytest

from sim.cli import enter
from tests.cli import hostile

SEED = 20261128
LINES, FILES, CHUNKS = 1_600, 560, 4
LONGEST = 5.0  # seconds of processor time that one case may take


class Hung(Exception):
    """A case that takes far too long."""


def _hung(number, frame):
    raise Hung


@pytest.fixture
def place(tmp_path, monkeypatch):
    """Stand in an empty folder, with a secret in the environment and a clock that ends what hangs."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("STRAITS_SECRET", "s3cret")
    monkeypatch.delenv("COMP_LINE", raising=False)
    before = signal.signal(signal.SIGALRM, _hung)
    yield tmp_path
    signal.signal(signal.SIGALRM, before)


def told(argv, config_name="config"):
    """Return status, output, messages and the seconds of processor time of one command line."""
    output, errors = io.StringIO(), io.StringIO()
    start = time.process_time()
    signal.setitimer(signal.ITIMER_REAL, 20 * LONGEST)  # a busy machine is no fault
    try:
        with contextlib.redirect_stdout(output), contextlib.redirect_stderr(errors):
            status = enter(lambda job: {}, config_name=config_name, name="hostile", argv=argv)
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
    return status, output.getvalue(), errors.getvalue(), time.process_time() - start


def check(case, argv, config_name="config"):
    """Assert what holds for every case; the assertion names it and the seed."""
    said = f"seed {SEED}, {case}: {config_name} {[word[:300] for word in argv]!r}"
    try:
        status, output, errors, seconds = told(argv, config_name)
    except BaseException as fault:
        raise AssertionError(f"{said} ends in {type(fault).__name__}: {fault}") from fault
    lines = [line for line in errors.splitlines() if line.strip()]
    many = "-m" in argv or "--multirun" in argv  # then a job that is refused has its own message
    assert status in (0, 2), said
    assert "Traceback" not in output + errors and "s3cret" not in output + errors, said
    assert seconds < LONGEST, f"{said} takes {seconds:.1f} s"
    if status == 2:
        assert lines and all(" Change it " in line for line in lines), f"{said}: {errors[:1000]}"
        assert many or len(lines) == 1, f"{said}: {errors[:1000]}"
    return status


@pytest.mark.parametrize("chunk", range(CHUNKS))
def test_any_command_line_ends_well(chunk, place):
    outcomes = []
    for case in range(chunk, LINES, CHUNKS):
        draw = random.Random(f"{SEED} line {case}")
        outcomes.append(check(f"line {case}", hostile.a_line(draw), draw.choice(hostile.CONFIGS)))
    assert min(outcomes.count(0), outcomes.count(2)) > 5  # neither all right nor all wrong
    assert {path.suffix for path in place.rglob("*") if path.is_file()} <= {".csv", ".json"}


@pytest.mark.parametrize("chunk", range(CHUNKS))
def test_any_file_of_settings_ends_well(chunk, place):
    (place / "files" / "world").mkdir(parents=True)
    outcomes = []
    for case in range(chunk, FILES, CHUNKS):
        draw = random.Random(f"{SEED} file {case}")
        data, group = hostile.a_file(draw, case), draw.random() < 0.6
        path = place / "files" / ("world/evil.yaml" if group else "evil.yaml")
        path.write_bytes(data)
        argv = ["--config-path", "files", "--config-name", "evil"]
        argv = ["--config-dir", "files", "world=evil"] if group else argv
        outcomes.append(check(f"file {case} {data[:300]!r}", argv))
        path.unlink()
    assert min(outcomes.count(0), outcomes.count(2)) > 5  # neither all right nor all wrong
    assert [path.name for path in place.iterdir()] == ["files"]
