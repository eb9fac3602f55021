"""The observed history before and after: security alignment by the old ruler and by the ladder of agreements.

The old ruler (arms 0.2, defence pact or access 0.25, highest partnership ever declared 0.25) is gone; what it read is kept in
before.csv, written once. All else is computed here from the record that ships.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import xarray as xr

from sim.axes import SELF
from sim.config import Settings
from sim.config.mechanisms import Ties
from sim.outcomes.alignment import combined, leaning, points
from sim.rules.ruler import next_use
from sim.world.load import load
from sim.world.observed import observe
from sim.world.roster import ASEAN_10, DEFAULT_PARTNERS, names

ROOM = Path(__file__).parent
SHOWN = (2000, 2010, 2016, 2020, 2023)
HORIZONS = (1, 5, 10, 17)
STILL, JUMP = 0.5, 3.0  # points of a year's change
WEIGHTS, BENDS, FADES = (0.3, 0.4, 0.5), (3.0, 5.0, 8.0), (10.0, 15.0, 25.0)


def read_before(column: str) -> pd.DataFrame:
    """Read what the old ruler gave, year by state.

    Parameters
    ----------
    column : "security" or "combined".
    """
    table = pd.read_csv(ROOM / "before.csv")
    return table.pivot(index="year", columns="state", values=column)[list(ASEAN_10)]


def read_record() -> xr.Dataset:
    """Load the record of the ten states and the three powers."""
    return load(ASEAN_10, DEFAULT_PARTNERS)


def read_after(world: xr.Dataset, ties: Ties, settings: Settings) -> dict[str, pd.DataFrame]:
    """Read alignment off the record by today's ruler, year by state: security and combined.

    Parameters
    ----------
    world : the record. ties : weights of the ruler. settings : camps, and the part of the economy.
    """
    policy = settings.policy
    camps = np.array([policy.china.camp, policy.united_states.camp, policy.japan.camp])
    observed = observe(world, ties)
    security, economic = (
        points(leaning(tie=observed[name].values, camp=camps))
        for name in ("security_tie", "economic_tie")
    )
    part = settings.rules.observation.economic_part
    both = combined(first=security, second=economic, second_part=part)
    return {
        name: pd.DataFrame(values[..., 0], index=world["year"].values, columns=list(ASEAN_10))
        for name, values in (("security", security), ("combined", both))
    }


def changes(series: pd.DataFrame, years: int) -> dict[str, float]:
    """Describe all changes over so many years: mean, mean size, standard deviation, 95th percentile of size."""
    moved = series.diff(years).iloc[years:].to_numpy().ravel()
    return {
        "years": years,
        "mean": moved.mean(),
        "size": np.abs(moved).mean(),
        "sd": moved.std(ddof=1),
        "p95": np.quantile(np.abs(moved), 0.95),
    }


def pace(series: pd.DataFrame) -> dict[str, float]:
    """Shares of state-years that stand still and that jump, and the largest move."""
    moved = np.abs(series.diff().iloc[1:].to_numpy())
    return {
        "still": (moved < STILL).mean(),
        "jump": (moved >= JUMP).mean(),
        "largest": moved.max(),
    }


def variants(settings: Settings) -> list[dict[str, Any]]:
    """Read the record by other conventions: weight of agreements, bend, fading, and what counts as a step."""
    world, ties = read_record(), settings.rules.ties
    cases = [("as declared", world, ties)]
    cases += [(f"agreements {k:g}", world, replace(ties, agreements=k)) for k in WEIGHTS]
    cases += [(f"bend {b:g} rungs", world, replace(ties, bend=b)) for b in BENDS]
    cases += [(f"fading over {f:g} years", world, replace(ties, fade=f)) for f in FADES]
    cases += [
        ("use from acts of the state or both only", _with_use(world, ties, largest=2.0), ties),
        ("… and steps of two counted as one", _with_use(world, ties, largest=1.0), ties),
    ]
    base = read_after(world, ties, settings)["security"]
    return [_variant(name, read_after(w, t, settings)["security"], base) for name, w, t in cases]


def _variant(name: str, series: pd.DataFrame, base: pd.DataFrame) -> dict[str, Any]:
    return {
        "name": name,
        "sd": [changes(series, years)["sd"] for years in HORIZONS],
        "drift": (series.iloc[-1] - series.iloc[0]).mean(),
        "philippines": [series.loc[year, "PHL"] for year in (2013, 2014, 2020, 2023)],
        "apart": np.abs((series - base).to_numpy()).max(),
        "rank": series.iloc[-1].corr(base.iloc[-1], method="spearman"),
    }


def _with_use(world: xr.Dataset, ties: Ties, *, largest: float) -> xr.Dataset:
    """Follow the use of bonds anew from its first value, over the steps by the state or both, cut at `largest`."""
    up, down = (world[name].clip(max=largest).values for name in ("act_up", "act_down"))
    use = world["use"].copy()
    for year in range(1, len(use)):
        steps = up[year] - down[year]
        use[year] = next_use(use=use.values[year - 1], steps=steps, per_step=ties.per_step)
    return world.assign(use=use)


def answer(settings: Settings) -> dict[str, Any]:
    """Compare the two readings: the values of the page.

    Parameters
    ----------
    settings : weights of the ruler, camps, part of the economy.
    """
    world = read_record()
    after = read_after(world, settings.rules.ties, settings)
    before = {name: read_before(name) for name in after}
    labels = names(ASEAN_10)
    security = before["security"], after["security"]
    return {
        "ties": settings.rules.ties,
        "shown": SHOWN,
        "states": [
            {"name": labels[code], "pairs": [[s.loc[y, code] for s in security] for y in SHOWN]}
            for code in ASEAN_10
        ],
        "mean": [[series.loc[year].mean() for series in security] for year in SHOWN],
        "changes": [
            {"of": of, "before": changes(before[of], years), "after": changes(after[of], years)}
            for of in after
            for years in HORIZONS
        ],
        "pace": [pace(series) for series in security],
        "variants": variants(settings),
        "horizons": HORIZONS,
        **_at_the_least(world, settings.rules.ties),
        "patrols": world["patrol_days"].sel(state="PHL", partner="CHN").to_series(),
        **_acts(world),
    }


def _at_the_least(world: xr.Dataset, ties: Ties) -> dict[str, int]:
    """Count the state-years whose ties were shrunk to leave the least that is a state's own."""
    own = observe(world, ties)["security_tie"].sel(option=SELF)
    return {"full": int((own < ties.own_least + 1e-9).sum()), "all": own.size}


