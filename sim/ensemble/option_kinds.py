"""Options that several commands share, declared once: a store, states, outcomes, a column of a design."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from sim.config import Settings
from sim.config.declare import choice, names, path, read, required
from sim.config.options import Options
from sim.errors import UserError
from sim.outcomes.definitions import averaged, dates
from sim.world.roster import state_codes

STORE = "results/sweep"
EXAMPLE = "hedging"


def store(default: str = "") -> Any:
    """Declare the store that a command reads; it must be named unless there is a default."""
    return required(path(default, "the folder of a sweep", example=STORE))


@dataclass(frozen=True, kw_only=True)
class StoreOptions(Options):
    """Options of a command that reads a store, whose runs have their own settings."""

    store: str = store()

    def check(self, job: Any) -> None:
        """Refuse settings, which the store's runs would not heed."""
        if job.settings != Settings():
            raise UserError(
                given=f"settings are given for {job.name}, which reads a store",
                allowed="the store has its own: only options are given",
                where=f"on the command line: store={STORE} without settings",
            )


def state(doc: str, default: str = "") -> Any:
    """Declare one state, by code or name; null stands for the default, which may be none (blank)."""
    return read(_read_state, default, doc, example="PHL")


def states(doc: str) -> Any:
    """Declare states, by codes or names; one stands for a list of it, null for none."""
    return read(_read_states, (), doc, example="PHL")


def _read_state(value: Any) -> str:
    if not isinstance(value, str) or not value:
        raise ValueError("it must be one state's code or name")
    return _read_codes([value])[0]


def _read_states(value: Any) -> tuple[str, ...]:
    given = [value] if isinstance(value, str) else value
    if not isinstance(given, list | tuple) or not all(isinstance(item, str) for item in given):
        raise ValueError("it must be a state's code or name, or a list of them")
    return _read_codes(given) if given else ()


def _read_codes(given: Sequence[str]) -> tuple[str, ...]:
    codes: list[str] = []
    for name in given:
        try:
            codes += state_codes([name])
        except UserError as error:
            raise ValueError(error.allowed, name) from error
    return tuple(dict.fromkeys(codes))


def outcome(default: str, doc: str, valid: Callable[[], Sequence[str]]) -> Any:
    """Declare one outcome of a run."""
    return choice(default, (), doc, valid=valid, example=EXAMPLE)


def outcomes(
    default: Sequence[str],
    doc: str,
    valid: Callable[[], Sequence[str]],
    *,
    example: str = EXAMPLE,
) -> Any:
    """Declare a list of outcomes of a run."""
    return names(default, doc, valid=valid, fewest=1, example=example)


def kept() -> tuple[str, ...]:
    """Every number that a sweep keeps of a run."""
    return averaged()


def kept_or_dated() -> tuple[str, ...]:
    """Every number that a sweep keeps of a run, and the dates that may never come."""
    return (*kept(), *dates())


def column(default: str, doc: str) -> Any:
    """Declare a column of a design, a setting or a group; null, read as blank, for none."""
    return required(read(_read_column, default, doc, example="scenario"))


def _read_column(value: Any) -> str:
    if value is None:
        return ""
    if not isinstance(value, str):
        raise ValueError("it must name a setting or a group, or be null")
    return value
