"""How often we named their reason, beside chance; which reasons we over-call."""

from typing import Any

from tests.lenses.know_why.judged import CARD, Judge, Words, panel, told

from winloss.lenses.know_why import rates


def test_chance_is_said_from_fifteen_on(judge: Judge) -> None:
    """Of 20 pairs, 14 the same where chance alone gives 10: kappa 0.4, worked by hand."""
    verdicts = [{"verdict": "right", "decision_count": 20, "response_ids": []}]

    section = judge(verdicts=verdicts, confusion=confusion(7, 3, 3, 7))
    thin = judge(verdicts=verdicts, confusion=confusion(3, 1, 1, 3))

    assert section.lines[0] == (
        "Where all who answered agree, we named their main reason 14 times in 20; the same guesses "
        "dealt out at random would about ten times (Cohen's kappa 0.40: 0 is chance, 1 is always)."
    )
    assert thin.lines == (rates.YARDSTICK,)


def confusion(*counts: int) -> list[dict[str, Any]]:
    """Price and support against price and support, row by row."""
    names = ("price", "support")
    pairs = [(ours, theirs) for ours in names for theirs in names]
    return [
        {
            "seller_reason": ours,
            "reason": theirs,
            "seller_label": ours,
            "label": theirs,
            "decision_count": count,
            "agreed_count": count,
            "response_ids": [f"{ours}-{theirs}-{number}" for number in range(count)],
        }
        for (ours, theirs), count in zip(pairs, counts, strict=True)
    ]


def call(reason: str, ours: int, theirs: int, both: int, of: int = 34) -> dict[str, Any]:
    """How often each side named a reason, with a response a decision."""
    over = [f"{reason}-over-{number}" for number in range(ours - both)]
    under = [f"{reason}-under-{number}" for number in range(theirs - both)]
    return {
        "reason": reason,
        "label": reason,
        "ours_count": ours,
        "theirs_count": theirs,
        "both_count": both,
        "compared_count": of,
        "ours_ids": over,
        "theirs_ids": under,
        "over_ids": over,
        "under_ids": under,
    }


def test_over_and_under_called(judge: Judge) -> None:
    """Twelve against one of thirteen is more than chance; a difference of two of two is not."""
    section = judge(calls=[call("price", 14, 3, 2), call("support", 0, 2, 0), call("x", 1, 1, 0)])

    assert told(section, "calls") == [
        ("price", "14 of 34", "3 of 34", "11 too often, more than chance"),
        ("support", "0 of 34", "2 of 34", "2 too seldom"),
    ]
    found = panel(section, "calls")
    assert found is not None
    assert "Of 3 comparisons, 1 stands once all 3 are allowed for." in found.note


def test_a_group_speaks_twice_at_most(judge: Judge, words: Words) -> None:
    """Beside a reason we over-call stand up to two of those who meant another."""
    for number, said in enumerate(("money", "the price list", "what it cost", "any invoice")):
        words.write(f"price-over-{number}", f"It was never about {said}.")

    section = judge(calls=[call("price", 17, 6, 5)])

    found = panel(section, "calls")
    assert found is not None
    assert [row.label for row in found.rows] == ["price", "another of them"]
    assert len({quote.response_id for quote in found.quotes}) == 2


def test_a_handful_speaks_by_name_alone(judge: Judge, words: Words) -> None:
    """Of fewer than five decisions an unnamed quote would tell whose reason we had logged."""
    words.write("timing-over-0", "Nobody asked us about the season.")
    words.write("timing-over-1", "Your timing was not our timing.", "named")

    section = judge(calls=[call("timing", 4, 0, 0)])

    found = panel(section, "calls")
    assert found is not None
    assert [quote.response_id for quote in found.quotes] == ["timing-over-1"]


def test_a_handful_hides_between_two_large_counts(judge: Judge, words: Words) -> None:
    """Twelve of ours and ten of theirs, alike in ten: the other two do not speak unnamed."""
    words.write("price-over-0", "It was never about money.")

    section = judge(calls=[call("price", 12, 10, 10)])

    assert section.quotes == ()
    assert section == section.guarded()


def test_who_is_on_the_card_is_quoted_nowhere_else(judge: Judge, words: Words) -> None:
    """The card shows that decision alone, and a quote below would tell whose it is."""
    words.write("price-over-0", "We asked for help and got a price list.")

    is_free = judge(calls=[call("price", 17, 6, 5)])
    on_card = judge(
        calls=[call("price", 17, 6, 5)], card=[{**CARD[2], "response_ids": ["price-over-0"]}]
    )

    assert len(is_free.quotes) == 1
    assert on_card.quotes == ()


def test_rare_pairs_are_counted(judge: Judge) -> None:
    """Pairs seen once stand in one line, and not one decision each."""
    section = judge(confusion=confusion(3, 1, 1, 2))

    assert told(section, "confusion") == [
        ("price", "price", "3"),
        ("support", "support", "2"),
        ("two more pairs", "", "1 each"),
    ]


def test_logged_after_the_answer_stands_apart(judge: Judge) -> None:
    """When all was logged beforehand there is nothing to say; otherwise each moment is."""
    before = {"moment": "before", "decision_count": 12, "response_ids": []}
    after = {"moment": "after", "decision_count": 2, "response_ids": []}

    assert panel(judge(moments=[before]), "moments") is None
    assert told(judge(moments=[before, after]), "moments") == [
        (rates.MOMENTS["before"], "12 of 14 (likely 60 to 96 %)"),
        (rates.MOMENTS["after"], "2 of 14 (likely 4 to 40 %)"),
    ]
