"""Provenance of a store: version, commit, seed and data; and the works the runs stand on."""

from __future__ import annotations

from sim.cite import entries, references
from sim.provenance import commit
from sim.report.data import ReportData
from sim.world.load import version as data_version
from sim.world.series import read_sources

NOT_PLAIN = str.maketrans("", "", "{}")
VENUES = ("journal", "booktitle", "publisher", "institution")


def provenance_facts(data: ReportData) -> dict[str, str]:
    """Return what a store says of its making, each fact by what it is called."""
    manifest, plan = data.store.manifest, data.plan
    points, replicates = data.store.extent
    seeds = sorted({settings.seed for _, settings in plan.bases})
    return {
        "Store": data.store.folder.resolve().name,
        "Written by": f"Straits {manifest['version']}, commit {manifest['commit']}",
        "Report made at": f"commit {commit()}",
        "Runs": f"{data.runs:,} of {points * replicates:,} ({points:,} points, {replicates:,} runs each)",
        "Seed": "varied" if "seed" in plan.points else ", ".join(map(str, seeds)),
        "Random numbers": "common: run number n has the same at every point"
        if data.common_random_numbers
        else "they differ between points",
        "Design": f"{plan.options.design}; numbers kept in {plan.options.precision} precision",
        "Hedging threshold": f"{plan.options.threshold:g} of the hedging index",
    }


def data_series() -> list[tuple[str, str, str, str, str]]:
    """Return a row for each observed series: name, what it is, publisher, years, version."""
    return [
        (name, source.title, source.publisher, str(source.years), data_version(name))
        for name, source in read_sources().items()
    ]


def cited_works(data: ReportData) -> list[dict[str, str]]:
    """Return the works the runs stand on: who, year, title, venue, note (seen or unverified) and DOI, blank if none."""
    used = {key for _, settings in data.plan.bases for key in references(settings)}
    return [_work(entry) for key, entry in entries().items() if key in used]


def _work(entry: dict[str, str]) -> dict[str, str]:
    plain = {name: _plain(value) for name, value in entry.items()}
    return {
        "who": plain.get("author") or plain.get("editor") or plain.get("organization", ""),
        "year": plain.get("year", "n.d."),
        "title": plain.get("title", ""),
        "venue": next((plain[name] for name in VENUES if name in plain), ""),
        "note": plain.get("note", "unverified"),
        "doi": plain.get("doi", ""),
    }


def _plain(value: str) -> str:
    r"""Take what is BibTeX's out of a text.

    >>> _plain(r"Rowman \& Littlefield, {CSIS}, 3--4")
    'Rowman & Littlefield, CSIS, 3–4'
    """
    return value.translate(NOT_PLAIN).replace("--", "–").replace("\\&", "&")
