"""One year of the game: the same steps as any other year, with the players' orders in their places."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

import numpy as np
import xarray as xr

from sim.axes import STATE, YEAR
from sim.config import Settings
from sim.engines.beginning import first_memory
from sim.engines.context import SimulationContext, build_context
from sim.engines.history import YearRecord, to_dataset
from sim.engines.instruments import policy_instruments
from sim.errors import UserError
from sim.game.budget import check_paid
from sim.game.choices import apply_orders
from sim.game.orders import (
    FOR_A_YEAR,
    LEVERS,
    MODEL,
    Order,
    checked_order,
    ordered_settings,
    seats_of,
)
from sim.game.prices import Budgets
from sim.outcomes import compute_outcomes
from sim.rules import year as the_year
from sim.rules.record import RandomDraws
from sim.world.draws import draws


class Game:
    """A history that players write together with the model, on the random draws of run 0.

    Attributes
    ----------
    stage : what no year changes. seats : codes of the played powers and states. budgets : of the powers; None binds nobody.
    turns : what each seat ordered anew, by year. standing : what is in force. records : the years gone by.
    """

    def __init__(
        self, settings: Settings, seats: Sequence[str], budgets: Budgets | None = None
    ) -> None:
        self.stage = build_context(settings)
        self.seats, self.budgets = seats_of(seats, self.stage), budgets
        self.settings, self.memory = settings, first_memory(self.stage)
        self.turns: dict[int, dict[str, dict[str, float | str]]] = {}
        self.standing: dict[str, dict[str, float | str]] = {seat: {} for seat in self.seats}
        self.records: list[YearRecord] = []
        self._spent: list[float] = []
        self._played: list[list[bool]] = []
        for seat in self.seats:
            self.check_paid(seat, {})

    @property
    def year(self) -> int | None:
        """The year to be played next; None at the end."""
        left = self.stage.years[len(self.records) :]
        return left[0] if left else None

    def turn(self, orders: Mapping[str, Order]) -> YearRecord:
        """Play one year.

        Parameters
        ----------
        orders : seat -> what it orders anew; what it ordered before stays in force.

        Raises
        ------
        UserError : the game is over, no such seat, or an order that is not allowed or cannot be paid.
        """
        if self.year is None:
            raise UserError(
                given="the last year has been played",
                allowed=f"the game ends in {self.stage.years[-1]}",
                where="on the command line: years.last=2035",
            )
        self._take(self.year, orders)
        record = YearRecord(year=self.year, passed=self._pass(self.year))
        self.memory = record.passed.memory
        self.records.append(record)
        return record

    def _take(self, year: int, orders: Mapping[str, Order]) -> None:
        for seat in orders:
            if seat not in self.seats:
                raise UserError(
                    given=f"{seat} is ordered about in {year}",
                    allowed=f"the seats of this game are {', '.join(self.seats)}",
                    where="in the log, or on the command line: game.seats",
                )
        fresh = {seat: checked_order(order, seat, self.stage) for seat, order in orders.items()}
        for seat, order in fresh.items():
            self.check_paid(seat, order)
        self.turns[year] = {seat: order for seat, order in fresh.items() if order}
        for seat, before in self.standing.items():
            lasting = {name: value for name, value in before.items() if name not in FOR_A_YEAR}
            self.standing[seat] = lasting | fresh.get(seat, {})
        self.settings = ordered_settings(self.settings, fresh)
        self._spent.append(self.settings.policy.japan.osa_budget)
        self._played.append([self._is_played(state) for state in self.stage.states])

    def check_paid(self, seat: str, order: Order) -> None:
        """Refuse what a power cannot pay, with what it ordered before still in force.

        Raises
        ------
        UserError : it costs more than the power's budget.
        """
        if self.budgets is not None and seat in LEVERS:
            settings = ordered_settings(self.settings, {seat: order})
            check_paid(seat, settings, self.budgets, self.stage)

    def _is_played(self, state: str) -> bool:
        return any(value != MODEL for value in self.standing.get(state, {}).values())

    def _pass(self, year: int) -> the_year.YearResult:
        """The order of `sim.rules.year.pass_year`, with the players' will after the states' own choice."""
        stage, rules = self.stage, self.settings.rules
        acts = policy_instruments(
            self.settings.policy,
            rules,
            partners=stage.partners,
            events=stage.effects(year),
        )
        luck = self._luck(year)
        situation = the_year.see(
            memory=self.memory,
            structure=stage.structure,
            conduct=acts,
            outlook=stage.outlooks[year],
            luck=luck,
            rules=rules,
        )
        seen: dict[str, Any] = {"situation": situation, "conduct": acts, "rules": rules}
        everybody: dict[str, Any] = {"memory": self.memory, "structure": stage.structure, **seen}
        offers = the_year.court_and_press(**everybody)
        choice = apply_orders(
            the_year.weigh_and_choose(**everybody, luck=luck),
            self.standing,
            stage=stage,
            memory=self.memory,
            situation=situation,
            conduct=acts,
            luck=luck,
            rules=rules,
        )
        met: dict[str, Any] = {"offers": offers, "choice": choice, "luck": luck}
        at_sea = the_year.meet_at_sea(memory=self.memory, situation=situation, rules=rules, **met)
        after = the_year.settle(**everybody, **met, at_sea=at_sea)
        return the_year.YearResult(
            memory=after, situation=situation, offers=offers, choice=choice, at_sea=at_sea
        )

    def _luck(self, year: int) -> RandomDraws:
        result = draws(
            seed=self.settings.seed,
            states=self.stage.states,
            partners=self.stage.partners,
            year=year,
        )
        return RandomDraws(**{name: block[0] for name, block in result.items()})

    def history(self) -> xr.Dataset:
        """The years played so far, after the observed ones; `played` marks what players chose."""
        years = [record.year for record in self.records]
        bare = to_dataset(self._until(years[-1]), self.records)
        spent, marks = bare["osa_spent"].copy(), np.zeros((bare.sizes[YEAR], bare.sizes[STATE]))
        spent[-len(years) :] = self._spent
        marks[-len(years) :] = self._played
        meaning = "1 where players chose for the state; its terms are what the rules weighed"
        played = (
            (YEAR, STATE),
            marks.astype(np.int8),
            {"units": "1", "long_name": meaning},
        )
        return bare.assign(osa_spent=spent, played=played).assign_attrs(
            played=json.dumps(self.turns, sort_keys=True)
        )

    def start(self) -> xr.Dataset:
        """What the observed years are judged to be, before any is played."""
        first = self.stage.years[0]
        foreseen = YearRecord(year=first, passed=self._pass(first))
        history = to_dataset(self._until(first), [foreseen])
        return compute_outcomes(
            history.sel({YEAR: slice(None, first - 1)}), self.settings.rules.observation
        )

    def _until(self, year: int) -> SimulationContext:
        """The stage as if the game ended in a year."""
        begun = self.stage.settings
        return replace(self.stage, settings=replace(begun, years=replace(begun.years, last=year)))

    def outcomes(self) -> xr.Dataset:
        """What the years so far are judged to be."""
        return compute_outcomes(self.history(), self.settings.rules.observation)
