"""What a sweep is to do: the settings it starts from, its table of points, its replicates.

A point is a full `Settings`: the named choices of its row are composed (by whoever makes the plan, so that this package knows
nothing of configuration files), then its numbers are set.
"""

from __future__ import annotations

import dataclasses
import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd

from sim.config import Settings, build
from sim.config.settings import STACKED, as_mapping
from sim.engines.context import check_start, world_states
from sim.ensemble.design import Dimension, read_space
from sim.ensemble.design_points import DRAWN, make_points, read_table, size
from sim.ensemble.drawn import THEORY, with_draws
from sim.ensemble.options import SweepOptions
from sim.errors import UserError
from sim.world.roster import state_codes

Choices = tuple[tuple[str, str], ...]
Compose = Callable[[Choices], Settings]
MOST_UNCONFIRMED = 1_000_000  # runs that a sweep makes without being asked twice
DEFAULT_POINTS, DEFAULT_REPLICATES = 64, 100


@dataclass(frozen=True, kw_only=True)
class Plan:
    """A sweep, ready to run.

    points : table, a row a point. bases : for each set of named choices in it, its settings.
    base_of : (point,) place in `bases`. replicates : runs of each point, numbers 0 to replicates - 1.
    """

    options: SweepOptions
    points: pd.DataFrame
    groups: tuple[str, ...]
    bases: tuple[tuple[Choices, Settings], ...]
    base_of: tuple[int, ...]
    replicates: int

    @property
    def runs(self) -> int:
        """Points times replicates."""
        return len(self.points) * self.replicates

    @property
    def states(self) -> tuple[str, ...]:
        """Every state that any point has, in order."""
        each = (base.states or world_states(base.world) for _, base in self.bases)
        return tuple(dict.fromkeys(code for states in each for code in state_codes(states)))

    def rows(self, first: int, last: int) -> list[tuple[int, dict[str, Any]]]:
        """Return points `first` to `last - 1` as (place in bases, setting -> value)."""
        part = self.points.iloc[first:last]
        columns = {name: part[name].tolist() for name in map(str, part) if name not in self.groups}
        return [
            (
                self.base_of[first + row],
                {name: values[row] for name, values in columns.items()},
            )
            for row in range(len(part))
        ]

    def settings(self, point: int) -> Settings:
        """Return the full settings of one point."""
        ((base, numbers),) = self.rows(point, point + 1)
        return with_numbers(self.bases[base][1], numbers)


def make_plan(
    options: SweepOptions, *, compose: Compose, groups: Mapping[str, Sequence[str]]
) -> Plan:
    """Lay out a sweep.

    Parameters
    ----------
    options : validated. compose : gives the settings for named choices of groups (none: the settings
        the sweep starts from). groups : every group and its choices.

    Raises
    ------
    UserError : an unknown name, a range outside the declared one, more runs than may be made unasked.
    """
    table = _design_table(options, compose(()), groups)
    return plan_of(table, options, compose=compose, groups=groups)


def plan_of(
    table: pd.DataFrame,
    options: SweepOptions,
    *,
    compose: Compose,
    groups: Mapping[str, Sequence[str]],
) -> Plan:
    """Lay out a sweep over a table of points that is made already, its values checked.

    Raises
    ------
    UserError : more runs than may be made unasked, or years out of order.
    """
    theory = compose(()).theory
    if options.parameters == "posterior":
        table = with_draws(table, options.draws, theory)
    elif theory == STACKED and THEORY not in table:
        raise UserError(
            given=f"theory is {STACKED} with sweep.parameters={options.parameters}",
            allowed="theories are drawn together with their numbers",
            where="on the command line: sweep.parameters=posterior, or sweep.space.theory=[...]",
        )
    replicates = _replicate_count(options, len(table))
    refuse_too_many(len(table), replicates, options)
    grouped = tuple(str(name) for name in table if name in groups)
    rows = list(zip(*(table[name] for name in grouped), strict=True)) or [()] * len(table)
    kinds = list(dict.fromkeys(rows))
    bases = [tuple(zip(grouped, row, strict=True)) for row in kinds]
    plan = Plan(
        options=options,
        points=table,
        groups=grouped,
        bases=tuple((choices, _one_run(compose(choices))) for choices in bases),
        base_of=tuple(map({row: index for index, row in enumerate(kinds)}.__getitem__, rows)),
        replicates=replicates,
    )
    _check_years(plan)
    _check_starts(plan)
    return plan


