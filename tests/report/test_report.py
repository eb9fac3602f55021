"""The page of a store: every number is the store's, nothing is fetched, and what is unfinished says so."""

from __future__ import annotations

import base64
import json
import re
import tomllib
from dataclasses import replace
from html.parser import HTMLParser

import numpy as np
import pytest
from jinja2 import UndefinedError
from markupsafe import escape

from sim.config import build
from sim.ensemble.executors.options import ExecutorOptions
from sim.ensemble.options import SweepOptions
from sim.ensemble.plan import make_plan
from sim.ensemble.run import sweep
from sim.ensemble.store.opening import open_store
from sim.ensemble.store.rows import read_table
from sim.errors import UserError
from sim.provenance import ROOT
from sim.report.data import load_report_data, spread, to_draw
from sim.report.design_section import levers
from sim.report.html import render_html
from sim.report.measures import measures, pairs
from sim.report.page import page
from sim.report.payload import payload
from sim.report.quoted import quote, to_html
from sim.studies.difference.table import write_differences
from tests.ensemble.small import TINY, plan, say_otherwise, unfinish

VOID = {"meta", "img", "br", "wbr", "link", "input"}
SERIAL = ExecutorOptions(kind="serial")


@pytest.fixture(scope="module")
def store(tmp_path_factory):
    folder = tmp_path_factory.mktemp("report") / "store"
    sweep(plan(block=7), folder, executor=SERIAL)
    return folder


@pytest.fixture(scope="module")
def held(store):
    return load_report_data(store)


@pytest.fixture(scope="module")
def html(held):
    labels = [f"<point> {place}" for place in held.shown]
    return page(held, question="What if a < b & c?", labels=labels)


class Reader(HTMLParser):
    """Reads a page: tags that match, tables by caption, what is linked or fetched."""

    def __init__(self, text):
        super().__init__()
        self.open, self.ids, self.links, self.heads, self.tables = [], [], [], [], []
        self.feed(text)
        assert self.open == []

    def handle_starttag(self, tag, attrs):
        told = dict(attrs)
        self.ids += [told["id"]] if "id" in told else []
        self.links += [told[name] for name in ("src", "href", "action", "data") if name in told]
        if tag not in VOID:
            self.open.append(tag)
        if tag in ("h1", "h2", "h3", "h4"):
            self.heads.append(int(tag[1]))
        if tag == "table":
            self.tables.append({"caption": "", "rows": []})
        if tag == "tr":
            self.tables[-1]["rows"].append([])
        if tag in ("td", "th"):
            self.tables[-1]["rows"][-1].append("")
        if tag == "br" and self.open[-1] in ("td", "th"):
            self.tables[-1]["rows"][-1][-1] += " | "

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def handle_data(self, data):
        if "caption" in self.open:
            self.tables[-1]["caption"] += data
        elif {"td", "th"} & set(self.open):
            self.tables[-1]["rows"][-1][-1] += data


def numbers(cell):
    found = re.findall(r"−?[\d.]+", cell.replace("MC", ""))
    return [float(each.replace("−", "-")) for each in found]


def test_the_page_is_well_made_and_fetches_nothing(html):
    read = Reader(html)
    assert len(read.ids) == len(set(read.ids))
    assert read.heads[0] == 1 and read.heads.count(1) == 1
    assert all(
        after - before <= 1 for before, after in zip(read.heads, read.heads[1:], strict=False)
    )
    for link in read.links:
        assert link.startswith(("#", "https://doi.org/", "data:image/"))
        assert not link.startswith("#") or link[1:] in read.ids
    assert "default-src 'none'" in html and "@import" not in html and "url(" not in html
    assert "What if a &lt; b &amp; c?" in html and "<point>" not in html
    assert all(one["caption"] for one in read.tables if one["rows"] != [[]])


