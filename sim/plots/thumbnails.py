"""A figure made small: what a gallery shows, with the title that the figure says of itself."""

from __future__ import annotations

from pathlib import Path

from PIL import Image

WIDTH, COLOURS = 800, 128  # pixels, and as many colours: some 45 kB a chart


def shrink_figure(source: Path, target: Path) -> str:
    """Write a small copy of a figure, and return the title of the original.

    Parameters
    ----------
    source : a PNG written by `sim.plots.style.save`. target : made with its folder.

    Returns
    -------
    The title, blank where the file holds none.
    """
    with Image.open(source) as picture:
        title = str(picture.info.get("Title", ""))
        height = round(picture.height * WIDTH / picture.width)
        small = picture.convert("RGB").resize((WIDTH, height), Image.Resampling.LANCZOS)
    target.parent.mkdir(parents=True, exist_ok=True)
    small.quantize(COLOURS, dither=Image.Dither.NONE).save(target, optimize=True)
    return title
