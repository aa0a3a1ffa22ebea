"""Quotes: split an answer, mask what must not be printed, choose, and prove the slice."""

from winloss.quotes.candidates import candidates
from winloss.quotes.choose import Stance, choose, contrary, evidence
from winloss.quotes.headline import headline
from winloss.quotes.mask import Masked, mask
from winloss.quotes.names import Names
from winloss.quotes.printing import guarded, held_back
from winloss.quotes.sides import meets, spoken_before, voice, voices
from winloss.quotes.speaking import Voices, unnamed_left_out
from winloss.quotes.spelling import folded
from winloss.quotes.split import Span, clauses, sentences
from winloss.quotes.spoken import spoken_words
from winloss.quotes.strangers import strangers
from winloss.quotes.verify import verify

__all__ = [
    "Masked",
    "Names",
    "Span",
    "Stance",
    "Voices",
    "candidates",
    "choose",
    "clauses",
    "contrary",
    "evidence",
    "folded",
    "guarded",
    "headline",
    "held_back",
    "mask",
    "meets",
    "sentences",
    "spoken_before",
    "spoken_words",
    "strangers",
    "unnamed_left_out",
    "verify",
    "voice",
    "voices",
]