def test_whatever_is_put_into_the_page_is_shown_as_text(held, monkeypatch):
    bad = """"'><img src=x onerror=alert(1)><script>alert(2)</script>&{{ 7 * 7 }}"""
    plan = replace(
        held.plan,
        bases=[(taken, replace(given, theory=bad)) for taken, given in held.plan.bases],
        points=held.plan.points.rename(columns={"policy.china.gray_zone": bad}).assign(other=bad),
    )
    monkeypatch.setattr("sim.report.page.state_names", lambda codes: dict.fromkeys(codes, bad))
    monkeypatch.setattr("sim.report.design_section.years", lambda data: (2024, 2026))
    figure = {"name": bad, "title": bad, "note": bad, "source": "data:image/png;base64,"}
    told = page(replace(held, plan=plan), question=bad, labels=[bad] * 9, figures=[figure])
    assert "x" not in Reader(told).links
    assert told.count("<script") == 2 and told.count("<img") == 1
    shown = str(escape(bad))
    state, lever = f"<td>{shown}</td>", f'<th scope="row">{shown}</th>'
    for part in (f"<h1>{shown}</h1>", f"<li>{shown}.</li>", f'alt="{shown}. ', state, lever):
        assert part in told
    theory = next(row for row in told.splitlines() if row.startswith('<tr><th scope="row">theory:'))
    assert f"<td>{shown}</td>" in theory


@pytest.mark.parametrize(
    ("markdown", "html"),
    [
        ("<script>alert(1)</script>", "&lt;script&gt;alert(1)&lt;/script&gt;"),
        ("a <b onclick=x>bold</b>", "<p>a &lt;b onclick=x&gt;bold&lt;/b&gt;</p>"),
        ("[words](page.md) <https://example.org/>", "<p>words https://example.org/</p>"),
        ("[words](javascript:alert(1))", "<p>[words](javascript:alert(1))</p>"),
        ("![a chart](chart.png)", ""),
        ("## `a < b`", "<h3><code>a &lt; b</code></h3>"),
    ],
)
def test_markdown_brings_no_html_link_or_picture_of_its_own(markdown, html):
    assert html in to_html(markdown)
    assert not {"<script", "<b ", "<a ", "<img"} & set(re.findall(r"<\w+ ?", to_html(markdown)))


def test_what_the_report_quotes_travels_with_the_package(tmp_path, monkeypatch):
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    included = project["tool"]["hatch"]["build"]["targets"]["wheel"]["force-include"]
    for name in ("limits.md", "validation.md"):
        assert included[f"docs/{name}"] == f"sim/_docs/{name}" and (ROOT / "docs" / name).is_file()
    packaged, clone = tmp_path / "sim" / "_docs", tmp_path / "docs"
    monkeypatch.setattr("sim.report.quoted.PLACES", (packaged, clone))
    assert quote("limits.md") == "<p>docs/limits.md is not here.</p>"
    for folder in (clone, packaged):
        folder.mkdir(parents=True)
        (folder / "limits.md").write_text(f"# Limits\n<!-- record -->\nin {folder.name}\n", "utf-8")
        assert quote("limits.md") == f"<p>in {folder.name}</p>"


def test_a_template_names_nothing_that_is_not_there():
    with pytest.raises(UndefinedError):
        render_html("report.html.j2", {})


def test_it_says_what_it_is_before_anything_else(html):
    head = html[: html.index("<nav")]
    assert "A conditional scenario, not a forecast" in head
    assert "On data it had not seen the model meets" in head
    assert "unfinished" not in head
    for told in ("Limits, and what speaks against", "[unverified]", "[seen", "20231216", "sha256"):
        assert told in html


READINGS = ("alignment", "alignment_posture", "alignment_structural", "alignment_security")


@pytest.mark.parametrize(
    ("caption", "file", "keys", "names"),
    [
        ("which way they lean", "table.csv", 1, READINGS),
        ("Japan's three purposes", "table.csv", 1, ("deterrence", "sea_lanes")),
        ("Every state: which way", "states.csv", 2, READINGS),
        ("Every state: at sea", "states.csv", 2, ("capacity", "pressure", "incidents")),
    ],
)
def test_every_number_of_the_tables_is_the_stores(caption, file, keys, names, html, store):
    found = next(one for one in Reader(html).tables if caption in one["caption"])
    kept = read_table(store / file)
    _, *rows = found["rows"]
    assert len(rows) == len(kept) == (9 if keys == 1 else 18)
    for row, (_, true) in zip(rows, kept.iterrows(), strict=True):
        assert int(row[0]) == true["point"]
        assert [float(cell) for cell in row[1:3]] == [true[name] for name in kept.columns[1:3]]
        for cell, name in zip(row[2 + keys :], names, strict=False):
            told = [true[f"{name}_{each}"] for each in ("mean", "low95", "high95", "mc_error")]
            np.testing.assert_allclose(numbers(cell), told, rtol=6e-4, atol=1e-10)


