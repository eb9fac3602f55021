"""The coded episodes: which of them calibrate and which are held out."""

from __future__ import annotations

from sim.world.episodes import COLUMNS
from sim.world.recipes.raw import Raw, read_text

HELD_OUT_FROM = 14  # by number: those of 2016-23, and two long ones that end there


def episodes(raw: Raw) -> str:
    """Return the text of ``episodes.csv``: what both coders agreed on, without their single values."""
    rows = read_text(raw.folder / "acts" / "episodes.csv")
    rows = rows[rows["last_year"].astype(int) <= raw.last]
    rows = rows.sort_values("id", key=lambda numbers: numbers.astype(int))
    rows["domain"] = [
        ";".join(part.split()[0] for part in text.split(";")) for text in rows["domain"]
    ]
    rows["held_out"] = ["yes" if int(number) >= HELD_OUT_FROM else "no" for number in rows["id"]]
    return rows[list(COLUMNS)].to_csv(index=False, lineterminator="\n")
