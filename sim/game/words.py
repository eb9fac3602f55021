"""What the game says while it is played: what a seat may order and pay for, what a year brought."""

from __future__ import annotations

from collections.abc import Mapping

import xarray as xr

from sim.axes import STATE, YEAR
from sim.config.declare import Declaration
from sim.game.budget import costs, limit_of, unit_of
from sim.game.orders import LEVERS, MODEL, POLICY, may_order
from sim.game.turn import Game
from sim.outcomes.band import band_of, leaning
from sim.world.roster import names


def opening(game: Game) -> str:
    """The rules of the game, in a few lines."""
    years = game.stage.years
    seats = ", ".join(f"{name} ({code})" for code, name in names(game.seats).items())
    return "\n".join(
        [
            f"Straits, the classroom game, {years[0]}-{years[-1]}. Played: {seats}.",
            "The model's own rules move everybody else. All decide at the same time, on last year's record.",
            "Each year every seat gives one line, such as: osa_budget=10 export_rule=eased",
            *_budget_sentence(game),
            "Blank: as before. '?': what may be ordered. 'quit': stop here and see what it came to.",
            f"A state returns to its own judgement with {MODEL}, such as stance={MODEL}.",
            "",
            *_standing_lines(game),
            "",
        ]
    )


def _budget_sentence(game: Game) -> list[str]:
    """What powers may spend, where budgets bind them."""
    powers = [seat for seat in game.seats if seat in LEVERS]
    if game.budgets is None or not powers:
        return []
    items = [f"{names([seat])[seat]} {purse_of(game, seat)}" for seat in powers]
    return [f"A year's budget: {'; '.join(items)}. What is not spent lapses."]


def purse_of(game: Game, seat: str) -> str:
    """What a power may spend and what the policy in force costs; blank where nothing binds it."""
    if game.budgets is None or seat not in LEVERS:
        return ""
    spent = sum(costs(seat, game.settings, game.budgets, game.stage).values())
    limit = limit_of(seat, game.budgets)
    return f"{limit:g} {unit_of(seat).removesuffix(' a year')}, {spent:.1f} of it taken"


def _standing_lines(game: Game) -> list[str]:
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
    """What a seat may order: value in force, range, unit, what it costs and means."""
    purse = purse_of(game, seat)
    budget = f" (a year's budget: {purse})" if purse else ""
    bill = costs(seat, game.settings, game.budgets, game.stage) if game.budgets and purse else {}
    rows = [
        f"  {name:<18}{_current_value(game, seat, name):<12}{_range_text(value):<28}"
        f"{_cost_text(bill, name)}{_lever_meaning(value)}"
        for name, value in may_order(seat, game.stage).items()
    ]
    costing = f"{'costs':<8}" if bill else ""
    head = f"{names([seat])[seat]} may order{budget}:"
    return "\n".join([head, f"  {'':<18}{'now':<12}{'allowed':<28}{costing}", *rows])


def _cost_text(bill: Mapping[str, float], name: str) -> str:
    return f"{bill[name]:<8.1f}" if name in bill else f"{'free':<8}" if bill else ""


def _current_value(game: Game, seat: str, name: str) -> str:
    value = (
        getattr(getattr(game.settings.policy, POLICY[seat]), name)
        if seat in LEVERS
        else game.standing[seat].get(name, MODEL)
    )
    return f"{value:g}" if isinstance(value, float) else str(value)


def _range_text(one: Declaration) -> str:
    if one.kind == "choice":
        return "one of those named"
    back = f" or {MODEL}" if one.default == MODEL else ""
    return f"{one.low:g} to {one.high:g} {one.unit}".strip() + back


def _lever_meaning(one: Declaration) -> str:
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
        first, old = now.sel({STATE: code}), before.sel({STATE: code})
        value = float(first["alignment"])
        lines.append(
            f"{'*' if code in game.seats else ' ':>2}{name:<13}{value:>10.1f}"
            f"{value - float(old['alignment']):>+8.1f}   {leaning(value, low, high):<28}"
            f"{float(first['pressure']):>9.2f}{float(first['incidents']):>11.0f}{float(first['capacity']):>10.2f}"
        )
    return "\n".join([*lines, *_news_lines(game, now, before)])


def _news_lines(game: Game, now: xr.Dataset, before: xr.Dataset) -> list[str]:
    low, high = band_of(now)
    result = [
        f"  Rivalry {float(now['rivalry']):.2f}; joint resolve of the claimants "
        f"{float(now['collective_resolve']):.2f}; {float(now['incidents'].sum()):.0f} incidents at sea."
    ]
    for code, name in names(game.stage.states).items():
        new, old = (float(item["alignment"].sel({STATE: code})) for item in (now, before))
        if leaning(new, low, high) != leaning(old, low, high):
            result.append(f"  {name} now {leaning(new, low, high)}.")
    return [*result, ""]
