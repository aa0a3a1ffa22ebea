"""The judgement nearest to a term: the lack of it, a complaint or praise."""

from collections.abc import Iterator
from functools import lru_cache

from winloss.coding.rules.speech import DENIES_BEFORE, expression

_LACKS = expression(
    r"\b(?:no|lack of|lacks|lacked|lacking|without|missing|zero|insufficient|not enough|hardly any"
    r"|never (?:got|received|had|saw)|(?:didn't|did not|don't|couldn't|never) (?:get|offer|provide"
    r"|have|receive|give us|find)|nobody (?:offered|gave)|poor|bad|slow|terrible|awful) "
    r"(?:[\w'’]+ ){0,2}$"
)
_BAD = expression(
    r"\b(?:slow\w*|bad\w*|poor\w*|terribl\w*|awful\w*|horribl\w*|worse|worst|late|lack\w*|missing"
    r"|weak|too|high\w*|expensive|dear\w*|fail\w*|broke\w*|useless|confus\w*"
    r"|difficult|hard\w*|problem\w*|issue\w*|disappoint\w*|unclear|unhelpful|rude|wrong|delay\w*"
    r"|increase\w*|rose|doubled|frustrat\w*|annoy\w*|complicat\w*|wait\w*|weeks|months|ignored"
    r"|lost|nightmare|impossible|stress\w*|hate\w*|ridiculous\w*|unacceptable|ages|forever|scared"
    r"|worried|afraid|only|mess|chaos|killed|joke|shocking|dire"
    r"|appalling|disgust\w*|pathetic|overpriced|suffer\w*|struggl\w*|without|alone)\b"
)
_GOOD = expression(
    r"\b(?:great|good|excellent|best|better|fast\w*|quick\w*|friendly|helpful|easy|easily|fair"
    r"|love\w*|liked?|reliable|perfect\w*|amazing|fantastic|brilliant|outstanding|impress\w*|happy"
    r"|pleased|satisfied|glad|smooth\w*|clear|convinc\w*|strong|nice|super|superb|wonderful"
    r"|awesome|recommend\w*|competitive|reasonable|affordable|cheap|low|delighted|thank\w*"
    r"|appreciat\w*|well|prompt|fine|fabulous|efficient|useful|enjoy\w*|top)\b"
)
_ANY_WORD = expression(r"[\w']+")
_NEGATED_VERB = expression(r"\b(?:not|never|no|nobody|none|hardly|barely|cannot|NT)\b")
_UNBEATEN = expression(
    r"\b(?:could|can|would)(?: hardly|n't| not| never) (?:have |be |been |ask |get |wish |for |a"
    r" |any |had |is |it )*$|\b(?:nobody|no one|noone|none|nothing)(?: else)? (?:\w+ ){0,2}$"
)
"""Before a "better": praise that is put as a denial."""
_BETTER = expression(
    r"(?:better|best|faster|quicker|friendlier|nicer|easier|clearer|stronger|more)"
)


def tone(before: str, after: str) -> int:
    """-1, 0 or 1; before the term within four words, after it within eight."""
    if _LACKS.search(before) and not _UNBEATEN.search(before.rpartition(" better ")[0] + " "):
        return -1
    behind = " ".join(before.split(" ")[-5:])
    ahead = " ".join(after.split(" ")[:9])
    found = [(len(behind) - end, tone) for _, end, tone in _judgements(behind)]
    found += [(start, tone) for start, _, tone in _judgements(ahead)]
    if found:
        return min(found)[1]
    return -1 if _NEGATED_VERB.search(ahead) else 0


def _judgements(words: str) -> Iterator[tuple[int, int, int]]:
    """Start, end and direction of the words of judgement; a denial turns them round."""
    for match in _ANY_WORD.finditer(words):
        tone = _tone_of(match[0])
        if not tone:
            continue
        lead = words[: match.start()]
        if not DENIES_BEFORE.search(lead) or (
            _BETTER.fullmatch(match[0]) and _UNBEATEN.search(lead)
        ):
            yield match.start(), match.end(), tone
        elif tone > 0:
            yield match.start(), match.end(), -1


def is_judgement(word: str) -> bool:
    """Whether a word praises or complains by itself."""
    return _tone_of(word) != 0


@lru_cache(maxsize=20_000)
def _tone_of(word: str) -> int:
    """The direction of one word; people use few, so that most are looked up once."""
    return -1 if _BAD.fullmatch(word) else int(_GOOD.fullmatch(word) is not None)
