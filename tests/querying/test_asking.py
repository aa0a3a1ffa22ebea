"""What an analyst means by one word, by a file, and by SQL."""

from pathlib import Path

import pytest

from winloss import querying
from winloss.errors import WarehouseError


def test_an_example_by_name() -> None:
    """The name of a file of sql/examples is its query, with the question it answers."""
    found = querying.asked("who_is_silent")

    assert found.question == querying.examples()["who_is_silent"].question != ""
    assert "select" in found.query


def test_a_file(tmp_path: Path) -> None:
    """A file of one's own, with the mark that some editors set in front."""
    path = tmp_path / "mine.sql"
    path.write_bytes("\ufeff-- How many?\nselect 1".encode())

    assert querying.asked(str(path)) == querying.Asked("-- How many?\nselect 1", "How many?")


@pytest.mark.parametrize("content", [None, b"select '\xff'"])
def test_a_file_that_cannot_be_read(tmp_path: Path, content: bytes | None) -> None:
    """A folder, or what is no text: said in words, without numbers of errors."""
    path = tmp_path / "mine.sql"
    path.mkdir() if content is None else path.write_bytes(content)

    with pytest.raises(WarehouseError, match="cannot be read") as refused:
        querying.asked(str(path))

    assert "Errno" not in str(refused.value)
    assert "codec" not in str(refused.value)


def test_a_name_with_a_semicolon() -> None:
    """Habit puts one there."""
    assert querying.asked("who_is_silent;") == querying.asked("who_is_silent")


def test_sql_as_typed() -> None:
    """Anything with a space in it is a query."""
    assert querying.asked(" from marts.accounts ").query == "from marts.accounts"


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("who_is_silnt", "who_is_silent"),
        ("nothing.sql", "There is no file nothing.sql; name"),
        ("xyzzy", "winloss sql --examples"),
    ],
)
def test_what_is_none_of_them(words: str, said: str) -> None:
    """A word that means nothing is answered with what there is."""
    with pytest.raises(WarehouseError, match=said) as refused:
        querying.asked(words)

    assert "\n" not in str(refused.value)
