"""Take the pictures of the page that stand in the documentation.

    python -m tests.dashboard.pictures

Needs Chromium on the PATH; serves the page itself, with 1,000 runs.
"""

from __future__ import annotations

import shutil
import threading
from pathlib import Path
from typing import Any

from sim.dashboard import serve
from sim.dashboard.app import make_app
from sim.dashboard.guard import names_of
from sim.dashboard.server import server_at
from sim.dashboard.workers import EnsemblePool
from tests.dashboard.test_browser import settle, until

FIGURES = Path(__file__).resolve().parents[2] / "docs" / "figures"
RETREAT = "?a.policy/japan=osa_expanded&b.scenario=us_retreat&place=PHL"
PICTURES = {  # name: address, width, height, what the picture begins with (None: the top of the page)
    "dashboard": (RETREAT, 1440, 900, None),
    "dashboard_why": (RETREAT, 1440, 1400, ".maps"),
    "dashboard_phone": (RETREAT, 390, 844, None),
}


def main() -> None:
    """Serve the page and take every picture."""
    from playwright.sync_api import sync_playwright

    place = serve.listen(serve.HOST, 0)
    crew = EnsemblePool()
    names = names_of(serve.HOST, place.getsockname()[1], [])
    server = server_at(place, make_app(crew, names).server)
    threading.Thread(target=server.run, daemon=True).start()
    address = f"http://{serve.HOST}:{place.getsockname()[1]}/"
    with sync_playwright() as tool:
        browser = tool.chromium.launch(
            executable_path=shutil.which("chromium"), args=["--headless", "--no-sandbox"]
        )
        for name, (query, width, height, begin) in PICTURES.items():
            page = browser.new_page(viewport={"width": width, "height": height})
            _take(page, address + query, begin, FIGURES / f"{name}.png")
        browser.close()
    server.close()
    place.close()
    crew.close()


def _take(page: Any, address: str, begin: str | None, path: Path) -> None:
    page.goto(address)
    page.wait_for_selector("#why-part .point", state="attached")
    settle(page)
    if begin:
        page.locator('#tiles-b .tile[data-state="PHL"]').click()
        until(page, "document.querySelector('#why-title').textContent.includes('in B')")
        settle(page)
        page.locator(begin).evaluate(
            "e => window.scrollTo(0, e.getBoundingClientRect().top + scrollY - 70)"
        )
        page.evaluate("document.activeElement.blur()")
    page.wait_for_timeout(800)
    page.screenshot(path=path)
    page.close()


if __name__ == "__main__":
    main()