def test_shares_are_the_stores(held, store):
    kept, local = read_table(store / "table.csv"), read_table(store / "states.csv")
    by_name = {one.name: one for one in measures(held)}
    leaving, hedging = by_name["left_band_share"], by_name["posture_hedging"]
    np.testing.assert_allclose(leaving.estimates["mean"][:, -1], kept["left_band_share"], atol=1e-6)
    np.testing.assert_allclose(
        leaving.estimates["mean"][:, :-1].ravel(), local["left_band_share"], atol=1e-6
    )
    np.testing.assert_allclose(
        hedging.estimates["mean"][:, :-1].ravel(), local["posture_hedging"], atol=1e-6
    )


def test_every_difference_is_that_of_the_table_of_differences(held, store, tmp_path):
    opened = open_store(store)
    bases = np.full(9, 2)
    write_differences(opened, held.plan.points, bases, tmp_path)
    kept = read_table(tmp_path / "differences.csv")
    for one in measures(held):
        found = pairs(one)
        for place, code in enumerate(one.places):
            rows = kept[(kept["outcome"] == one.name) & (kept["state"] == code)].set_index("point")
            for point in rows.index:
                low, high = sorted((2, point))
                at = low * 9 - low * (low + 1) // 2 + high - low - 1
                sign = 1 if point > 2 else -1
                told = rows.loc[point]
                np.testing.assert_allclose(
                    sign * found.difference[at, place], told["difference"], rtol=1e-5, atol=1e-9
                )
                half = told["high95"] - told["difference"]
                np.testing.assert_allclose(found.half[at, place], half, rtol=1e-3, atol=1e-6)
                assert found.runs[at] == told["pairs"]


def test_what_the_script_reads_holds_the_same_numbers(held):
    found = measures(held)
    text = payload(found, ["</script>"] * 9, {"REGION": "Region"})
    assert "<" not in text and ">" not in text
    told = json.loads(text)
    assert told["points"][0] == "</script>" and told["pairs"] == [7] * 36
    for one, kept in zip(found, told["outcomes"], strict=True):
        half = np.frombuffer(base64.b64decode(kept["gapHalf"]), dtype="<f4")
        np.testing.assert_allclose(half, pairs(one).half.ravel(), rtol=1e-6)
        assert kept["mean"] == one.estimates["mean"].tolist() and "gap" not in kept


def without(store, tmp_path, *blocks):
    """Copy a store and take some of its blocks away."""
    folder = tmp_path / "cut"
    (folder / "blocks").mkdir(parents=True)
    for path in store.rglob("*"):
        if path.is_file() and not any(name in path.name for name in blocks):
            (folder / path.relative_to(store)).write_bytes(path.read_bytes())
    if blocks:
        unfinish(folder)
    return folder


def test_an_unfinished_store_says_so_and_shows_what_there_is(store, tmp_path):
    held = load_report_data(without(store, tmp_path, "p0000004", "p0000008"))
    assert not held.finished and held.shown == (0, 1, 2, 3, 5, 6, 7)
    told = page(held, question="?", labels=["x"] * 7)
    said = " ".join(told.split())
    assert "This sweep is unfinished: 49 of 63 runs are made, at 7 of 9 points" in said
    drawn = to_draw(held)
    assert drawn is not None and drawn["point"].values.tolist() == list(held.shown)
    assert drawn["policy.china.gray_zone"].values.tolist() == [0, 0.5, 1, 0, 1, 0, 0.5]


