"""Facts about requests that no page of ours makes: each gets a 4xx or a harmless answer, and a line in the log at most."""

from __future__ import annotations

import copy
import http.client
import json
import random
import re
import socket
from typing import Any
from urllib.parse import quote, urlparse

import pytest

from sim.dashboard import share
from sim.dashboard.guard import names_of
from sim.dashboard.server import LARGEST_BODY
from sim.errors import UserError
from tests.dashboard.conftest import SHORT, serving
from tests.dashboard.test_http import asked

UPDATE = "/_dash-update-component"
REQUESTS = 350


def page_body(search: Any = "?as=baseline") -> dict[str, Any]:
    """What a browser posts when it opens the page."""
    return {
        "output": "page.children",
        "outputs": {"id": "page", "property": "children"},
        "inputs": [{"id": "url", "property": "search", "value": search}],
        "changedPropIds": ["url.search"],
    }


def room_body(side: Any = "a", group: Any = "rules.sea") -> dict[str, Any]:
    """What a browser posts when a group of further settings is chosen."""
    identity = {"kind": "more", "side": side}
    return {
        "output": '{"kind":"room","side":["MATCH"]}.children',
        "outputs": {"id": {"kind": "room", "side": side}, "property": "children"},
        "inputs": [{"id": identity, "property": "value", "value": group}],
        "state": [
            {"id": identity, "property": "id", "value": identity},
            {"id": "setup", "property": "data", "value": SHORT.as_data()},
        ],
        "changedPropIds": [json.dumps(identity, separators=(",", ":")) + ".value"],
    }


def with_seen(**seen: Any) -> dict[str, Any]:
    """A question with something else looked at."""
    return asked(SHORT.as_data(), **seen)


def with_setup(**sides: Any) -> dict[str, Any]:
    """A question with another set-up."""
    return asked(SHORT.as_data() | sides)


def without(body: dict[str, Any], key: str) -> dict[str, Any]:
    """A body that lacks something."""
    return {name: value for name, value in body.items() if name != key}


GOOD = asked(SHORT.as_data())


@pytest.mark.parametrize("body", [GOOD, page_body(), page_body(None), room_body(), with_seen()])
def test_what_the_page_asks_is_answered(client: Any, body: Any) -> None:
    assert client.post(UPDATE, json=body).status_code == 200


@pytest.mark.parametrize(
    "body",
    [
        None,
        [],
        "page",
        7,
        {},
        *[without(GOOD, key) for key in ("output", "outputs", "inputs")],
        GOOD | {"output": "no.such"},
        GOOD | {"output": ["page.children"]},
        GOOD | {"output": "setup.data"},  # which the browser itself works out
        GOOD | {"outputs": {"id": "page", "property": "__class__"}},
        GOOD | {"inputs": [{"id": "ask", "property": "__class__", "value": 1}]},
        GOOD | {"inputs": [{"id": "url", "property": "search", "value": "?"}]},
        GOOD | {"inputs": [{"id": "ask", "property": "data", "value": None}]},
        GOOD | {"inputs": [[{"id": "ask", "property": "data"}]]},
        GOOD | {"inputs": GOOD["inputs"] * 2},
        GOOD | {"state": [{"id": "x", "property": "y", "value": 1}]},
        GOOD | {"state": "none"},
        GOOD | {"changedPropIds": [{}]},
        *[page_body(search) for search in (7, [], {"a": 1}, True)],
        *[room_body(side) for side in ("__class__", "c", None, ["a"], {})],
        *[room_body("a", group) for group in ("__class__", "no.such", ["rules.sea"], {}, 3)],
        *[with_seen(side=side) for side in ("__class__", "baseline", None, ["a"])],
        *[with_seen(measure=name) for name in ("__class__", "levels", None, [], {})],
        *[with_seen(place=name) for name in ("__dict__", "ATL", None, ["PHL"])],
        *[with_seen(mode=name) for name in ("__init__", None, 1)],
        *[with_seen(year=year) for year in ("9" * 4400, "soon", [2031], {}, True, None, 10**400)],
        *[asked(setup) for setup in (None, {}, {"a": 1}, "drop table", [1, 2])],
        with_setup(c={}),
        with_setup(a=None),
        with_setup(a={"choices": {}}),
        with_setup(a={"choices": {}, "changes": {}, "__class__": {}}),
        with_setup(a={"choices": [], "changes": {}}),
        with_setup(a={"choices": {"scenario": ["cold_war"]}, "changes": {}}),
        with_setup(a={"choices": {"scenario": "x" * 200}, "changes": {}}),
        with_setup(a={"choices": {}, "changes": {"x" * 200: 1}}),
        with_setup(a={"choices": {}, "changes": {f"n{n}": 1 for n in range(999)}}),
        with_setup(a={"choices": {}, "changes": {"policy.japan.oda": 10**400}}),
        with_setup(a={"choices": {}, "changes": {"policy.japan.oda": True}}),
        with_setup(a={"choices": {}, "changes": {"policy.japan.oda": {"_target_": "os.system"}}}),
    ],
)
def test_what_no_page_asks_is_refused_in_one_line(
    client: Any, body: Any, caplog: pytest.LogCaptureFixture
) -> None:
    answer = client.post(UPDATE, data=json.dumps(body), content_type="application/json")
    assert answer.status_code == 400 and answer.text.count("\n") == 1
    assert [record.getMessage()[:4] for record in caplog.records] == ["400:"]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "{",
        "\xff\xfe",
        "[" * 100_000,
        '{"a":' * 20_000,
        "9" * 5000,
        json.dumps(GOOD).replace("2028", "NaN", 1),
        json.dumps(GOOD).replace("2028", "-Infinity", 1),
        json.dumps(page_body("?place=\ud800")),
    ],
)
def test_what_is_no_json_is_refused(
    client: Any, text: str, caplog: pytest.LogCaptureFixture
) -> None:
    answer = client.post(UPDATE, data=text.encode("latin-1"), content_type="application/json")
    assert answer.status_code == 400 and len(caplog.records) == 1


