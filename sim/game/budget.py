"""What a power's policy costs in a year of the game, and whether it can be paid.

A budget is a yearly limit in the power's own money. Grants and aid cost what they are; what has no price of its own (ships
at sea, exercises, trade forgone) costs what `sim.game.prices` declares. Allocation and export rules are free of charge.
"""

from __future__ import annotations

from sim.config import Settings
from sim.config.declare import declarations
from sim.engines.context import SimulationContext
from sim.errors import UserError
from sim.game.orders import POLICY
from sim.game.prices import Budgets
from sim.world.roster import names

SLACK = 1e-9  # of the limit: a sum of floats may miss it by so much


def costs(
    seat: str, settings: Settings, budgets: Budgets, stage: SimulationContext
) -> dict[str, float]:
    """What each lever of a power costs this year, bn of its own money.

    Parameters
    ----------
    seat : CHN, USA or JPN. settings : with the policy in force. stage : says how many states are coastal, and how many there are.
    """
    coastal, states = float((stage.structure.area > 0.0).sum()), float(len(stage.states))
    policy = settings.policy
    if seat == "JPN":
        japan, price = policy.japan, budgets.japan
        return {
            "osa_budget": japan.osa_budget,
            "oda": japan.oda * japan.exchange_rate,
            "capacity_building": japan.capacity_building * coastal * price.capacity_building,
            "exercises": japan.exercises * states * price.exercises,
        }
    if seat == "CHN":
        china, of_china = policy.china, budgets.china
        return {
            "gray_zone": china.gray_zone * of_china.gray_zone,
            "inducement": china.inducement,
            "coercion": china.coercion * of_china.coercion,
        }
    america, of_america = policy.united_states, budgets.united_states
    return {
        "assistance": america.assistance,
        "presence": america.presence * of_america.presence,
        "pressure": america.pressure * of_america.pressure,
        "exercises": america.exercises * states * of_america.exercises,
    }


def limit_of(seat: str, budgets: Budgets) -> float:
    """What a power may spend a year, bn of its own money."""
    return float(getattr(budgets, POLICY[seat]).limit)


def unit_of(seat: str) -> str:
    """Unit of a power's budget, such as JPY bn a year."""
    return dict(declarations(Budgets))[f"{POLICY[seat]}.limit"].unit


def check_paid(seat: str, settings: Settings, budgets: Budgets, stage: SimulationContext) -> None:
    """Refuse a policy that a power cannot pay.

    Raises
    ------
    UserError : it costs more than the budget; told with what each lever costs.
    """
    each, limit = costs(seat, settings, budgets, stage), limit_of(seat, budgets)
    total = sum(each.values())
    if total <= limit * (1.0 + SLACK):
        return
    bill = ", ".join(f"{name} {cost:.1f}" for name, cost in each.items() if cost > 0.0)
    raise UserError(
        given=f"{names([seat])[seat]} would spend {total:.1f} {unit_of(seat)} ({bill})",
        allowed=f"its budget is {limit:g}: spend {total - limit:.1f} less",
        where="in the orders, in the policies the game begins with, or on the command line: "
        f"game.budgets.{POLICY[seat]}.limit=VALUE (game.budgets=null: no limit)",
    )
