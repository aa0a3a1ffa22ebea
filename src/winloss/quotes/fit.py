"""Which slices of an answer are fit to print, and how a long sentence may be cut.

A cut must not turn the meaning: nothing is cut off on the left that holds a negation, and nothing
on the right that takes back what was said.
"""

import re
import unicodedata
from collections.abc import Iterator, Sequence

from winloss.quotes.split import Span, clauses, sentences

FEWEST_WORDS = 3
MOST_WORDS = 40
LONGEST = 220
FURTHEST = 20_000
"""Code points into an answer beyond which nothing is quoted."""

Piece = tuple[int, int, bool, bool]
"""Start, end, cut before, cut after."""

_WORD = re.compile(r"[^\W_][\w’'-]*")
_UNPRINTABLE = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})
_STACKED = re.compile(r"[\u0300-\u036f\u0489\u1ab0-\u1aff\u20d0-\u20ff]{3}")
_LEANS_BACK = re.compile(
    r"\W*(?:and|but|or|so|also|which|because|then|that|this|these|those|he|she|him|her|such|same"
    r"|both|neither|otherwise|therefore|hence|plus|it'?s? why|as above|see above|ditto|however)\b",
    re.IGNORECASE,
)
NEGATION = re.compile(
    r"\b(?:not|no|nor|never|neither|none|nobody|nothing|without|hardly|barely|cannot|if|unless"
    r"|(?:do|does|did|is|are|was|were|has|have|had|wo|would|could|ca|should|ai)n['’]?t)\b",
    re.IGNORECASE,
)
_TAKES_BACK = re.compile(
    r"\W*(?:but|although|though|if|unless|except|however|until|only when|or)\b", re.IGNORECASE
)
_PAIRS = (("(", ")"), ("[", "]"), ("“", "”"), ("«", "»"))


def sentences_to_print(text: str, evidence: Sequence[Span]) -> Iterator[Piece]:
    """The sentences fit to print, long ones cut to the clauses around the evidence.

    Evidence that no sentence holds, as of a person who marked a whole answer, is printed as the
    sentences it goes over, where those together are fit.
    """
    every = [span for span in sentences(text) if span[1] <= FURTHEST]
    for start, end in every:
        if is_fit(text[start:end]):
            yield start, end, False, False
        elif piece := _cut(text, (start, end), evidence):
            yield piece
    for start, end in sorted({whole for span in evidence if (whole := _over(every, span))}):
        if is_fit(text[start:end]):
            yield start, end, False, False


def _over(every: Sequence[Span], span: Span) -> Span | None:
    """From the first to the last sentence that a span goes over; None where it is but one."""
    touched = [each for each in every if each[0] < span[1] and span[0] < each[1]]
    return (touched[0][0], touched[-1][1]) if len(touched) > 1 else None


def is_fit(slice_: str) -> bool:
    """Short enough, long enough, whole, and safe to print."""
    return (
        len(slice_) <= LONGEST
        and FEWEST_WORDS <= len(_WORD.findall(slice_)) <= MOST_WORDS
        and not slice_.endswith(":")
        and is_whole(slice_)
        and is_printable(slice_)
    )


def is_printable(slice_: str) -> bool:
    """False for control, direction and private characters, broken ones, and stacked accents."""
    return not _STACKED.search(slice_) and not any(
        unicodedata.category(character) in _UNPRINTABLE or character == "\ufffd"
        for character in slice_
    )


def is_whole(slice_: str) -> bool:
    """True when every bracket and quotation mark that opens also closes."""
    return slice_.count('"') % 2 == 0 and all(
        slice_.count(left) == slice_.count(right) for left, right in _PAIRS
    )


def is_clear(slice_: str) -> bool:
    """True when it needs no sentence that is not printed: neither one before nor an answer."""
    return not _LEANS_BACK.match(slice_) and not slice_.rstrip("\"'”’)]} ").endswith("?")


def _cut(text: str, sentence: Span, evidence: Sequence[Span]) -> Piece | None:
    """The longest run of clauses that is fit and holds the first evidence in the sentence."""
    inside = [span for span in evidence if sentence[0] <= span[0] and span[1] <= sentence[1]]
    if not inside or not is_printable(text[sentence[0] : sentence[1]]):
        return None
    first = min(inside)
    runs = [
        run
        for run in _runs(clauses(text, *sentence), first)
        if is_fit(text[run[0] : run[1]]) and keeps_meaning(text, sentence, run)
    ]
    if not runs:
        return None
    start, end = max(runs, key=lambda run: (run[1] - run[0], -run[0]))
    return start, end, start > sentence[0], end < sentence[1]


def _runs(parts: list[Span], first: Span) -> Iterator[Span]:
    """Every run of neighbouring clauses, short enough, that holds the evidence."""
    for place, (start, _) in enumerate(parts):
        for _, end in parts[place:]:
            if end - start > LONGEST or start > first[0]:
                break
            if end >= first[1]:
                yield start, end


def keeps_meaning(text: str, whole: Span, part: Span) -> bool:
    """False where the cut drops a negation before the part, or a taking back after it."""
    before, after = text[whole[0] : part[0]], text[part[1] : whole[1]]
    return not NEGATION.search(before) and not _TAKES_BACK.match(after)