@pytest.mark.parametrize("names", ["__class__", "policy.japan.__class__", "runs", "no.such"])
def test_names_that_are_no_setting_are_told_on_the_page(client: Any, names: str) -> None:
    answer = client.post(UPDATE, json=with_setup(a={"choices": {}, "changes": {names: 1}}))
    assert answer.status_code == 200
    assert "is not a setting here" in str(answer.get_json()["response"]["problems"])


@pytest.mark.parametrize(
    "host",
    ["evil.example", "127.0.0.1.evil.example", "localhost:81", "", "192.0.2.1", "localhost@x"],
)
def test_another_host_is_not_answered(client: Any, host: str) -> None:
    for path in ("/", "/take/data.csv", "/assets/straits.js", "/_dash-layout"):
        assert client.get(path, headers={"Host": host}).status_code == 421
    assert client.post(UPDATE, json=page_body(), headers={"Host": host}).status_code == 421


def test_this_machine_is_known_by_its_names_and_no_others_unless_told() -> None:
    here = names_of("127.0.0.1", 8050)
    known = ("127.0.0.1:8050", "LOCALHOST:8050", "[::1]:8050")
    assert all(map(here.know, known))
    assert not any(map(here.know, (None, "localhost", "localhost:8051", "192.0.2.1:8050")))
    told = names_of("127.0.0.1", 8050, ["lab.example.org", "localhost:9000"])
    assert told.know("lab.example.org:8050") and told.know("localhost:9000")
    class_room = names_of("0.0.0.0", 8050)
    assert class_room.know("192.0.2.1:8050") and class_room.know("[2001:db8::1]:8050")
    assert not class_room.know("evil.example:8050") and not class_room.know("192.0.2.1:1")
    for name in ("no such", "x/y", "a:b", ""):
        with pytest.raises(UserError, match="--name"):
            names_of("127.0.0.1", 8050, [name])


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"Origin": "http://evil.example"}, 403),
        ({"Origin": "null"}, 403),
        ({"Origin": "http://localhost:3000"}, 403),
        ({"Sec-Fetch-Site": "cross-site"}, 403),
        ({"Sec-Fetch-Site": "same-site"}, 403),
        ({"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "navigate"}, 403),
        ({"Origin": "http://localhost", "Sec-Fetch-Site": "same-origin"}, 200),
    ],
)
def test_a_page_of_another_site_cannot_post(client: Any, headers: Any, status: int) -> None:
    assert client.post(UPDATE, json=page_body(), headers=headers).status_code == status


def test_a_page_of_another_site_can_link_to_the_page_and_nothing_else(client: Any) -> None:
    elsewhere = {"Sec-Fetch-Site": "cross-site"}
    opening = elsewhere | {"Sec-Fetch-Mode": "navigate"}
    assert client.get("/", headers=opening).status_code == 200
    assert client.get("/", headers=elsewhere).status_code == 403
    assert client.get("/take/data.csv", headers=opening).status_code == 403


@pytest.mark.parametrize("kind", ["text/plain", "application/x-www-form-urlencoded", ""])
def test_only_json_is_taken(client: Any, kind: str) -> None:
    answer = client.post(UPDATE, data=json.dumps(page_body()), content_type=kind)
    assert answer.status_code == 415


