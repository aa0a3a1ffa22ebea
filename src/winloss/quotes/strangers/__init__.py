"""Words that might be the name of somebody this programme does not know.

No model: titles, roles, greetings and given names, spelling and a dictionary. It is made to find
too much rather than too little: what it marks a person looks at before it is printed.
"""

from collections.abc import Sequence
from dataclasses import replace

from winloss.quotes.mask import Masked, mask
from winloss.quotes.names import Found, Names
from winloss.quotes.plain import plain
from winloss.quotes.split import Span
from winloss.quotes.strangers.keeping import kept
from winloss.quotes.strangers.reading import Reading
from winloss.quotes.strangers.tokens import Word, words

__all__ = ["strangers"]


def strangers(text: str, names: Names, masked: Masked | None = None) -> list[Span]:
    """Spans of what might be a stranger's name, in order, each name in one piece.

    Left out are words that are masked anyhow, words of kept names such as products and rivals,
    and those a person has cleared. `masked` is the text as `mask` gives it, where that is known.
    """
    every = _words(text)
    hidden = (masked or mask(text, names)).marks
    found = Reading(every, *_closed(hidden, every, names)).found()
    spans = [(every[first].start, every[last].end) for first, last in found]
    return [(start, end) for start, end in spans if not names.is_cleared(text[start:end])]


def _words(text: str) -> Sequence[Word]:
    """The words as they read, placed in the text as it was typed."""
    read = plain(text)
    if read.text == text:
        return words(text)
    return [
        replace(word, start=start, end=end)
        for word in words(read.text)
        for start, end in (read.typed(word.start, word.end),)
    ]


def _closed(
    hidden: Sequence[Found], every: Sequence[Word], names: Names
) -> tuple[frozenset[int], frozenset[int]]:
    """Places of words that are no stranger's name, masked or kept; and those after an address."""
    closed, after, mark = kept(every, names), set(), 0
    for place, word in enumerate(every):
        while mark < len(hidden) and hidden[mark][1] <= word.start:
            mark += 1
        if mark < len(hidden) and hidden[mark][0] < word.end:
            closed.add(place)
            after |= set() if hidden[mark][2] == "name" else {place + 1}
    return frozenset(closed), frozenset(after)
