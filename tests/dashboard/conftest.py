"""What the dashboard's tests share: a small crew, a small reading, the page served, a browser."""

from __future__ import annotations

import argparse
import threading
from collections.abc import Iterator
from typing import Any

import pytest

pytest.importorskip("dash", reason="the dashboard needs the extra dashboard")

from sim.dashboard.crew import Crew  # noqa: E402
from sim.dashboard.readings import Reading  # noqa: E402
from sim.dashboard.setup import BASELINE, SIDES, START, Setup, Side, settings_of  # noqa: E402

SHORT = Setup(
    a=START.a, b=START.b, both=Side(changes={"years.last": 2028})
)  # five years, to be quick


@pytest.fixture(scope="session")
def crew() -> Iterator[Crew]:
    """Seven runs, in this process."""
    made = Crew(runs=7, workers=1)
    yield made
    made.close()


@pytest.fixture(scope="session")
def readings(crew: Crew) -> dict[str, Reading]:
    """Both sides and the baseline of the short set-up."""
    return {name: crew.reading(settings_of(SHORT, name)) for name in (BASELINE, *SIDES)}


@pytest.fixture(scope="session")
def client(crew: Crew) -> Any:
    """A client of the application, without a network."""
    from sim.dashboard.app import make

    return make(crew).server.test_client()


@pytest.fixture(scope="session")
def served() -> Iterator[str]:
    """The page, served as the command serves it, with a thousand runs; its address."""
    from sim.dashboard import serve

    told = argparse.Namespace(runs=1000, workers=0, open=False)
    place = serve.listen("127.0.0.1", 0)
    crew = Crew(runs=told.runs, workers=told.workers)
    server = serve.server_at(place, crew)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{place.getsockname()[1]}/"
    server.shutdown()
    thread.join(10)
    server.server_close()
    place.close()
    crew.close()
