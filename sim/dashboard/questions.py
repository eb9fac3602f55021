"""What a browser posts, in the form that this page's own scripts post it; anything else is answered with 400.

Names are looked up among those that were declared; none reaches an attribute or an import.
"""

from __future__ import annotations

import json
import math
import re
from collections.abc import Mapping
from typing import Any, NoReturn

from flask.json.provider import DefaultJSONProvider
from werkzeug.exceptions import BadRequest

from sim.dashboard.controls import controls
from sim.dashboard.measures import MEASURES
from sim.dashboard.setup import BOTH, SIDES
from sim.dashboard.share import REGION, View
from sim.dashboard.view_controls import MODES
from sim.world.roster import roster

WILD = {"side": SIDES}  # what a part of an identity that may vary may be
LONGEST_NAME = 80
HALF_CHARACTER = re.compile(
    r"\\u[dD][89a-fA-F]"
)  # browsers escape a surrogate only if it stands alone


class StrictJson(DefaultJSONProvider):
    """JSON as the standard has it: no NaN, no half characters, and no deeper than Python reads."""

    def loads(self, s: str | bytes, **options: Any) -> Any:
        """Read JSON.

        Raises
        ------
        ValueError : what is none.
        """
        text = s.decode("utf-8") if isinstance(s, bytes) else s
        if HALF_CHARACTER.search(text):
            raise ValueError("half a character stands alone")
        try:
            return super().loads(text, parse_constant=_no_constant, **options)
        except RecursionError as error:
            raise ValueError("nested too deeply") from error


def _no_constant(name: str) -> NoReturn:
    raise ValueError(f"{name} is no number in JSON")


def check_update(body: Any, callbacks: Mapping[str, Mapping[str, Any]]) -> None:
    """Check that a posted body asks for one of the callbacks, with the inputs that it declares.

    Parameters
    ----------
    body : read from JSON. callbacks : output -> declaration, as Dash keeps them.

    Raises
    ------
    BadRequest : saying what is wrong.
    """
    if not isinstance(body, dict):
        _raise_bad_request("the body must be an object")
    output = body.get("output")
    declared = callbacks.get(output) if isinstance(output, str) else None
    if declared is None or "callback" not in declared:
        _raise_bad_request("output is none that this page has")
    for kind in ("inputs", "state"):
        _check_parts(kind, body.get(kind, []), [(d["id"], d["property"]) for d in declared[kind]])
    outputs = body.get("outputs", [])
    wanted = declared["output"] if isinstance(declared["output"], list) else [declared["output"]]
    pairs = [str(item).rpartition(".")[::2] for item in wanted]
    _check_parts("outputs", outputs if isinstance(outputs, list) else [outputs], pairs)
    changed = body.get("changedPropIds", [])
    if not isinstance(changed, list) or not all(isinstance(item, str) for item in changed):
        _raise_bad_request("changedPropIds must be a list of names")


def _check_parts(kind: str, given: Any, declared: list[tuple[str, str]]) -> None:
    if not isinstance(given, list) or len(given) != len(declared):
        _raise_bad_request(f"{kind} must be a list of {len(declared)}")
    for part, (identity, prop) in zip(given, declared, strict=True):
        sound = isinstance(part, dict) and part.get("property") == prop
        if not sound or not _is_identity(part.get("id"), identity):
            _raise_bad_request(f"{kind} must hold {identity}.{prop}")


def _is_identity(given: Any, declared: str) -> bool:
    """Say whether an identity is the declared one, or one of those that it stands for."""
    if not declared.startswith("{"):
        return bool(given == declared)
    pattern = json.loads(declared)
    if not isinstance(given, dict) or set(given) != set(pattern):
        return False
    return all(
        given[name] in WILD[name] if isinstance(wanted, list) else given[name] == wanted
        for name, wanted in pattern.items()
    )


def check_setup(data: Any) -> None:
    """Check that a posted set-up has its form; whether its names and values are allowed is for `sim.dashboard.setup.read`.

    Raises
    ------
    BadRequest : saying what is wrong.
    """
    parts = {"choices", "changes"}
    if not isinstance(data, dict) or set(data) != {*SIDES, BOTH}:
        _raise_bad_request("the set-up must hold both sides and what they share")
    for side in data.values():
        if not isinstance(side, dict) or set(side) != parts:
            _raise_bad_request("each side of the set-up must hold choices and changes")
        for part in side.values():
            if not isinstance(part, dict) or len(part) > len(controls()):
                _raise_bad_request("choices and changes must be objects, an entry a setting")
            if not all(len(name) <= LONGEST_NAME and _is_plain_value(part[name]) for name in part):
                _raise_bad_request("choices and changes must hold text and numbers")


def _is_plain_value(value: Any) -> bool:
    """Say whether a value is a short text or a finite number."""
    if isinstance(value, str):
        return len(value) <= LONGEST_NAME
    return not isinstance(value, bool) and _is_finite(value)


def _is_finite(value: Any) -> bool:
    try:
        return isinstance(value, int | float) and math.isfinite(value)
    except OverflowError:
        return False


def view_of(seen: Any) -> tuple[View, str]:
    """Read what is looked at, and the side that must say why.

    Raises
    ------
    BadRequest : a measure, a place, a mode, a side that is none, or a year that is no number.
    """
    if not isinstance(seen, dict):
        _raise_bad_request("seen must be an object")
    allowed = {"measure": MEASURES, "place": (REGION, *roster()), "mode": MODES, "side": SIDES}
    for name, choices in allowed.items():
        if not isinstance(seen.get(name), str) or seen[name] not in choices:
            _raise_bad_request(f"{name} is none that this page has")
    view = View(
        year=_read_year(seen.get("year")),
        place=seen["place"],
        measure=seen["measure"],
        difference=seen["mode"] == "difference",
    )
    return view, seen["side"]


def _read_year(given: Any) -> int:
    """Read a year, which a slider gives as text."""
    number = int(given) if isinstance(given, str) and _is_short_number(given) else given
    if isinstance(number, bool) or not _is_finite(number):
        _raise_bad_request("year must be a number")
    return int(number)


def _is_short_number(text: str) -> bool:
    return len(text) <= 4 and text.isascii() and text.isdecimal()


def _raise_bad_request(reason: str) -> NoReturn:
    raise BadRequest(reason)
