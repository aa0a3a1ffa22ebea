"""Whose merit or fault a slice speaks of, for a reason no term was heard for.

The word of the slice that speaks most for the reason is read as the rules read a term that only
names its subject: with the denials, judgements and sides of its clause.
"""

from collections.abc import Iterable

from winloss.coding.codebook import Codebook, Polarity, Term
from winloss.coding.rules.codes import Stance
from winloss.coding.rules.finding import Hit, lowered
from winloss.coding.rules.hearing import Listener

Span = tuple[int, int]


class Polarities:
    """Reads single words as the rules read terms."""

    def __init__(self, codebook: Codebook, rivals: Iterable[str] = ()) -> None:
        """What a bare mention means is taken from `codebook`, else from the stance."""
        reasons = codebook.reasons.values()
        self._listener = Listener(
            {each.reason: each.polarity for each in reasons if each.polarity}, rivals
        )

    def polarity(self, text: str, word: Span, reason: str, stance: Stance) -> Polarity | None:
        """The polarity of `reason` where `word` of `text` speaks for it; None where denied."""
        read = lowered(text)
        term = Term(reason, read[slice(*word)], 1, None)
        heard = self._listener.heard(read, [Hit(term, *word)], stance)
        return next((code.polarity for code in heard), None)
