"""Progress on the error stream, by tqdm, shown only when the work takes longer than a second."""

from __future__ import annotations

import sys
from typing import Any

from tqdm import tqdm  # type: ignore[import-untyped]

PATIENCE = 1.0  # seconds before anything is shown


class Progress:
    """A bar that hears how many steps of how many are done.

    Parameters
    ----------
    label : what is counted; blank to show nothing.
    """

    def __init__(self, label: str) -> None:
        look: dict[str, Any] = {"delay": PATIENCE, "mininterval": 0.5, "disable": not label}
        self._bar = tqdm(desc=label, file=sys.stderr, **look)

    def __enter__(self) -> Progress:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def __call__(self, done: int, total: int) -> None:
        """Note that `done` of `total` steps are done."""
        if done < self._bar.n:  # counted anew
            self._bar.reset()
        self._bar.total = total
        self._bar.update(done - self._bar.n)

    def close(self) -> None:
        """End the bar."""
        self._bar.close()
