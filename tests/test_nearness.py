"""Nearness: shared rare words count, common ones hardly, and one's own words never."""

import polars as pl

from winloss import nearness

LEFT = [
    ("gone-1", "Nobody has called us since the rollout, still waiting for a visit."),
    ("gone-2", "The invoice was wrong twice and support never answered."),
    ("gone-3", "Our board decided to build something themselves."),
]


def texts(*rows: tuple[str, str]) -> pl.DataFrame:
    return pl.DataFrame(list(rows), schema=["account_id", "text"], orient="row")


def test_near_and_far() -> None:
    """Words of one who left are found again; other words are not."""
    found = nearness.nearest(
        texts(
            ("a", "nobody called since the rollout"),
            ("b", "Lovely weather at the harbour, best software we own."),
        ),
        texts(*LEFT),
    )

    assert found["account_id"].to_list() == ["a"]
    assert found["word_count"].to_list() == [4]
    assert found["similarity"][0] > 0.5


def test_endings_do_not_matter() -> None:
    """Called and calling are one word, as are invoice and invoices."""
    asked = texts(("a", "They kept calling; invoices waiting"))
    known = texts(("b", "He waits when we called about the invoice"), *LEFT)

    assert nearness.nearest(asked, known)["word_count"].to_list() == [3]


def test_not_near_to_oneself() -> None:
    """An account that left once is not found near its own words."""
    found = nearness.nearest(texts(("gone-2", LEFT[1][1])), texts(*LEFT))

    assert found.is_empty()


def test_one_shared_word_is_chance() -> None:
    """A short text that shares a single word with another is not near it."""
    assert nearness.nearest(texts(("a", "rollout")), texts(("b", "rollout"))).is_empty()


def test_a_few_words_of_many_are_not_near() -> None:
    """Two words shared by long texts about other things are chance as well."""
    asked = "The board asked for a forklift, a canteen, new gates, brighter lamps and heating."
    known = "Our board asked whether scanners, pallets, trucks, yards and drivers matter here."

    assert nearness.nearest(texts(("a", asked)), texts(("b", known), *LEFT)).is_empty()


def test_nothing_to_compare() -> None:
    """Without words on either side nobody is near; a text without any word is nobody's."""
    empty = texts().cast({"account_id": pl.String, "text": pl.String})

    assert nearness.nearest(empty, texts(*LEFT)).is_empty()
    assert nearness.nearest(texts(*LEFT), empty).is_empty()
    assert nearness.nearest(texts(("a", "?!"), ("b", "")), texts(*LEFT)).is_empty()


def test_what_many_write_tells_nobody_apart() -> None:
    """Of hundreds of texts, words that stand in most of them make nobody near to anybody."""
    many = texts(*((f"a{number}", "Waiting for the gate again today") for number in range(150)))
    few = texts(*((f"b{number}", "Waiting for the gate again today") for number in range(150)))

    assert nearness.nearest(many, few).is_empty()
    assert nearness.nearest(many.head(9), few.head(9)).height == 9


def test_the_order_does_not_matter() -> None:
    """The same texts in another order give the same answer."""
    asked = texts(("a", "nobody called since the rollout"), ("b", "the invoice was wrong"))

    forwards = nearness.nearest(asked, texts(*LEFT))
    backwards = nearness.nearest(asked.reverse(), texts(*reversed(LEFT)))

    assert forwards.rows() == backwards.rows()
    assert forwards.height == 2
