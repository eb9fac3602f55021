"""Publishing: a page goes from its result folder to docs/ only if it is asked for, and only as declared.

Every command writes to its result folder alone. With `publish=true` those that write a page copy it, its charts and its data to
where the repository keeps them, unless anything given on the command line differs from what is declared.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import shutil
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from sim.composition.compose import CONF, compose, find_source
from sim.composition.context import StudyContext
from sim.config.settings import as_mapping
from sim.errors import UserError
from sim.provenance import ROOT, version
from sim.results.result_folder import result_folder
from sim.studies import load_commands

FREE = ("out", "publish", "executor")  # change nothing of what is found
FIGURES = "figures"
RECORD = re.compile(r"<!-- straits: (\{.*\}) -->\n\Z")
MOST_NAMED = 6


@dataclass(frozen=True, kw_only=True)
class Published:
    """What a command publishes.

    Parameters
    ----------
    pages : files of its result folder that go to docs/, with the charts (PNG) under figures/.
    config : its configuration under conf/. given : what it is told when it publishes, besides.
    shipped : file of the result -> where the package keeps it, from the top folder. free : options that may differ.
    """

    pages: tuple[str, ...]
    config: str = "config"
    given: tuple[str, ...] = ()
    shipped: Mapping[str, str] = field(default_factory=dict)
    free: tuple[str, ...] = ()


PUBLISHED: dict[str, Published] = {  # those of `sim.studies._runner.study` add themselves
    "gallery": Published(pages=("gallery.md",)),
    "handbook": Published(pages=("handbook.md", "outcomes.md", "options.md", "data.md", "odd.md")),
    "project": Published(pages=("projections.md", "projections.csv")),
    "sensitivity": Published(
        pages=("sensitivity.md",), config="sensitivity", given=("method=all",)
    ),
}


def published_commands() -> Mapping[str, Published]:
    """Return what every command publishes, by its name."""
    load_commands()
    return PUBLISHED


def check_publishable(job: StudyContext, command: str) -> None:
    """Refuse to publish what was not found as declared, before anything is run.

    Raises
    ------
    UserError : `publish` for a command without a page, outside a clone, or with anything that is not declared, naming it.
    """
    if not job.options.publish:
        return
    if command not in published_commands():
        raise _refused(f"publish is true, and {command} writes no page of docs/", "publish=false")
    if CONF.name != "conf" or not (ROOT / "docs").is_dir():
        raise UserError(
            given=f"publish is true, and {ROOT} has no docs/ of Straits",
            allowed="pages are published in a clone of the repository",
            where="on the command line: publish=false",
            hint="Or run it in a clone.",
        )
    differing = list(differences(job, PUBLISHED[command]))
    if differing:
        more = len(differing) - MOST_NAMED
        named = "; ".join(differing[:MOST_NAMED]) + (f"; and {more} more" if more > 0 else "")
        given = " ".join((*PUBLISHED[command].given, "publish=true"))
        raise _refused(f"publish is true, and {named}", given)


def _refused(given: str, instead: str) -> UserError:
    return UserError(
        given=given,
        allowed="what is published is found with the declared settings and full sample sizes",
        where=f"on the command line: {instead}",
    )


def differences(job: StudyContext, published: Published) -> Iterator[str]:
    """Say of every setting or option of a job that is not the declared one what it is and what is declared."""
    assert job.source is not None
    declared = dict(flat(compose(find_source(None, None, None, published.config), published.given)))
    given = dict(flat(compose(job.source, job.overrides)))
    free = (*FREE, *published.free)
    for name in {**declared, **given}:
        value, own = (one.get(name, "nothing") for one in (given, declared))
        if name.partition(".")[0] not in free and value != own:
            yield f"{name} is {value} (declared: {own})"


def flat(mapping: Mapping[str, Any], above: str = "") -> Iterator[tuple[str, Any]]:
    """Walk a nested mapping; yield ("policy.japan.oda", value) for whatever is no mapping, or an empty one."""
    for name, value in mapping.items():
        if isinstance(value, Mapping) and value:
            yield from flat(value, f"{above}{name}.")
        else:
            yield f"{above}{name}", value


def record(job: StudyContext, command: str, sizes: Mapping[str, Any]) -> dict[str, Any]:
    """Return what a page says of its making: command, version, sample sizes, and a checksum of all settings."""
    text = json.dumps(as_mapping(job.settings), sort_keys=True)
    return {
        "command": command,
        "version": version(),
        "sizes": dict(sizes),
        "settings": hashlib.sha256(text.encode()).hexdigest()[:16],
    }


def read_record(page: str) -> dict[str, Any]:
    """Return what a page says of its making, empty where it says nothing."""
    found = RECORD.search(page)
    return dict(json.loads(found[1])) if found else {}


@contextmanager
def page_folder(job: StudyContext, command: str, *, beside: Sequence[str] = ()) -> Iterator[Path]:
    """Lend the folder in which a command writes its page, as `result_folder` does; publish it afterwards if asked."""
    with result_folder(job.folder, kind=command, beside=beside) as folder:
        yield folder
    publish(job, command)


def write_page(folder: Path, name: str, text: str, made: Mapping[str, Any] | None = None) -> None:
    """Write a page, ending in the record of its making, a comment that no reader sees."""
    end = "" if made is None else f"\n<!-- straits: {json.dumps(made)} -->\n"
    body = text if text.endswith("\n") else f"{text}\n"
    (folder / name).write_text(body + end, encoding="utf-8", newline="\n")


def publish(job: StudyContext, command: str) -> None:
    """Copy page, charts and data of a result to where the repository keeps them, if that was asked for.

    Raises
    ------
    UserError : they cannot be written.
    """
    if not job.options.publish:
        return
    known = PUBLISHED[command]
    copies = {job.folder / name: ROOT / "docs" / name for name in known.pages}
    copies |= {job.folder / name: ROOT / place for name, place in known.shipped.items()}
    for picture in sorted((job.folder / FIGURES).rglob("*.png")):
        copies[picture] = ROOT / "docs" / picture.relative_to(job.folder)
    try:
        for source, target in copies.items():
            _copy(source, target)
    except OSError as error:
        raise UserError(
            given=f"{error.filename} cannot be written ({error.strerror})",
            allowed="to publish, docs/ and sim/ must be writable",
            hint="Run it in a clone of your own.",
        ) from error


def _copy(source: Path, target: Path) -> None:
    """Copy a file so that its place holds the old one or the whole new one."""
    target.parent.mkdir(parents=True, exist_ok=True)
    unfinished = target.with_name(f".{target.name}.{os.getpid()}")
    try:
        shutil.copyfile(source, unfinished)
        os.replace(unfinished, target)
    finally:
        unfinished.unlink(missing_ok=True)


def where_it_went(job: StudyContext, command: str) -> str:
    """Say where a page was written, and how to publish it."""
    known = PUBLISHED[command]
    page = f"Page: {job.folder / known.pages[0]}"
    if job.options.publish:
        return f"{page}; published: {', '.join([f'docs/{name}' for name in known.pages])}"
    return f"{page} (publish=true, with declared settings, puts it into docs/)"
