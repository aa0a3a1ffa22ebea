"""Right, partly, wrong, silent, unstated: what stands beside whose words, and what never does."""

from tests.lenses.know_why.judged import CARD, Judge, Words

from winloss.lenses import know_why
from winloss.lenses.know_why import card, rates


def test_the_card(judge: Judge) -> None:
    """Every row says what we said, and what became of asking."""
    section = judge(card=CARD)

    assert [(row.who, row.ours, row.theirs, row.note) for row in section.card] == [
        ("chose a competitor", "price", "help to start", "wrong"),
        ("chose a competitor", "timing", "", "nobody heard them"),
        ("cancelled", "nothing", "", "heard, in confidence"),
        ("cancelled", "nothing", "support", "we had said nothing"),
        ("cancelled", "price", "", "heard, no reason we can name"),
    ]


def test_what_they_wrote_ticked_and_would_have_needed(judge: Judge, words: Words) -> None:
    """Beside our reason of one decision stand their reasons, and their words under their name."""
    words.write("a", "We would have been on our own.", "named")

    row = judge(card=CARD).card[0]

    assert (row.written, row.chosen) == ("help to start", "price")
    assert row.decisive == "help to start and support"
    assert row.quote is not None
    assert (row.quote.text, row.quote.attribution) == (
        "We would have been on our own.",
        "Ada Quill",
    )


def test_unnamed_words_are_not_on_the_card(judge: Judge, words: Words) -> None:
    """What one decision's seller logged never stands beside a quote without a name."""
    words.write("a", "We would have been on our own.")
    unnamed = [{**CARD[0], "named_ids": None}]

    section = judge(card=unnamed)

    assert section.card[0].quote is None
    assert section.quotes == ()


def test_people_of_one_decision_disagree(judge: Judge) -> None:
    """Where two of them give different main reasons, the card says so."""
    section = judge(card=[{**CARD[0], "is_disputed": True, "verdict": "partly"}])

    assert section.card[0].note == f"partly right; {card.DISAGREE}"


def test_silence_is_not_in_the_rate(judge: Judge) -> None:
    """Right is out of those we can compare; silence is out of all."""
    section = judge(
        verdicts=[
            {"verdict": "right", "decision_count": 2, "response_ids": ["a", "b"]},
            {"verdict": "wrong", "decision_count": 1, "response_ids": ["c"]},
            {"verdict": "silent", "decision_count": 7, "response_ids": []},
        ],
    )

    assert [(figure.count, figure.total) for figure in section.rates] == [(2, 3), (0, 3), (1, 3)]
    assert (section.others[0].count, section.others[0].total) == (7, 10)
    assert section.line == "Over 13 weeks: right on 2 of 3, partly right on 0, wrong on 1."
    assert section.lines == (rates.YARDSTICK,)


def test_nothing_to_compare(judge: Judge) -> None:
    """Without a pair no rate is printed: who is silent is said elsewhere."""
    section = judge(verdicts=[{"verdict": "silent", "decision_count": 7, "response_ids": []}])

    assert (section.line, section.lines, section.panels) == ("", (), ())


def test_a_programme_without_sellers_reasons(judge: Judge) -> None:
    """It is said once, and no line of zeros is printed."""
    section = judge(has_logged=False)

    assert section.caveats == (know_why.NO_REASONS, know_why.NO_CARD)
    assert (section.line, section.believed) == ("", "")
