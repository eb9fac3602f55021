"""A rule of one's own in the place of the model's: same name, same arguments, for as long as the block runs.

The steps of the year call every rule through its module (`threat.perceived_threat`), so putting another function there is all
it takes: both engines obey, nothing is copied. Ours, for teaching and for trying out; what is to stay belongs in `sim/rules/`.
"""

from __future__ import annotations

import importlib
import inspect
import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from functools import lru_cache
from types import ModuleType
from typing import Any

from sim.errors import UserError, nearest

Rule = Callable[..., Any]
STEPS = (
    "see",
    "court",
    "motives",
    "public",
    "choose",
    "weigh",
    "decide",
    "follow",
    "stand",
    "settle",
)
CALL = re.compile(r"\b([a-z_]+)\.([a-z_]+)\(")  # how a step calls a rule: module.rule(
_standing_in: list[str] = []  # the rules replaced while a block runs
WHERE = 'in the name you replace, such as {"threat.perceived_threat": my_rule}'


@lru_cache(maxsize=1)
def replaceable_rules() -> dict[str, tuple[ModuleType, str]]:
    """Every rule that can be replaced: ``threat.perceived_threat`` -> its module and its name there.

    >>> "threat.perceived_threat" in replaceable_rules(), "forms.softmax" in replaceable_rules()
    (True, False)
    """
    result = {}
    for step in STEPS:
        module = importlib.import_module(f"sim.rules.steps.{step}")
        for where, name in CALL.findall(inspect.getsource(module)):
            rules = getattr(module, where, None)
            if inspect.ismodule(rules) and rules.__name__.startswith("sim.rules."):
                result[f"{where}.{name}"] = (rules, name)
    return result


@contextmanager
def own_rules(rules: Mapping[str, Rule]) -> Iterator[None]:
    """Let rules of one's own stand in for the model's while the block runs, in both engines.

    Parameters
    ----------
    rules : name among `replaceable_rules` -> function with the same keyword arguments. Where the start is read off the data the
        model's own rules go on to serve. The compiled year, traced once, and other processes do not see the change, and
        refuse to run (see `refuse_own_rules`).

    Raises
    ------
    UserError : no such rule, no function, or other arguments than the rule it replaces.
    """
    with ExitStack() as stack:
        for full, rule in rules.items():
            stack.enter_context(_replaced_rule(full, rule))
        yield


def refuse_own_rules(who: str, instead: str) -> None:
    """Refuse what would pass over rules of one's own in silence.

    Parameters
    ----------
    who : what does not see them. instead : what does, and how it is asked for.

    Raises
    ------
    UserError : rules of one's own stand in for the model's.
    """
    if _standing_in:
        raise UserError(
            given=f"a rule of your own stands in for {', '.join(_standing_in)}, and {who} would not see it",
            allowed=instead,
            hint="Put the rule itself into sim/rules/ (docs/howto/add_a_rule.md).",
        )


@contextmanager
def _replaced_rule(full: str, rule: Rule) -> Iterator[None]:
    if full not in replaceable_rules():
        raise UserError(
            given=f"{full!r} is no rule of the year",
            allowed=nearest(full, replaceable_rules()),
            where=WHERE,
        )
    module, name = replaceable_rules()[full]
    kept = getattr(module, name)
    _refuse_other_arguments(full, kept, rule)
    setattr(module, name, rule)
    _standing_in.append(full)
    try:
        yield
    finally:
        setattr(module, name, kept)
        _standing_in.remove(full)


def _refuse_other_arguments(full: str, kept: Rule, rule: Rule) -> None:
    wanted = list(inspect.signature(kept).parameters)
    if not callable(rule):
        raise UserError(
            given=f"the rule for {full} is {rule!r}",
            allowed=f"it must be a function of {', '.join(wanted)}",
            where=WHERE,
        )
    try:
        inspect.signature(rule).bind(**dict.fromkeys(wanted))
    except TypeError as error:
        raise UserError(
            given=f"the rule for {full} cannot take its place ({error})",
            allowed=f"it must take, by keyword, {', '.join(wanted)}",
            where="in the first line of your function, def my_rule(*, ...)",
        ) from error
