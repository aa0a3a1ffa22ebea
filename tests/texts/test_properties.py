"""What holds for whatever people write: evidence is a slice, and nobody changes anybody's code."""

import random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

PARTS = st.sampled_from(
    [
        "the fee was too much",
        "help",
        "nobody would help us",
        "Support!",
        "not the fee but the support",
        "😀😀",
        "e\u0301\u0302t\u0308",
        "שלום the fee עולם",
        "\u202eeef eht\u202c",
        "👩\u200d👩\u200d👧 fees",
        "\x00",
        '"quoted", with commas',
        "=cmd|' /C calc'!A0",
        "line\r\nend\rand\n",
        "\ufeff",
        "İ ß ŉ support",
        "\u2028",
        "  ",
    ]
)
TEXTS = st.lists(PARTS | st.text(st.characters(exclude_categories=["Cs"]), max_size=8), max_size=6)
WORDS = TEXTS.map(" ".join)
ROWS = st.lists(st.tuples(WORDS, st.sampled_from(["against", "for", "none", ""])), max_size=8)

quick = settings(
    max_examples=60,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)


def rows_of(found):
    """Every row but its id, by id."""
    by_id: dict[str, list[dict[str, str]]] = {}
    for row in found:
        by_id.setdefault(row["id"], []).append({**row, "id": ""})
    return by_id


@quick
@given(rows=ROWS)
def test_evidence_is_exactly_the_slice_that_its_span_names(code, rows):
    """Through the file and back, in code points; and every text is there, in order."""
    numbered = [(f"t{place}", *row) for place, row in enumerate(rows)]
    texts = {each[0]: each[1] for each in numbered}

    found = code(numbered, ("id", "text", "stance"))

    assert list(dict.fromkeys(row["id"] for row in found)) == list(texts)
    for row in found:
        if row["reason"]:
            start, end = int(row["span_start"]), int(row["span_end"])
            assert 0 <= start < end
            assert texts[row["id"]][start:end] == row["evidence"] != ""
        else:
            assert row["evidence"] == row["span_start"] == row["is_primary"] == ""


@quick
@given(rows=ROWS, seed=st.integers())
def test_the_order_of_rows_changes_no_code(code, rows, seed):
    numbered = [(f"t{place}", *row) for place, row in enumerate(rows)]
    shuffled = random.Random(seed).sample(numbered, len(numbered))

    found = code(shuffled, ("id", "text", "stance"))

    assert rows_of(found) == rows_of(code(numbered, ("id", "text", "stance")))
    assert list(rows_of(found)) == [row[0] for row in shuffled]


@quick
@given(rows=ROWS, more=WORDS, place=st.integers(0, 8))
def test_an_unrelated_row_changes_no_code(code, rows, more, place):
    numbered = [(f"t{number}", *row) for number, row in enumerate(rows)]
    longer = [*numbered[:place], ("more", more, "against"), *numbered[place:]]

    found = rows_of(code(longer, ("id", "text", "stance")))
    found.pop("more")

    assert found == rows_of(code(numbered, ("id", "text", "stance")))


@pytest.mark.parametrize("size", [1, 2, 3])
def test_the_size_of_a_batch_changes_no_byte(code, tmp_path, monkeypatch, size):
    """However few texts fit in memory."""
    rows = [(f"t{place}", f"the fee {place} " * place, "against") for place in range(7)]
    code(rows, ("id", "text", "stance"))
    whole = (tmp_path / "codes.csv").read_bytes()

    monkeypatch.setattr("winloss.texts.given._BATCH_TEXTS", size)
    code(rows, ("id", "text", "stance"))

    assert (tmp_path / "codes.csv").read_bytes() == whole
