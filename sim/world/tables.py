"""Reading a CSV table that a person wrote: every cell as text, every row with the line of the file it stands in.

Tables as spreadsheets save them are read: a byte order mark, semicolons or tabulators between the cells, decimal commas
beside these, blank lines, and lines of comment that begin with #. Whatever else is amiss is refused by file and line.
"""

from __future__ import annotations

import csv
import io
import math
import re
from collections.abc import Collection, Iterator, Sequence
from pathlib import Path

import pandas as pd

from sim.errors import UserError, nearest

NUMBER = re.compile(r"[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?", re.ASCII)
DECIMAL_COMMA = re.compile(r"[+-]?\d*,\d+([eE][+-]?\d+)?", re.ASCII)
DECIMAL_POINT = re.compile(r"[+-]?\d*\.\d+([eE][+-]?\d+)?", re.ASCII)
WHOLE = re.compile(r"[+-]?\d+", re.ASCII)
LONGEST_WHOLE = 300  # digits that still fit a floating-point number
SEPARATORS = (",", ";", "\t")
SEPARATOR_NAMED = re.compile(r'"?sep=(.)"?')  # the line by which a spreadsheet is told of it
NOT_TEXT = {  # how files begin that are no tables of text
    b"PK": "it is a workbook or an archive, not text",
    b"\xff\xfe": "it is in UTF-16",
    b"\xfe\xff": "it is in UTF-16",
}
TOO_LONG = "every row must have as many as the heading; a decimal comma, or a note, makes one more"
TOO_SHORT = "every row must have as many as the heading"
AS_CSV = "a table must be saved as CSV in UTF-8 (in a spreadsheet: CSV UTF-8)"


def read_cells(
    path: Path | str,
    *,
    needed: Sequence[str] = (),
    repeated: Collection[str] = (),
    where: str = "",
) -> pd.DataFrame:
    """Read the cells of a table as text, without the blanks around them.

    Parameters
    ----------
    path : the file.
    needed : columns that must be there; more may be.
    repeated : headings that may stand over several columns.
    where : where to mend it, if that is not in the file itself.

    Returns
    -------
    A column for each heading; the index, named "line", is the line of the file in which a row begins. Numbers with
    decimal commas have points.

    Raises
    ------
    UserError : a file that is not there or is no text; a heading that is blank, missing or there twice; a row longer
        or shorter than its heading; no row at all.
    """
    path = Path(path)
    records = list(_table_records(path, where))
    if not records:
        raise table_fault(path, "it is empty", "a heading and at least one row are needed", where)
    first, heading = records[0]
    heading = _table_heading(path, first, heading, needed, repeated, where)
    if len(records) == 1:
        raise table_fault(path, "it has no rows", "at least one must follow the heading", where)
    for line, cells in records[1:]:
        if len(cells) != len(heading):
            fault = f"line {line} has {len(cells)} cells, and the heading {len(heading)}"
            raise table_fault(path, fault, TOO_LONG if cells[len(heading) :] else TOO_SHORT, where)
    lines = pd.Index([line for line, _ in records[1:]], name="line")
    table = pd.DataFrame([cells for _, cells in records[1:]], columns=heading, index=lines)
    return table.astype(str)


def read_number(
    text: str, *, path: Path | str, line: object, column: str, where: str = ""
) -> int | float:
    """Read one cell as a number: an int, of any size, where it is written as one, else a float.

    Raises
    ------
    UserError : anything but a finite decimal number.
    """
    value = as_number(text)
    if not isinstance(value, str):
        return value
    further = ", with a decimal point" if DECIMAL_COMMA.fullmatch(text) else ""
    raise table_fault(
        path,
        f"line {line}, column {column!r} holds {text[:60]!r}",
        f"a number must stand there{further}",
        where,
    )


def as_number(text: str) -> int | float | str:
    """Turn text into the finite decimal number that it is, or leave it as text.

    >>> as_number("9007199254740993"), as_number("0.5"), as_number("1e999"), as_number("1_000")
    (9007199254740993, 0.5, '1e999', '1_000')
    """
    if WHOLE.fullmatch(text) and len(text) <= LONGEST_WHOLE:
        return int(text)
    value = float(text) if NUMBER.fullmatch(text) else math.nan
    return value if math.isfinite(value) else text


def read_numbers(
    cells: pd.Series, path: Path | str, *, blank: bool = False, where: str = ""
) -> list[int | float]:
    """Read a column of numbers; with `blank`, a blank cell is not a number (NaN) rather than a fault.

    Raises
    ------
    UserError : as in `read_number`.
    """
    return [
        math.nan
        if blank and not text
        else read_number(text, path=path, line=line, column=str(cells.name), where=where)
        for line, text in cells.items()
    ]


