"""The coder with labels: what people teach it, and what it keeps to whatever they teach."""

import polars as pl
import pytest
from tests.coding.layers.invented import BOOK, hashed, labels, reasons_of, said, texts

from winloss import coding
from winloss.coding.learning.learner import FEWEST

TAUGHT = said(120)
FRESH = [row for row in said(300, seed=9) if row not in TAUGHT][:60]


def coder(taught, *, decides_from=50):
    return coding.coder(BOOK, taught, sentence_model=False, decides_from=decides_from)


@pytest.fixture(scope="module")
def decided():
    """The codings and codes of fresh texts where the learner decides."""
    return coder(labels(TAUGHT)).code(texts(FRESH))


@pytest.fixture(scope="module")
def added():
    """The same where it only adds to the rules."""
    return coder(labels(TAUGHT), decides_from=200).code(texts(FRESH))


def test_a_reason_that_no_term_knows_is_learned(decided):
    got = reasons_of(decided[1])

    right = [got.get(hashed(text), set()) == set(reasons) for text, reasons in FRESH]

    assert sum("paperwork" in reasons for _, reasons in FRESH) > 20
    assert sum(right) >= 57


def test_below_the_number_it_adds(added):
    got = reasons_of(added[1])
    by_rules = reasons_of(coder(None).code(texts(FRESH))[1])

    found = sum("paperwork" in got.get(hashed(text), set()) for text, _ in FRESH)

    assert all(by_rules[text_hash] <= got[text_hash] for text_hash in by_rules)
    assert found >= 0.9 * sum("paperwork" in reasons for _, reasons in FRESH)
    assert set(added[1]["coder"]) == {"rules", "model"}


def test_people_outrule_a_term_from_the_number_on():
    """Where people never take a term for its reason, it stands below the number and not above."""
    never = [(text, tuple(set(reasons) - {"price"})) for text, reasons in TAUGHT]
    asked = texts([("Our lorries go out at five. The yearly fee was dearer than any other.", ())])

    below = coder(labels(never), decides_from=200).code(asked)[1]
    above = coder(labels(never)).code(asked)[1]

    assert below["reason"].to_list() == ["price"]
    assert above.filter(~pl.col("is_suggested")).is_empty()


def test_a_label_is_not_parroted():
    """A text that people have coded is judged by a model that has not seen it.

    No other text has its words: only a model that has seen it could know its reason.
    """
    odd = ("Qqqq xxxx jjjj.", ("paperwork",))

    codes = coder(labels([*TAUGHT, odd])).code(texts([odd]))[1]
    of_a_twin = coder(labels([*TAUGHT, odd])).code(
        texts([odd]).with_columns(text_hash=pl.lit("twin"))
    )[1]

    assert codes.is_empty()
    assert of_a_twin["reason"].to_list() == ["paperwork"]


def test_too_few_labels_teach_nothing():
    few = coder(labels(TAUGHT[: FEWEST - 1]), decides_from=5)
    none = coder(None, decides_from=5)

    assert few.code(texts(FRESH))[1].equals(none.code(texts(FRESH))[1])
    assert few.model_version == none.model_version
    assert not few.has_learned
    assert coder(labels(TAUGHT[:FEWEST])).has_learned


def test_labels_without_a_reason_teach_nothing():
    nothing = coder(labels([(text, ()) for text, _ in TAUGHT]))

    assert not nothing.has_learned
    assert reasons_of(nothing.code(texts(FRESH))[1])


@pytest.mark.parametrize("kind", ["decided", "added"])
def test_spans_are_slices_that_carry_the_reason(kind, request):
    codes = request.getfixturevalue(kind)[1].join(texts(FRESH), on=["text_hash", "stance"])
    words = {"paperwork": ("slip", "sheet", "pass", "stamp", "typed", "signature")}

    for row in codes.iter_rows(named=True):
        text, start, end = row["text"], row["span_start"], row["span_end"]
        assert 0 <= start < end <= len(text)
        assert text[start:end].strip() == text[start:end]
        if row["reason"] in words:
            assert any(word in text[start:end] for word in words[row["reason"]])
            assert "fee" not in text[start:end]


def test_no_code_without_a_slice_that_speaks_for_it():
    """Where nearly everybody has a reason it is likely of any text, and still not given."""
    every = [(text, tuple(sorted({"paperwork", *reasons}))) for text, reasons in TAUGHT]
    asked = texts([("Qqqq xxxx jjjj.", ())])

    codings, codes = coder(labels(every)).code(asked)

    assert codes.is_empty()
    assert codings["needs_review"].to_list() == [True]


def test_one_primary_that_goes_along_with_the_stance(decided):
    codes = decided[1]
    per_text = codes.group_by("text_hash").agg(pl.col("is_primary").sum())

    assert set(per_text["is_primary"]) == {1}
    assert not codes.filter("is_primary")["polarity"].is_in(["ours_good", "theirs_bad"]).any()


