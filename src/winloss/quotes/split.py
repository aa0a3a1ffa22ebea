"""Sentences and clauses of an answer, as spans of Unicode code points.

A span is half-open, as Python counts; `text[start:end]` is the sentence without the white space
around it.
"""

import re
from collections.abc import Iterator
from itertools import pairwise

Span = tuple[int, int]

PIECE = 8_000
"""Code points handed to the splitter at once: its work grows faster than the text."""

_SURROGATES = re.compile(r"[\ud800-\udfff]")
_LINE = re.compile(r"[^\n\r\x0b\x0c\x1c-\x1e\x85\u2028\u2029]+")
_CLAUSE_END = re.compile(
    r"[,;:–—](?=\s)|\s[-–—](?=\s)"
    r"|\s(?=(?:but|because|however|although|though|so|whereas|while|and then|which)\b)",
    re.IGNORECASE,
)


def sentences(text: str) -> list[Span]:
    """Spans of the sentences, in order; line ends always part two sentences."""
    return [
        trimmed
        for line in _LINE.finditer(text)
        for span in _pieces(text, line.start(), line.end())
        if (trimmed := _trim(text, *span))
    ]


def clauses(text: str, start: int, end: int) -> list[Span]:
    """Spans of the clauses within `text[start:end]`, cut after punctuation or before a conjunction.

    The mark that ends a clause stays with it.
    """
    cuts = [start, *(match.end() for match in _CLAUSE_END.finditer(text, start, end)), end]
    spans = (_trim(text, *pair) for pair in pairwise(cuts))
    return [span for span in spans if span]


def _pieces(text: str, start: int, end: int) -> Iterator[Span]:
    """Sentence spans of one line, with their white space."""
    from sentencex import get_sentence_boundaries

    while start < end:
        stop = _piece_end(text, start, end)
        # A lone surrogate cannot cross into the splitter; its stand-in is as long as it is.
        piece = _SURROGATES.sub("\ufffd", text[start:stop])
        for found in get_sentence_boundaries("en", piece):
            span = start + found["start_index"], start + found["end_index"]
            _verify(piece, found, start)
            yield span
        start = stop


def _piece_end(text: str, start: int, end: int) -> int:
    """Where a piece of at most PIECE code points may end: at white space if there is any."""
    if end - start <= PIECE:
        return end
    space = text.rfind(" ", start + 1, start + PIECE)
    return space if space > start else start + PIECE


def _verify(piece: str, found: dict[str, object], offset: int) -> None:
    """Refuse a boundary that is not where the splitter says: a quote is cut along it."""
    start, end = found["start_index"], found["end_index"]
    if not (isinstance(start, int) and isinstance(end, int)) or piece[start:end] != found["text"]:
        raise AssertionError(f"The sentence splitter lost count near code point {offset}.")


def _trim(text: str, start: int, end: int) -> Span | None:
    """The span without white space at either end; None when nothing is left."""
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return (start, end) if start < end else None
