"""Facts about the server: what it answers over HTTP, to one and to twenty, and what it says when it cannot start."""

from __future__ import annotations

import csv
import io
import json
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any
from urllib.request import Request, urlopen

import numpy as np
import pytest
import xarray as xr

from sim.dashboard import serve, share
from sim.dashboard.engine import some_runs
from sim.dashboard.measures import MEASURES
from sim.dashboard.setup import Setup, Side, settings_of
from sim.dashboard.workers import EnsemblePool
from sim.errors import UserError
from tests.dashboard.conftest import SHORT

ROOT = Path(__file__).resolve().parents[2]
SEEN = {"year": 2028, "place": "region", "measure": "alignment", "mode": "levels", "side": "a"}
OUTPUTS = ("headline", "fan-title", "fan", "problems", "answered")


def asked(setup: Any, *, token: int = 1, **seen: Any) -> dict[str, Any]:
    """What a browser posts when a slider was let go."""
    props = {"fan": "figure", "answered": "data"}
    told = [{"id": name, "property": props.get(name, "children")} for name in OUTPUTS]
    output = "...".join(f"{one['id']}.{one['property']}" for one in told)
    ask = {"token": token, "setup": setup, "seen": SEEN | seen, "fan": "", "same": False}
    return {
        "output": f"..{output}..",
        "outputs": told,
        "inputs": [{"id": "ask", "property": "data", "value": ask}],
        "changedPropIds": ["ask.data"],
    }


def end_of_a(answer: dict[str, Any]) -> float:
    """Where the line of A ends."""
    lines = answer["response"]["fan"]["figure"]["data"]
    return float(next(line for line in lines if line["name"] == "A")["y"][-1])


def post(client: Any, body: Any) -> Any:
    return client.post("/_dash-update-component", json=body)


def test_twenty_visitors_at_once_each_get_their_own_answer(crew: EnsemblePool, client: Any) -> None:
    budgets = [float(n) for n in range(20)]
    setups = [
        Setup(a=Side(changes={"policy.united_states.presence": n / 20}), both=SHORT.both)
        for n in budgets
    ]
    with ThreadPoolExecutor(20) as pool:
        bodies = [asked(setup.as_data(), token=n) for n, setup in enumerate(setups)]
        answers = list(pool.map(lambda body: post(client, body).get_json(), bodies))
    for token, (setup, answer) in enumerate(zip(setups, answers, strict=True)):
        told = crew.reading(settings_of(setup, "a", runs=7)).of("alignment", "region")[-1]
        assert end_of_a(answer) == pytest.approx(float(np.median(told)), abs=1e-3)
        assert answer["response"]["answered"]["data"]["token"] == token
    assert len({end_of_a(answer) for answer in answers}) == 20


def test_twenty_sessions_at_once_at_full_size_wait_in_turn_and_a_mere_look_does_not(
    served: str, capsys: pytest.CaptureFixture[str]
) -> None:
    def ask(body: dict[str, Any]) -> tuple[float, dict[str, Any]]:
        request = Request(
            f"{served}_dash-update-component",
            json.dumps(body).encode(),
            {"Content-Type": "application/json"},
        )
        begun = time.perf_counter()
        with urlopen(request, timeout=120) as answer:
            told = json.loads(answer.read())
        return time.perf_counter() - begun, told

    def setup(budget: float) -> Setup:
        return Setup(a=Side(changes={"policy.japan.osa_budget": budget}))

    seen = {"measure": "capacity"}
    ask(asked(setup(3.0).as_data(), **seen))  # the baseline, and a set-up that is then known
    alone, _ = ask(asked(setup(4.0).as_data(), **seen))
    with ThreadPoolExecutor(21) as pool:
        asking = [
            pool.submit(ask, asked(setup(10.0 + n).as_data(), token=n, **seen)) for n in range(20)
        ]
        looking = pool.submit(ask, asked(setup(3.0).as_data(), place="VNM", **seen))
        waits, answers = zip(*[one.result() for one in asking], strict=True)
        look, _ = looking.result()
    ends = [end_of_a(answer) for answer in answers]
    assert [answer["response"]["answered"]["data"]["token"] for answer in answers] == list(
        range(20)
    )
    assert ends == sorted(set(ends))  # more aid, more capacity: nobody got another's answer
    own = some_runs(settings_of(setup(17.0), "a"), 0, 1000).levels["capacity"][-1, -1]
    assert ends[7] == pytest.approx(float(np.median(own)), abs=1e-3)
    assert look < 0.5 * max(waits)
    with capsys.disabled():
        print(
            f"\nalone {1e3 * alone:.0f} ms; twenty at once {1e3 * min(waits):.0f} to "
            f"{1e3 * max(waits):.0f} ms; a look at what is known, meanwhile {1e3 * look:.0f} ms",
            end=" ",
        )


def test_years_out_of_order_get_a_message(client: Any) -> None:
    setup = Setup(both=Side(changes={"years.first": 2024, "years.last": 2010}))
    told = post(client, asked(setup.as_data())).get_json()
    assert "must not come before" in str(told["response"]["problems"])


