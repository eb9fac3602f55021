"""A small folder of coded acts and levels, as it stands beside the other raw observations."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path

import pandas as pd

from sim.world.compile import INPUTS

COLUMNS = ["indicator", "state", "partner", "year", "value", "unit", "source", "note"]
FACTS: dict[str, list[tuple[object, ...]]] = {  # of pairs without coded acts
    "atop_defense": [("PHL", "USA", y, 1) for y in (2017, 2018)],
    "atop_consul": [("PNG", "AUS", y, 1) for y in range(1990, 2019)],
    "comprehensive_partnership": [("TLS", "CHN", 2014, "2014-04")],
    "comprehensive_strategic_partnership": [("TLS", "CHN", 2023, "2023-09-23")],
}
ACT = ("year", "month", "state", "partner", "domain", "step", "by", "status")
LEVEL = ("state", "partner", "year", "level", "evidence", "status")

ACTS: list[tuple[object, ...]] = [
    (1998, 2, "PHL", "USA", "security", 2, "joint", "seen"),
    (2014, 4, "PHL", "USA", "security", 2, "state", "seen"),
    (2014, 4, "PHL", "USA", "security", 1, "joint", "seen"),  # at the same table: one act
    (2016, 10, "PHL", "USA", "security", -1, "state", "seen"),
    (2016, 10, "PHL", "USA", "security", -1, "partner", "seen"),
    (2016, 11, "PHL", "USA", "security", -1, "state", "partly"),
    (2016, 12, "PHL", "USA", "security", -1, "state", "seen"),
    (2017, "", "VNM", "CHN", "security", 0, "state", "seen"),  # a yielding
    (2018, "", "VNM", "CHN", "security", 1, "joint", "seen"),
    (2018, "", "VNM", "CHN", "security", 1, "joint", "memory"),
    (2018, "", "VNM", "CHN", "security", 1, "joint", "seen"),
    (2019, 5, "VNM", "CHN", "economic", 1, "state", "partly"),
    (2019, 6, "VNM", "CHN", "economic", -2, "partner", "seen"),
    (2024, 1, "VNM", "CHN", "security", 2, "joint", "seen"),
]
EPISODE = ("id", "state", "first_year", "last_year", "domain", "direction", "size", "blind")
EPISODES = [
    (13, "IDN", 2016, 2016, "sec", "none", "none", "yes"),
    (18, "MYS", 2016, 2016, "eco;sec small", "China", "large", "yes"),
]
RUNGS = {  # pair: (from this year on, level, status)
    ("PHL", "USA"): [(1995, 4, "seen"), (2002, 5, "seen")],
    ("VNM", "CHN"): [(1995, 0, "memory"), (2008, 4, "partly"), (2020, 3, "seen")],
}


def level_rows(rungs: Mapping[tuple[str, str], list[tuple[int, int, str]]] = RUNGS) -> list:
    """One row a pair and year to 2023."""
    rows: list[tuple[object, ...]] = []
    for pair, begun in rungs.items():
        for year in range(1995, 2024):
            level, status = [(level, status) for first, level, status in begun if first <= year][-1]
            rows.append((*pair, year, level, "hand-set", status))
    return rows


def write_raw(folder: Path) -> Path:
    """Write a whole folder of raw observations: the facts above, one row of anything else, the coded tables."""
    files: dict[str, list[tuple[object, ...]]] = {}
    for file, indicator in dict.fromkeys(INPUTS.values()):
        rows = FACTS.get(indicator, [("VNM", "CHN", 2010, 2010)])
        files.setdefault(file, []).extend((indicator, *row, "u", "s", "n") for row in rows)
    for file, lines in files.items():
        path = folder / f"{file}.csv"
        path.parent.mkdir(parents=True, exist_ok=True)
        pd.DataFrame(lines, columns=COLUMNS).to_csv(path, index=False)
    return write_coded(folder)


def write_coded(
    folder: Path,
    acts: Iterable[tuple[object, ...]] = ACTS,
    levels: Iterable[tuple[object, ...]] | None = None,
) -> Path:
    """Write acts/acts.csv, levels.csv and episodes.csv into a folder of raw observations."""
    (folder / "acts").mkdir(exist_ok=True, parents=True)
    rows = level_rows() if levels is None else levels
    pd.DataFrame(acts, columns=ACT).to_csv(folder / "acts" / "acts.csv", index=False)
    pd.DataFrame(rows, columns=LEVEL).to_csv(folder / "acts" / "levels.csv", index=False)
    pd.DataFrame(EPISODES, columns=EPISODE).to_csv(folder / "acts" / "episodes.csv", index=False)
    return folder
