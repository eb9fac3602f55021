"""What a visitor has set: two sides, what they share, and what is looked at. No server remembers it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from sim.composition.check import check_names
from sim.config import Settings, build
from sim.config.settings import checked
from sim.dashboard.controls import NOT_SET, SHARED, controls
from sim.dashboard.presets import OF_BOTH, OF_SIDE, USUAL, nested_names, presets
from sim.errors import UserError, nearest

A, B, BASELINE = "a", "b", "baseline"
BOTH = "both"
SIDES = (A, B)
WHERE = "in the address, or with the controls of this page"


@dataclass(frozen=True, kw_only=True)
class Side:
    """One scenario. choices : group -> named choice, where not the usual one. changes : dotted name -> value."""

    choices: Mapping[str, str] = field(default_factory=dict)
    changes: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class Setup:
    """Both scenarios, and what they share: the world, the years, the seed."""

    a: Side = field(default_factory=Side)
    b: Side = field(default_factory=Side)
    both: Side = field(default_factory=Side)

    def side(self, name: str) -> Side:
        """One of the sides by name; the baseline changes nothing."""
        return Side() if name == BASELINE else getattr(self, name)  # type: ignore[no-any-return]

    def as_data(self) -> dict[str, Any]:
        """As plain mappings, for the browser."""
        return {
            name: {"choices": dict(side.choices), "changes": dict(side.changes)}
            for name in (A, B, BOTH)
            for side in (getattr(self, name),)
        }


START = Setup(
    a=Side(choices={"policy/japan": "osa_expanded"}),
    b=Side(choices={"policy/china": "assertive"}),
)


def read(data: Any) -> Setup:
    """Check what a browser sent.

    Raises
    ------
    UserError : anything that is no set-up: unknown names and choices, values out of range.
    """
    if not isinstance(data, Mapping) or set(data) != {A, B, BOTH}:
        _raise_user_error("the set-up", data, "it must hold both sides and what they share")
    return Setup(**{name: _checked_side(name, data[name]) for name in (A, B, BOTH)})


def _checked_side(name: str, data: Any) -> Side:
    parts = data if isinstance(data, Mapping) else {}
    choices: Any = parts.get("choices")
    changes: Any = parts.get("changes")
    if not isinstance(choices, Mapping) or not isinstance(changes, Mapping):
        _raise_user_error(f"side {name}", data, "it must hold choices and changes")
    return Side(
        choices={g: choice(name, g, c) for g, c in choices.items() if c != USUAL.get(g)},
        changes={path: value(name, path, v) for path, v in changes.items()},
    )


def choice(side: str, group: str, name: Any) -> str:
    """Check a named choice of a side; return it.

    Raises
    ------
    UserError : no such group on that side, or no such choice.
    """
    groups = OF_BOTH if side == BOTH else OF_SIDE
    if group not in groups:
        raise UserError(
            given=f"{group} is not a group of choices here",
            allowed=nearest(group, groups),
            where=WHERE,
        )
    if not isinstance(name, str) or name not in presets()[group]:
        raise UserError(
            given=f"{group} is {name!r}",
            allowed=f"it must be one of {', '.join(presets()[group])}",
            where=WHERE,
        )
    return name


def value(side: str, path: str, given: Any) -> Any:
    """Check one setting of a side; return it in its declared type.

    Raises
    ------
    UserError : no such setting on that side, or a value that is not allowed.
    """
    names = SHARED if side == BOTH else tuple(n for n in controls() if n not in SHARED)
    if path not in names or path in NOT_SET:
        raise UserError(
            given=f"{path} is not a setting here", allowed=nearest(path, names), where=WHERE
        )
    return checked(given, controls()[path].declaration, path)


def _raise_user_error(what: str, given: Any, allowed: str) -> None:
    raise UserError(given=f"{what} is {str(given)[:80]!r}", allowed=allowed, where=WHERE)


def settings_of(setup: Setup, name: str, *, runs: int = 1) -> Settings:
    """The settings of a side, or of the baseline: named choices, then what was changed.

    Raises
    ------
    UserError : settings that do not go together, such as years out of order.
    """
    side = setup.side(name)
    values: dict[str, Any] = {}
    for group, usual in USUAL.items():
        chosen = (setup.both if group in OF_BOTH else side).choices.get(group, usual)
        values |= presets()[group][chosen]
    values |= {**side.changes, **setup.both.changes, "runs": runs}
    settings = build(nested_names(values))
    check_names(settings)
    return settings
