"""The outcomes that the page offers: those of states whose two ends the register has words for."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from sim.axes import STATE
from sim.outcomes.definitions import computed
from sim.outcomes.outcome import Outcome

READINGS = ("alignment", "alignment_posture", "alignment_structural")  # shown with the hedging band


class _Offered(Mapping[str, Outcome]):
    """Read from the register whenever it is asked, so that a row added there is on the page."""

    def _rows(self) -> dict[str, Outcome]:
        return {name: value for name, value in computed(STATE).items() if all(value.ends)}

    def __getitem__(self, name: str) -> Outcome:
        return self._rows()[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._rows())

    def __len__(self) -> int:
        return len(self._rows())


MEASURES: Mapping[str, Outcome] = _Offered()
