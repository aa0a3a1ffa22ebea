"""The few words of a quote that fit into a subject line."""

import re

from winloss.quotes.fit import keeps_meaning
from winloss.quotes.split import Span, clauses
from winloss.reporting import Quote

_END_OF_WORD = re.compile(r"(?:\[[a-z -]+\]|[^\s\[])+")
_DANGLING = (
    "a an the of to in on at by for from with and or but so as if that which who our your my their"
    " its his her i we you they he she it is was were be been are not no very too than gave had"
)
_DANGLES = frozenset(_DANGLING.split())
_MARKS = " ,;:–—-.…"


def headline(
    quote: Quote, text: str, limit: int = 40, evidence: tuple[int, int] | None = None
) -> str:
    """A slice of `quote.text` of at most `limit` characters, without the mark that ends it.

    `text` is the answer; `evidence` a span of it that the headline should hold (see `evidence`).
    Whole clauses are preferred to whole words, and a cut never drops a negation before it. Where
    even the first word is too long, it stands alone.
    """
    printed = quote.text
    held = _held(printed, text, evidence)
    whole = 0, len(printed)
    if len(printed.rstrip(_MARKS)) <= limit:
        return printed.rstrip(_MARKS) or printed
    fitting = [
        span
        for span in (*_clause_runs(printed), *_word_runs(printed))
        if len(_shown(printed, span)) <= limit and keeps_meaning(printed, whole, span)
    ]
    if held:
        holding = [span for span in fitting if span[0] <= held[0] and held[1] <= span[1]]
        fitting = holding or [span for span in fitting if span[0] == 0]
    else:
        fitting = [span for span in fitting if span[0] == 0]
    return _shown(printed, _best(printed, fitting)) if fitting else _first_word(printed)


def _held(printed: str, text: str, evidence: Span | None) -> Span | None:
    """Where the evidence stands in what is printed; None where a mask hides it."""
    if evidence is None:
        return None
    words = text[evidence[0] : evidence[1]]
    place = printed.find(words)
    return (place, place + len(words)) if words and place >= 0 else None


def _clause_runs(printed: str) -> list[Span]:
    """Runs of whole clauses."""
    parts = clauses(printed, 0, len(printed))
    return [(start, end) for place, (start, _) in enumerate(parts) for _, end in parts[place:]]


def _word_runs(printed: str) -> list[Span]:
    """Runs of whole words that begin where a clause does."""
    starts = [start for start, _ in clauses(printed, 0, len(printed))]
    ends = [match.end() for match in _END_OF_WORD.finditer(printed)]
    return [(start, end) for start in starts for end in ends if end > start]


def _best(printed: str, fitting: list[Span]) -> Span:
    """Whole clauses first, then one that does not end in mid-air, then the longest, the first."""
    whole = set(_clause_runs(printed))
    return max(
        fitting,
        key=lambda span: (
            span in whole,
            not _dangles(printed, span),
            span[1] - span[0],
            -span[0],
        ),
    )


def _dangles(printed: str, span: Span) -> bool:
    """True when the last word asks for another."""
    words = _shown(printed, span).lower().split()
    return not words or words[-1] in _DANGLES


def _shown(printed: str, span: Span) -> str:
    return printed[span[0] : span[1]].rstrip(_MARKS)


def _first_word(printed: str) -> str:
    match = _END_OF_WORD.search(printed)
    return match[0] if match else printed
