"""Tables as people save them are read; whatever cannot be meant is refused by file and line."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.errors import UserError
from sim.world import roster as rosters
from sim.world.tables import as_number, read_cells, read_numbers, refuse_repeated

PLAIN = "name,size\nNorth,0.5\nSouth,3\n"


def written(folder: Path, content: str | bytes, encoding: str = "utf-8") -> Path:
    path = folder / "table.csv"
    path.write_bytes(content if isinstance(content, bytes) else content.encode(encoding))
    return path


@pytest.mark.parametrize(
    "content",
    [
        PLAIN,
        "\ufeff" + PLAIN,
        PLAIN.replace("\n", "\r\n"),
        PLAIN.replace("\n", "\r"),
        PLAIN.replace(",", ", "),
        PLAIN.replace(",", ";"),
        PLAIN.replace(",", "\t"),
        PLAIN.replace(",", ";").replace("0.5", "0,5"),
        "\ufeffsep=;\r\n" + PLAIN.replace(",", ";").replace("0.5", ",5"),
        '"name","size"\n"North","0.5"\n"South","3"\n',
        "# what it is, and why\n\nname,size\nNorth,0.5\n,\n# a remark\nSouth,3",
    ],
)
def test_a_table_is_read_however_a_spreadsheet_saves_it(content: str, tmp_path: Path) -> None:
    table = read_cells(written(tmp_path, content), needed=("name", "size"))
    assert list(table) == ["name", "size"] and list(table["name"]) == ["North", "South"]
    assert read_numbers(table["size"], "table.csv") == [0.5, 3]


def test_a_row_knows_the_line_it_begins_in(tmp_path: Path) -> None:
    content = '# a remark\nname,size\n\n"two\nlines",1\nB,2\n'
    assert list(read_cells(written(tmp_path, content)).index) == [4, 6]


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "it is empty"),
        (b"\xef\xbb\xbf", "it is empty"),
        (b"# nothing but a remark\n\n", "it is empty"),
        (b"name,size\n", "it has no rows"),
        (b"name,size\nNorth,1,a note\n", "line 2 has 3 cells, and the heading 2"),
        (b"name,size\n\nNorth,0,5\n", "line 3 has 3 cells.*decimal comma"),
        (b"name,size\nNorth\n", "line 2 has 1 cells, and the heading 2"),
        (b"name,name\nNorth,1\n", "column 2 of the heading, line 1, is 'name' again"),
        (b"name,\nNorth,1\n", "column 2 of the heading, line 1, is blank"),
        (b"name,siez\nNorth,1\n", "no column 'size'; did you mean siez"),
        (b"name,size\nMal\xe9,1\n", "line 2 is not in UTF-8.*CSV UTF-8"),
        ("name,size\nNorth,1\n".encode("utf-16"), "it is in UTF-16.*CSV UTF-8"),
        (b"PK\x03\x04\x14\x00", "it is a workbook"),
        (b"name,size\n\x00,1\n", "it is not text"),
        (b'name,size\n"North,1\nSouth,2\n', "line 2 cannot be read"),
        (b"name;size\nNorth;0,5\nSouth;1.5\n", "line 2 holds 0,5 and line 3 holds 1.5"),
    ],
)
def test_a_table_that_cannot_be_meant_is_refused(
    content: bytes, message: str, tmp_path: Path
) -> None:
    path = written(tmp_path, content)
    with pytest.raises(UserError, match=f"table.csv is unfit: .*{message}"):
        read_cells(path, needed=("name", "size"))


def test_a_folder_and_a_missing_file_are_refused(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="it is a folder"):
        read_cells(tmp_path)
    with pytest.raises(UserError, match="it is missing"):
        read_cells(tmp_path / "none.csv")


@pytest.mark.parametrize("text", ["nan", "inf", "-inf", "1e999", "", "1_000", "0x10", "١", "1.2.3"])
def test_what_is_no_finite_decimal_number_is_refused_by_line(text: str, tmp_path: Path) -> None:
    cells = read_cells(written(tmp_path, f"name,size\n\nNorth,{text}\n"))["size"]
    with pytest.raises(UserError, match="line 3, column 'size' holds"):
        read_numbers(cells, "table.csv")


@given(st.integers(-(10**200), 10**200))
def test_whole_numbers_are_read_exactly(number: int) -> None:
    assert as_number(str(number)) == number


@given(st.floats(allow_nan=False, allow_infinity=False))
def test_decimal_numbers_are_read_exactly(number: float) -> None:
    assert as_number(repr(number)) == number


def test_a_key_given_twice_is_refused_with_both_lines(tmp_path: Path) -> None:
    path = written(tmp_path, "name,size\nNorth,1\n\nnorth,2\n")
    with pytest.raises(UserError, match="line 4 gives north again; .*here in line 2"):
        refuse_repeated(read_cells(path), ["name"], path)


@pytest.mark.parametrize(
    ("file", "old", "new", "message"),
    [
        ("STATES_FILE", "IDN,", "VNM,", "gives VNM again"),
        ("STATES_FILE", "IDN,Indonesia", "IDN,malaysia", "gives Malaysia again"),
        ("STATES_FILE", "IDN,", "idn,", "line 4 has the code 'idn'"),
        ("STATES_FILE", "IDN,Indonesia", "IDN,", "line 4 has the code 'IDN' and the name ''"),
        ("STATES_FILE", "Indonesia,1967,0", "Indonesia,0,0", "line 4, column 'asean' holds '0'"),
        ("STATES_FILE", "Indonesia,1967,0", "Indonesia,20023,0", "'asean' holds '20023'"),
        ("STATES_FILE", "Indonesia,1967,0", "Indonesia,soon,0", "'asean' holds 'soon'"),
        ("STATES_FILE", "Indonesia,1967,0", "Indonesia,1967,no", "'landlocked' holds 'no'"),
        ("STATES_FILE", "claimant", "claimnt", "no column 'claimant'; did you mean claimnt"),
        ("POWERS_FILE", "IND,", "CHN,", "gives CHN again"),
        ("POWERS_FILE", "JPN,Japan\n", "", "JPN does not stand in it"),
    ],
)
def test_a_roster_that_cannot_be_meant_is_refused(
    file: str, old: str, new: str, message: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = getattr(rosters, file).read_text(encoding="utf-8")
    assert old in text
    monkeypatch.setattr(rosters, file, written(tmp_path, text.replace(old, new, 1)))
    read = rosters.roster if file == "STATES_FILE" else rosters.powers
    with pytest.raises(UserError, match=message):
        read.__wrapped__()


@pytest.mark.parametrize("file", ["STATES_FILE", "POWERS_FILE"])
def test_a_roster_saved_by_a_spreadsheet_is_the_same(
    file: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = getattr(rosters, file).read_text(encoding="utf-8")
    read = rosters.roster if file == "STATES_FILE" else rosters.powers
    before = read()
    content = "\ufeff" + text.replace(",", ";").replace("\n", "\r\n")
    monkeypatch.setattr(rosters, file, written(tmp_path, content))
    assert read.__wrapped__() == before


def test_states_and_powers_are_known_by_name_in_any_case() -> None:
    given = ["vnm", "PHILIPPINES", " timor leste ", "Papua New Guinea"]
    assert rosters.state_codes(given) == ("VNM", "PHL", "TLS", "PNG")
    assert rosters.partner_codes(["united states", "chn", "South_Korea"]) == ("USA", "CHN", "KOR")
    with pytest.raises(UserError, match="did you mean Vietnam"):
        rosters.state_code("viet nam")
    with pytest.raises(UserError, match="it must be one of CHN .China., USA"):
        rosters.partner_code("§")


def test_a_state_asked_for_twice_is_refused_at_once_however_often() -> None:
    with pytest.raises(UserError, match="names PHL twice") as refused:
        rosters.state_codes(["PHL"] * 100_000)
    assert len(str(refused.value)) < 300
    with pytest.raises(UserError, match="names PHL twice"):
        rosters.state_codes(["PHL", "Philippines"])
