"""What is worth a look in a codebook with which nothing is wrong."""

import pytest
from tests.coding.codebook.books import write

from winloss.coding import codebook, hints

HEADER = "reason|parent|label|definition|example"
PRICE = "price||price||"
FEE = "fee|price|the fee|What it costs.|The fee was too much."


def told(path, ticked=()):
    return [each.what for each in hints.hints(path, codebook.read(path), ticked)]


@pytest.fixture
def path(tmp_path):
    """A codebook with nothing worth a look but the panels it leaves empty."""
    own = write(tmp_path / "own.csv", HEADER, PRICE, FEE)
    write(codebook.terms_beside(own), "reason|pattern|weight|polarity", "fee|fee|1|")
    write(own.with_name("seller_reasons.csv"), "seller_value|reason", "too dear|fee")
    return own


def rewritten(path, *rows, terms=("fee|fee|1|",), header=HEADER):
    padding = "|" * (header.count("|") - HEADER.count("|"))
    write(path, header, *(row + padding for row in (PRICE, *rows)))
    write(codebook.terms_beside(path), "reason|pattern|weight|polarity", *terms)
    return path


def test_ours_leaves_nothing_to_look_at():
    every = set(codebook.read().reasons)

    assert hints.hints(codebook.ours(), codebook.read(), every) == ()


def test_a_panel_that_stays_empty(path):
    """Named with the query that reads them; the family that is there is not."""
    (only,) = told(path)

    assert "involuntary, project_ended, priority_change, champion_left and budget" in only
    assert "sql/reports/respect_avoidable.sql" in only


def test_sellers_values_without_a_place(path):
    """Without a list beside it, what sellers logged is neither right nor wrong: it is said."""
    path.with_name("seller_reasons.csv").unlink()

    first, _ = told(path)

    assert "there is no seller_reasons.csv beside it, and none of the values" in first


def test_a_reason_that_no_term_speaks_for(path):
    rewritten(path, FEE, "dues|price|dues|x|")

    assert "no term speaks for dues" in told(path)


def test_a_reason_that_nobody_described(path):
    rewritten(path, FEE, "dues|price|dues||", terms=("fee|fee|1|", "dues|dues|1|"))

    assert {"there is no definition of dues", "there is no example of dues"} <= set(told(path))


def test_an_example_that_is_coded_otherwise(path):
    rewritten(
        path,
        FEE,
        "dues|price|dues|x|The fee was too much.",
        "rent|price|rent|x|Nobody ever called us back.",
        terms=("fee|fee|1|", "dues|dues|1|", "rent|rent|1|"),
    )

    found = told(path)

    assert "the example of 'dues' is coded 'fee'" in found
    assert "the example of 'rent' is coded as nothing" in found


def test_a_term_of_two_reasons(path):
    rewritten(path, FEE, "dues|price|dues|x|The dues.", terms=("fee|fee|1|", "dues|fee|1|"))

    assert "the term 'fee' speaks for fee and dues" in told(path)


def test_a_column_that_is_not_read(path):
    rewritten(path, FEE, header=f"{HEADER}|exlude")

    assert "the column 'exlude' is not read (near it: 'exclude', 'include')" in told(path)


def test_ticks_that_the_codebook_lacks(path):
    """Only what our codebook has and this lacks: “unknown” is no reason in any."""
    found = told(path, {"support", "price", "unknown"})

    assert "our forms list support, which the codebook lacks: no such tick is read" in found
