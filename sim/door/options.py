"""What a command may be told besides settings: where to write, what to draw and compare."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from sim.config import declared, defaults
from sim.config.declare import Declaration
from sim.config.settings import checked
from sim.door.sections import SECTIONS, take_sections
from sim.errors import UserError, nearest

ENGINES = ("region", "ensemble")
ENGINE = Declaration(kind="choice", default="region", choices=ENGINES, doc="what carries the model")
COMPARE_NAMES = ("over", "choices")


@dataclass(frozen=True, kw_only=True)
class Compare:
    """What is set side by side: `choices` of the group or setting `over`, the first the measure."""

    over: str
    choices: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Options:
    """Options of a command; `out` blank means results/NAME, `publish` puts a page into docs/, `compare` is for compare.py.

    sections : what an experiment is told besides, as given; its task reads them (`sim.door.given`).
    """

    out: str = ""
    figures: bool = True
    publish: bool = False
    engine: str = ENGINE.default
    compare: Compare | None = None
    sections: Mapping[str, Any] = field(default_factory=dict)


def everything() -> dict[str, Any]:
    """All settings and options with their defaults: the `declared` node of conf/config.yaml."""
    return defaults() | {"out": None, "figures": True, "publish": False, "engine": ENGINE.default}


def known_paths(*, compare: bool = False, further: Sequence[str] = ()) -> tuple[str, ...]:
    """Every dotted name that may be set, groups included; those of comparisons if asked, and further ones."""
    groups = {path.rpartition(".")[0] for path in declared()}
    groups |= {group.rpartition(".")[0] for group in groups}
    extra = {
        "states",
        "world",
        "partners",
        "scenario.name",
        "scenario.events",
        "policy.japan.custom",
    }
    extra |= {"policy.others", "out", "figures", "publish", "engine"}
    extra |= {"compare", *(f"compare.{name}" for name in COMPARE_NAMES)} if compare else set()
    return tuple(sorted((set(declared()) | groups | extra | set(further)) - {""}))


def take_options(given: Mapping[str, Any]) -> tuple[Options, dict[str, Any]]:
    """Part a composed mapping into options and the rest, which are settings.

    Raises
    ------
    UserError : an unknown name at the top, or an option of the wrong kind.
    """
    _refuse_unknown(given)
    rest = dict(given)
    options = Options(
        out=_out(rest.pop("out", None)),
        figures=_switch(rest.pop("figures", True), "figures"),
        publish=_switch(rest.pop("publish", False), "publish"),
        engine=checked(rest.pop("engine", ENGINE.default), ENGINE, "engine"),
        compare=_compare(rest.pop("compare")) if "compare" in rest else None,
        sections=take_sections(rest),
    )
    return options, rest


def _refuse_unknown(given: Mapping[str, Any]) -> None:
    names = {*everything(), "compare"}
    further = {*SECTIONS, "experiment"}
    for name in given:
        if name not in names | further:
            raise UserError(
                given=f"{name} is not a setting",
                allowed=nearest(str(name), names),
                where="on the command line or in the file under conf/ that names it",
            )


def _out(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool | list | dict) or not str(value).strip():
        raise _unfit("out", value, "it must be the path of a folder", "out=results/mine")
    return str(value)


def _switch(value: Any, path: str) -> bool:
    if not isinstance(value, bool):
        raise _unfit(path, value, "it must be true or false", f"{path}=false")
    return value


def _compare(value: Any) -> Compare:
    if not isinstance(value, Mapping):
        raise _unfit("compare", value, "it must have over and choices", "compare.over=scenario")
    for name in value:
        if name not in COMPARE_NAMES:
            raise _unfit(
                f"compare.{name}",
                value[name],
                nearest(str(name), COMPARE_NAMES),
                "compare.over=scenario",
            )
    over, choices = value.get("over"), value.get("choices")
    if not isinstance(over, str) or not over:
        raise _unfit(
            "compare.over", over, "it must name a group or a setting", "compare.over=scenario"
        )
    if (
        not isinstance(choices, list)
        or not choices
        or any(isinstance(c, list | dict) for c in choices)
    ):
        allowed = "it must be a list of at least one choice"
        raise _unfit("compare.choices", choices, allowed, "compare.choices=[baseline,cold_war]")
    names = tuple(str(choice) for choice in choices)
    if len(set(names)) < len(names):
        raise _unfit(
            "compare.choices",
            choices,
            "no choice may appear twice",
            "compare.choices=[baseline,cold_war]",
        )
    return Compare(over=over, choices=names)


def _unfit(path: str, value: Any, allowed: str, example: str) -> UserError:
    return UserError(
        given=f"{path} is {value!r}", allowed=allowed, where=f"on the command line: {example}"
    )
