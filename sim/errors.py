"""What the program says when it is given something it cannot use."""

from __future__ import annotations

import difflib
from collections.abc import Iterable


class UserError(Exception):
    """A mistake in what the user gave, told in one message and without a traceback.

    Parameters
    ----------
    given : what was given, as a clause ("policy.japan.osa_budget is -3").
    allowed : what is allowed ("it must lie between 0 and 200 JPY bn a year").
    where : a place to change it in ("on the command line: policy.japan.osa_budget=5"), blank if there is none.
    hint : a sentence of its own that says what to do, where no change in one place mends it; blank if there is none.
    """

    exit_status = 2

    def __init__(self, *, given: str, allowed: str, where: str = "", hint: str = "") -> None:
        self.given, self.allowed, self.where, self.hint = given, allowed, where, hint
        stop = "" if allowed.endswith("?") else "."
        change = f" Change it {where}." if where else ""
        super().__init__(f"{given}; {allowed}{stop}{change}{f' {hint}' if hint else ''}")

    def __reduce__(self) -> tuple[object, ...]:
        """Survive the trip between processes, keyword arguments and all."""
        return _rebuild_error, (type(self), self.given, self.allowed, self.where, self.hint)


def _rebuild_error(kind: type[UserError], *parts: str) -> UserError:
    return kind(**dict(zip(("given", "allowed", "where", "hint"), parts, strict=True)))


def nearest(name: str, valid: Iterable[str], count: int = 3) -> str:
    """Name the valid names closest to a mistaken one, for the ``allowed`` clause of an error.

    >>> nearest("osa_budgt", ["osa_budget", "oda", "exercises"])
    'did you mean osa_budget?'
    >>> nearest("xyz", ["oda", "exercises"])
    'valid names are exercises, oda'
    """
    names = sorted(valid)
    close = difflib.get_close_matches(name, names, n=count, cutoff=0.5)
    if close:
        return f"did you mean {' or '.join(close)}?"
    return f"valid names are {', '.join(names)}"
