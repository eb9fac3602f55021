"""What published evidence says of the size of a response, before the record is looked at."""

from __future__ import annotations

from dataclasses import dataclass

GRADES = ("A", "B", "C")
Z_90 = 1.6448536269514722  # standard normal, 95th percentile


@dataclass(frozen=True, kw_only=True)
class Prior:
    """What published evidence says of a response before the record is looked at: a normal distribution, cut at the range.

    mean : in the setting's unit. low, high : 5th and 95th percentile. grade : A (repeated or causal evidence in or near
    the region), B (good analogues), C (judgement). source : where it comes from.
    """

    mean: float
    low: float
    high: float
    grade: str
    source: str

    def __post_init__(self) -> None:
        if not self.low < self.mean < self.high or self.grade not in GRADES:
            raise ValueError(
                f"a prior needs low < mean < high and a grade of {', '.join(GRADES)}; got {self}"
            )

    @property
    def spread(self) -> float:
        """The standard deviation that goes with the 90 % range."""
        return (self.high - self.low) / (2.0 * Z_90)
