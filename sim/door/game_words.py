"""What the game says: what a seat may order, what a year brought, what it all came to."""

from __future__ import annotations

import numpy as np
import pandas as pd
import xarray as xr

from sim.axes import STATE, YEAR
from sim.config.declare import Declaration
from sim.explore.game.debrief import REGION
from sim.explore.game.orders import LEVERS, MODEL, POLICY, may_order
from sim.explore.game.turn import Game
from sim.outcomes.band import band_of, leaning
from sim.outcomes.headline import CLOSING
from sim.world.roster import names

GOALS = {  # what each kind of seat may look at in the debrief: (who, measure); blank: the seat itself
    "CHN": ((REGION, "deterrence"), (REGION, "cohesion")),
    "USA": ((REGION, "cohesion"), (REGION, "collective_resolve")),
    "JPN": ((REGION, "deterrence"), (REGION, "sea_lanes"), (REGION, "soft_power")),
    "": (("", "alignment"), ("", "hedging"), ("", "autonomy"), ("", "capacity"), ("", "pressure")),
}
MOVED = 0.5  # points of alignment worth a word


def opening(game: Game) -> str:
    """The rules of the game, in a few lines."""
    years = game.stage.years
    seats = ", ".join(f"{name} ({code})" for code, name in names(game.seats).items())
    return "\n".join(
        [
            f"Straits, the classroom game, {years[0]}-{years[-1]}. Played: {seats}.",
            "The model's own rules move everybody else. All decide at the same time, on last year's record.",
            "Each year every seat gives one line, such as: osa_budget=10 export_rule=eased",
            "Blank: as before. '?': what may be ordered. 'quit': stop here and see what it came to.",
            f"A state returns to its own judgement with {MODEL}, such as security={MODEL}.",
            "",
            *_standing(game),
            "",
        ]
    )


def _standing(game: Game) -> list[str]:
    if game.records:
        return [year_told(game)]
    first, past = game.stage.years[0], game.start()
    low, high = band_of(past)
    rows = [
        f"  {name:<13}{value:5.1f}  {leaning(value, low, high)}"
        for name, value in zip(
            names(game.stage.states).values(),
            past["alignment"].sel({YEAR: first - 1}).values,
            strict=True,
        )
    ]
    return [
        f"{first - 1}: alignment, 0 China to 100 United States ({low:g}-{high:g} hedges)",
        *rows,
    ]


def options_of(game: Game, seat: str) -> str:
    """What a seat may order: value in force, range, unit and meaning of each."""
    head = f"{names([seat])[seat]} may order:"
    rows = [
        f"  {name:<18}{_now(game, seat, name):<12}{_range(one):<28}{_meaning(one)}"
        for name, one in may_order(seat, game.stage).items()
    ]
    return "\n".join([head, f"  {'':<18}{'now':<12}{'allowed':<28}", *rows])


def _now(game: Game, seat: str, name: str) -> str:
    value = (
        getattr(getattr(game.settings.policy, POLICY[seat]), name)
        if seat in LEVERS
        else game.standing[seat].get(name, MODEL)
    )
    return f"{value:g}" if isinstance(value, float) else str(value)


def _range(one: Declaration) -> str:
    if one.kind == "choice":
        return "one of those named"
    back = f" or {MODEL}" if one.default == MODEL else ""
    return f"{one.low:g} to {one.high:g} {one.unit}".strip() + back


def _meaning(one: Declaration) -> str:
    return f"{one.doc} ({', '.join(one.choices)})" if one.kind == "choice" else one.doc


def year_told(game: Game) -> str:
    """What the last year brought: alignment and its change, incidents and pressure, and what stands out."""
    outcomes = game.outcomes()
    year = game.records[-1].year
    now, before = outcomes.sel({YEAR: year}), outcomes.sel({YEAR: year - 1})
    low, high = band_of(outcomes)
    lines = [
        "",
        f"{year}",
        f"  {'':<13}{'alignment':>10}{'change':>8}   {'':<28}{'pressure':>9}{'incidents':>11}{'capacity':>10}",
    ]
    for code, name in names(game.stage.states).items():
        one, old = now.sel({STATE: code}), before.sel({STATE: code})
        value = float(one["alignment"])
        lines.append(
            f"{'*' if code in game.seats else ' ':>2}{name:<13}{value:>10.1f}"
            f"{value - float(old['alignment']):>+8.1f}   {leaning(value, low, high):<28}"
            f"{float(one['pressure']):>9.2f}{float(one['incidents']):>11.0f}{float(one['capacity']):>10.2f}"
        )
    return "\n".join([*lines, *_news(game, now, before)])


def _news(game: Game, now: xr.Dataset, before: xr.Dataset) -> list[str]:
    low, high = band_of(now)
    found = [
        f"  Rivalry {float(now['rivalry']):.2f}; joint resolve of the claimants "
        f"{float(now['collective_resolve']):.2f}; {float(now['incidents'].sum()):.0f} incidents at sea."
    ]
    for code, name in names(game.stage.states).items():
        new, old = (float(one["alignment"].sel({STATE: code})) for one in (now, before))
        if leaning(new, low, high) != leaning(old, low, high):
            found.append(f"  {name} now {leaning(new, low, high)}.")
    return [*found, ""]


def debriefed(game: Game, table: pd.DataFrame, runs: int) -> str:
    """What the game came to, beside what the model's own rules would have done."""
    last = game.records[-1].year
    head = (
        f"\nDebrief, {last}: your history, the model's own with the same luck, and where nine in ten "
        f"of {runs} futures of the model's own lie"
    )
    alignment = table[table["measure"] == "alignment"]
    lines = [head, "", *_rows(alignment, 1), "", "What each seat may look at:"]
    for seat in game.seats:
        goals = GOALS.get(seat, GOALS[""])
        own = names([seat])[seat]
        wanted = [(who or own, measure) for who, measure in goals]
        keys = pd.Series(list(zip(table["who"], table["measure"], strict=True)), index=table.index)
        lines += [f" {own}", *_rows(table[keys.isin(wanted)], 2, measure=True)[1:]]
    beyond = alignment[alignment["beyond"]]["who"]
    what = f"Beyond what luck alone does: {', '.join(beyond) or 'no state'} (alignment)."
    honest = "What seats ordered was played, not simulated; the rest answered by the model's rules."
    return "\n".join([*lines, "", what, honest, CLOSING])


def _rows(table: pd.DataFrame, digits: int, *, measure: bool = False) -> list[str]:
    lines = [f"  {'':<20}{'yours':>9}{'own':>9}{'differ':>9}   nine in ten"]
    for _, row in table.iterrows():
        values = [f"{row[name]:>9.{digits}f}" for name in ("played", "own")]
        gap = float(row["difference"])
        values.append(f"{gap if np.isfinite(gap) else 0.0:>+9.{digits}f}")
        span = f"{row['low']:.{digits}f} to {row['high']:.{digits}f}"
        label = row["measure"] if measure else row["who"]
        lines.append(f"  {label:<20}{''.join(values)}   {span}")
    return lines
