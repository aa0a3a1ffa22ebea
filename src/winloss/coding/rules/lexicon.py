"""What is known of each word of a text, looked up once: people use few words."""

from abc import ABC, abstractmethod

_LONGEST_KEPT = 40
_MOST_KEPT = 50_000


class Lexicon(dict[str, int], ABC):
    """`lexicon[word]`: the bits of a word in lower case; bounded, whatever texts there are."""

    @abstractmethod
    def bits(self, word: str) -> int:
        """What a word that was never met means."""

    def __missing__(self, word: str) -> int:
        """Kept for the next time, unless the word is no word."""
        bits = self.bits(word)
        if len(word) <= _LONGEST_KEPT:
            if len(self) >= _MOST_KEPT:
                self.clear()
            self[word] = bits
        return bits
