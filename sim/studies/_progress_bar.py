"""How a sweep goes, on the error stream: a bar with rate and time left, what is to come, and what failed."""

from __future__ import annotations

import sys
from typing import Any

from tqdm import tqdm  # type: ignore[import-untyped]

from sim.ensemble.forecast import Forecast, blocks_in_words, in_words
from sim.ensemble.run import Listener


class Bar:
    """A progress bar with rate and time left, shown once it is known how many runs are done already."""

    def __init__(self) -> None:
        self._bar: Any = None

    def __enter__(self) -> Bar:
        return self

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        if self._bar is not None:
            self._bar.close()
        if kind is KeyboardInterrupt:
            self._told("Finished blocks are kept; the same command goes on from them.")

    def listener(self) -> Listener:
        """Whom a sweep tells how it goes."""
        return Listener(told=self._told, ran=self._ran, forecast=self._foretell)

    def _ran(self, now: int, before: int, total: int) -> None:
        if self._bar is None:
            look: dict[str, Any] = {"unit": " runs", "mininterval": 0.5, "smoothing": 0}
            self._bar = tqdm(total=total, initial=before, file=sys.stderr, **look)
        self._bar.update(before + now - self._bar.n)

    def _told(self, text: str) -> None:
        tqdm.write(text, file=sys.stderr)

    def _foretell(self, found: Forecast) -> None:
        self._told(
            f"Still to do: {found.runs:,} runs in {blocks_in_words(found.blocks)}, about "
            f"{in_words(found.seconds)}; {found.bytes / 1e6:,.1f} MB in all"
        )
