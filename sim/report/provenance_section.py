"""Where the numbers come from: version, commit, luck and data; and the works they stand on."""

from __future__ import annotations

from sim.cite import entries, references
from sim.provenance import commit
from sim.report.data import ReportData
from sim.report.html import Markup, folded, items, joined, table, tag
from sim.world.load import version as data_version
from sim.world.series import read_sources

NOT_PLAIN = str.maketrans("", "", "{}")


def origin(held: ReportData) -> Markup:
    """The list of where a store comes from, and the table of its data."""
    manifest, plan = held.store.manifest, held.plan
    points, replicates = held.store.extent
    seeds = sorted({settings.seed for _, settings in plan.bases})
    told = {
        "Store": held.store.folder.resolve().name,
        "Written by": f"Straits {manifest['version']}, commit {manifest['commit']}",
        "Report made at": f"commit {commit()}",
        "Runs": f"{held.runs:,} of {points * replicates:,} ({points:,} points, {replicates:,} runs each)",
        "Seed": "varied" if "seed" in plan.points else ", ".join(map(str, seeds)),
        "Luck": "run number n has the same luck at every point"
        if held.same_luck
        else "points differ in their luck",
        "Design": f"{plan.options.design}; numbers kept in {plan.options.precision} precision",
        "Hedging threshold": f"{plan.options.threshold:g} of the hedging index",
    }
    pairs = joined(
        part for name, value in told.items() for part in (tag("dt", name), tag("dd", value))
    )
    return joined([tag("dl", pairs), _data()])


def _data() -> Markup:
    rows = [
        (name, one.title, one.publisher, str(one.years), data_version(name))
        for name, one in read_sources().items()
    ]
    head = ("series", "what it is", "publisher", "years", "version (sha256, first digits)")
    return folded(
        f"Data: {len(rows)} series", table("Observed series the runs begin from", head, rows)
    )


def works(held: ReportData) -> Markup:
    """The list of works the runs stand on, each marked seen or unverified."""
    used = {key for _, settings in held.plan.bases for key in references(settings)}
    return items(_work(entry) for key, entry in entries().items() if key in used)


def _plain(value: str) -> str:
    r"""Take what is BibTeX's out of a text.

    >>> _plain(r"Rowman \& Littlefield, {CSIS}, 3--4")
    'Rowman & Littlefield, CSIS, 3–4'
    """
    return value.translate(NOT_PLAIN).replace("--", "–").replace("\\&", "&")


def _work(entry: dict[str, str]) -> Markup:
    plain = {name: _plain(value) for name, value in entry.items()}
    where = next(
        (plain[n] for n in ("journal", "booktitle", "publisher", "institution") if n in plain), ""
    )
    who = plain.get("author") or plain.get("editor") or plain.get("organization", "")
    parts = [f"{who} ({plain.get('year', 'n.d.')}): ", tag("cite", plain.get("title", "")), "."]
    parts += [f" {where}." if where else "", f" [{plain.get('note', 'unverified')}]"]
    if "doi" in plain:
        parts += [" ", tag("a", f"doi:{plain['doi']}", href=f"https://doi.org/{plain['doi']}")]
    return joined(parts, "")
