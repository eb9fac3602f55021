"""The task of experiments/gallery.py: every kind of chart with what it says and the command that draws it."""

from __future__ import annotations

import contextlib
import io
import tempfile
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sim.composition.commands import task
from sim.composition.compose import CONF, Source, compose
from sim.composition.context import StudyContext, make_context
from sim.composition.keys import rewrite_keys
from sim.provenance import ROOT
from sim.studies._progress import Progress
from sim.studies._publishing import page_folder, record, where_it_went, write_page
from sim.studies.difference.command import difference
from sim.studies.explain.command import why
from sim.studies.explain.options import as_asked
from sim.studies.scenario.command import run
from sim.studies.scenario.compare_command import compare
from sim.studies.sweep.command import sweep

NAME = "gallery"
HEAD = """# Gallery

Every kind of chart, small, with what it says at the default settings (it says it of itself, as its title) and the command that
draws it. Each command leaves the whole charts, as PNG and SVG, in the `figures/` folder of its results. Written by
`python experiments/gallery.py`. All are conditional scenarios, not forecasts.
"""


@dataclass(frozen=True, kw_only=True)
class Drawn:
    """Charts that one command draws.

    Parameters
    ----------
    command : as it is typed, without `python`. task : what it does. config : its configuration. charts : name -> question.
    """

    command: str
    task: Callable[[StudyContext], Mapping[str, Any]]
    config: str
    charts: Mapping[str, str]


COMMANDS = (
    Drawn(
        command="experiments/run.py",
        task=run,
        config="config",
        charts={
            "paths": "Which way does each state lean, year by year?",
            "triangle": "With whom are its ties?",
            "tiles": "What posture does it take?",
            "forced_choice": "Whom would it choose if it were made to?",
            "sea": "What happens at sea?",
            "scorecard": "What did Japan's assistance buy?",
        },
    ),
    Drawn(
        command="experiments/compare.py",
        task=compare,
        config="compare",
        charts={"comparison": "What does a choice change, with common random numbers?"},
    ),
    Drawn(
        command="experiments/sweep.py experiment=aid_pressure",
        task=sweep,
        config="sweep",
        charts={
            "phase": "Where do postures change, over two levers?",
            "effects": "What do two levers move together?",
        },
    ),
    Drawn(
        command="experiments/sweep.py sweep.space.policy.japan.osa_budget=[0,40] sweep.paths=true out=results/aid",
        task=sweep,
        config="sweep",
        charts={
            "along_alignment": "What moves along one lever?",
            "along_hedging": "And how long does hedging hold along it?",
        },
    ),
    Drawn(
        command="experiments/difference.py store=results/aid baseline.policy.japan.osa_budget=0",
        task=difference,
        config="difference",
        charts={
            "differences": "What did the policy change, and how sure is it?",
            "differences_along": "How does the change grow with the lever?",
            "fans": "How wide are the futures, with and without?",
            "fans_difference": "And the difference, run by run?",
        },
    ),
    Drawn(
        command="experiments/why.py state=PHL from=2024 to=2035",
        task=why,
        config="why",
        charts={"why": "Why did a state's alignment move?"},
    ),
)
OF_PAGES = {  # drawn by the experiments that write a page, and kept in docs/figures
    "claims": ("Which claims does it reproduce?", "claims"),
    "heldout": ("Does it foresee the next survey?", "validate"),
    "hindcasts": ("Do hindcasts hold what followed?", "validate"),
    "reliability": ("Do intervals cover, and chances come true?", "validate"),
    "weights": ("Which weights does the record support?", "calibrate"),
}


@task("gallery", "What does every kind of chart look like, and what draws it?")
def write_gallery(job: StudyContext) -> Mapping[str, Any]:
    """Draw all charts; write small copies to figures/gallery, and gallery.md.

    Raises
    ------
    UserError : a folder that cannot be written.
    """
    with page_folder(job, NAME) as folder, tempfile.TemporaryDirectory() as name:
        page = HEAD + "".join(_rows(Path(name), folder)) + _of_pages(folder)
        write_page(folder, "gallery.md", page, record(job, NAME, {}))
    print(f"{page.count('![')} charts")
    print(where_it_went(job, NAME))
    return {"page": str(job.folder / "gallery.md")}


def _rows(place: Path, docs: Path) -> Iterator[str]:
    show = Progress("drawing")
    for done, command in enumerate(COMMANDS, 1):
        folder = _carried_out(command, place)
        yield f"\n## `python {command.command}`\n"
        for chart, question in command.charts.items():
            yield _row(folder / "figures" / f"{chart}.png", question, docs)
        show(done, len(COMMANDS))
    show.close()


def _carried_out(one: Drawn, place: Path) -> Path:
    """Do a command's job under a folder of its own, silently; return where its results are."""
    argv = as_asked(one.command.split()[1:])
    out = next((word.partition("=")[2] for word in argv if word.startswith("out=")), "")
    folder = place / (out or f"results/{one.config}")
    words = [word.replace("store=", f"store={place}/") for word in argv if word[:4] != "out="]
    overrides = rewrite_keys([*words, f"out={folder}"])
    source = Source(folder=CONF, name=one.config)
    job = make_context(
        compose(source, overrides), source=source, overrides=overrides, task="gallery"
    )
    with contextlib.redirect_stdout(io.StringIO()), contextlib.redirect_stderr(io.StringIO()):
        one.task(job)
    return folder


def _row(source: Path, question: str, docs: Path) -> str:
    from sim.plots.thumbnails import shrink_figure

    target = docs / "figures" / "gallery" / source.name
    title = shrink_figure(source, target)
    said = f" {title}." if title else ""
    return f"\n**{question}**{said}\n\n![{title or question}](figures/gallery/{source.name})\n"


def _of_pages(docs: Path) -> str:
    rows = ["\n## Of the pages\n"]
    for chart, (question, experiment) in OF_PAGES.items():
        rows.append(_row(ROOT / "docs" / "figures" / f"{chart}.png", question, docs))
        rows.append(f"\nDrawn by `python experiments/{experiment}.py`.\n")
    return "".join(rows)
