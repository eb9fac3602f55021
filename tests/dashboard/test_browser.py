"""Facts about the page in a real browser: it loads, moves, compares, plays, explains, and nothing leaves this machine."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from statistics import median
from typing import Any
from urllib.parse import urlparse

import pytest

playwright = pytest.importorskip(
    "playwright.sync_api", reason="the browser tests need playwright (extra test)"
)
CHROMIUM = (
    shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
)
pytestmark = [
    pytest.mark.skipif(CHROMIUM is None, reason="the browser tests need Chromium on the PATH"),
    # playwright leaves its own loop and pipes to the garbage collector
    pytest.mark.filterwarnings("ignore::ResourceWarning"),
    pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning"),
]
FLAGS = ["--headless", "--no-sandbox", "--disable-background-networking"]
WAIT = 60_000  # ms; generous, since tests share machines
GRAY_ZONE = '#side-{} input[type="range"][id*="policy.china.gray_zone"]'
ENDS = (  # what the lines of the upper panel are called, and where they end
    "[...document.querySelectorAll('#fan .annotation-text')].map(e => e.textContent)"
    r".filter(text => /^(A|B|baseline) \d/.test(text))"
)
BAR = (  # how far the bar of a measure reaches on side A
    "(name => [...document.querySelectorAll('#gaps tr')].find(row => row.innerText.startsWith(name))"
    ".querySelector('.bar').style.getPropertyValue('--size'))"
)
# From the key or the release to the next drawing of the fan chart.
WATCH = """
() => { const chart = document.querySelector('#fan .js-plotly-plot');
  window.drawings = []; window.let_go = [];
  for (const kind of ['keydown', 'pointerup'])
    window.addEventListener(kind, () => window.let_go.push(performance.now()), true);
  chart.on('plotly_afterplot', () => window.drawings.push(performance.now())); }
