"""What sheets do to a CSV file, and what a file says of itself."""

import pytest

HEADER = "account_id,account_name,region\n"


def accounts(result):
    """Rows as id, name and region, and line and reason of what was set aside."""
    frame = result.frames["accounts"].select("account_id", "account_name", "region")
    return frame.rows(), result.rejects.select("at_line", "reason").rows()


@pytest.mark.parametrize("first", ["sep=;\r\n", "Sep=;\n", '"sep=;"\r\n', "\ufeffsep=;\n"])
def test_separator_stated_in_the_file(read, first):
    """`sep=;` is no row: it states the separator, and lines are counted with it."""
    content = first + HEADER.replace(",", ";") + "A1;Kade;North\n;Bo;\n"

    rows, rejects = accounts(read("accounts", content))

    assert rows == [("A1", "Kade", "North")]
    assert rejects == [(4, "missing account_id")]


def test_separator_stated_as_tab_in_utf_16(read):
    """What a sheet calls Unicode text."""
    content = ("sep=\t\r\n" + HEADER.replace(",", "\t") + "A1\tMöbel\tŁódź\r\n").encode("utf-16")

    rows, rejects = accounts(read("accounts", content, encoding="utf-16"))

    assert (rows, rejects) == ([("A1", "Möbel", "Łódź")], [])


def test_only_a_first_line_states(read):
    """Further down the same words are a row like any other."""
    rows, rejects = accounts(read("accounts", HEADER + "sep=;,x,y\n"))

    assert (rows, rejects) == ([("sep=;", "x", "y")], [])


@pytest.mark.parametrize(
    ("header", "row"),
    [
        ("account_id,account_name,region,,,", "A1,Kade,North,,,"),
        ("account_id,account_name,region,,,", "A1,Kade,North"),
        ("account_id,account_name,region", "A1,Kade,North,,,"),
        ("account_id,account_name,region,,,", "A1,Kade,North,,a note without a title,"),
        ("account_id,account_name,region,,", 'A1,"Kade",North,,,,'),
    ],
)
def test_columns_once_used(read, header, row):
    """Empty columns without a title, in the header or below it, cost no row."""
    rows, rejects = accounts(read("accounts", f"{header}\n{row}\nA2,Bo,South\n"))

    assert rows == [("A1", "Kade", "North"), ("A2", "Bo", "South")]
    assert rejects == []


def test_columns_once_used_beside_lines(read):
    """Nor where a value goes over several lines."""
    rows, rejects = accounts(read("accounts", HEADER + 'A1,"Kade\nDock",North,,,\nA2,"Bo\nX",S\n'))

    assert rows == [("A1", "Kade\nDock", "North"), ("A2", "Bo\nX", "S")]
    assert rejects == []


@pytest.mark.parametrize(
    ("row", "reason"),
    [("A1,Kade", "too few fields"), ("A1,Kade,North,x", "too many fields")],
)
def test_values_are_never_shifted(read, row, reason):
    """A row that lacks a titled cell, or has a value beyond the header, is set aside."""
    rows, rejects = accounts(read("accounts", f"{HEADER}{row}\n"))

    assert (rows, rejects) == ([], [(2, reason)])


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ('="0012"', "0012"),
        ('"=""0012"""', "0012"),
        ('"=""The """"Dock"""""""', 'The "Dock"'),
        ('=" 7 "', "7"),
        ('=""', None),
        ("=0012", "=0012"),
        ("=1+1", "=1+1"),
        ('="a"&"b"', '="a"&"b"'),
    ],
)
def test_text_in_a_formula(read, cell, expected):
    """`="0012"` keeps a sheet from dropping zeros and is the text within; others stay words."""
    rows, rejects = accounts(read("accounts", f"{HEADER}A1,{cell},North\n"))

    assert (rows, rejects) == ([("A1", expected, "North")], [])


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be", "cp1252", "mac-roman"])
def test_encodings(read, encoding):
    """Exports are read in the encoding they are stated to have, byte order mark or not."""
    content = (HEADER + "A1,Möbel “Süd” – 10 €,Île\n").encode(encoding)

    rows, rejects = accounts(read("accounts", content, encoding=encoding))

    assert (rows, rejects) == ([("A1", "Möbel “Süd” – 10 €", "Île")], [])


@pytest.mark.parametrize(
    ("encoding", "broken"), [("cp1252", b"\x81"), ("utf-16-le", b"\x00\xdc"), ("utf-8", b"\xff")]
)
def test_broken_encoding(read, encoding, broken):
    """A byte that the stated encoding does not know costs its own row."""
    around = [text.encode(encoding) for text in (HEADER + "A1,Ka", "de,North\nA2,Bo,South\n")]

    rows, rejects = accounts(read("accounts", broken.join(around), encoding=encoding))

    assert (rows, rejects) == ([("A2", "Bo", "South")], [(2, "broken encoding")])


@pytest.mark.parametrize("stated", ["utf-8-sig", "utf-8", "cp1252", "utf-16-le"])
@pytest.mark.parametrize("written", ["utf-8-sig", "utf-16", "utf-32"])
def test_byte_order_mark(read, written, stated):
    """A byte order mark is the file's own statement; the first column does not suffer from it."""
    content = (HEADER + "A1,Möbel,Île\n").encode(written)

    rows, rejects = accounts(read("accounts", content, encoding=stated))

    assert (rows, rejects) == ([("A1", "Möbel", "Île")], [])
