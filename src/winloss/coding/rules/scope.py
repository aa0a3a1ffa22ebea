"""What the words around a term do to it: deny it, excuse it, praise it, or give it to a rival.

Everything is decided inside the clause: sentence ends and words of contrast end a scope, a comma
ends it for all but lists ("no complaints about price, onboarding or support").
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

REACH = 70
"""Characters looked at on either side."""

_BREAK = re.compile(
    r"[.!?;:\n]|\s[-–—]\s|—|\b(?:but|however|although|though|yet|whereas|while|except|instead)\b"
)


_NT = r"(?:(?:do|does|did|is|are|was|were|has|have|had|wo|would|could|ca|should|ai)n't)"


def _pattern(text: str) -> re.Pattern[str]:
    """An expression in which every apostrophe may be missing and NT is any word ending so."""
    return re.compile(text.replace("NT", _NT).replace("'", "'?"))


_NOT = r"(?:not|never|NT|nothing|no longer)"
_BE_NOT = r"(?:wasn't|isn't|weren't|aren't|ain't|(?:was|is|were|are|be|been|'s) (?:not|never))"
_SOFTLY = r"(?:really |actually |so much |primarily |mainly |necessarily |even |merely about )?"

_ASSERTED_BEFORE = _pattern(r"\bnot (?:only|just|merely|simply|solely|least)\b[^,]*$")
_DENIED_BEFORE = (
    _pattern(
        rf"\b{_NOT} {_SOFTLY}(?:about|because(?: of)?|due to|down to|for|over|a (?:matter|question)"
        r" of|(?:have |had )?(?:anything )?to do with|driven by|decided by|caused by)"
        r" (?:[\w'’]+ ){0,3}$"
    ),
    _pattern(rf"\b(?:not|{_BE_NOT}) {_SOFTLY}(?:the|your|our|their|my) (?:[\w]+ )?$"),
    _pattern(r"\b(?:nothing|little) (?:at all )?to do with (?:[\w'’]+ ){0,3}$"),
    _pattern(
        r"\b(?:despite|in spite of|regardless of|irrespective of|apart from|aside from|other than"
        r"|except for|leaving aside|never mind) (?:[\w'’]+ ){0,2}$"
    ),
)
_BE_NOT_BEFORE = _pattern(rf"\b{_BE_NOT} {_SOFTLY}(?:just )?$")
_UNCOMPLAINING = _pattern(
    r"\b(?:no|without|few|never any|never had any|never had a|zero|can't complain|not a single)"
    r" (?:(?:real|major|big|particular|serious) )?(?:complaints?|issues?|problems?|trouble"
    r"|concerns?|quarrels?|objections?|worries|faults?|criticism)? ?(?:at all )?"
    r"(?:with|about|on|regarding|over|around)\b(?P<list>[^.!?;:]*)$"
)
_VERB = _pattern(r"\b(?:was|were|is|are|did|had|has|took|takes|never|didn't|wasn't|came|made)\b")
_VERB_AFTER = _pattern(r"^ (?:was|were|is|are|did|had|has|took|takes|never|didn't|wasn't|came)\b")
_DENIED_AFTER = (
    _pattern(
        rf"^[ \w'’]{{0,25}}?\b{_BE_NOT} {_SOFTLY}(?:the |an? |our |my |what |why |it|in doubt"
        r"|to blame|decisive|important|relevant|something )(?!only\b|first\b|best\b|good\b)"
        r"(?:[\w-]+ ){0,2}?(?:issue|problem|reason|factor|concern|blocker|point|obstacle|question"
        r"|cause|decid\w+|lost|made|it|decisive|topic|matter|blame|doubt|important|relevant"
        r"|(?:we|i) (?:left|went))\b"
    ),
    _pattern(
        r"^(?: [\w]+){0,2}? (?:didn't matter|did not matter|doesn't matter|made no difference"
        r"|played no|had nothing to do|has nothing to do|came second|mattered less|never came up"
        r"|had little to do|did not decide|didn't decide|never the|was never the)\b"
    ),
)
_MAYBE_DENIED = _pattern(
    r"\b(?:not|never|no|nothing|few|little|zero|without|despite|spite|regardless|irrespective|apart"
    r"|aside|other than|except|leaving|mind|made|played|came second|mattered|cannot|NT)\b"
)
_NO_MATTER = _pattern(
    r"^[^,]{0,40}?\b(?:not (?:so |too |that )?bad\b|(?:no|never|not|without|few|NT) "
    r"(?:(?:an?|the|our|my|real|really|any|big|major|more|main) )*(?:complaint|issue|problem|reason"
    r"|concern|factor|obstacle|trouble|objection)s?\b"
    r"(?! solv| fix| resol| to (?:change|switch|move|leave)))"
)
_EXCUSED_AFTER = _pattern(
    r"^(?: [\w]+){0,2}?(?: (?:was|were|is|are|seemed|felt|looked)|'s)"
    r" (?:(?:all|perfectly|quite|just|otherwise|actually|really|totally|pretty|absolutely|probably"
    r"|always|ok and|even|certainly|about) )*"
    r"(?:fine|ok|okay|acceptable|alright|all right|in line|reasonable|fair|no (?:issue|problem"
    r"|obstacle|concern)|not bad|similar|comparable|the same|secondary|competitive)\b"
)
_DENIES = _pattern(
    r"\b(?:not|never|no|hardly|barely|without|nobody|none|nor|cannot|NT) (?:[\w'’]+ ){0,2}$"
)
_LACKS = _pattern(
    r"\b(?:no|lack of|lacks|lacked|lacking|without|missing|zero|insufficient|not enough|hardly any"
    r"|never (?:got|received|had|saw)|(?:didn't|did not|don't|couldn't|never) (?:get|offer|provide"
    r"|have|receive|give us|find)|nobody (?:offered|gave)|poor|bad|slow|terrible|awful) "
    r"(?:[\w'’]+ ){0,2}$"
)
_BAD = _pattern(
    r"\b(?:slow\w*|bad\w*|poor\w*|terribl\w*|awful\w*|horribl\w*|worse|worst|late|lack\w*|missing"
    r"|weak|too|high\w*|expensive|dear\w*|fail\w*|broke\w*|useless|confus\w*"
    r"|difficult|hard\w*|problem\w*|issue\w*|disappoint\w*|unclear|unhelpful|rude|wrong|delay\w*"
    r"|increase\w*|rose|doubled|frustrat\w*|annoy\w*|complicat\w*|wait\w*|weeks|months|ignored"
    r"|lost|nightmare|impossible|stress\w*|hate\w*|ridiculous\w*|unacceptable|ages|forever|scared"
    r"|worried|afraid|only|mess|chaos|killed|joke|shocking|dire"
    r"|appalling|disgust\w*|pathetic|overpriced|suffer\w*|struggl\w*|without|alone)\b"
)
_GOOD = _pattern(
    r"\b(?:great|good|excellent|best|better|fast\w*|quick\w*|friendly|helpful|easy|easily|fair"
    r"|love\w*|liked?|reliable|perfect\w*|amazing|fantastic|brilliant|outstanding|impress\w*|happy"
    r"|pleased|satisfied|glad|smooth\w*|clear|convinc\w*|strong|nice|super|superb|wonderful"
    r"|awesome|recommend\w*|competitive|reasonable|affordable|cheap|low|delighted|thank\w*"
    r"|appreciat\w*|well|prompt|fine|fabulous|efficient|useful|enjoy\w*|top)\b"
)
_SPACES = re.compile(r"\s+")
_ANY_WORD = re.compile(r"[\w']+")
_NEGATED_VERB = _pattern(r"\b(?:not|never|no|nobody|none|hardly|barely|cannot|NT)\b")
_RIVAL_NAMED = _pattern(
    r"\b(?:competitors?'?s?|rivals?'?s?|the others?|other (?:supplier|vendor|provider|company|tool"
    r"|product|platform|system|one|side|offer)s?|another (?:supplier|vendor|provider|company|one)"
    r"|elsewhere|alternatives?|the competition|theirs|whoever won|the winner)\b"
)
_RIVAL_THEY = _pattern(r"\b(?:they|they're|they'd|them|their)\b")
_COMPARED = _pattern(
    r"\b(?:better|cheaper|faster|quicker|easier|simpler|stronger|sooner|more|less|than|lower|nicer"
    r"|friendlier|best|clearer|already)\b"
)
_WE_ARE = _pattern(
    r"\b(?:you|yours|your(?: \w+){1,2}) (?:was|were|is|are|had|have) (?:[\w]+ ){0,2}$"
)
_US = _pattern(r"\b(?:you|your|yours|you're|you'd|we felt you|winning)\b")


@dataclass(frozen=True)
class Clause:
    """A term and the words around it, as far as its clause reaches.

    Each question is answered when asked: most are asked of few terms.
    """

    before: str
    after: str
    term: str

    @property
    def is_denied(self) -> bool:
        """The clause says that this was not it: "not the price", "no complaints about"."""
        if not _MAYBE_DENIED.search(self.before + self.term + self.after):
            return False
        return _is_denied(self.before, self.after, self.term)

    @property
    def is_plainly_denied(self) -> bool:
        """A bare subject after a denied "to be": "it wasn't price"."""
        return bool(_BE_NOT_BEFORE.search(self.before))

    @property
    def is_excused(self) -> bool:
        """Named as being in order: "the price was fine"."""
        return bool(_EXCUSED_AFTER.search(self.after))

    @property
    def is_negated(self) -> bool:
        """An ordinary negation stands close before it: "not expensive"."""
        near = self._near
        return bool(_DENIES.search(near)) and not _ASSERTED_BEFORE.search(near)

    @property
    def tone(self) -> int:
        """-1, 0 or 1: the judgement nearest to it."""
        return _tone(self._near, self.after.partition(",")[0])

    @property
    def side(self) -> str:
        """`theirs` where a rival is spoken of, `ours` where we are, else `unsaid`."""
        return _side(self._near, self.after, self.term)

    @property
    def is_our_merit(self) -> bool:
        """A comparison that we win: "you were", "your offer was" stands right before it."""
        return bool(_WE_ARE.search(self._near))

    @property
    def _near(self) -> str:
        return self.before.rpartition(",")[2]


def breaks(text: str) -> list[int]:
    """Where scopes end: the places of sentence ends and words of contrast."""
    return [match.start() for match in _BREAK.finditer(text)]


def clause(text: str, start: int, end: int, ends: list[int]) -> Clause:
    """The clause around `text[start:end]`; `ends` are the `breaks` of the text."""
    left = max((at + 1 for at in ends if at < start), default=0)
    right = min((at for at in ends if at >= end), default=len(text))
    before = _plain(text[max(left, start - REACH) : start])
    after = _plain(text[end : min(right, end + REACH)])
    return Clause(before, after, _plain(text[start:end]))


def _is_denied(before: str, after: str, term: str) -> bool:
    if _ASSERTED_BEFORE.search(before):
        return False
    if any(pattern.search(before) for pattern in _DENIED_BEFORE):
        return True
    if any(pattern.search(after) for pattern in _DENIED_AFTER) or _NO_MATTER.search(term + after):
        return True
    listed = _UNCOMPLAINING.search(before)
    if listed is None or _VERB.search(listed["list"]):
        return False
    speaks_anew = _VERB_AFTER.search(after) or _VERB.search(term)
    return "," not in listed["list"] or not speaks_anew


def _tone(before: str, after: str) -> int:
    """The judgement nearest to the term; before it within four words, after it within eight."""
    if _LACKS.search(before):
        return -1
    behind = " ".join(before.split(" ")[-5:])
    ahead = " ".join(after.split(" ")[:9])
    found = [(len(behind) - end, tone) for _, end, tone in _judgements(behind)]
    found += [(start, tone) for start, _, tone in _judgements(ahead)]
    if found:
        return min(found)[1]
    return -1 if _NEGATED_VERB.search(ahead) else 0


def _judgements(words: str) -> Iterator[tuple[int, int, int]]:
    """Start, end and direction of the words of judgement; a denial turns praise round."""
    for match in _ANY_WORD.finditer(words):
        tone = _tone_of(match[0])
        if not tone:
            continue
        if not _DENIES.search(words[: match.start()]):
            yield match.start(), match.end(), tone
        elif tone > 0:
            yield match.start(), match.end(), -1


@lru_cache(maxsize=20_000)
def _tone_of(word: str) -> int:
    """The direction of one word; people use few, so that most are looked up once."""
    return -1 if _BAD.fullmatch(word) else int(_GOOD.fullmatch(word) is not None)


def _side(before: str, after: str, term: str) -> str:
    """Whose doing the clause speaks of."""
    if _RIVAL_NAMED.search(before) or _RIVAL_NAMED.search(term):
        return "theirs"
    if _RIVAL_THEY.search(before) and _COMPARED.search(term + after):
        return "theirs"
    return "ours" if _US.search(before) or _US.search(term) else "unsaid"


def _plain(text: str) -> str:
    """White space as single spaces, so that the patterns need not say so."""
    return _SPACES.sub(" ", text.replace("’", "'"))
