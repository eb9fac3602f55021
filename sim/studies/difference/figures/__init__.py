"""Charts of policy minus baseline: which points are drawn, and state by state."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import xarray as xr

    from sim.studies.difference.figures.points import Compared


def draw_differences(
    compared: Compared,
    folder: Path | str,
    paths: tuple[xr.DataArray, xr.DataArray, str] | None = None,
) -> list[Path]:
    """Draw policy minus baseline over a sweep, as PNG and SVG.

    Parameters
    ----------
    compared : the table of differences and its design. paths : of one point and of its baseline,
        alignment (replicate, year, state), and what the point is called.

    Raises
    ------
    UserError : the folder cannot be written.
    """
    from sim.plots import fans, style
    from sim.studies.difference.figures import points as differing

    written = []
    with style.context():
        written += style.save(differing.draw_forest(compared), Path(folder), "differences")
        if (figure := differing.draw_along(compared)) is not None:
            written += style.save(figure, Path(folder), "differences_along")
        if paths is not None:
            policy, baseline, called = paths
            story = fans.paired_story(
                policy, baseline, compared.attrs, (called, compared.baseline + compared.same)
            )
            written += style.save(fans.draw(story), Path(folder), "fans")
            written += style.save(fans.draw_difference(story), Path(folder), "fans_difference")
    return written