def test_pairs_of_points_with_other_runs_are_compared_over_those_they_share(tmp_path):
    options = SweepOptions(space={"scenario.rivalry": [0, 1]}, levels=2, replicates=7, block=3)
    made = make_plan(options, compose=lambda _: build(TINY), groups={})
    sweep(made, tmp_path / "s", executor=SERIAL)
    held = load_report_data(without(tmp_path / "s", tmp_path, "p0000001-0000002_r0000003"))
    found = measures(held)
    compared = pairs(found[0])
    assert compared.runs.tolist() == [4]
    runs = found[0].runs[:, 0]
    both = ~np.isnan(runs).any(axis=0)
    assert compared.difference[0, 0] == pytest.approx((runs[1] - runs[0])[both].mean())
    assert "gap" in json.loads(payload(found, ["a", "b"], {}))["outcomes"][0]


def test_a_single_run_and_a_single_point_have_a_page_without_intervals(tmp_path):
    options = SweepOptions(space={"scenario.rivalry": {"values": [0.3]}}, replicates=1)
    made = make_plan(options, compose=lambda _: build(TINY), groups={})
    sweep(made, tmp_path / "s", executor=SERIAL)
    held = load_report_data(tmp_path / "s")
    told = page(held, question="?", labels=["x"])
    lean = next(one for one in Reader(told).tables if "which way they lean" in one["caption"])
    kept = read_table(tmp_path / "s" / "table.csv")["alignment_mean"][0]
    assert numbers(lean["rows"][1][2]) == [pytest.approx(kept, rel=1e-3)]
    assert levers(held.plan.points) == ["scenario.rivalry"]


def test_points_may_be_chosen(store):
    assert load_report_data(store, (5, 0, 5)).shown == (5, 0)
    with pytest.raises(UserError, match="point 9 is not in the store"):
        load_report_data(store, (0, 9))


@pytest.mark.parametrize("most", [2, 3, 7])
def test_a_spread_holds_both_ends_and_no_point_twice(most):
    found = spread(range(40), most)
    assert len(set(found)) == most and found[0] == 0 and found[-1] == 39


def spoil(folder, how):
    manifest = folder / "manifest.json"
    kept = json.loads(manifest.read_text("utf-8"))
    if how == "garbled":
        manifest.write_text("{", "utf-8")
    elif how == "bare":
        say_otherwise(folder, *(k for k in kept if k not in ("format", "version", "model")))
    elif how == "version":
        say_otherwise(folder, version="9.9")
    elif how == "model":
        say_otherwise(folder, model=kept["model"] | {"sim/x.py": "0"})
    elif how == "format":
        say_otherwise(folder, format="other 2")
    elif how == "design":
        (folder / "design.csv").unlink()
    elif how == "short":
        (folder / "design.csv").write_text(
            "point,policy.japan.osa_budget,policy.china.gray_zone\n0,0,0\n"
        )
    elif how == "words":
        (folder / "design.csv").write_text(
            "point,policy.japan.osa_budget,policy.china.gray_zone\n0,a,b\n"
        )
    else:
        block = next((folder / "blocks").iterdir())
        block.write_bytes(block.read_bytes()[:-9])


@pytest.mark.parametrize(
    ("how", "told"),
    [
        ("garbled", "manifest.json cannot be read"),
        ("bare", "manifest.json cannot be that of a sweep: it lacks commit"),
        ("version", "another version"),
        ("model", "another state of the model"),
        ("format", "another format"),
        ("design", "design.csv is not as"),
        ("short", "design.csv is not as"),
        ("words", "design.csv is not as"),
        ("block", "is damaged"),
    ],
)
def test_a_store_that_is_not_what_was_written_is_refused(how, told, store, tmp_path):
    folder = without(store, tmp_path)
    spoil(folder, how)
    with pytest.raises(UserError, match=told):
        load_report_data(folder)


def test_a_store_without_a_finished_block_is_refused(store, tmp_path):
    with pytest.raises(UserError, match="nothing has been run"):
        load_report_data(without(store, tmp_path, "_r0000000"))
    with pytest.raises(UserError, match="is not a store"):
        load_report_data(tmp_path / "nowhere")
