"""What people say of names: masked or cleared on an explicit word, and no slip hides a word."""

from pathlib import Path

import pytest
from tests.reviewing.invented import AT, BOOK, SALT, SHEET, hash_of, known, text

from winloss.reviewing import ids, stating, taking
from winloss.reviewing.judging import Judged
from winloss.reviewing.spreadsheets import Filled

WORDS = (
    "Support took days. Ana Ruiz never called, said Margaret. In march Otlinde left, as Price did."
)
FILE = Path("sheet.csv")


def judged(people: str = "", no_names: str = "", called: tuple[str, ...] = (), **more: str):
    """What is taken of a row that says this of names, and what is refused."""
    name = ids.row_name(SALT, SHEET, "u", (hash_of(WORDS), "against"))
    filled = Filled(2, name, people=people, no_names=no_names, **more)
    return taking.judged(known([text(WORDS)], called=called), BOOK, {FILE: [filled]})


@pytest.mark.parametrize("reasons", ["", "none", "support"])
def test_only_an_explicit_word_counts(reasons: str) -> None:
    """Of a word that was passed over nothing is said, whatever else the row says."""
    ((named,), _) = judged(people="Margaret", reasons=reasons)
    ((cleared,), _) = judged(no_names="Margaret", reasons=reasons)

    assert (named.people, named.cleared) == (("Margaret",), ())
    assert (cleared.people, cleared.cleared) == ((), ("Margaret",))
    assert (named.coding is None) == (reasons == "")


def test_passed_over_nothing_is_said() -> None:
    ((passed,), _) = judged(reasons="none")

    assert (passed.people, passed.cleared) == ((), ())


@pytest.mark.parametrize("people", ["Margaret", "margaret", "Otlinde", "Ana Ruiz", "Ana"])
def test_a_name_is_taken(people: str) -> None:
    """In the column check, on record already, or with a capital and no everyday word."""
    ((taken,), refused) = judged(people=people)

    assert (taken.people, refused) == ((people,), [])


@pytest.mark.parametrize(
    ("people", "said"),
    [
        ("march", "ordinary word"),
        ("Support", "ordinary word"),
        ("Price", "ordinary word"),
        ("days", "ordinary word"),
        ("said Margaret", "ordinary word"),
        ("garet", "not in the text"),
        ("Henry", "not in the text"),
        ("[name]", "holds a mask"),
        ("[name] never", "holds a mask"),
        ("...", "holds a mask or a sign"),
    ],
)
def test_a_slip_hides_no_word(people: str, said: str) -> None:
    """Refused in one line that holds none of the customer's words."""
    taken, (refused,) = judged(people=people)

    assert taken == []
    assert said in refused.what
    assert "\n" not in refused.what
    assert "Margaret" not in refused.what


def test_the_same_row_again_is_taken_again() -> None:
    """Though what it named was masked or cleared since."""
    ((named,), _) = judged(people="march", called=("march",))

    assert named.people == ("march",)


@pytest.mark.parametrize(
    ("no_names", "said"),
    [("Support", "not in the column check"), ("[name]", "a mask"), ("March", "not in the column")],
)
def test_no_name_is_said_of_what_was_asked(no_names: str, said: str) -> None:
    taken, (refused,) = judged(no_names=no_names)

    assert taken == []
    assert said in refused.what


def test_a_name_by_mistake_is_taken_back() -> None:
    """From any row, since the word itself is masked by now."""
    ((taken,), refused) = judged(no_names="March", called=("march",))

    assert (taken.cleared, refused) == (("March",), [])


def test_a_word_is_a_name_or_none() -> None:
    taken, (refused,) = judged(people="Margaret", no_names="margaret")

    assert (taken, refused.cause) == ([], "a name and none")


def test_a_person_in_one_row_is_a_person() -> None:
    """Whatever another row says."""
    rows = [
        Judged(None, (), ("Márgaret", "Acme")),
        Judged(None, ("Margaret",), ()),
        Judged(None, (), ("Margaret",)),
    ]
    found = stating.names(rows, "Ann", AT)

    assert dict(found.select("word", "is_person").iter_rows()) == {"acme": False, "margaret": True}