def test_a_message_goes_with_the_mistake_and_one_about_the_address_stays(client: Any) -> None:
    first, later = (
        post(client, asked(SHORT.as_data(), token=token)).get_json() for token in (1, 2)
    )
    assert "problems" not in first["response"]
    assert later["response"]["problems"] == {"children": ""}


def test_the_page_is_made_from_the_address(client: Any) -> None:
    body = {
        "output": "page.children",
        "outputs": {"id": "page", "property": "children"},
        "inputs": [
            {"id": "url", "property": "search", "value": "?a.scenario=cold_war&b.theory=hop"}
        ],
        "changedPropIds": ["url.search"],
    }
    told = post(client, body).get_data(as_text=True)
    assert "theory is 'hop'" in told.replace("\\u0027", "'") and "cold_war" in told
    assert "Traceback" not in told
    assert "Not a forecast" in client.get("/").get_data(as_text=True)


def test_nothing_may_be_fetched_from_elsewhere(client: Any) -> None:
    page = client.get("/")
    policy = page.headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy and "unsafe-eval" not in policy
    assert "unsafe-inline" not in policy.partition("script-src")[2].partition(";")[0]
    assert "frame-ancestors 'none'" in policy
    assert page.headers["X-Content-Type-Options"] == "nosniff"
    assert page.headers["Referrer-Policy"] == "same-origin"
    text = page.get_data(as_text=True)
    assert 'lang="en"' in text and "https://" not in text and "http://" not in text


def test_the_data_are_those_of_the_charts(client: Any, crew: EnsemblePool) -> None:
    told = client.get(f"/take/data.csv?{share.write(SHORT)}")
    assert told.headers["Content-Disposition"].endswith("straits.csv")
    rows = list(csv.DictReader(io.StringIO(told.get_data(as_text=True))))
    assert len(rows) == 3 * len(MEASURES) * 11 * 5
    row = next(r for r in rows if (r["scenario"], r["place"], r["year"]) == ("b", "PHL", "2027"))
    reading = crew.reading(settings_of(SHORT, "b", runs=7))
    assert float(row["q50"]) == pytest.approx(reading.at("alignment", 2027)[6], rel=1e-4)


def test_the_configuration_runs_the_same_scenario(
    client: Any, crew: EnsemblePool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from sim.cli import enter
    from sim.studies.scenario.command import run

    told = client.get(f"/take/b.yaml?{share.write(SHORT)}").get_data(as_text=True)
    assert "python experiments/run.py --config-path FOLDER --config-name straits_b" in told
    (tmp_path / "straits_b.yaml").write_text(told, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    argv = ["--config-path", str(tmp_path), "--config-name", "straits_b", "figures=false"]
    assert enter(run, config_name="config", name="run", argv=[*argv, "out=again"]) == 0
    with xr.open_dataset(tmp_path / "again" / "outcomes.nc") as outcomes:
        ended = outcomes["alignment"].isel(year=-1).sel(state="VNM").median("run").item()
        assert outcomes.sizes["run"] == 7
    reading = crew.reading(settings_of(SHORT, "b", runs=7))
    assert reading.at("alignment", 2028)[9] == pytest.approx(ended, abs=1e-3)


@pytest.mark.parametrize("path", ["data.csv?a.scenario=war", "a.yaml?years.last=1999", "c.yaml?"])
def test_a_spoilt_file_address_gets_a_message(client: Any, path: str) -> None:
    told = client.get(f"/take/{path}")
    assert told.status_code in (400, 404) and told.mimetype == "text/plain"
    assert "Traceback" not in told.get_data(as_text=True)


def test_a_port_that_is_taken_is_a_plain_mistake(capsys: pytest.CaptureFixture[str]) -> None:
    with serve.listen("127.0.0.1", 0) as taken:
        port = taken.getsockname()[1]
        assert serve.main(["--port", str(port)]) == 2
    told = capsys.readouterr().err
    assert "another program" in told and "--port 8051" in told and "Traceback" not in told


@pytest.mark.parametrize(
    ("argv", "told"),
    [
        (["--host", "no.such.host.invalid"], "cannot listen at no.such.host.invalid"),
        (["--host", "192.0.2.1"], "no address of this machine"),
        (["--port", "70000"], "between 0 and 65535"),
        (["--port", "-1"], "between 0 and 65535"),
        (["--runs", "1"], "between 2 and"),
        (["--runs", "10000000"], "between 2 and"),
        (["--workers", "-2"], "between 0 and 64"),
    ],
)
def test_a_bad_argument_is_a_plain_mistake(
    argv: list[str], told: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert serve.main(argv) == 2
    assert told in capsys.readouterr().err


@pytest.mark.parametrize("argv", [["--port", "many"], ["--prot", "8"], ["extra"]])
def test_an_unknown_argument_is_told_by_its_name(
    argv: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as leaving:
        serve.main(argv)
    assert leaving.value.code == 2 and argv[-1] in capsys.readouterr().err


def test_without_dash_the_message_says_which_extra(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(serve, "find_spec", lambda name: None)
    with pytest.raises(UserError, match="it needs the extra dashboard"):
        serve.check_arguments(serve._arguments().parse_args([]))
