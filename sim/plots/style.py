"""The look of every figure: fonts, colours, the sheet with its title and footer, and saving."""

from __future__ import annotations

import textwrap
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import matplotlib as mpl
import xarray as xr
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from sim.errors import UserError
from sim.plots.letters import Page, font_families

# Okabe and Ito's colour-blind-safe set, its yellow darkened so that lines and words can be read.
BLACK, ORANGE, SKY, GREEN = "#000000", "#D98E00", "#56B4E9", "#009E73"
YELLOW, BLUE, VERMILION, PURPLE = "#A89A00", "#0072B2", "#D55E00", "#CC79A7"
WINE = "#882255"  # from Tol's muted set, a ninth that keeps apart from the eight
GREY, PALE, INK = "#707070", "#E9E9E9", "#222222"
BAND = "#F1EBD8"  # the hedging band

OF_PARTNER = {"CHN": VERMILION, "USA": BLUE, "JPN": GREEN, "IND": ORANGE, "KOR": SKY, "AUS": PURPLE}
OF_STATE = {
    **{"BRN": PURPLE, "KHM": VERMILION, "IDN": SKY, "LAO": YELLOW, "MYS": GREEN, "MMR": GREY},
    **{"PHL": BLUE, "SGP": BLACK, "THA": WINE, "VNM": ORANGE, "TLS": GREEN, "BGD": BLUE},
    **{"FJI": SKY, "PNG": VERMILION, "MNG": BLACK, "DJI": YELLOW},
}
CHOICES = (BLUE, ORANGE, GREEN, VERMILION, PURPLE, SKY, BLACK, YELLOW)
MARKERS = ("o", "s", "D", "^", "v", "P", "X", "*")

SETTINGS: dict[str, Any] = {
    "font.size": 9,
    "axes.labelsize": 9,
    "axes.edgecolor": GREY,
    "axes.labelcolor": INK,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "xtick.color": GREY,
    "ytick.color": GREY,
    "xtick.labelsize": 8.5,
    "ytick.labelsize": 8.5,
    "svg.hashsalt": "straits",  # the same identifiers, hence the same bytes, run after run
    "svg.fonttype": "path",
    "pdf.fonttype": 42,  # real letters, which a reader can search
    "savefig.dpi": 150,
    "figure.dpi": 100,
}
TITLE_SIZE, TITLE_LINE, TITLE_WIDTH = 14, 0.27, 8.4  # points, inches a line, characters an inch
NOTE_SIZE, NOTE_LINE, NOTE_WIDTH = 9.5, 0.185, 13.4
FOOT = 0.42  # inches kept for the footer
DATED = ("CreationDate", "Creator", "Producer")  # what a PDF says of its making


def context() -> Any:
    """Every figure is drawn and saved inside this context, whatever the user's own settings are."""
    asked = {**SETTINGS, "font.family": list(font_families()), "backend": "agg"}
    return mpl.rc_context({**mpl.rcParamsDefault, **asked})  # type: ignore[dict-item]


def colour(state: str) -> str:
    """The colour of a state, the same in every figure."""
    return OF_STATE.get(state, GREY)


def marker(state: str) -> str:
    """A square for states beyond ASEAN's ten, whose colours come a second time; else nothing."""
    return "s" if state in ("TLS", "BGD", "FJI", "PNG", "MNG", "DJI") else ""


def footer(attrs: Mapping[Any, Any]) -> str:
    """The line under every figure, or what the attributes give as `footer` (of figures that are no run of the model).

    >>> footer({"version": "0.1.0", "seed": 7})
    'Conditional scenario, not a forecast · Straits 0.1.0 · seed 7'
    """
    if "footer" in attrs:
        return str(attrs["footer"])
    seed = f" · seed {attrs['seed']}" if "seed" in attrs else ""
    named = f"Straits {attrs.get('version', '')}".strip()
    return f"Conditional scenario, not a forecast · {named}{seed}"


