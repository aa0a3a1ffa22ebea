"""The codebook: ours, and any that a programme brings."""

import shutil
from datetime import date

import pytest
from tests.coding.codebook.books import add, write

from winloss.coding import codebook
from winloss.coding.rules.coder import RuleCoder
from winloss.errors import CodebookError

LEAVES = (
    "price_level price_model budget product_gap product_quality integration ease_of_use"
    " perception_gap sales_understanding sales_pressure sales_responsiveness onboarding"
    " time_to_value handover broken_promise small_print missing_proof ammunition champion_left"
    " support staff_attitude failure_response rival_better incumbent rival_relationship"
    " security_legal no_decision timing priority_change in_house never_used project_ended"
    " expectations_missed inconvenience involuntary"
)


@pytest.fixture
def ours(tmp_path):
    """Our two files in a folder of their own."""
    for path in (codebook.ours(), codebook.terms_beside(codebook.ours())):
        shutil.copy(path, tmp_path)
    return tmp_path / "reasons.csv"


def test_ours_is_complete():
    """Every reason that may be given is described for those who code, and has terms."""
    ours = codebook.read()
    given = [ours.reasons[code] for code in ours.given]

    assert ours.given == tuple(LEAVES.split())
    assert {term.reason for term in ours.terms} == set(ours.given)
    assert all(row.definition and row.label == row.label.lower() for row in ours.reasons.values())
    assert all(row.parent and row.include and row.exclude and row.example for row in given)


def test_each_of_our_examples_gets_its_own_reason():
    ours = codebook.read()
    coder = RuleCoder(ours)

    others = {
        code: [each.reason for each in found if each.is_primary]
        for code in ours.given
        if (found := coder.code_text(ours.reasons[code].example, "against").codes) is not None
    }

    assert {code: found for code, found in others.items() if found != [code]} == {}


def test_version_is_its_content(ours):
    """The same cells give the same version; one more term gives another."""
    before = codebook.read(ours).version
    add(codebook.terms_beside(ours), "support", "quite unheard phrase", "2", "ours_bad", "")

    assert before == codebook.read().version
    assert codebook.read(ours).version != before


def test_two_columns_are_enough(tmp_path):
    """One level, any printable code: every reason is given, and its label is what is heard."""
    path = write(
        tmp_path / "own.csv", "label|reason", "late flight|Late Flight", "seats|cabin.seat"
    )

    found = codebook.read(path)

    assert found.given == ("Late Flight", "cabin.seat")
    assert found.reasons["Late Flight"].parent is None
    assert {(term.reason, term.weight) for term in found.terms} == {
        ("Late Flight", 1),
        ("cabin.seat", 1),
    }


def test_columns_in_any_order_and_empty_rows_change_no_version(tmp_path):
    """What a spreadsheet adds to a file is no new codebook."""
    plain = write(tmp_path / "plain.csv", "reason|label", "a|first", "b|second")
    other = write(tmp_path / "other.csv", "label|note|reason", "first|x|a", "||", "second||b")
    other.write_bytes(b"\xef\xbb\xbf" + other.read_bytes().replace(b"\n", b"\r\n"))

    assert codebook.read(other).version == codebook.read(plain).version


def test_retired_reasons_are_known_and_never_given(tmp_path):
    """A family is not given either, nor when all below it is retired."""
    path = write(
        tmp_path / "own.csv",
        "reason|parent|label|valid_to",
        "price||price|",
        "fee|price|fee|2026-02-01",
        "support||support|",
    )

    found = codebook.read(path)

    assert found.given == ("support",)
    assert found.reasons["fee"].valid_to == date(2026, 2, 1)
    assert {term.reason for term in found.terms} == {"support"}


def test_terms_of_a_retired_reason_are_kept_in_the_file_and_not_heard(tmp_path):
    path = write(tmp_path / "own.csv", "reason|label|valid_to", "a|a|2026-02-01", "b|b|")
    write(codebook.terms_beside(path), "reason|pattern", "a|one", "b|two")

    assert codebook.check(path) == ()
    assert [term.reason for term in codebook.read(path).terms] == ["b"]


def test_what_a_retired_reason_became(tmp_path):
    """One successor or several, followed to those in force, however long ago."""
    path = write(
        tmp_path / "own.csv",
        "reason|label|valid_to|becomes",
        "first|first|2024-01-01|second",
        "second|second|2025-01-01|third fourth",
        "given up|given up|2025-01-01|",
        "late|late|2025-01-01|Late Flight;third",
        "third|third||",
        "fourth|fourth||",
        "Late Flight|late flight||",
    )

    found = codebook.read(path)

    assert found.successors("first") == ("third", "fourth")
    assert found.successors("late") == ("Late Flight", "third")
    assert found.successors("given up") == found.successors("third") == ()
    became = {row["reason"]: row["becomes"] for row in found.frame().to_dicts()}
    assert (became["first"], became["given up"]) == ("third fourth", None)


def test_frame_has_every_column_as_text():
    frame = codebook.read().frame()

    assert frame.columns == list(codebook.REASON_COLUMNS)
    assert {str(each) for each in frame.dtypes} == {"String"}
    assert frame.row(0, named=True)["parent"] is None
    assert frame["valid_from"].to_list() == ["2026-01-01"] * frame.height


def test_the_first_thing_wrong_is_told(tmp_path):
    """One line, and how to see the rest."""
    path = write(tmp_path / "own.csv", "reason|label", "a|", "b|", "c|third")

    with pytest.raises(CodebookError) as caught:
        codebook.read(path)

    first, more = str(caught.value).split(". ")
    assert first == "own.csv row 2: 'a' has no label; write what a reader calls it"
    assert more == f"One more: `winloss codebook check {path}` lists all."


def test_a_missing_file_is_told(tmp_path):
    with pytest.raises(CodebookError, match=r"none\.csv: cannot be read \(no such file"):
        codebook.read(tmp_path / "none.csv")