def _acts(world: xr.Dataset) -> dict[str, Any]:
    coded = pd.read_csv(ROOM / "coded_acts.csv")
    table = coded.pivot_table(index=["domain", "partner"], columns="status", values="acts")
    kinds = ["seen", "partly", "memory"]
    rows = [(*key, *row) for key, row in zip(table.index, table[kinds].to_numpy(), strict=True)]
    flags = world["rung_flag"]
    told = dict(enumerate(flags.attrs["flag_meanings"].split()))
    counts = {word: int((flags == code).sum()) for code, word in told.items()}
    return {
        "coded": rows,
        "totals": coded.groupby("status")["acts"].sum()[kinds].to_dict(),
        "levels": counts,
        "partners": names(DEFAULT_PARTNERS),
    }


def acts_of(world: xr.Dataset, state: str) -> list[tuple[int, str, float]]:
    """List the security steps of a state: year, partner, steps (up positive, down negative)."""
    result = []
    for name, sign in (("act_up", 1.0), ("act_down", -1.0)):
        steps = world[name].sel(state=state).transpose("year", "partner")
        years, partners = (steps[axis].values.tolist() for axis in steps.dims)
        for i, j in np.argwhere(steps.values > 0.0):
            result.append((years[i], partners[j], sign * float(steps.values[i, j])))
    return result
