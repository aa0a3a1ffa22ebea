"""The words by which a name could be found in a text."""

from winloss.quotes.plain import joined, plain
from winloss.quotes.spelling import folded
from winloss.quotes.strangers.tokens import words


def spoken_words(text: str) -> frozenset[str]:
    """Every folded word of a text, as typed, as read, and without what an apostrophe adds.

    A name whose words are not all among these is not found by `guarded`, nor is a kept or a
    cleared one: the text is masked alike with it and without it.
    """
    read = plain(text)
    whole = joined(read)
    return frozenset(
        (
            *folded(text),
            *(folded(read.text) if read.text != text else ()),
            *(folded(whole.text) if whole else ()),
            *(part for word in words(read.text) for part in word.parts),
        )
    )