def _design_table(
    options: SweepOptions, start: Settings, groups: Mapping[str, Sequence[str]]
) -> pd.DataFrame:
    if options.table and (options.space or options.design != "table"):
        raise UserError(
            given="sweep.space and sweep.table are both given"
            if options.space
            else f"sweep.table is given with sweep.design={options.design}",
            allowed="a design is made from a space or read from a table",
            where="on the command line: sweep.design=table sweep.table=points.csv, and nothing else varied",
        )
    if options.design == "table":
        return read_table(options.table, groups)
    space = read_space(options.space, groups, listed=options.design == "zip")
    points = _point_count(options, space)
    refuse_too_many(points, max(options.replicates, 1), options)
    return make_points(options.design, space, points=points, levels=options.levels, seed=start.seed)


def _point_count(options: SweepOptions, space: Sequence[Dimension]) -> int:
    """Count the points: as asked, else as the cap on runs allows, else a default."""
    if options.design not in DRAWN:
        if options.points:
            raise UserError(
                given=f"sweep.points is {options.points} with sweep.design={options.design}",
                allowed="only drawn designs (lhs, sobol) have as many points as are asked for",
                where="on the command line: sweep.levels=5, or sweep.design=sobol",
            )
        return size(options.design, space, points=0, levels=options.levels)
    if not options.runs:
        return options.points or DEFAULT_POINTS
    if options.points and not options.replicates:
        return options.points
    # as many replicates as points, until these are enough
    each = options.replicates or min(DEFAULT_REPLICATES, math.isqrt(options.runs))
    most = max(options.runs // each, 1)
    return min(options.points, most) if options.points else most


def _replicate_count(options: SweepOptions, points: int) -> int:
    if not options.runs:
        return options.replicates or DEFAULT_REPLICATES
    most = options.runs // points
    if most < 1:
        raise UserError(
            given=f"runs is {options.runs}, and the design has {points} points",
            allowed="there must be at least one run a point",
            where=f"on the command line: runs={points}, or fewer sweep.levels",
        )
    return min(options.replicates, most) if options.replicates else most


def refuse_too_many(points: int, replicates: int, options: SweepOptions) -> None:
    """Refuse more runs than `MOST_UNCONFIRMED` unless sweep.confirm is true; a forecast only lays points out."""
    counted = points if options.forecast else points * replicates
    if counted > MOST_UNCONFIRMED and not options.confirm:
        raise UserError(
            given=f"the design has {points:,} points, {points * replicates:,} runs",
            allowed=f"more than {MOST_UNCONFIRMED:,} runs must be confirmed",
            where="on the command line: sweep.confirm=true, or fewer sweep.levels or sweep.replicates",
        )


def _one_run(settings: Settings) -> Settings:
    return dataclasses.replace(settings, runs=1)


def with_numbers(settings: Settings, numbers: Mapping[str, Any]) -> Settings:
    """Set dotted settings (already checked against their declarations) on full settings."""
    for path, value in numbers.items():
        settings = _setting_value(settings, path.split("."), value)
    return settings


def _setting_value(group: Any, path: list[str], value: Any) -> Any:
    name, *rest = path
    inner = _setting_value(getattr(group, name), rest, value) if rest else value
    return dataclasses.replace(group, **{name: inner})


def _check_starts(plan: Plan) -> None:
    """Refuse points that cannot be started from, before anything runs."""
    settings = map(plan.settings, range(len(plan.points)) if "years.first" in plan.points else ())
    starts = [base for _, base in plan.bases] + list(settings)
    for item in {(s.world, s.states, s.partners, s.years.first): s for s in starts}.values():
        check_start(item)


def _check_years(plan: Plan) -> None:
    """Refuse points whose years are out of order, and yearly paths over differing years."""
    varied = [name for name in plan.points if str(name).startswith("years.")]
    if varied and plan.options.paths:
        raise UserError(
            given=f"sweep.paths is true and {varied[0]} varies",
            allowed="yearly paths need the same years at every point",
            where="on the command line: sweep.paths=false",
        )
    if varied:
        for point in range(len(plan.points)):
            build(as_mapping(plan.settings(point)))
