"""The pieces are those of the tokenizer the sentence model was trained with."""

import hashlib

import pytest

from winloss.coding.semantic.wordpiece import VOCABULARY, WordPiece

WORDS = WordPiece()


@pytest.mark.parametrize(
    ("text", "ids"),
    [
        ("It crashed every Friday.", [2009, 8007, 2296, 5958, 1012]),
        ("Ünïcode – Straße, ΣΑΣ", [27260, 1516, 2358, 27807, 1010, 1173, 14608, 29733]),
        ("İstanbul 東京タワー", [9960, 1879, 1755, 1709, 30262, 30265]),
        ("a\u200bb c\u00add\ufffd x\x00y e\u0301", [11113, 3729, 1060, 2100, 1041]),
        (
            "don’t e-mail me @ 9:30!",
            [2123, 1521, 1056, 1041, 1011, 5653, 2033, 1030, 1023, 1024, 2382, 999],
        ),
        ("z" * 101 + " ok", [100, 7929]),
        ("👍🏻 naïve", [100, 15743]),
        ("", []),
    ],
)
def test_ids_of_the_tokenizers_package(text, ids):
    """Expected ids were printed by `tokenizers` 0.23.3 with the model's own tokenizer.json."""
    assert WORDS.ids(text, 256) == [101, *ids, 102]


def test_a_mark_in_a_text_is_text():
    assert 102 not in WORDS.ids("cost [SEP] cost", 256)[:-1]


def test_a_long_text_ends_with_the_mark():
    ids = WORDS.ids("cost " * 400, 256)

    assert len(ids) == 256
    assert (ids[0], ids[-1]) == (101, 102)


def test_a_lone_surrogate_is_nothing():
    assert WORDS.ids("co\ud800st", 9) == WORDS.ids("cost", 9)


def test_the_vocabulary_is_the_one_its_notice_names():
    notice = VOCABULARY.with_name("NOTICE.txt").read_text(encoding="utf-8")

    assert hashlib.sha256(VOCABULARY.read_bytes()).hexdigest() in notice
