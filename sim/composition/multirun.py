"""Several jobs from one command line: which values each setting takes, counted before anything is listed.

A sweep is what Hydra's grammar makes of `a,b`, `choice(...)` and `range(...)`; the jobs are all their combinations.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Iterator, Sequence
from typing import Any, NoReturn

from hydra.core.override_parser.types import ChoiceSweep, Glob, Override, RangeSweep

from sim.errors import UserError

MOST_JOBS = 10_000
LARGEST = 1e18  # number of a range
SWEEP = "several values at once need -m before them: -m {text}"
ON_THE_COMMAND_LINE = "on the command line"


def expand(overrides: Sequence[Override], *, many: bool) -> list[tuple[str, ...]]:
    """Turn overrides into those of each job, the last sweep turning fastest.

    Raises
    ------
    UserError : several values without -m, none at all, one setting swept twice, or too many jobs.
    """
    sweeps = [override for override in overrides if override.is_sweep_override()]
    if sweeps and not many:
        text = str(sweeps[0].input_line)
        _raise_user_error(f"{text!r} gives several values", SWEEP.format(text=text))
    names = [override.key_or_group for override in overrides]
    for override in sweeps:
        if names.count(override.key_or_group) > 1:
            _raise_user_error(
                f"{override.key_or_group} is given twice", "what is swept is given once"
            )
    count = math.prod(count_of(override) for override in sweeps)
    if count > MOST_JOBS:
        allowed = f"-m runs at most {MOST_JOBS:,}; the command sweep runs millions, in one store"
        _raise_user_error(
            f"{count:,} jobs are asked for"
            if count < 10**15
            else "far too many jobs are asked for",
            allowed,
        )
    return list(itertools.product(*map(_choice_texts, overrides)))


def _choice_texts(override: Override) -> list[str]:
    if not override.is_sweep_override():
        return [str(override.input_line)]
    name = override.get_key_element()
    return [
        f"{name}={Override._get_value_element_as_str(value)}" for value in values_swept(override)
    ]


def count_of(override: Override) -> int:
    """Count the values of a sweep without listing them.

    Raises
    ------
    UserError : a sweep that has none, or that cannot be counted.
    """
    text, sweep = str(override.input_line), override._value
    if isinstance(sweep, ChoiceSweep):
        count = len(sweep.list)
    elif isinstance(sweep, RangeSweep):
        count = _count_of_range(sweep, text)
    elif isinstance(sweep, Glob):
        name = override.key_or_group
        _raise_user_error(
            f"{text!r} asks for names by a pattern", f"the choices are listed: {name}=A,B"
        )
    else:
        _raise_user_error(
            f"{text!r} is an interval", "-m takes lists and ranges: a,b or range(1,10)"
        )
    if count < 1:
        _raise_user_error(f"{text!r} gives no value", "a sweep has at least one")
    return count


def _count_of_range(sweep: RangeSweep, text: str) -> int:
    numbers = (sweep.start, sweep.stop, sweep.step)
    if not all(isinstance(n, int | float) and abs(n) <= LARGEST for n in numbers):
        _raise_user_error(
            f"{text!r} is no range",
            f"it must read range(START,STOP,STEP), of numbers up to {LARGEST:g}",
        )
    start, stop, step = (0 if number is None else number for number in numbers)
    if step == 0:
        _raise_user_error(f"{text!r} goes in steps of 0", "a step is more or less than 0")
    if all(isinstance(number, int) for number in numbers):
        return max(0, int(-((start - stop) // step)))
    steps = (stop - start) / step
    return math.ceil(max(0.0, min(steps, LARGEST)))


def values_swept(override: Override) -> Iterator[Any]:
    """Return the values of a sweep, as they were read.

    Raises
    ------
    UserError : as `count_of`, or more values than jobs may be.
    """
    count = count_of(override)
    if count > MOST_JOBS:
        allowed = (
            f"-m runs at most {MOST_JOBS:,} jobs; the command sweep runs millions, in one store"
        )
        _raise_user_error(f"{str(override.input_line)!r} gives {count:,} values", allowed)
    return iter(override.sweep_iterator())


def _raise_user_error(given: str, allowed: str) -> NoReturn:
    raise UserError(given=given, allowed=allowed, where=ON_THE_COMMAND_LINE)
