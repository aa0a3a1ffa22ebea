"""What a person filled in: taken whole, or refused with what to do."""

from pathlib import Path
from typing import Any

import pytest
from tests.reviewing.invented import BOOK, SALT, SHEET, code, hash_of, known, text

from winloss.errors import ReviewError
from winloss.reviewing import ids, taking
from winloss.reviewing.spreadsheets import Filled

WORDS = "  Your support took days. Ana Ruiz never called back, said Margaret from sales. "
CODES = [
    code(WORDS, "support", "support took days", polarity="ours_bad"),
    code(WORDS, "handover", "never called back", is_primary=False, polarity="neutral"),
]
KEY = (hash_of(WORDS), "against")
FILE = Path("sheet.csv")


def row(letter: str = "u", line: int = 2, words: str = WORDS, **cells: Any) -> Filled:
    """One filled row."""
    name = ids.row_name(SALT, SHEET, letter, (hash_of(words), "against"))
    return Filled(line, name, **cells)


def judged(*rows: Filled, texts: tuple[str, ...] = (WORDS,)):
    """What is taken, and what is refused."""
    programme = known([text(each) for each in texts], CODES if WORDS in texts else [])
    return taking.judged(programme, BOOK, {FILE: rows})


def codes(*rows: Filled) -> list[tuple[str, bool, str | None, str | None]]:
    """Each reason taken: main or not, polarity, and the words that show it, as far as said."""
    ((taken,), refusals) = judged(*rows)
    assert refusals == []
    assert taken.coding is not None
    return [
        (one.reason, one.is_primary, one.polarity, one.span and WORDS[slice(*one.span)])
        for one in taken.coding.codes
    ]


def refusal(*rows: Filled) -> str:
    """Why the only row is refused."""
    taken, (refused,) = judged(*rows)
    assert taken == []
    return str(refused.what)


def test_the_first_is_the_main_reason() -> None:
    """Polarity and evidence in the order of the reasons."""
    filled = row(
        reasons="onboarding; support",
        polarity="neutral;ours_good",
        evidence="[name] never called back | took  days",
    )

    assert codes(filled) == [
        ("onboarding", True, "neutral", "Ana Ruiz never called back"),
        ("support", False, "ours_good", "took days"),
    ]


@pytest.mark.parametrize("letter", ["u", "r"])
def test_what_is_left_out_was_not_said(letter: str) -> None:
    """Whatever the coder heard, and whether it was seen or not."""
    assert codes(row(letter, reasons="support; onboarding", polarity=";neutral")) == [
        ("support", True, None, None),
        ("onboarding", False, "neutral", None),
    ]
    assert codes(row(letter, reasons="support; handover", evidence="|called back")) == [
        ("support", True, None, None),
        ("handover", False, None, "called back"),
    ]


def test_codes_and_labels_in_any_capitals() -> None:
    label = BOOK.reasons["onboarding"].label

    assert [one[0] for one in codes(row(reasons=f" SUPPORT ;{label.upper()};"))] == [
        "support",
        "onboarding",
    ]


def test_the_exact_spelling_comes_first(tmp_path: Path) -> None:
    """A label in other letters is another reason's code."""
    from winloss.coding import codebook

    (tmp_path / "own.csv").write_text("reason,label\nLate  fee,x\nlate fee,y\n")
    book = codebook.read(tmp_path / "own.csv")

    (taken,), _ = taking.judged(known([text(WORDS)]), book, {FILE: [row(reasons="Late  fee")]})

    assert taken.coding is not None
    assert [one.reason for one in taken.coding.codes] == ["Late  fee"]


def test_a_refused_row_is_named_only_by_a_name_of_ours() -> None:
    """With columns changed round, the first cell is a customer's words."""
    _, refused = judged(row(reasons="none"), row(line=3, reasons="x"), Filled(4, WORDS, "none"))

    assert [bool(one.name) for one in refused] == [True, False]


def test_none_applies() -> None:
    """An answer too: a coding without reasons."""
    ((taken,), _) = judged(row(reasons=" None "))

    assert taken.coding is not None
    assert taken.coding.codes == ()
    assert taken.coding.key == KEY
    assert not taken.coding.draw.is_blind


@pytest.mark.parametrize(
    ("cells", "said"),
    [
        ({"reasons": "suport"}, "near it: support"),
        ({"reasons": "xyzzy"}, "the page has all of them"),
        ({"reasons": "\x1b[31m" * 30}, "no reason is called"),
        ({"reasons": "none; support"}, "none and a reason"),
        ({"reasons": "support; Support"}, "twice"),
        ({"reasons": "sales"}, "is a family; write one of its reasons: sales_understanding"),
        ({"reasons": "support", "polarity": "bad"}, "write one of ours_good"),
        ({"reasons": "support", "polarity": "neutral; neutral"}, "more polarities"),
        ({"reasons": "support", "evidence": "took weeks"}, "not in the text"),
        ({"reasons": "support", "evidence": "took days | back"}, "not in the text"),
        ({"reasons": "none", "evidence": "took days"}, "clear it"),
        ({"evidence": "took days"}, "no reason"),
        ({"polarity": "neutral"}, "no reason"),
    ],
)
def test_refused_with_what_to_do(cells: dict[str, Any], said: str) -> None:
    """One line each, and none of the customer's words."""
    what = refusal(row(**cells))

    assert said in what
    assert "\n" not in what
    assert "\x1b" not in what
    assert "took days" not in what


def test_a_row_of_a_text_that_changed() -> None:
    """The others are taken."""
    other = "Something else entirely"
    taken, (refused,) = judged(row(line=3, words=other, reasons="none"), row(reasons="none"))

    assert len(taken) == 1
    assert (refused.line, refused.cause) == (3, "changed text")


def test_a_row_that_was_altered() -> None:
    taken, (refused,) = judged(row(reasons="none"), Filled(3, "my own", reasons="none"))

    assert len(taken) == 1
    assert refused.cause == "unknown row"


def test_a_sheet_of_another_programme() -> None:
    """The file is refused as a whole, by name."""
    name = ids.row_name("another", SHEET, "u", KEY)

    with pytest.raises(ReviewError, match=r"sheet\.csv was not made by this programme"):
        judged(Filled(2, name, reasons="none"))


def test_the_same_text_twice() -> None:
    """Said alike it counts once; said differently neither counts."""
    alike, none_refused = judged(row(reasons="none"), row("r", 3, reasons="none"))
    nothing, refused = judged(row(reasons="none"), row(line=3, reasons="support"))

    assert (len(alike), none_refused) == (1, [])
    assert nothing == []
    assert [one.line for one in refused] == [2, 3]
    assert "sheet.csv row 2 and sheet.csv row 3" in refused[0].what


def test_a_retired_reason_names_what_it_became(tmp_path: Path) -> None:
    from winloss.coding import codebook

    (tmp_path / "own.csv").write_text(
        "reason,label,valid_from,valid_to,becomes\n"
        "late,late,,2026-09-01,delay\nold,old,,2026-09-01,\ndelay,delay,,,\n"
    )
    book = codebook.read(tmp_path / "own.csv")
    rows = [row(reasons="late"), row("r", 3, words="other", reasons="old")]

    taken, refused = taking.judged(known([text(WORDS), text("other")]), book, {FILE: rows})

    assert taken == []
    assert "write delay instead" in refused[0].what
    assert "choose another" in refused[1].what
