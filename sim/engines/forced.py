"""Teacher forcing: the model's own rules, year by year over the record, with the observed memory put in each year.

Opinion and stance are carried by the model at their expected values, without chance; hazards and next year's stocks are read off
them. Many rules go through side by side, on the run axis.
"""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass

import numpy as np

from sim.axes import Array, partners_of
from sim.config.mechanisms import Rules
from sim.engines.course import RecordCourse, still
from sim.engines.instruments import with_readiness
from sim.engines.layout import RunBroadcaster
from sim.rules import stance
from sim.rules import year as the_year
from sim.rules.record import StartDraws

CARRIED = (
    *("trust", "trust_base", "trust_anchor"),
    *("stance", "first_stance", "disposition", "shared_disposition", "arms_mix"),
)
KEPT = ("trust", "stance", "up", "down", "economic", "arms")


@dataclass(frozen=True, kw_only=True)
class Responses:
    """What the rules answer to the record, arrays (year, run, state, partner); a state's own have a last axis of one.

    up, down : chances of a step while courtship does not drift. economic, arms : expected shares.
    """

    years: tuple[int, ...]
    trust: Array
    stance: Array
    up: Array
    down: Array
    economic: Array
    arms: Array


def respond(course: RecordCourse, rules: Rules, runs: int) -> Responses:
    """Take the rules through the record, numbers that differ by run as (run, 1, 1).

    Parameters
    ----------
    course : the record. rules : of all runs. runs : how many, at least 2.
    """
    structure, laid = course.laid(runs)
    lay = RunBroadcaster(runs)
    partners = course.stage.partners
    usual, outlook = course.stage.usual
    start = lay(course.stage.start)
    quiet = StartDraws(stance=0.0 * start.stance, trust=0.0 * start.trust)
    carried = the_year.begin(
        memory=start,
        structure=structure,
        conduct=with_readiness(lay(usual), partners, rules),
        outlook=lay(outlook),
        reading=lay(course.stage.reading),
        luck=quiet,
        rules=rules,
    )
    luck = still(carried)
    kept: dict[str, list[Array]] = {name: [] for name in KEPT}
    for memory, conduct, drivers in laid:
        memory = dataclasses.replace(memory, **{name: getattr(carried, name) for name in CARRIED})
        conduct = with_readiness(conduct, partners, rules)
        situation = the_year.see(
            memory=memory,
            structure=structure,
            conduct=conduct,
            outlook=drivers,
            luck=luck,
            rules=rules,
        )
        choice = the_year.weigh_and_choose(
            memory=memory,
            structure=structure,
            situation=situation,
            conduct=conduct,
            luck=luck,
            rules=rules,
        )
        kept["trust"].append(choice.opinion.trust)
        kept["stance"].append(choice.stance.stance)
        kept["up"].append(choice.acts.up)
        kept["down"].append(choice.acts.down)
        kept["economic"].append(partners_of(choice.stocks.economic_tie))
        kept["arms"].append(
            memory.arms
            + rules.stocks.contracts * rules.stocks.lump * (choice.stocks.arms_mix - memory.arms)
        )
        carried = dataclasses.replace(
            carried,
            trust=choice.opinion.trust,
            trust_base=choice.opinion.base,
            stance=choice.stance.stance,
            arms_mix=choice.stocks.arms_mix,
            disposition=stance.next_disposition(
                disposition=carried.disposition,
                shared=carried.shared_disposition,
                persistence=rules.stance.persistence,
            ),
        )
    shape = (runs, *course.stage.structure.distance.shape)
    return Responses(
        years=course.years,
        **{
            name: np.stack([np.broadcast_to(v, (*shape[:2], v.shape[-1])) for v in values])
            for name, values in kept.items()
        },
    )
