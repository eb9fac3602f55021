"""Who stepped up or down with whom, in words: the acts of one run by date, or in how many of many runs there were any.

Read off outcomes alone, so without reasons; `sim.outcomes.chronicle` has them.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import xarray as xr

from sim.axes import RUN, STATE, YEAR, Array
from sim.outcomes.outcome import POWERS
from sim.outcomes.wording import stepping, the

MOST = 12  # acts named of one run
WAYS = {"up": 1, "down": -1}


@dataclass(frozen=True, kw_only=True)
class Act:
    """A dated step. state, partner : names in words. steps : above 0 up. first : the state's first that way with the partner."""

    year: int
    state: str
    partner: str
    steps: int
    first: bool

    @property
    def words(self) -> str:
        """The act with its date."""
        return f"{self.year}: {self.state} {stepping(self.state, self.steps)} with {self.partner}"

    @property
    def weight(self) -> int:
        """How much it is worth naming: a step down, one that counts twice, a first one, then any."""
        return 4 * (self.steps < 0) + 2 * (abs(self.steps) > 1) + self.first


def act_lines(outcomes: xr.Dataset, *, first: int) -> list[str]:
    """The acts of one run, or the counts of many; nothing where outcomes hold no acts.

    Parameters
    ----------
    outcomes : from `sim.outcomes.compute`. first : first simulated year.
    """
    if "acts_up_china" not in outcomes:
        return []
    told = outcomes.sel({YEAR: slice(first, None)})
    return _lines_of_runs(told) if RUN in told.dims else _lines_of_run(told)


def acts_of_run(outcomes: xr.Dataset) -> list[Act]:
    """Every act of one run, by year."""
    found: list[Act] = []
    for label, words, _ in POWERS:
        for way, sign in WAYS.items():
            counts = _steps(outcomes, way, label)
            for place, state in enumerate(_names(outcomes)):
                years = np.flatnonzero(counts[:, place] > 0.0)
                for index in years:
                    found.append(
                        Act(
                            year=int(outcomes[YEAR].values[index]),
                            state=state,
                            partner=words,
                            steps=sign * round(float(counts[index, place])),
                            first=bool(index == years[0]),
                        )
                    )
    return sorted(found, key=lambda act: act.year)


def _lines_of_run(told: xr.Dataset) -> list[str]:
    acts = acts_of_run(told)
    if not acts:
        return ["No state steps up or down with anybody."]
    named = sorted(sorted(acts, key=lambda act: -act.weight)[:MOST], key=lambda act: act.year)
    up = sum(act.steps > 0 for act in acts)
    more = f"; named are {len(named)} of them" if len(acts) > len(named) else ""
    head = f"Acts: {up} steps up and {len(acts) - up} down{more}."
    return [head, *(f"  {act.words}" for act in named)]


def _lines_of_runs(told: xr.Dataset) -> list[str]:
    columns = {words: [_runs_with(told, way, label) for way in WAYS] for label, words, _ in POWERS}
    cells = {
        words: [f"{up} / {down}" for up, down in zip(*counts, strict=True)]
        for words, counts in columns.items()
    }
    names = _names(told)
    lines = [("state", *cells), *zip(names, *cells.values(), strict=True)]
    widths = [max(len(line[column]) for line in lines) for column in range(len(cells) + 1)]
    head = f"Acts: in how many of {told.sizes[RUN]} runs a state steps up / down at least once, by partner."
    return [
        head,
        *(
            "  "
            + "  ".join(
                cell.ljust(width) for cell, width in zip(line, widths, strict=True)
            ).rstrip()
            for line in lines
        ),
    ]


def _runs_with(told: xr.Dataset, way: str, label: str) -> list[int]:
    steps = told[f"acts_{way}_{label}"].transpose(RUN, YEAR, STATE).values
    return [int(count) for count in (np.nan_to_num(steps) > 0.0).any(axis=1).sum(axis=0)]


def _steps(told: xr.Dataset, way: str, label: str) -> Array:
    return np.nan_to_num(told[f"acts_{way}_{label}"].transpose(YEAR, STATE).values)


def _names(told: xr.Dataset) -> list[str]:
    names = told["state_name"].values if "state_name" in told.coords else told[STATE].values
    return [the(str(name)) for name in names]
