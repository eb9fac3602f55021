"""How a setting or an option is declared: once, with default, unit, range and source.

That one line is the default, the validation, the sampling range of sweeps and the handbook's row. Settings are numbers and
choices; what a command is told besides may also be a text, a switch, a list of names or numbers, or a mapping.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, fields, is_dataclass, replace
from typing import Any

from sim.config.prior import Prior

KEY = "declaration"
OPTIONAL = "optional"
ASSUMED = "assumed"
WHAT = {"number": "a number", "integer": "a whole number"}


@dataclass(frozen=True, kw_only=True)
class Declaration:
    """What is known of one setting or option before anybody changes it.

    kind is "number", "integer" or "choice", or one of `sim.config.kinds.READERS`; low and high bound numbers inclusively.
    valid : gives the names allowed where they are not known until asked for. read : of kind "read" (see `read`).
    optional : null stands for the default. fewest : of a list. example : a value that would do, for an error.
    prior : of a response, what is published about its size.
    """

    kind: str
    default: Any
    doc: str
    unit: str = ""
    low: float = 0.0
    high: float = 1.0
    choices: tuple[str, ...] = ()
    source: str = "assumed"
    valid: Callable[[], Sequence[str]] | None = None
    read: Callable[[Any], Any] | None = None
    optional: bool = False
    fewest: int = 0
    example: str = ""
    prior: Prior | None = None

    @property
    def names(self) -> tuple[str, ...]:
        """The names allowed, if they are a closed list."""
        return self.choices if self.valid is None else tuple(self.valid())

    @property
    def allowed(self) -> str:
        """Say what is allowed, as a clause of an error."""
        if self.kind == "choice":
            return f"it must be one of {', '.join(self.names)}"
        what = WHAT[self.kind]
        unit = f" {self.unit}" if self.unit else ""
        return (
            f"it must be {what} between {_plain_text(self.low)} and {_plain_text(self.high)}{unit}"
        )


def _plain_text(bound: float) -> str:
    return f"{bound:,.0f}" if abs(bound) >= 1e6 else f"{bound:g}"


def number(
    default: float | None,
    doc: str,
    *,
    unit: str = "",
    low: float = 0.0,
    high: float = 1.0,
    source: str = ASSUMED,
    prior: Prior | None = None,
) -> Any:
    """Declare a real number; a default of None may be given as null, and a prior is its own source."""
    if prior is not None and source == ASSUMED:
        source = f"prior: {prior.source}"
    return _bounded("number", default, doc, unit, low, high, source, prior)


def integer(
    default: int | None,
    doc: str,
    *,
    unit: str = "",
    low: float,
    high: float,
    source: str = "assumed",
) -> Any:
    """Declare a whole number; a default of None may be given as null."""
    return _bounded("integer", default, doc, unit, low, high, source)


def choice(
    default: str | None,
    choices: tuple[str, ...],
    doc: str,
    *,
    source: str = "assumed",
    valid: Callable[[], Sequence[str]] | None = None,
    example: str = "",
) -> Any:
    """Declare a choice among names, `choices` or what `valid` gives when asked; a default of None may be given as null."""
    return _declared_field(
        Declaration(
            kind="choice",
            default=default,
            doc=doc,
            choices=choices,
            source=source,
            valid=valid,
            optional=default is None,
            example=example,
        )
    )


def text(default: str, doc: str, *, example: str = "") -> Any:
    """Declare a text; null stands for the default."""
    return _declared_field(
        Declaration(kind="text", default=default, doc=doc, optional=True, example=example)
    )


def path(default: str, doc: str, *, example: str = "") -> Any:
    """Declare the path of a file or folder; null stands for the default."""
    return _declared_field(
        Declaration(kind="path", default=default, doc=doc, optional=True, example=example)
    )


def switch(default: bool, doc: str) -> Any:
    """Declare what is true or false."""
    return _declared_field(Declaration(kind="switch", default=default, doc=doc, example="true"))


def names(
    default: Sequence[str] | None,
    doc: str,
    *,
    valid: Callable[[], Sequence[str]] | None = None,
    fewest: int = 0,
    example: str = "",
) -> Any:
    """Declare a list of different names (one name stands for a list of it); null stands for the default."""
    return _declared_field(
        Declaration(
            kind="names",
            default=None if default is None else tuple(default),
            doc=doc,
            valid=valid,
            optional=True,
            fewest=fewest,
            example=example,
        )
    )


def numbers(
    default: Sequence[float],
    doc: str,
    *,
    unit: str = "",
    low: float = 0.0,
    high: float = 1.0,
    fewest: int = 1,
) -> Any:
    """Declare a list of numbers, kept in order and each once; one number stands for a list of it."""
    return _declared_field(
        Declaration(
            kind="numbers",
            default=tuple(default),
            doc=doc,
            unit=unit,
            low=low,
            high=high,
            fewest=fewest,
        )
    )


def mapping(default: Mapping[str, Any], doc: str, *, example: str = "{NAME: VALUE}") -> Any:
    """Declare a mapping whose names are free; what stands in it is read where it is used."""
    given = dict(default)
    return field(
        default_factory=lambda: dict(given),
        metadata={
            KEY: Declaration(kind="mapping", default=given, doc=doc, optional=True, example=example)
        },
    )


def read(reader: Callable[[Any], Any], default: Any, doc: str, *, example: str) -> Any:
    """Declare what has a reader of its own, which returns the value or raises `ValueError` saying what is allowed."""
    return _declared_field(
        Declaration(
            kind="read", default=default, doc=doc, read=reader, optional=True, example=example
        )
    )


def required(declared: Any) -> Any:
    """Take from a declared field the leave to be null or blank."""
    return _declared_field(replace(declared.metadata[KEY], optional=False))


def values(given: Any) -> dict[str, Any]:
    """The declared fields of a group, by name, as they stand."""
    return {item.name: getattr(given, item.name) for item in fields(given)}


def redeclared(group: type, name: str, default: Any) -> Any:
    """Declare a field of another group again, with a default of one's own."""
    declaration: Declaration = next(item for item in fields(group) if item.name == name).metadata[
        KEY
    ]
    if declaration.kind == "mapping":
        return mapping(default, declaration.doc, example=declaration.example)
    return _declared_field(replace(declaration, default=default))


def _bounded(
    kind: str,
    default: float | None,
    doc: str,
    unit: str,
    low: float,
    high: float,
    source: str,
    prior: Prior | None = None,
) -> Any:
    bounds: dict[str, Any] = {"unit": unit, "low": low, "high": high}
    known: dict[str, Any] = {"source": source, "prior": prior, "optional": default is None}
    return _declared_field(Declaration(kind=kind, default=default, doc=doc, **bounds, **known))


def _declared_field(declaration: Declaration) -> Any:
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


def section(group: type, *, optional: bool = False) -> Any:
    """Put a declared group inside another; an optional one may be null, and is then None."""
    return field(default_factory=group, metadata={OPTIONAL: optional})
