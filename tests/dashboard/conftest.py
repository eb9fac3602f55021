"""What the dashboard's tests share: a small crew, a small reading, the page served, a browser."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("dash", reason="the dashboard needs the extra dashboard")

from sim.dashboard.readings import Reading  # noqa: E402
from sim.dashboard.setup import BASELINE, SIDES, START, Setup, Side, settings_of  # noqa: E402
from sim.dashboard.workers import EnsemblePool  # noqa: E402

ROOT = Path(__file__).resolve().parents[2]
SHORT = Setup(
    a=START.a, b=START.b, both=Side(changes={"years.last": 2028})
)  # five years, to be quick


@pytest.fixture(scope="session")
def crew() -> Iterator[EnsemblePool]:
    """Seven runs, in this process."""
    made = EnsemblePool(runs=7, workers=1)
    yield made
    made.close()


@pytest.fixture(scope="session")
def readings(crew: EnsemblePool) -> dict[str, Reading]:
    """Both sides and the baseline of the short set-up."""
    return {name: crew.reading(settings_of(SHORT, name)) for name in (BASELINE, *SIDES)}


@pytest.fixture(scope="session")
def client(crew: EnsemblePool) -> Any:
    """A client of the application, without a network."""
    from sim.dashboard.app import make_app

    return make_app(crew).server.test_client()


@contextmanager
def serving(
    *options: str, start_new_session: bool = False
) -> Iterator[tuple[subprocess.Popen[str], str]]:
    """The real server as a process of its own at a free port, and its address; killed at the end if it still runs."""
    command = [sys.executable, "-m", "sim.dashboard", "--port", "0", *options]
    with subprocess.Popen(
        command,
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=start_new_session,
    ) as running:
        assert running.stdout is not None
        try:
            found = re.search(r"http://\S+", running.stdout.readline())
            assert found is not None, running.communicate(timeout=20)
            yield running, found[0]
        finally:
            if running.poll() is None:
                running.kill()


@pytest.fixture(scope="session")
def served() -> Iterator[str]:
    """The page as the command serves it, with a thousand runs; its address."""
    with serving() as (running, address):
        yield address
        running.terminate()
        _, complaints = running.communicate(timeout=30)
        assert (running.returncode, complaints) == (0, "")
