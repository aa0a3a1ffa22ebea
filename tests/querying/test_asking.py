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


def test_sql_as_typed() -> None:
    """Anything with a space in it is a query."""
    assert querying.asked(" from marts.accounts ").query == "from marts.accounts"


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("who_is_silnt", "who_is_silent"),
        ("nothing.sql", "cannot be read"),
        ("xyzzy", "winloss sql --examples"),
    ],
)
def test_what_is_none_of_them(words: str, said: str) -> None:
    """A word that means nothing is answered with what there is."""
    with pytest.raises(WarehouseError, match=said) as refused:
        querying.asked(words)

    assert "\n" not in str(refused.value)