"""


@pytest.fixture(scope="module")
def context() -> Iterator[Any]:
    """One browser with one memory for all tests: what it has fetched once need not be fetched again."""
    with playwright.sync_playwright() as tool:
        started = tool.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield started.new_context(accept_downloads=True)
        started.close()


@pytest.fixture
def visit(context: Any, served: str) -> Iterator[Callable[..., Any]]:
    """Open the page; afterwards, no request has left this machine and nothing was complained of."""
    asked: list[str] = []
    wrong: list[str] = []
    pages: list[Any] = []

    def opened(query: str = "", *, width: int = 1440, height: int = 900) -> Any:
        page = context.new_page()
        pages.append(page)
        page.set_viewport_size({"width": width, "height": height})
        page.set_default_timeout(WAIT)
        page.on("request", lambda request: asked.append(request.url))
        page.on("pageerror", lambda error: wrong.append(str(error)))
        page.on("console", lambda said: wrong.append(f"{said.type}: {said.text}"))
        page.goto(served + query)
        page.wait_for_selector("#headline .told")
        until(page, f"{ENDS}.length >= 3 || location.search.includes('difference')")
        settle(page)
        return page

    yield opened
    for page in pages:
        page.close()
    hosts = {urlparse(url).hostname for url in asked if not url.startswith(("data:", "blob:"))}
    assert hosts == {"127.0.0.1"} and wrong == []


def until(page: Any, condition: str) -> None:
    """Wait for a condition, asked from outside: the page itself evaluates no text, not even its tester's."""
    for _ in range(WAIT // 40):
        if page.evaluate(condition):
            return
        page.wait_for_timeout(40)
    raise AssertionError(f"{condition} did not come true")


def settle(page: Any) -> None:
    """Wait until no question is open."""
    until(page, "!document.body.classList.contains('asking')")
    page.wait_for_timeout(150)
    until(page, "!document.body.classList.contains('asking')")


def drawn_anew(page: Any) -> float:
    """Wait for the chart after the last key or release; return how long it took, ms."""
    until(page, "window.drawings.some(at => at > window.let_go.at(-1))")
    return float(
        page.evaluate(
            "window.drawings.find(at => at > window.let_go.at(-1)) - window.let_go.at(-1)"
        )
    )


def test_the_page_opens_with_two_scenarios_the_baseline_and_the_warning(visit: Any) -> None:
    page = visit()
    told = page.inner_text("body")
    assert "not a forecast" in told and "OSA expanded" in told and "assertive" in told
    ends = page.evaluate(ENDS)
    assert all(any(end.startswith(word) for end in ends) for word in ("A ", "B ", "baseline "))
    assert page.locator("#tiles-a .tile").count() == 10
    assert page.locator("#triangle .scatterlayer .trace").count() >= 4
    assert page.title().startswith("Straits")


def test_a_slider_moves_by_keyboard_and_the_chart_follows(
    visit: Any, capsys: pytest.CaptureFixture[str]
) -> None:
    page = visit()
    page.evaluate(WATCH)
    before = page.evaluate(ENDS)
    slider = page.locator(GRAY_ZONE.format("a"))
    slider.focus()
    took = []
    for key in ("ArrowRight", "ArrowLeft", "PageUp", "ArrowRight", "ArrowRight"):
        page.keyboard.press(key)
        took.append(drawn_anew(page))
        settle(page)
    assert page.evaluate(ENDS) != before
    assert float(slider.input_value()) > 0.6
    box = page.locator('#side-a input[type="number"][id*="policy.china.gray_zone"]')
    assert float(box.input_value()) == float(slider.input_value())
    assert "a.policy.china.gray_zone=" in page.url
    with capsys.disabled():
        print(
            f"\nfrom key to chart, 1,000 runs on {os.cpu_count()} cores at load {os.getloadavg()[0]:.1f}: "
            f"{', '.join(f'{ms:.0f}' for ms in took)} ms, median {median(took):.0f} ms (aim: 300)",
            end=" ",
        )


def test_dragging_asks_once_when_the_slider_is_let_go(visit: Any) -> None:
    page = visit()
    page.evaluate(WATCH)
    posts: list[str] = []
    page.on("request", lambda r: posts.append(r.post_data or "") if r.method == "POST" else None)
    slider = page.locator(GRAY_ZONE.format("b"))
    slider.scroll_into_view_if_needed()
    box = slider.bounding_box()
    middle = box["y"] + box["height"] / 2
    page.mouse.move(box["x"] + 0.85 * box["width"], middle)
    page.mouse.down()
    for part in (0.7, 0.5, 0.3, 0.1):
        page.mouse.move(box["x"] + part * box["width"], middle)
        page.wait_for_timeout(40)
    assert not any("fan.figure" in post for post in posts)
    page.mouse.up()
    drawn_anew(page)
    settle(page)
    assert sum("..headline.children" in post for post in posts) == 1


def test_a_named_choice_moves_its_sliders_and_back_to_the_baseline_undoes_all(visit: Any) -> None:
    page = visit()
    page.click('#side-a label:has-text("US retreat")')
    page.click('#side-a label:has-text("charm")')
    settle(page)
    slider = page.locator(GRAY_ZONE.format("a"))
    assert slider.input_value() == "0.3"
    assert "US retreat" in page.inner_text("#headline") and "a.scenario=us_retreat" in page.url
    page.click('#side-a button:has-text("Back to the baseline")')
    until(page, "document.querySelector('.told-a').textContent.includes('nothing changed')")
    settle(page)
    assert slider.input_value() == "0.6"
    ends = dict(end.split(" ") for end in reversed(page.evaluate(ENDS)))  # those above come first
    assert ends["A"] == ends["baseline"]
    assert page.url.endswith("?b.policy/china=assertive")


def test_an_address_brings_the_same_page_back(visit: Any) -> None:
    query = (
        "?a.scenario=cold_war&b.policy.japan.osa_budget=40.0&place=VNM&measure=capacity&year=2031"
    )
    page = visit(query)
    assert page.url.endswith(query.replace("year=2031&", "")) or "year=2031" in page.url
    assert "Capacity at sea of Vietnam" in page.inner_text("#fan-title")
    assert "in 2031" in page.inner_text("#tiles-a-title")
    boxes = page.locator('#side-b input[type="number"][id*="osa_budget"]')
    assert boxes.input_value() == "40"


def test_a_spoilt_address_is_told_on_the_page(visit: Any) -> None:
    page = visit("?a.policy/japan=osa_2032&b.policy.japan.osa_budget=-3&place=PHL")
    told = page.inner_text("#problems")
    assert "osa_2032" in told and "between 0 and 200" in told and "Traceback" not in told
    assert "the Philippines" in page.inner_text("#fan-title")


def test_a_move_shows_even_where_the_lines_do_not_part(visit: Any) -> None:
    page = visit("?as=baseline")
    assert "nothing changed" in page.inner_text(".told-a")
    assert float(page.evaluate(f"{BAR}('Capacity')")) == 0.0
    box = page.locator('#side-a input[type="number"][id*="osa_budget"]')
    box.fill("200")
    box.press("Enter")
    until(page, "document.querySelector('.told-a').textContent.includes('capacity at sea +')")
    settle(page)
    assert float(page.evaluate(f"{BAR}('Capacity')")) > 0.2  # what an agency can absorb is limited
    below = page.evaluate(
        "[...document.querySelectorAll('#fan .annotation-text')].map(e => e.textContent)"
    )
    assert any(text.startswith("A +0.") for text in below)  # alignment, run by run


def test_a_state_that_is_clicked_tells_why(visit: Any) -> None:
    page = visit()
    assert page.inner_text("#why-part") == ""
    page.click('#tiles-b .tile[data-state="VNM"]')
    page.wait_for_selector("#why-part .point")
    assert "Vietnam" in page.inner_text("#why-title") and "in B" in page.inner_text("#why-title")
    assert "posture" in page.inner_text("#why-words")
    until(page, "location.search.includes('place=VNM')")


def test_charts_are_reached_by_keyboard_and_told_as_tables(visit: Any) -> None:
    page = visit()
    reached = []
    page.locator("#charts").focus()
    for _ in range(60):
        page.keyboard.press("Tab")
        reached.append(
            page.evaluate("document.activeElement.id || document.activeElement.className")
        )
        if reached[-1] == "link":
            break
    assert {"fan-chart", "triangle-chart"} <= set(reached) and reached.count("tile") == 20
    named = page.evaluate(
        "[...document.querySelectorAll('.chart')].map(e => e.getAttribute('aria-labelledby'))"
        ".map(id => document.getElementById(id).textContent)"
    )
    assert len(named) == 2 and all(named)
    page.locator("#fan-chart").focus()
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "fan-said"
    rows = page.locator("#fan-table tbody tr")
    assert rows.last.inner_text().startswith("2040") and rows.last.is_visible()
    page.locator("#triangle-chart").focus()
    page.keyboard.press("Enter")
    assert "Brunei" in page.inner_text("#triangle-table")


def test_a_state_is_asked_why_by_keyboard_and_keeps_it(visit: Any) -> None:
    page = visit()
    page.locator('#tiles-a .tile[data-state="PHL"]').focus()
    page.keyboard.press("Shift+Tab")
    asked = page.evaluate("document.activeElement.dataset.state")
    page.keyboard.press("Enter")
    page.wait_for_selector("#why-table tbody tr", state="attached")
    assert page.evaluate("document.activeElement.dataset.state") == asked
    assert page.evaluate("document.activeElement.getAttribute('aria-pressed')") == "true"
    assert "in A" in page.inner_text("#why-title")
    page.locator("#why-chart").focus()
    page.keyboard.press("Enter")
    assert page.locator("#why-table tbody tr").first.inner_text().startswith("in 2024")


def test_what_a_setting_is_can_be_asked_by_keyboard(visit: Any) -> None:
    page = visit()
    asks = page.locator('#side-a button[aria-label="What is Japan: security aid (OSA)?"]')
    asks.focus()
    page.keyboard.press("Enter")
    assert "JPY bn a year; default" in page.inner_text("#side-a .help")
    page.keyboard.press("Enter")
    assert page.locator("#side-a .help").count() == 0


def test_why_is_told_again_to_a_second_visitor_whose_answer_is_known(visit: Any) -> None:
    for _ in range(2):
        page = visit("?a.policy/japan=none&place=PHL")
        page.wait_for_selector("#why-part .point")
        assert "Philippines" in page.inner_text("#why-title")


def test_years_play_from_the_start_and_stop_at_the_end(visit: Any) -> None:
    page = visit("?a.policy/japan=none&years.last=2026")
    page.click("#play")
    until(page, "document.querySelector('#year-shown').textContent === '2024'")
    until(page, "document.querySelector('#play').textContent === 'Play'")
    until(page, "document.querySelector('#tiles-a-title').textContent.includes('2026')")
    assert page.locator("#year").input_value() == "2026"


def test_what_is_taken_away_is_what_is_shown(visit: Any, tmp_path: Path) -> None:
    page = visit("?b.scenario=managed&place=THA")
    until(page, "document.querySelector('#csv').href.includes('managed')")
    for link, name, holds in (
        ("csv", "straits.csv", "b,THA,2040"),
        ("yaml-b", "straits_b.yaml", "managed"),
    ):
        with page.expect_download() as taking:
            page.click(f"#{link}")
        assert taking.value.suggested_filename == name
        taking.value.save_as(tmp_path / name)
        assert holds in (tmp_path / name).read_text(encoding="utf-8")
    for kind in ("png", "svg"):
        with page.expect_download() as taking:
            page.locator(f'button[id*="fan"]:has-text("{kind.upper()}")').click()
        taking.value.save_as(tmp_path / f"fan.{kind}")
    with page.expect_download() as taking:
        page.locator('button[id*="tiles-b"]:has-text("SVG")').click()
    taking.value.save_as(tmp_path / "map.svg")
    assert "in 2040" in (drawn := (tmp_path / "map.svg").read_text(encoding="utf-8"))
    assert "MMR" in drawn and "not a forecast" in drawn
    svg = (tmp_path / "fan.svg").read_text(encoding="utf-8")
    assert "not a forecast" in svg and "Thailand" in svg
    assert (tmp_path / "fan.png").read_bytes()[:4] == b"\x89PNG"


def test_further_settings_are_found_by_group_and_count(visit: Any) -> None:
    page = visit()
    page.click('#side-b summary:has-text("More settings")')
    page.click('#side-b [id*="more"]')
    page.get_by_text("Rules: room", exact=True).click()
    page.wait_for_selector('#side-b input[type="range"][id*="rules.room.shrink"]')
    box = page.locator('#side-b input[type="number"][id*="rules.room.shrink"]')
    box.fill("0.9")
    box.press("Enter")
    until(page, "location.search.includes('b.rules.room.shrink=0.9')")
    until(page, "document.querySelector('.told-b').textContent.includes('rules room shrink 0.9')")


def test_all_can_be_reached_and_named_by_keyboard(visit: Any) -> None:
    page = visit()
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "To the charts"
    page.keyboard.press("Enter")
    until(page, "document.activeElement.id === 'charts'")
    unnamed = page.evaluate(
        "[...document.querySelectorAll('input[type=range], input[type=number], button, summary')]"
        ".filter(e => !(e.labels && e.labels.length) && !e.textContent.trim()).map(e => e.id)"
    )
    assert unnamed == []


@pytest.mark.parametrize(("width", "height"), [(390, 844), (1280, 720)])
def test_it_fits_a_phone_and_a_projector(visit: Any, width: int, height: int) -> None:
    page = visit(width=width, height=height)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    chart = page.locator("#fan .main-svg").first.bounding_box()
    assert chart["y"] < height and chart["width"] > 0.45 * width
    small = page.evaluate(
        "[...document.querySelectorAll('p, label, button, th, td, small')]"
        ".filter(e => e.offsetParent && parseFloat(getComputedStyle(e).fontSize) < 12).length"
    )
    assert small == 0
