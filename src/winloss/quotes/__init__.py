"""Quotes: split an answer, mask what must not be printed, choose, and prove the slice."""

from winloss.quotes.candidates import candidates
from winloss.quotes.choose import Stance, choose, contrary, evidence, voice, voices
from winloss.quotes.headline import headline
from winloss.quotes.mask import Masked, mask
from winloss.quotes.names import Names
from winloss.quotes.speaking import Voices, spoken_before, unnamed_left_out
from winloss.quotes.split import clauses, sentences
from winloss.quotes.verify import verify

__all__ = [
    "Masked",
    "Names",
    "Stance",
    "Voices",
    "candidates",
    "choose",
    "clauses",
    "contrary",
    "evidence",
    "headline",
    "mask",
    "sentences",
    "spoken_before",
    "unnamed_left_out",
    "verify",
    "voice",
    "voices",
]
