"""The page, put together: one file that opens without Python and without a network."""

from __future__ import annotations

import base64
from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from pathlib import Path
from string import Template

from sim.outcomes.summary import REGION
from sim.report import (
    design_section,
    outcomes,
    provenance_section,
    settings_section,
    validation_section,
)
from sim.report.data import ReportData
from sim.report.html import Markup, items, joined, section, tag
from sim.report.measures import measures
from sim.report.payload import payload
from sim.world.roster import names as state_names

HERE = Path(__file__).parent
KINDS = {".svg": "image/svg+xml", ".png": "image/png"}
CLOSING = "A conditional scenario, not a forecast. Made by Straits; the figures stand beside this page as PDF, SVG and PNG."


@dataclass(frozen=True, kw_only=True)
class Picture:
    """A figure: the file put into the page, its title, and the note that says how to read it."""

    path: Path
    title: str
    note: str


@dataclass(frozen=True, kw_only=True)
class Words:
    """What the page calls things. question : its title. labels : of the shown points."""

    question: str
    labels: Sequence[str]


def page(held: ReportData, words: Words, pictures: Sequence[Picture] = ()) -> str:
    """Write the page of a store as HTML, the same bytes for the same store."""
    found = measures(held)
    codes = found[0].places[:-1]
    names = {**state_names(codes), REGION: "Region"}
    manifest = held.store.manifest
    labels = [f"{point}: {label}" for point, label in zip(held.shown, words.labels, strict=True)]
    first, last = design_section.years(held)
    return Template(_part("page.html")).substitute(
        title=f"{escape(words.question)} – Straits",
        question=escape(words.question),
        generator=escape(f"Straits {manifest['version']}"),
        version=escape(str(manifest["version"])),
        points=f"{len(held.plan.points):,}",
        runs=f"{held.runs:,}",
        years=f"{first} to {last}",
        unfinished=_unfinished(held),
        findings=_findings(pictures),
        scores=validation_section.scores(),
        asked=section("asked", "What was varied", design_section.varied(held)),
        compared=_compared(held),
        figures=section("figures", "Figures", *_figures(pictures)),
        outcomes=section(
            "outcomes",
            "Outcomes",
            _shown(held),
            outcomes.region(held, found),
            outcomes.states(held, found, names),
        ),
        settings=section("settings", "Settings", settings_section.settings(held)),
        trust=section("trust", "How far to trust it", validation_section.validation()),
        limits=section(
            "limits", "Limits, and what speaks against this model", validation_section.limits()
        ),
        origin=section("origin", "Where it comes from", provenance_section.origin(held)),
        works=section("works", "Works it stands on", _marks(), provenance_section.works(held)),
        closing=CLOSING,
        payload=payload(found, labels, names),
        style=_part("page.css"),
        script=_part("page.js"),
    )


def _part(name: str) -> str:
    return (HERE / name).read_text(encoding="utf-8").strip()


def _findings(pictures: Sequence[Picture]) -> Markup:
    """What the figures say, in their own titles, before anything else."""
    if not pictures:
        return Markup("")
    return tag(
        "div",
        joined([tag("p", "In short:"), items(f"{p.title}." for p in pictures)]),
        class_="short",
    )


def _unfinished(held: ReportData) -> Markup:
    if held.finished:
        return Markup("")
    points, replicates = held.store.extent
    told = (
        f"This sweep is unfinished: {held.runs:,} of {points * replicates:,} runs are made, at {len(held.ran):,} of "
        f"{points:,} points. What is below will change; figures show points with all their runs alone."
    )
    return tag("p", told, class_="warning")


def _compared(held: ReportData) -> str:
    luck = (
        "Run number n has the same luck at both points, so the difference is taken run by run and is surer than "
        "the two intervals beside each other suggest."
        if held.same_luck
        else "These points differ in their luck (their seeds), so differences are no surer than the two intervals suggest."
    )
    means = ""
    if "world" in held.plan.points or len({base.states for _, base in held.plan.bases}) > 1:
        means = " Points hold different states: the region's means are then over other states on each side."
    return (
        f"Choose any two of {len(held.shown)} points and an outcome. {luck} Intervals are over luck alone: they say "
        f"nothing of whether the model is right, and among many comparisons one in twenty leaves zero out by luck.{means}"
    )


def _shown(held: ReportData) -> Markup:
    if len(held.shown) == len(held.ran):
        return Markup("")
    return tag(
        "p",
        f"Of {len(held.ran):,} points {len(held.shown)} are on this page, spread evenly or as chosen "
        "(report.points=[0,1,2] chooses others); the store's table.csv holds all.",
    )


def _figures(pictures: Sequence[Picture]) -> list[Markup]:
    return [_figure(one) for one in pictures] or [tag("p", "No figures were drawn.")]


def _figure(one: Picture) -> Markup:
    content = base64.b64encode(one.path.read_bytes()).decode("ascii")
    source = f"data:{KINDS[one.path.suffix]};base64,{content}"
    image = Markup(f'<img src="{source}" alt="{escape(f"{one.title}. {one.note}")}">')
    beside = f"For print: figures/{one.path.stem}.pdf beside this page."
    heading = tag("h3", one.title, class_="heard")  # the picture shows it
    return tag("figure", joined([heading, image, tag("figcaption", beside)]))


def _marks() -> Markup:
    return tag(
        "p",
        "Seen: the bibliographic data were checked against a catalogue or the work's own page. Unverified: given from memory.",
    )
