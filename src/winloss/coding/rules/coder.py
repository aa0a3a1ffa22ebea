"""The first coder: the codebook's terms, read in their clause.

1. Terms are found with their spans; one that the clause denies or excuses is dropped, so is one
   inside an idiom ("an expensive mistake").
2. Each hit gets a polarity: the term's own, turned by a negation or given to a rival; for a mere
   subject the nearest judgement, else what the codebook says a bare mention means, else what the
   stance makes likely. Asked what would have changed their mind, people name the remedy ("better
   training"): praise is then a complaint.
3. Each reason keeps its strongest hit. Strength is the term's weight, plus up to 1 for its length,
   1 for a judged subject, 0.5 for each repetition up to 1, and what `emphasis` adds or takes: 3
   where the text says what decided, 1 after a "but", 2 less where it grants or excuses.
4. Primary is the strongest reason that goes along with the stance (no praise of us explains why
   they left); equals are told apart by place, the first wins. Where no reason goes along with a
   stance, nothing is coded, and the strongest of the others is suggested to a person.
5. A text with words and no code, in a language the codebook does not speak, or whose first two
   reasons are about equally strong needs review.
"""

import re
from collections.abc import Iterable

from winloss.coding import language
from winloss.coding.codebook import Codebook
from winloss.coding.rules.codes import Code, Coding, Stance
from winloss.coding.rules.finding import Finder, lowered
from winloss.coding.rules.hearing import Listener
from winloss.coding.rules.ranking import is_close, ranked, strongest

__all__ = ["Code", "Coding", "RuleCoder", "Stance", "ranked"]

CODER = "rules"
SPEAKS = "en"
LONGEST = 20_000
"""Code points into a text beyond which nothing is coded."""

_NOTHING_SAID = re.compile(
    r"\W*(?:n\W?a|none|nothing(?: (?:else|more|to add|comes to mind))?|nope?|no comments?|nil"
    r"|not applicable|no answer|see above|as above|idk|don['’]?t know|-+|\.+|x+|test)?\W*",
    re.IGNORECASE,
)


class RuleCoder:
    """Codes texts with the terms of one codebook."""

    def __init__(self, codebook: Codebook, rivals: Iterable[str] = ()) -> None:
        """`rivals`: names of competitors, so that what is said of them is not taken for ours.

        Raises CodebookError for a term that cannot be read.
        """
        self.version = codebook.version
        terms = [term for term in codebook.terms if term.reason in codebook.given]
        reasons = codebook.reasons.values()
        self._finder = Finder(terms)
        self._listener = Listener(
            {each.reason: each.polarity for each in reasons if each.polarity}, rivals
        )

    def code_text(self, text: str, stance: Stance, survey_language: str = SPEAKS) -> Coding:
        """The coding of one text."""
        spoken = language.detect(text, survey_language)
        if spoken != SPEAKS:
            return Coding(spoken, needs_review=True, codes=())
        heard = self.heard(text, stance)
        codes = ranked(heard, stance)
        is_firm = any(not code.is_suggested for code in codes)
        is_silent = not is_firm and _NOTHING_SAID.fullmatch(text[:200]) is None
        return Coding(spoken, is_silent or is_close(codes, stance), codes, heard)

    def heard(self, text: str, stance: Stance) -> tuple[Code, ...]:
        """Every reason a text speaks of, whichever way, with its strongest hit; unranked.

        The language is not asked for: the text is taken to be in the codebook's.
        """
        read = lowered(text[:LONGEST])
        return strongest(self._listener.heard(read, self._finder.find(read), stance))
