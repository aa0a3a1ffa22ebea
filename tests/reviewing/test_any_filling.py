"""Whatever people write: each row is taken or named, and what is taken is a slice."""

import tempfile
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st
from tests.reviewing import filling
from tests.reviewing.invented import BOOK, code, known, sheet, text

from winloss.reviewing import spreadsheets, taking

WORDS = (
    "Support took days. Ana Ruiz, ana@fernhill.example, said so.",
    "=1+1 | a pipe; and a semicolon, it’s “quoted”",
    "Margaret from Fernhill Foods promised\nMarch.",
    "x",
)
PROGRAMME = known([text(each) for each in WORDS], [code(WORDS[0], "support", "Support took days")])
SHEET = sheet(PROGRAMME)
SHOWN = st.sampled_from([row.text for row in SHEET.rows])
SLICES = st.builds(
    lambda text, start, end: text[start:end], SHOWN, st.integers(0, 9), st.integers(3, 60)
)
CODE = st.sampled_from([*BOOK.given[:6], "none", "None", "sales", "suport", "", "Support"])
CELLS = st.fixed_dictionaries(
    {},
    optional={
        "reasons": st.lists(CODE, max_size=3).map(";".join) | st.text(max_size=9),
        "polarity": st.lists(st.sampled_from(["ours_bad", "Ours good", "", "bad"]), max_size=3).map(
            ";".join
        ),
        "evidence": st.lists(SLICES, max_size=3).map("|".join) | st.text(max_size=9),
        "people": st.sampled_from(["", "Margaret", "Nobody; Ana", "Support"]) | st.text(max_size=5),
        "no_names": st.sampled_from(["", "Margaret", "Support; Ana"]) | st.text(max_size=5),
        "comment": st.text(max_size=9),
    },
)


@settings(max_examples=300, deadline=None)
@given(st.lists(CELLS, min_size=len(WORDS), max_size=len(WORDS)), st.sampled_from([",", ";", "\t"]))
def test_taken_or_named(cells: list[dict[str, str]], separator: str) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "review.csv"
        path.write_bytes(spreadsheets.write(SHEET.rows))
        given_cells = iter(cells)
        saved = filling.filled(
            path, path.with_name("filled.csv"), lambda _: next(given_cells), separator=separator
        )
        read = spreadsheets.read(saved)

    taken, refused = taking.judged(PROGRAMME, BOOK, {saved: read})

    wanted = [row.line for row in read if not row.is_empty]
    left_open = sum(row.coding is None for row in taken)
    named = [row.coding.line for row in taken if row.coding] + [row.line for row in refused]
    assert len(named) + left_open == len(wanted)
    assert len(set(named)) == len(named)
    assert set(named) <= set(wanted)
    by_key = {(row["text_hash"], row["stance"]): row["text"] for row in PROGRAMME.texts.to_dicts()}
    for coding in filter(None, (row.coding for row in taken)):
        for one in coding.codes:
            assert one.span is None or by_key[coding.key][slice(*one.span)]
            assert one.reason in BOOK.given
