"""How a number is declared: once, with default, unit, range and source.

That one line is the default, the validation, the sampling range of sweeps and the handbook's row.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, fields, is_dataclass
from typing import Any

KEY = "declaration"


@dataclass(frozen=True, kw_only=True)
class Declaration:
    """What is known of one setting before anybody changes it.

    kind is "number", "integer" or "choice"; low and high bound numbers inclusively.
    """

    kind: str
    default: Any
    doc: str
    unit: str = ""
    low: float = 0.0
    high: float = 1.0
    choices: tuple[str, ...] = ()
    source: str = "assumed"

    @property
    def allowed(self) -> str:
        """Say what is allowed, as a clause of an error."""
        if self.kind == "choice":
            return f"it must be one of {', '.join(self.choices)}"
        what = "a whole number" if self.kind == "integer" else "a number"
        unit = f" {self.unit}" if self.unit else ""
        return f"it must be {what} between {_plain(self.low)} and {_plain(self.high)}{unit}"


def _plain(bound: float) -> str:
    return f"{bound:,.0f}" if abs(bound) >= 1e6 else f"{bound:g}"


def number(
    default: float,
    doc: str,
    *,
    unit: str = "",
    low: float = 0.0,
    high: float = 1.0,
    source: str = "assumed",
) -> Any:
    """Declare a real number."""
    return _field(
        Declaration(
            kind="number", default=default, doc=doc, unit=unit, low=low, high=high, source=source
        )
    )


def integer(
    default: int, doc: str, *, unit: str = "", low: float, high: float, source: str = "assumed"
) -> Any:
    """Declare a whole number."""
    return _field(
        Declaration(
            kind="integer", default=default, doc=doc, unit=unit, low=low, high=high, source=source
        )
    )


def choice(default: str, choices: tuple[str, ...], doc: str, *, source: str = "assumed") -> Any:
    """Declare a choice among names."""
    return _field(
        Declaration(kind="choice", default=default, doc=doc, choices=choices, source=source)
    )


def _field(declaration: Declaration) -> Any:
    return field(default=declaration.default, metadata={KEY: declaration})


def declarations(group: type, prefix: str = "") -> Iterator[tuple[str, Declaration]]:
    """Walk a tree of declared groups; yield ("policy.japan.oda", Declaration) in reading order.

    Parameters
    ----------
    group : a dataclass whose fields are declared settings or further groups (given by `section`).
    """
    for item in fields(group):
        path = f"{prefix}{item.name}"
        if KEY in item.metadata:
            yield path, item.metadata[KEY]
        elif is_dataclass(item.default_factory):
            yield from declarations(item.default_factory, f"{path}.")  # type: ignore[arg-type]


def section(group: type) -> Any:
    """Put a declared group inside another."""
    return field(default_factory=group)
