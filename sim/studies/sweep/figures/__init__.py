"""Charts of a sweep: phase maps, outcomes along a lever, where states stand."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import xarray as xr
    from matplotlib.figure import Figure


def draw_sweep(outcomes: xr.Dataset, folder: Path | str) -> list[Path]:
    """Draw what a sweep's design allows, as PNG and SVG; nothing where there are too many levers.

    Two numbers over a full grid: phase maps. One lever, or two of which one is named: alignment and
    hedging along it. Yearly paths: the fan of the last point with the first as its baseline.

    Parameters
    ----------
    outcomes : over point, replicate, state, as in the outcomes.nc of a store.

    Raises
    ------
    UserError : the folder cannot be written.
    """
    from sim.plots import style

    written = []
    with style.context():
        for name, figure in _of_sweep(outcomes):
            written += style.save(figure, Path(folder), name)
    return written


def _of_sweep(outcomes: xr.Dataset) -> Iterator[tuple[str, Figure]]:
    from sim.studies.sweep.figures import effects, grid, leaving, phase, swept

    yield from swept.figures(outcomes)
    if grid.is_grid(outcomes):
        yield "phase", phase.draw_postures(outcomes)
        if effects.LEAVING in outcomes:
            yield "leaving", leaving.draw(outcomes)
        if effects.shown(outcomes):
            yield "effects", effects.draw_effects(outcomes)


def draw_report(outcomes: xr.Dataset, folder: Path | str) -> list[tuple[Path, str, str]]:
    """Draw a sweep for a report, as PNG, SVG and PDF: where all points stand, then what `draw_sweep` draws.

    Parameters
    ----------
    outcomes : over point, replicate, state, as in the outcomes.nc of a store.

    Returns
    -------
    Of each figure the PNG, its title and its note, in reading order.

    Raises
    ------
    UserError : the folder cannot be written.
    """
    from sim.plots import style
    from sim.studies.sweep.figures import standing

    items = []
    with style.context():
        for name, figure in (("standing", standing.draw(outcomes)), *_of_sweep(outcomes)):
            png, *_ = style.save(figure, Path(folder), name, pdf=True)
            items.append((png, *style.heading(figure)))
    return items