@dataclass(frozen=True)
class Sheet:
    """A figure with its title set, and where the drawing may go."""

    figure: Figure
    width: float
    height: float
    top: float  # inches taken by the header

    def area(
        self, left: float, right: float, bottom: float = 0.45, top: float = 0.25
    ) -> dict[str, float]:
        """Margins in inches, inside header and footer, as the fractions a grid wants."""
        return {
            "left": left / self.width,
            "right": 1.0 - right / self.width,
            "bottom": (FOOT + bottom) / self.height,
            "top": 1.0 - (self.top + top) / self.height,
        }


def sheet(*, width: float, height: float, title: str, note: str, attrs: Mapping[Any, Any]) -> Sheet:
    """Begin a figure: the title says the finding, the note how to read it.

    Parameters
    ----------
    width : inches. height : inches left for the drawing; header and footer come on top.
    title, note : wrapped to the width. attrs : of the Dataset drawn, for the footer.
    """
    titles = textwrap.wrap(title, int((width - 0.4) * TITLE_WIDTH))
    notes = textwrap.wrap(note, int((width - 0.4) * NOTE_WIDTH))
    header = 0.2 + TITLE_LINE * len(titles) + NOTE_LINE * len(notes)
    total = height + header + FOOT
    figure = Page(figsize=(width, total), facecolor="white")
    figure.set_label(title)
    _text_block(figure, titles, 0.16, total, size=TITLE_SIZE, weight="bold", color=INK)
    _text_block(figure, notes, 0.2 + TITLE_LINE * len(titles), total, size=NOTE_SIZE, color=GREY)
    figure.text(0.2 / width, 0.14 / total, footer(attrs), size=8, color=GREY, va="bottom")
    return Sheet(figure, width, total, header)


def _text_block(figure: Figure, lines: list[str], down: float, height: float, **look: Any) -> None:
    left, top = 0.2 / float(figure.get_size_inches()[0]), 1.0 - down / height
    figure.text(left, top, "\n".join(lines), va="top", ha="left", linespacing=1.3, **look)


def empty(title: str, note: str, data: xr.Dataset) -> Figure:
    """A figure that says why there is nothing to draw."""
    page = sheet(width=9, height=1.2, title=title, note="", attrs=data.attrs)
    page.figure.text(0.5, 0.45, note, ha="center", va="center", size=11, color=GREY)
    return page.figure


def quiet(axes: Axes) -> None:
    """Light horizontal grid behind the data."""
    axes.grid(axis="y", color=PALE, linewidth=0.8)
    axes.set_axisbelow(True)
    axes.tick_params(length=3)


def save(figure: Figure, folder: Path, name: str, *, pdf: bool = False) -> list[Path]:
    """Write a figure as PNG (150 dpi) and SVG, its title within, undated: equal figures are equal bytes.

    Parameters
    ----------
    pdf : write a PDF too, with letters that can be searched.

    Raises
    ------
    UserError : the folder cannot be written.
    """
    title = {"Title": str(figure.get_label())}
    png, svg = folder / f"{name}.png", folder / f"{name}.svg"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        figure.savefig(png, metadata={"Software": None, **title})
        figure.savefig(svg, metadata={"Date": None, "Creator": None, **title})
        if pdf:
            figure.savefig(png.with_suffix(".pdf"), metadata=dict.fromkeys(DATED))
    except OSError as reason:
        raise UserError(
            given=f"the figures cannot be written to {folder} ({reason.strerror or reason})",
            allowed="a folder that can be written to",
            where="on the command line: out=FOLDER",
        ) from reason
    return [png, svg, *([png.with_suffix(".pdf")] if pdf else [])]


def heading(figure: Figure) -> tuple[str, str]:
    """Title and note of a figure begun with `sheet`, each in one line."""
    title, note = (" ".join(text.get_text().split()) for text in figure.texts[:2])
    return title, note