def test_an_address_that_is_too_long_is_refused(client: Any) -> None:
    assert client.get("/?" + "a" * 20_000).status_code == 414
    assert client.get("/take/data.csv?year=" + "9" * 4400).status_code == 400


@pytest.mark.parametrize(
    ("query", "told"),
    [
        (f"year={'9' * 4400}", "is too long"),
        (f"a.policy.japan.oda={'9' * 4400}", "is too long"),
        (f"{'x' * 4000}=1", "is too long"),
        ("year=٢٠٣٥&year=2030", "is given twice"),
        ("year=²", "such as 2035"),
        ("a.scenario=cold_war&a.scenario=managed", "is given twice"),
        ("&".join(f"x{n}=1" for n in range(900)), "more than 400 parts"),
        ("&".join(f"x{n}=1" for n in range(300)), "292 further parts"),
        ("a.__class__=1", "is not a setting here"),
        ("a.theory/__class__=1", "is not a group of choices here"),
        ("a.scenario=../../../etc/passwd", "it must be one of"),
        ("a.scenario=${oc.env:HOME}", "it must be one of"),
        ("a.hydra.callbacks.x._target_=os.system", "is not a setting here"),
        ("measure=__class__", "measure is '__class__'"),
        ("place=__class__", "place is '__class__'"),
    ],
)
def test_an_address_is_validated_part_by_part(query: str, told: str) -> None:
    _, _, problems = share.read(query)
    assert told in "\n".join(problems) and len(problems) <= share.MOST_MESSAGES + 1
    assert all(len(problem) < 6000 for problem in problems)


HOSTILE = [
    None, True, -1, 0.5, 1e308, 10**400, "", "a", "__class__", "__import__('os')", "\x00", "../../x",
    "9" * 5000, "x" * 3000, [], {}, [[[[]]]], {"a": {}}, {"__class__": "x"}, {"_target_": "os.system"},
    "${oc.env:HOME}", "<script>alert(1)</script>", "PHL", "région", 2**63, float("nan"), float("inf"),
]  # fmt: skip


def mutated(body: Any, chance: random.Random) -> Any:
    """The same with something in it replaced, taken away or added."""
    body = copy.deepcopy(body)
    spots: list[tuple[Any, Any]] = []

    def walk(value: Any) -> None:
        keys = value if isinstance(value, dict) else range(len(value))
        for key in keys:
            spots.append((value, key))
            if isinstance(value[key], dict | list):
                walk(value[key])

    walk(body)
    for _ in range(chance.choice((1, 1, 1, 2, 3))):
        holder, key = chance.choice(spots)
        if isinstance(holder, dict) and chance.random() < 0.2:
            holder.pop(key, None)
        elif isinstance(holder, dict) and chance.random() < 0.2:
            holder[chance.choice(("__class__", "a", "choices", "policy.japan.oda"))] = (
                chance.choice(HOSTILE)
            )
        elif isinstance(holder, dict) or key < len(holder):
            holder[key] = chance.choice(HOSTILE)
    return body


def posted(chance: random.Random) -> bytes:
    """A POST whose body was tampered with, as structure or as text."""
    body = chance.choice((GOOD, page_body(), room_body(), with_seen(place="PHL", side="b")))
    text = json.dumps(mutated(body, chance)).encode()
    if chance.random() < 0.25:
        cut = chance.randrange(len(text))
        text = text[:cut] + chance.choice((b"", b"NaN", b"\xff", b"[" * 5000, b'"'))
    kind = chance.choice(["application/json"] * 9 + ["text/plain"])
    return head("POST", UPDATE, f"Content-Type: {kind}", f"Content-Length: {len(text)}") + text


def opened(chance: random.Random) -> bytes:
    """A GET of an address that nobody linked to."""
    path = chance.choice(
        ("/", "/take/data.csv", "/take/a.yaml", "/take/__class__.yaml", "/assets/../app.py", "/..%2f..%2fetc/passwd",
         "/_dash-component-suites/os/path", "/_dash-component-suites/dash/../x.js", "/%00", "//x", "/_dash-layout",
         "/_dash-component-suites/sim.dashboard/app.py", "/static/x", "/_dash-dependencies", "/assets/%ff")
    )  # fmt: skip
    names = ("a.scenario", "b.theory", "a.policy.japan.oda", "years.last", "seed", "world", "year", "place", "measure",
             "a.__class__", "b.", ".", "", "c.x", "as", "difference", "runs")  # fmt: skip
    parts = [
        f"{quote(chance.choice(names))}={quote(str(chance.choice(HOSTILE)))}"
        for _ in range(chance.randrange(5))
    ]
    return head(chance.choice(("GET", "GET", "HEAD", "OPTIONS")), f"{path}?{'&'.join(parts)}")


