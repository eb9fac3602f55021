"""Facts about how the server ends: nothing is left behind, nothing is complained of, however it is asked."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.error import HTTPError
from urllib.request import Request, urlopen

import pytest

from sim.dashboard import serve
from sim.dashboard.signals import ended_by_signals
from tests.dashboard.conftest import SHORT, serving
from tests.dashboard.test_http import asked

pytestmark = pytest.mark.skipif(
    not Path("/proc/self/stat").exists(), reason="looks processes up in /proc"
)
SMALL = ("--workers", "2", "--runs", "8")
WAIT = 60.0  # seconds; generous, since tests share machines


def until(condition: Callable[[], bool]) -> bool:
    """Wait for a condition; say whether it came true."""
    deadline = time.monotonic() + WAIT
    while not condition() and time.monotonic() < deadline:
        time.sleep(0.05)
    return condition()


def children(parent: int) -> list[int]:
    """The processes that a process has started and that still run."""
    found = []
    for entry in Path("/proc").glob("[0-9]*/stat"):
        told = _stat(entry)
        if told and int(told[1]) == parent and told[0] != "Z":
            found.append(int(entry.parent.name))
    return found


def alive(process: int) -> bool:
    """Whether a process still runs."""
    told = _stat(Path(f"/proc/{process}/stat"))
    return bool(told) and told[0] != "Z"


def workers(parent: int) -> list[int]:
    """Those of its processes that run the model; the other tracks their resources."""
    return [one for one in children(parent) if b"spawn_main" in _command(one)]


def _stat(path: Path) -> list[str]:
    try:
        return path.read_text(encoding="utf-8").rpartition(")")[2].split()
    except OSError:  # ended meanwhile
        return []


def _command(process: int) -> bytes:
    try:
        return Path(f"/proc/{process}/cmdline").read_bytes()
    except OSError:
        return b""


def move(address: str, presence: float) -> int:
    """Move a slider; return the status of the answer."""
    setup: Any = SHORT.as_data()
    setup["a"]["changes"] = {"policy.united_states.presence": presence}
    body = json.dumps(asked(setup)).encode()
    request = Request(
        f"{address}_dash-update-component", body, {"Content-Type": "application/json"}
    )
    try:
        with urlopen(request, timeout=WAIT) as answer:
            return int(answer.status)
    except HTTPError as refused:
        return refused.code


def leaves_nothing(running: subprocess.Popen[str], mine: list[int]) -> str:
    """Wait for the end of the server and of all that it started; return what it complained of."""
    _, complaints = running.communicate(timeout=WAIT)
    assert until(lambda: not any(map(alive, mine))), "a process was left behind"
    assert "leaked" not in complaints and "Traceback" not in complaints, complaints
    return complaints


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT, signal.SIGHUP])
def test_the_first_signal_ends_and_further_ones_do_not_disturb(number: int) -> None:
    before = signal.getsignal(number)
    try:
        with pytest.raises(KeyboardInterrupt), ended_by_signals():
            signal.raise_signal(number)
        for _ in range(2):
            signal.raise_signal(number)
    finally:
        for one in (signal.SIGTERM, signal.SIGHUP):
            signal.signal(one, signal.SIG_DFL)
        signal.signal(signal.SIGINT, signal.default_int_handler)
    assert signal.getsignal(number) == before


def test_what_is_ignored_already_stays_ignored() -> None:
    before = signal.signal(signal.SIGHUP, signal.SIG_IGN)
    try:
        with ended_by_signals():
            signal.raise_signal(signal.SIGHUP)
    finally:
        signal.signal(signal.SIGHUP, before)


def test_ctrl_c_twice_while_it_starts_reaches_all_and_ends_it_in_order() -> None:
    """A terminal sends Ctrl-C to the workers too, here while they still import."""
    with serving(*SMALL, start_new_session=True) as (running, _):
        assert until(lambda: len(workers(running.pid)) == 2)
        mine = children(running.pid)
        for _ in range(3):
            os.killpg(running.pid, signal.SIGINT)
            time.sleep(0.05)
        assert leaves_nothing(running, mine) == ""
        assert running.returncode == 0


def test_a_worker_that_is_killed_is_replaced_and_sigterm_ends_all_in_order() -> None:
    with serving(*SMALL) as (running, address):
        assert move(address, 0.1) == 200
        first = workers(running.pid)
        os.kill(first[0], signal.SIGKILL)
        assert until(lambda: not any(map(alive, first)))  # the other is let go
        assert move(address, 0.3) == 200
        mine = children(running.pid)
        assert len(workers(running.pid)) == 2
        running.terminate()
        complaints = leaves_nothing(running, mine).splitlines()
        assert running.returncode == 0
    assert len(complaints) == 1 and "ended from outside" in complaints[0]


def test_a_server_that_is_killed_leaves_no_process_behind() -> None:
    with serving(*SMALL) as (running, address):
        assert move(address, 0.1) == 200
        mine = children(running.pid)
        running.kill()
        running.communicate(timeout=WAIT)
        assert len(mine) >= 3 and until(lambda: not any(map(alive, mine)))


def test_a_port_that_is_taken_starts_no_process(capsys: pytest.CaptureFixture[str]) -> None:
    before = children(os.getpid())
    with serve.listen("127.0.0.1", 0) as taken:
        assert serve.main(["--port", str(taken.getsockname()[1])]) == 2
    assert "another program" in capsys.readouterr().err
    assert children(os.getpid()) == before
    assert signal.getsignal(signal.SIGTERM) is signal.SIG_DFL
