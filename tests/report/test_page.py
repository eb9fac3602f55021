"""The page in a browser: what is chosen is what is shown, and nothing is fetched or complained of."""

from __future__ import annotations

from pathlib import Path

import pytest

from sim.cli import enter
from sim.ensemble.store.rows import read_table
from sim.report.command import report
from sim.studies.sweep.command import sweep

BROWSER = Path("/usr/bin/chromium")
FLAGS = ["--no-sandbox", "--disable-background-networking"]
SWEPT = [
    *("states=[PHL,KHM,BRN]", "years.last=2027", "executor=serial", "figures=false"),
    *("sweep.replicates=7", "sweep.levels=3", "sweep.space.policy.japan.osa_budget=[0,40]"),
    "sweep.space.theory=[insurance,commerce]",
]

pytestmark = pytest.mark.skipif(not BROWSER.exists(), reason="there is no /usr/bin/chromium")


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    top = tmp_path_factory.mktemp("page")
    store, out = f"{top}/store", f"{top}/page"
    assert (
        enter(
            sweep,
            config_name="sweep",
            name="sweep",
            argv=[*SWEPT, f"out={store}", "sweep.baseline=point:1"],
        )
        == 0
    )
    argv = [f"store={store}", f"out={out}", "figures=false"]
    assert enter(report, config_name="report", name="report", argv=argv) == 0
    return top


@pytest.fixture(scope="module")
def browser():
    playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
    with playwright.sync_playwright() as driver:
        found = driver.chromium.launch(executable_path=str(BROWSER), args=FLAGS)
        yield found
        found.close()


@pytest.fixture
def shown(made, browser):
    """The page, open; a fault or a request for anything but itself fails the test."""
    page = browser.new_page()
    faults = []
    page.on("pageerror", lambda fault: faults.append(str(fault)))
    page.on("console", lambda told: faults.append(told.text))
    page.on(
        "request", lambda asked: None if asked.url.startswith("data:") else faults.append(asked.url)
    )
    here = (made / "page" / "report.html").as_uri()
    page.goto(here)
    yield page
    assert faults == [here]
    page.close()


def row(page, place):
    cells = page.locator(f"#compared tr[data-place={place}] :is(th, td)").all_inner_texts()
    return [cell.replace("−", "-") for cell in cells]


def rounds(text, true):
    """Whether a text says a number, to the last digit it gives (numbers are packed in single precision)."""
    unit = 10.0 ** -len(text.partition(".")[2])
    return abs(float(text) - true) <= 0.5 * unit + 1e-6 * (1 + abs(true))


@pytest.mark.parametrize(
    ("second", "outcome"), [(4, "alignment"), (0, "capacity"), (5, "cohesion")]
)
def test_the_difference_shown_is_the_stores(second, outcome, made, shown):
    table = read_table(made / "store" / "differences.csv")
    kept = table[(table["point"] == second) & (table["outcome"] == outcome)].set_index("state")
    names = shown.evaluate(
        "JSON.parse(document.getElementById('data').textContent).outcomes.map((o) => o.name)"
    )
    shown.select_option("#first", index=1)
    shown.select_option("#second", index=second)
    shown.select_option("#outcome", index=names.index(outcome))
    assert len(kept) == (1 if outcome == "cohesion" else 4)
    for place, true in kept.iterrows():
        _, first, _, other, _, gap, between = row(shown, place)
        assert rounds(first, true["baseline_mean"]) and rounds(other, true["mean"])
        assert rounds(gap, true["difference"])
        low, high = between.split(" to ")
        assert rounds(low, true["low95"]) and rounds(high, true["high95"])
        sure = shown.locator(f"#compared tr[data-place={place}] td.sure").count() == 1
        assert sure == bool(true["found"])


def test_a_column_has_one_number_of_decimals(shown):
    for column in (1, 3, 5):
        cells = [row(shown, place)[column] for place in ("PHL", "KHM", "BRN")]
        assert len({len(cell.partition(".")[2]) for cell in cells}) == 1


def test_swapping_turns_every_difference_round(shown):
    before = row(shown, "PHL")
    shown.click("#swap")
    after = row(shown, "PHL")
    assert after[1:3] == before[3:5] and after[3:5] == before[1:3]
    assert float(after[5]) == -float(before[5]) != 0.0


def test_a_point_beside_itself_differs_by_nothing(shown):
    shown.select_option("#second", index=0)
    assert "no difference" in shown.inner_text("#message") and row(shown, "PHL")[5] == "0"


def test_keys_alone_choose_and_a_voice_is_told(shown):
    told = shown.inner_text("#message")
    assert "over 7 pairs of runs" in told and "of 3 states" in told
    shown.focus("#second")
    shown.keyboard.press("ArrowUp")
    assert shown.evaluate("document.getElementById('second').selectedIndex") == 4
    assert shown.inner_text("#message") != told
    assert shown.get_attribute("#message", "aria-live") == "polite"
    assert all(
        shown.locator(f"label:has(#{name})").count() == 1 for name in ("first", "second", "outcome")
    )


@pytest.mark.parametrize("width", [320, 390, 1280])
def test_no_page_is_wider_than_its_screen(width, shown):
    shown.set_viewport_size({"width": width, "height": 800})
    assert shown.evaluate("document.documentElement.scrollWidth") <= width
    assert shown.locator("#gaps circle").count() == 4
