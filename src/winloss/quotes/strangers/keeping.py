"""Which words belong to a kept name, such as a product or a rival."""

from collections.abc import Sequence

from winloss.quotes.names import Names
from winloss.quotes.strangers.tokens import Word


def kept(every: Sequence[Word], names: Names) -> set[int]:
    """Places of words of kept names.

    A part of a kept name counts by itself, as customers say it, unless it is a given name:
    behind `Karen` of the rival `Karen Millen` may stand a person.
    """
    parts = [word.parts for word in every]
    found = {place for place, word in enumerate(every) if _is_kept(word, parts[place], names)}
    for place, first in enumerate(parts):
        if names.kept_words.isdisjoint(first):
            continue
        for count in range(2, names.longest_kept + 1):
            if sum(parts[place : place + count], ()) in names.kept:
                found.update(range(place, min(place + count, len(parts))))
    return found


def _is_kept(word: Word, parts: tuple[str, ...], names: Names) -> bool:
    if parts in names.kept:
        return True
    return not names.kept_words.isdisjoint(parts) and not word.may_be_given
