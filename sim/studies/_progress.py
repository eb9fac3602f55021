"""Progress on the error stream, shown only when the work takes longer than a second."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from typing import TextIO

PATIENCE = 1.0  # seconds before anything is said, and between two lines where lines pile up


class Progress:
    """Counts steps and, once patience is over, says how far the work has come.

    Parameters
    ----------
    label : what is counted; blank to say nothing. stream : where to say it; the error stream if None. clock : seconds.
    """

    def __init__(
        self,
        label: str,
        *,
        stream: TextIO | None = None,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._label, self._stream, self._clock = label, stream or sys.stderr, clock
        self._started = self._said = clock()
        self._shown = False

    def __call__(self, done: int, total: int) -> None:
        """Note that `done` of `total` steps are done."""
        if not self._label:
            return
        now = self._clock()
        live = self._stream.isatty()
        if now - self._started < PATIENCE or (not live and now - self._said < PATIENCE):
            return
        self._said, self._shown = now, True
        self._stream.write(
            f"\r{self._label}: {done} of {total}" if live else f"{self._label}: {done} of {total}\n"
        )
        self._stream.flush()

    def close(self) -> None:
        """End the line, if there is one."""
        if self._shown and self._stream.isatty():
            self._stream.write("\n")