def table_fault(path: Path | str, fault: str, allowed: str, where: str = "") -> UserError:
    """Say what is wrong with a table, as an error."""
    return UserError(
        given=f"the file {path} is unfit: {fault}",
        allowed=allowed,
        where=where or "in that file",
    )


def refuse_repeated(table: pd.DataFrame, keys: Sequence[str], path: Path, where: str = "") -> None:
    """Refuse a row whose cells in the key columns stand in an earlier row, too, whatever their case.

    Raises
    ------
    UserError : naming both lines.
    """
    earlier: dict[tuple[str, ...], int] = {}
    rows = zip(table.index, *(table[key].str.casefold() for key in keys), strict=True)
    for line, *cells in rows:
        if tuple(cells) in earlier:
            given = f"line {line} gives {', '.join(table.loc[line, list(keys)])} again"
            allowed = f"each {' and '.join(keys)} stands once, here in line {earlier[tuple(cells)]}"
            raise table_fault(path, given, allowed, where)
        earlier[tuple(cells)] = line


def _table_records(path: Path, where: str) -> Iterator[tuple[int, list[str]]]:
    """Yield every row that is neither blank nor a comment, with the line in which it begins."""
    text = _decoded_text(path, where)
    skipped, separator = _separator_lines(text)
    body = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    rows: list[tuple[int, list[str]]] = []
    line = 1
    try:
        for cells in body:
            cells = [cell.strip() for cell in cells]
            if line > skipped and any(cells) and not cells[0].startswith("#"):
                rows.append((line, cells))
            line = body.line_num + 1
    except csv.Error as error:
        allowed = "quotes must stand around a whole cell, and come in pairs"
        raise table_fault(path, f"line {line} cannot be read ({error})", allowed, where) from None
    return iter(rows if separator == "," else _with_points(path, rows, where))


def _decoded_text(path: Path, where: str) -> str:
    if path.is_dir():
        raise table_fault(path, "it is a folder", "it must be a CSV file", where)
    if not path.is_file():
        raise table_fault(path, "it is missing", "there must be a CSV file", where)
    try:
        content = path.read_bytes()
        for opening, fault in NOT_TEXT.items():
            if content.startswith(opening):
                raise table_fault(path, fault, AS_CSV, where)
        if b"\0" in content:
            raise table_fault(path, "it is not text", AS_CSV, where)
        return content.decode("utf-8-sig")
    except OSError as error:
        fault = f"it cannot be read ({error.strerror})"
        raise table_fault(path, fault, "a file that may be read is needed", where) from None
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise table_fault(path, f"line {line} is not in UTF-8", AS_CSV, where) from None


def _separator_lines(text: str) -> tuple[int, str]:
    """Find how many lines at the top only name the separator, and the separator."""
    lines = [line.strip() for line in text.splitlines()]
    for number, line in enumerate(lines, 1):
        named = SEPARATOR_NAMED.fullmatch(line)
        if named and named[1] in SEPARATORS:
            return number, named[1]
        if line and not line.startswith("#"):
            return 0, max(SEPARATORS, key=line.count)
    return 0, ","


def _with_points(
    path: Path, rows: list[tuple[int, list[str]]], where: str
) -> list[tuple[int, list[str]]]:
    """Write decimal commas as points, unless the table has both and nobody knows what they mean."""
    cells = [(line, cell) for line, row in rows for cell in row]
    commas = [pair for pair in cells if DECIMAL_COMMA.fullmatch(pair[1])]
    points = [pair for pair in cells if DECIMAL_POINT.fullmatch(pair[1])]
    if commas and points:
        (first, comma), (other, point) = commas[0], points[0]
        fault = f"line {first} holds {comma} and line {other} holds {point}"
        allowed = "numbers must have decimal commas throughout, or points"
        raise table_fault(path, fault, allowed, where)
    return [
        (line, [c.replace(",", ".") if DECIMAL_COMMA.fullmatch(c) else c for c in row])
        for line, row in rows
    ]


def _table_heading(
    path: Path,
    line: int,
    names: list[str],
    needed: Sequence[str],
    repeated: Collection[str],
    where: str,
) -> list[str]:
    for number, name in enumerate(names, 1):
        if (not name and number > 1) or name in {*names[: number - 1]} - {*repeated}:
            fault = f"column {number} of the heading, line {line}, " + (
                f"is {name!r} again" if name else "is blank"
            )
            raise table_fault(path, fault, "every column has a name of its own", where)
    for name in needed:
        if name not in names:
            near = nearest(name, names)
            further = f"; {near}" if near.startswith("did") else ""
            fault = f"it has no column {name!r}{further.removesuffix('?')}"
            raise table_fault(path, fault, f"needed are the columns {','.join(needed)}", where)
    return names
