"""What answers tell of each year, with nothing later used: ``python -m sim.world.latent`` writes `latent.csv` anew.

Two things are latent: the log-odds of choosing China over the United States (`sim.world.filtering`; rows for states that were
asked by then) and trust in each power. Of trust each year's mean and sd are those of a deviation from the
region's centre that fades with the half-life of opinion's base and learns from every answer in proportion to its noise. The
centre is the mean of what the states asked so far answered, one answer of 0.5 among them. A state that nobody asked has the
centre and the whole width; of a power that nobody was asked about there are no rows.

Source: half-life as in the filter; noise of an ISEAS answer ten to fifteen points (caveat of `trust`). Assumed: the width (states
of 2022-2023 spread by .1 to .2), the noise of what is derived, and that a mass public's level reads an elite's.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pandas as pd

from sim.axes import Array
from sim.world.filtering import filtered
from sim.world.impute import DERIVED, OBSERVED
from sim.world.latent_table import CENTRE, COLUMNS, TABLE, WIDTH
from sim.world.load import LAST_YEAR, load
from sim.world.opinion_filter import BASE_HALF_LIFE
from sim.world.panels import LEVEL, SMALL_SAMPLES, opinion_panels, share_panels
from sim.world.roster import powers, roster
from sim.world.series import FIRST_YEAR

ANSWER, SMALL_ANSWER, DERIVED_ANSWER = 0.10, 0.15, 0.15  # noise of an index of trust, sd
PUBLIC_LEVEL = 0.20  # noise of a mass public's net trust as a reading of an elite's index


def latent_trust(
    answers: Array, noise: Array, *, half_life: float = BASE_HALF_LIFE
) -> tuple[Array, Array]:
    """Filter trust in each power: mean and sd by year, each given the answers up to that year.

    Parameters
    ----------
    answers : (source, year, state, partner)  0-1, NaN where nobody was asked. noise : same shape, sd of an answer.
    half_life : of a state's deviation from the region's centre, years.
    """
    keep = 0.5 ** (1 / half_life)
    deviation, variance = np.zeros(answers.shape[2:]), np.full(answers.shape[2:], WIDTH**2)
    means, sds = [], []
    for year in range(answers.shape[1]):
        centre = region_centre(answers[:, : year + 1])
        deviation = keep * deviation
        variance = keep**2 * variance + (1 - keep**2) * WIDTH**2
        for answer, sd in zip(answers[:, year], noise[:, year], strict=True):
            known = ~np.isnan(answer)
            gain = np.where(known, variance / (variance + sd**2), 0.0)
            deviation = deviation + gain * np.where(known, answer - centre - deviation, 0.0)
            variance = (1 - gain) * variance
        means.append(np.clip(centre + deviation, 0.0, 1.0))
        sds.append(np.sqrt(variance))
    return np.array(means), np.array(sds)


def region_centre(answers: Array) -> Array:
    """Mean of what the states asked so far answered, `CENTRE` counting as one state, (partner,).

    >>> region_centre(np.full((1, 1, 3, 1), 0.7)).round(2).tolist()
    [0.65]
    """
    known = ~np.isnan(answers)
    count = known.sum(axis=(0, 1))
    own = np.nansum(answers, axis=(0, 1)) / np.maximum(count, 1)
    asked = count > 0
    result: Array = (CENTRE + (own * asked).sum(axis=0)) / (1 + asked.sum(axis=0))
    return result


def _trust_answers(states: tuple[str, ...], partners: tuple[str, ...]) -> tuple[Array, Array]:
    world = load(states, partners, first=FIRST_YEAR, last=LAST_YEAR, only=("trust",))
    axes = ("year", "state", "partner")
    flags = world["trust_flag"].transpose(*axes).to_numpy()
    index = world["trust"].transpose(*axes).to_numpy()
    small = np.isin(states, SMALL_SAMPLES)[:, np.newaxis]
    noise = np.where(flags == DERIVED, DERIVED_ANSWER, np.where(small, SMALL_ANSWER, ANSWER))
    answers = np.where(np.isin(flags, (OBSERVED, DERIVED)), index, np.nan)
    (level,) = [panel for panel in opinion_panels(states) if panel.kind == LEVEL]
    public = np.full_like(answers, np.nan)
    public[:, :, partners.index("CHN")] = level.values.T
    return np.stack([answers, public]), np.stack([noise, np.full_like(noise, PUBLIC_LEVEL)])


def latent_choice(states: tuple[str, ...], year: int) -> tuple[Array, Array]:
    """Log-odds of choosing China given the answers up to a year, mean and sd, NaN for states not asked by then."""
    found = filtered(states, until=year)
    asked = np.any(
        [panel.known().any(axis=1) for panel in share_panels(opinion_panels(states, last=year))],
        axis=0,
    )
    return np.where(asked, found.mean[:, -1], np.nan), np.where(asked, found.sd[:, -1], np.nan)


def latent_table() -> pd.DataFrame:
    """Everything for all states, powers and years; a blank partner stands for the log-odds of choosing China."""
    states, partners = tuple(roster()), tuple(powers())
    years = range(FIRST_YEAR, LAST_YEAR + 1)
    choice = np.array([latent_choice(states, year) for year in years]).swapaxes(0, 1)
    answers, noise = _trust_answers(states, partners)
    trust = np.array(latent_trust(answers, noise))
    trust[..., np.isnan(answers).all(axis=(0, 1, 2))] = np.nan
    values = np.concatenate([choice[..., np.newaxis], trust], axis=-1)
    rows = [
        (state, partner, year, *np.round(values[:, t, i, j], 4))
        for i, state in enumerate(states)
        for j, partner in enumerate(("", *partners))
        for t, year in enumerate(years)
        if not np.isnan(values[0, t, i, j])
    ]
    return pd.DataFrame(rows, columns=list(COLUMNS)).sort_values(["state", "partner", "year"])


def main(arguments: Sequence[str] | None = None, *, path: Path = TABLE) -> int:
    """Write the table anew; it takes no arguments."""
    argparse.ArgumentParser(prog="python -m sim.world.latent", description=main.__doc__).parse_args(
        arguments
    )
    table = latent_table()
    table.to_csv(path, index=False, lineterminator="\n")
    print(f"{path.name}: {len(table)} rows")
    return 0


if __name__ == "__main__":
    sys.exit(main())
