"""What a seat may order: a power its levers, a state its stance, acts, resolve and effort, each with range and unit."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from sim.config import Settings, declared
from sim.config.declare import Declaration
from sim.config.settings import checked
from sim.engines.context import SimulationContext
from sim.errors import UserError, nearest
from sim.world.roster import find_code, names

Order = Mapping[str, float | str]
POLICY = {"CHN": "china", "USA": "united_states", "JPN": "japan"}
LEVERS = {
    "CHN": ("gray_zone", "inducement", "coercion"),
    "USA": ("assistance", "presence", "pressure", "exercises"),
    "JPN": ("osa_budget", "allocation", "export_rule", "capacity_building", "exercises", "oda"),
}
MODEL, NONE = "model", "none"
FOR_A_YEAR = ("act",)  # what is ordered for the year alone
WHERE = "in the order, such as osa_budget=10 or act=up_japan"


def seats_of(asked: Sequence[str], stage: SimulationContext) -> tuple[str, ...]:
    """Turn codes or names into the codes of seats, in the order asked.

    Raises
    ------
    UserError : no seat, one named twice, or one that is not in this world.
    """
    known = names([*LEVERS, *stage.states])
    open_seats = {code: name for code, name in known.items() if _is_present(code, stage)}
    seats = tuple(find_code(name, open_seats) for name in asked)
    for name, code in zip(asked, seats, strict=True):
        if not code:
            valid = [*open_seats, *open_seats.values()]
            raise _unfit_error(f"the seat {name!r} is not in this game", nearest(name, valid))
    if not seats or len(set(seats)) < len(seats):
        raise _unfit_error(
            f"game.seats is {list(asked)}", "it must name at least one seat, each once"
        )
    return seats


def _is_present(code: str, stage: SimulationContext) -> bool:
    return code in stage.partners if code in LEVERS else code in stage.states


def _unfit_error(given: str, allowed: str) -> UserError:
    where = "on the command line: game.seats=[CHN,USA,JPN,PHL,VNM]"
    return UserError(given=given, allowed=allowed, where=where)


def may_order(seat: str, stage: SimulationContext) -> dict[str, Declaration]:
    """What a seat may order, by name; for a power the levers as they are declared."""
    if seat in LEVERS:
        known = declared()
        own = {lever: known[f"policy.{POLICY[seat]}.{lever}"] for lever in LEVERS[seat]}
        if "allocation" in own:  # custom shares need a configuration of their own
            rule = own["allocation"]
            kept = tuple(name for name in rule.choices if name != "custom")
            own["allocation"] = replace(rule, choices=kept)
        return own
    return _of_state(seat, stage)


def order_steps(stage: SimulationContext) -> dict[str, tuple[int, float]]:
    """Every act that a state may be ordered: its name, the place of the partner, and the step."""
    names = [POLICY.get(code, code.lower()) for code in stage.partners]
    ways = (("up", 1.0), ("down", -1.0))
    return {
        f"{way}_{name}": (place, step) for way, step in ways for place, name in enumerate(names)
    }


def _of_state(seat: str, stage: SimulationContext) -> dict[str, Declaration]:
    rules = stage.settings.rules
    own = {
        "stance": Declaration(
            kind="number",
            default=MODEL,
            low=-1.0,
            doc=f"stance aimed at, -1 China to 1 United States; {100 * rules.stance.speed:.0f} % of the way a year",
        ),
        "act": Declaration(
            kind="choice",
            default=MODEL,
            choices=(MODEL, NONE, *order_steps(stage)),
            doc="one dated step with one partner, or none with anybody; for this year alone",
        ),
    }
    if stage.structure.claimant[stage.states.index(seat), 0] > 0.0:
        own["resolve"] = Declaration(
            kind="number",
            default=MODEL,
            doc=f"resolve at sea aimed at; {100 * rules.resolve.adjustment:.0f} % of the way a year",
        )
    most = rules.capacity.effort_max
    own["effort"] = Declaration(
        kind="number",
        default=MODEL,
        high=most,
        doc="own extra investment in capacity, of the usual",
    )
    return own


def read_order(text: str, seat: str, stage: SimulationContext) -> dict[str, float | str]:
    """Read a line such as ``osa_budget=10 export_rule=eased``; blank is no order.

    Raises
    ------
    UserError : what cannot be read, is unknown, or is not allowed.
    """
    order: dict[str, float | str] = {}
    for part in text.replace(",", " ").split():
        name, equals, value = part.partition("=")
        if not equals or not name or not value:
            raise UserError(
                given=f"{part!r} cannot be read",
                allowed="an order reads name=value, several with spaces between",
                where=WHERE,
            )
        if name in order:
            raise UserError(
                given=f"{name} is ordered twice", allowed="each is ordered once", where=WHERE
            )
        order[name] = _read_number(value)
    return checked_order(order, seat, stage)


def checked_order(order: Order, seat: str, stage: SimulationContext) -> dict[str, float | str]:
    """Check an order against what the seat may order.

    Raises
    ------
    UserError : an unknown name, or a value that is not allowed.
    """
    known = may_order(seat, stage)
    result: dict[str, float | str] = {}
    for name, value in order.items():
        if name not in known:
            raise UserError(
                given=f"{seat} cannot order {name!r}",
                allowed=nearest(str(name), known),
                where=WHERE,
            )
        back = value == MODEL and known[name].default == MODEL
        result[name] = MODEL if back else checked(value, known[name], name)
    return result


def _read_number(text: str) -> float | str:
    try:
        return float(text)
    except ValueError:
        return text


def ordered_settings(settings: Settings, orders: Mapping[str, Order]) -> Settings:
    """Return the settings with the powers' orders as their levers."""
    policy = settings.policy
    for seat, order in orders.items():
        if seat in LEVERS:
            own = POLICY[seat]
            policy = replace(policy, **{own: replace(getattr(policy, own), **order)})
    return replace(settings, policy=policy)