def broken(chance: random.Random) -> bytes:
    """What is no proper HTTP, or too much of it."""
    chunked = head("POST", UPDATE, "Content-Type: application/json", "Transfer-Encoding: chunked")
    return chance.choice(
        [
            *[chunked + rest for rest in (b"zz\r\n{}\r\n0\r\n\r\n", b"-1\r\n", b"5\r\n{}}}}}}}}\r\n0\r\n\r\n")],
            chunked + b"%x\r\n" % (3 * LARGEST_BODY) + b"a" * (3 * LARGEST_BODY) + b"\r\n0\r\n\r\n",
            head("POST", UPDATE, "Transfer-Encoding: gzip"),
            head("POST", UPDATE, "Transfer-Encoding: chunked", "Content-Length: 3") + b"zz\r\n",
            *[head("POST", UPDATE, f"Content-Length: {n}") for n in ("-1", "x", "9" * 5000, "1, 2", "0x10", "")],
            head("POST", UPDATE, f"Content-Length: {3 * LARGEST_BODY}") + b"a" * (3 * LARGEST_BODY),
            head("GET", "/", "X: " + "y" * 40_000),
            head("GET", "/?" + "a" * 20_000),
            head("GET", "/", "no colon"),
            head("GET", "/", "Cookie: \xff=\x01;;;"),
            head("GET", "/", "Range: bytes=9-1", "If-None-Match: \xff", "If-Modified-Since: never"),
            *[head(name, UPDATE) for name in ("PUT", "DELETE", "TRACE", "CONNECT", "PATCH", "get", "G\x00T")],
            *[head("GET", path) for path in ("http://evil.example/", "http://[x/", "*", "x", "/\x01")],
            *[b"GET / HTTP/1.1\r\nHost: " + name + b"\r\n\r\n" for name in (b"evil", b"a, b", b"[", b"\xff", b"")],
            b"GET / HTTP/1.0\r\n\r\n",
            b"GET /\r\n\r\n",
            b"GET / HTTP/9.9\r\nHost: HOST\r\n\r\n",
            b"\x16\x03\x01\x00\xa5\x01\x00\r\n\r\n",
        ]
    )  # fmt: skip


def head(method: str, path: str, *headers: str) -> bytes:
    """The head of a request, with a place for the host."""
    return "\r\n".join([f"{method} {path} HTTP/1.1", "Host: HOST", *headers, "", ""]).encode(
        "latin-1", "replace"
    )


def status(host: str, request: bytes) -> int:
    """Send bytes; return the status of the answer."""
    name, port = host.split(":")
    with socket.create_connection((name, int(port)), timeout=30) as line:
        line.sendall(request.replace(b"Host: HOST", b"Host: " + host.encode(), 1))
        answer = http.client.HTTPResponse(line)
        answer.begin()
        return answer.status


def test_hundreds_of_hostile_requests_end_in_no_5xx_and_no_traceback() -> None:
    chance = random.Random(20_261_128)
    seen: list[int] = []
    with serving("--workers", "1", "--runs", "4") as (running, address):
        host = urlparse(address).netloc
        for _ in range(REQUESTS):
            request = chance.choice((posted, posted, opened, broken))(chance)
            seen.append(status(host, request))
            assert 200 <= seen[-1] < 500, (seen[-1], request[:2000])
        text = json.dumps(GOOD).encode()
        good = head(
            "POST", UPDATE, "Content-Type: application/json", f"Content-Length: {len(text)}"
        )
        assert status(host, good + text) == 200
        running.terminate()
        _, log = running.communicate(timeout=60)
    lines = log.splitlines()
    assert running.returncode == 0
    assert len(lines) == sum(400 <= one < 500 for one in seen)
    assert all(re.match(r"\d\d:\d\d:\d\d 4\d\d: ", line) and len(line) < 500 for line in lines)
    assert {200, 400, 404, 405, 413, 414, 415, 421, 431} <= set(seen)


def test_a_client_that_dawdles_is_let_go(monkeypatch: pytest.MonkeyPatch, client: Any) -> None:
    from threading import Thread

    from sim.dashboard import serve, server

    monkeypatch.setattr(server, "LONGEST_REQUEST", 0.3)
    with serve.listen("127.0.0.1", 0) as place:
        served = server.server_at(place, client.application)
        running = Thread(target=served.run, daemon=True)
        running.start()
        with socket.create_connection(place.getsockname(), timeout=20) as slow:
            slow.sendall(head("POST", UPDATE, "Content-Length: 100") + b"{")
            assert slow.recv(100).startswith(b"HTTP/1.1 408")
        served.task_dispatcher.shutdown()
        served.asyncore.close_all(served._map)
        running.join(20)
        assert not running.is_alive()
