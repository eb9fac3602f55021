"""The outcomes that the page offers: what each is called, its unit, its two ends in words."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class Measure:
    """One outcome: what the page calls it, its unit, its two ends in words, and how the region's is made of its states'."""

    title: str
    unit: str
    low: str
    high: str
    region: str = "mean"
    digits: int = 2

    @property
    def axis(self) -> str:
        """What its axis says."""
        return f"{self.title.lower()}, {self.unit}"

    @property
    def short_unit(self) -> str:
        """Its unit, unless that is an index or a share, which need none in a sentence.

        >>> MEASURES["incidents"].short_unit, MEASURES["hedging"].short_unit
        ('a year', '')
        """
        return "" if self.unit.startswith(("index", "share")) else self.unit

    def told(self, value: float) -> str:
        """A value of it, in its own number of decimals.

        >>> MEASURES["alignment"].told(47.25)
        '47.2'
        """
        return f"{value:.{self.digits}f}"


MEASURES = {
    "alignment": Measure(
        title="Alignment", unit="points", low="China", high="United States", digits=1
    ),
    "hedging": Measure(title="Hedging", unit="index 0 to 1", low="one side", high="hedges"),
    "forced_choice": Measure(
        title="Would choose China",
        unit="share of elites",
        low="United States",
        high="China",
    ),
    "capacity": Measure(
        title="Capacity at sea",
        unit="of need",
        low="none",
        high="polices its waters",
    ),
    "pressure": Measure(title="Pressure at sea", unit="index 0 to 1", low="none", high="full"),
    "autonomy": Measure(title="Autonomy", unit="index 0 to 1", low="little room", high="much room"),
    "incidents": Measure(
        title="Incidents at sea",
        unit="a year",
        low="none",
        high="more",
        region="sum",
        digits=1,
    ),
}
