"""What a person marked over several sentences says nothing of one of them."""

from tests.quotes.words import NAMES, answer, chosen, code, offered

from winloss import quotes

PRAISE = "The hotline was a joy to deal with. They always rang within the hour."
LONG = f"{PRAISE} " + "And so it went with every single thing we ever asked of them. " * 4


def marked(text: str, evidence: str, polarity: str):
    """One answer of which a person marked the evidence."""
    made = code("1", "support", text, evidence, polarity=polarity, coder="human")
    return offered([answer("1", text)], [made])


def test_praise_is_not_chosen_against_us() -> None:
    """Neither the whole nor a sentence of it, though no code lies in that sentence."""
    assert quotes.choose(marked(PRAISE, PRAISE, "ours_good"), names=NAMES, stance="against") is None
    assert chosen(marked(PRAISE, PRAISE, "ours_good"), stance="for").text == PRAISE


def test_too_long_to_print_whole() -> None:
    """Where the whole is not fit, none of its sentences stands for it, whatever the stance."""
    whole = LONG.strip()

    for polarity in ("ours_good", "ours_bad"):
        frame = marked(whole, whole, polarity)
        assert frame.height > 1
        assert quotes.choose(frame, names=NAMES, reason="support") is None
        assert quotes.choose(frame, names=NAMES, stance="against") is None
        assert quotes.choose(frame, names=NAMES, stance="for") is None


def test_beside_it_nothing_changes() -> None:
    """A sentence that the evidence does not touch is one in which nothing is coded."""
    text = f"{PRAISE} Your price was a third too high."
    frame = marked(text, PRAISE, "ours_good")

    assert frame["has_shared_evidence"].to_list() == [True, False, True, False]
    assert chosen(frame, stance="against").text == "Your price was a third too high."
