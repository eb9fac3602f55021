"""What the game says at its end: the players' history beside what the model's own rules would have done."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pandas as pd

from sim.game.debrief import REGION
from sim.game.turn import Game
from sim.game.words import purse_of
from sim.outcomes.headline import CLOSING
from sim.world.roster import names

GOALS = {  # what each kind of seat may look at in the debrief: (who, measure); blank: the seat itself
    "CHN": ((REGION, "deterrence"), (REGION, "cohesion")),
    "USA": ((REGION, "cohesion"), (REGION, "collective_resolve")),
    "JPN": ((REGION, "deterrence"), (REGION, "sea_lanes"), (REGION, "soft_power")),
    "": (("", "alignment"), ("", "hedging"), ("", "autonomy"), ("", "capacity"), ("", "pressure")),
}


def debrief_text(game: Game, table: pd.DataFrame, runs: int) -> str:
    """What the game came to, beside what the model's own rules would have done."""
    last = game.records[-1].year
    head = (
        f"\nDebrief, {last}: your history, the model's own with common random numbers, and where nine in ten "
        f"of {runs} futures of the model's own lie"
    )
    alignment = table[table["measure"] == "alignment"]
    lines = [head, "", "  Alignment, 0 China to 100 United States", *_debrief_rows(alignment, 1)]
    lines += ["", "What each seat may look at:"]
    meanings = {str(name): outcome.attrs["long_name"] for name, outcome in game.outcomes().items()}
    for seat in game.seats:
        goals = GOALS.get(seat, GOALS[""])
        own = names([seat])[seat]
        wanted = [(who or own, measure) for who, measure in goals]
        keys = pd.Series(list(zip(table["who"], table["measure"], strict=True)), index=table.index)
        purse = purse_of(game, seat)
        lines += [f" {own}{f' (a budget of {purse} in {last})' if purse else ''}"]
        lines += _debrief_rows(table[keys.isin(wanted)], 2, meanings)[1:]
    beyond = alignment[alignment["beyond"]]["who"]
    what = f"Beyond what chance alone does: {', '.join(beyond) or 'no state'} (alignment)."
    honest = "What seats ordered was played, not simulated; the rest answered by the model's rules."
    return "\n".join([*lines, "", what, honest, CLOSING])


def _debrief_rows(
    table: pd.DataFrame, digits: int, meanings: Mapping[str, str] | None = None
) -> list[str]:
    """One line a state; with the meanings of measures, one a measure."""
    lines = [f"  {'':<20}{'yours':>9}{'model':>9}{'gap':>9}   nine in ten"]
    for _, row in table.iterrows():
        values = [f"{row[name]:>9.{digits}f}" for name in ("played", "own")]
        gap = round(float(np.nan_to_num(row["difference"])), digits) + 0.0  # no -0.0
        span = f"{row['low']:.{digits}f} to {row['high']:.{digits}f}"
        label, meaning = (
            (row["measure"], meanings[row["measure"]]) if meanings else (row["who"], "")
        )
        line = f"  {label:<20}{''.join(values)}{gap:>+9.{digits}f}   {span:<16}  {meaning}"
        lines.append(line.rstrip())
    return lines