def test_the_primary_reason_is_learned():
    """Rules take the first of equals; people here always put the slips and stamps first."""
    rows = [row for row in said(400, seed=4, silent=0) if len(row[1]) == 2]
    ranked = [(text, tuple(sorted(reasons))) for text, reasons in rows]
    asked = [row for row in ranked[150:] if "paperwork" in row[1]]

    codes = coder(labels(ranked[:150])).code(texts(asked))[1].filter("is_primary")

    assert len(asked) > 20
    assert (codes["reason"] == "paperwork").mean() >= 0.95


def test_a_guess_where_every_text_has_a_reason():
    """The best guess is a suggestion: at most one, of the main reason, always for review."""
    rows = said(120, silent=0)
    asked = texts([("The lorries had a slipping clutch in spring.", ())])

    codings, codes = coder(labels(rows)).code(asked)
    without = coder(labels(TAUGHT)).code(asked)[1]

    assert codes.select("reason", "is_suggested", "is_primary").rows() == [
        ("paperwork", True, True)
    ]
    assert codings["needs_review"].to_list() == [True]
    assert without.filter("is_suggested").is_empty()


@pytest.mark.parametrize(
    ("text", "language", "needs_review"),
    [
        ("Der Lieferschein musste an jedem Tor von Hand gestempelt werden, leider.", "de", True),
        ("n/a", "en", False),
        ("", "en", False),
    ],
)
def test_what_says_nothing_in_our_language_is_left_alone(text, language, needs_review):
    codings, codes = coder(labels(said(120, silent=0))).code(texts([(text, ())]))

    assert codings.select("language", "needs_review").rows() == [(language, needs_review)]
    assert codes.is_empty()


def test_reasons_the_codebook_does_not_give_are_left_out():
    """A code that is not in the codebook teaches nothing, and neither does a text of such codes."""
    old = [(text, (*reasons, "gone")) for text, reasons in TAUGHT]

    taught = coder(labels(old))

    assert set(taught.code(texts(FRESH))[1]["reason"]) <= set(BOOK.reasons)
    only_old = labels([(text, ("gone",)) for text, _ in TAUGHT])
    assert not coder(only_old).has_learned


def test_confidence_is_the_share_that_is_right():
    """Among codes as sure as p about a share of p is right; labels are a third wrong here."""
    rows = said(700, seed=21)
    muddled = [
        (text, reasons if int(hashed(text), 16) % 3 else ("price",)) for text, reasons in rows
    ]
    taught, asked = muddled[:250], muddled[250:]
    truth = {hashed(text): set(reasons) for text, reasons in asked}

    codes = coder(labels(taught)).code(texts(asked))[1]
    right = [
        reason in truth[text_hash]
        for text_hash, reason in codes.select("text_hash", "reason").rows()
    ]

    assert codes["confidence"].is_between(0.05, 0.95).all()
    assert abs(codes["confidence"].mean() - sum(right) / len(right)) < 0.07


def test_progress_is_told():
    told: list[tuple[int, int]] = []

    coder(None).code(texts(said(1200, seed=5)), lambda done, count: told.append((done, count)))

    assert told[-1] == (1200, 1200)
    assert len(told) > 1
    assert told == sorted(told)


@pytest.mark.parametrize(
    "hostile",
    [
        "The customs sheet\x00 was \ud800 stamped by hand.",
        "\u202eThe customs sheet was stamped by hand.\u202c",
        "The customs sheet was stamped by hand. " * 2000,
        "{{ 7 * 7 }} =cmd|' /C calc'!A0 <b>The customs sheet</b> was stamped by hand",
        "，。！" * 50,
        "\n\n\t",
    ],
)
def test_hostile_texts_are_coded_like_any_other(hostile):
    asked = texts([("x", ())]).with_columns(text=pl.lit(hostile))

    codings, codes = coder(labels(TAUGHT)).code(asked)

    assert len(codings) == 1
    for start, end in codes.select("span_start", "span_end").rows():
        assert 0 <= start < end <= len(asked["text"][0])


def test_labels_that_say_little():
    """Columns without a value, texts without words, a coder of labels under another stance."""
    bare = labels(TAUGHT, "none").with_columns(is_primary=pl.lit(None))
    empty = bare.with_columns(text=pl.when(pl.int_range(pl.len()) % 9 > 0).then("text"))

    codes = coder(empty).code(texts(FRESH, "for"))[1]

    assert set(codes["stance"]) == {"for"}
    assert "paperwork" in codes["reason"]


def test_what_the_text_denies_is_not_given():
    """A learned reason is read in its clause as a term is: "it was not the …"."""
    asked = [
        ("It was the customs sheet.", ()),
        ("It was not the customs sheet.", ()),
    ]

    codes = coder(labels(TAUGHT)).code(texts(asked))[1]

    assert codes.select("text_hash", "reason").rows() == [(hashed(asked[0][0]), "paperwork")]


def test_a_term_of_a_reason_without_labels_still_speaks():
    """What a heard term is worth is learned from all reasons together."""
    rows = [row for row in said(300) if "support" not in row[1]][:150]
    asked = texts([("Our support was slow to answer.", ())])

    codes = coder(labels(rows)).code(asked)[1]

    assert codes.select("reason", "coder", "is_suggested").rows() == [("support", "model", False)]
