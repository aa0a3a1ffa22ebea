"""The turns of phrase by which a text weighs its own parts, filed by the word they begin with."""

import re
from collections.abc import Iterator
from typing import Literal, NamedTuple

Kind = Literal["forward", "back", "ahead", "behind", "turn"]

_FACTOR = (
    r" (?:reason|factor|issue|problem|thing|point|concern|blocker|argument|cause|worry|obstacle"
    r"|question|driver|trouble|sticking point|stumbling block|difficulty)\b"
)
_DECIDED = (
    r"(?:decided|tipped|killed|made|did it|did for|convinced|finally|won|lost|swung|settled|sealed"
    r"|finished|broke|put us off|counted|mattered|really mattered|clinched|stopped|scared|got us"
    r"|cost you|sank|drove|pushed|turned)"
)
_LEFT = (
    r"(?:left|cancelled|canceled|chose|went|decided|quit|stopped|switched|walked|moved"
    r"|turned you down|said no|passed)"
)
_STORY = (
    r"(?:excuse|pretext|easy|story|polite|box|official|answer (?:nobody|no one)|version|cover"
    r"|we (?:said|told|ticked|put))\b"
)
_ENOUGH = (
    r" (?:that|it|enough|the end|a no|a deal|why|the moment|when (?:we|i)|where (?:you|we|i)"
    r"|all (?:there|it)|the whole|the reason|the point)\b"
)

_TRULY = (
    "main real true actual primary biggest deciding decisive key final principal sole underlying"
    " root whole big only"
)
# Kind, the words it may begin with, and how it goes on. Any apostrophe may be curly or missing.
_CUES: tuple[tuple[Kind, str, str], ...] = (
    (
        "forward",
        _TRULY,
        _FACTOR,
    ),
    ("forward", "number", rf" one{_FACTOR}"),
    ("forward", "what", rf" (?:really |actually |finally |in the end )?{_DECIDED}\b"),
    ("forward", "in", r" (?:the end|all honesty|truth|fact)\b"),
    ("forward", "at", r" the end of the day\b"),
    ("forward", "when", r" it came to it\b"),
    ("forward", "ultimately mostly mainly chiefly primarily honestly frankly clincher", r"\b"),
    ("forward", "above", r" all\b"),
    ("forward", "first", r" and foremost\b"),
    ("forward", "truth", r" (?:is|be told)\b"),
    ("forward", "to", r" be honest\b"),
    ("forward", "if", r" i(?:'m| am) honest\b"),
    ("forward", "really", r" it was\b"),
    ("forward", "deal show", r"[ -]?(?:breaker|stopper)\b"),
    ("forward", "dealbreaker showstopper", r"\b"),
    ("forward", "last final", r" straw\b"),
    ("forward", "tipping turning breaking sticking", r" point\b"),
    ("forward", "stumbling", r" block\b"),
    ("forward", "nail", r" in the coffin\b"),
    ("forward", "came comes come boiled boils was is", r" down to\b"),
    (
        "forward",
        "the",
        (
            r" (?:reason|trouble|problem|thing|catch|snag|rub|difference)"
            r" (?:we|was|is|i|for|why|with|being)\b"
        ),
    ),
    ("forward", "that which thats", rf"(?:'s| is| was)? (?:why|what {_DECIDED})\b"),
    ("forward", "lost", r" (?:us|it|the deal)\b"),
    ("forward", "cost", r" you (?:us|it|the deal)\b"),
    ("forward", "tipped killed decided swung settled clinched", r" (?:it|us|against|for|the)\b"),
    ("forward", "we i", rf" {_LEFT}(?: [\w'’]+){{0,3}}? (?:because|since|due to|over)\b"),
    (
        "forward",
        "so which until then",
        r"(?: meant)? (?:we|i) (?:left|cancelled|switched|walked away|gave up)\b",
    ),
    ("forward", "it", r" was (?:really|(?:the|your|their|our) [\w'’]+(?: [\w'’]+)? that)\b"),
    (
        "forward",
        "what all",
        (
            r" (?:we|i) (?:really |actually )?(?:needed|wanted|were after|was after|asked for)"
            r" (?:was|were)\b"
        ),
    ),
    ("back", "that this it which", rf"(?: was| is|'s){_ENOUGH}"),
    ("back", "thats its", _ENOUGH),
    (
        "back",
        "that this it which thats",
        (
            rf"(?:'s| is| was)? (?:what )?(?:really |pretty much |more or less )?{_DECIDED}"
            r"(?: (?:it|us|me|you|the deal|for us))?\b"
        ),
    ),
    (
        "back",
        "that this it which",
        (
            r" (?:told|said|says|tells|showed)(?: (?:me|us|you))? "
            r"(?:everything|it all|all|enough|a lot|plenty)\b"
        ),
    ),
    ("back", "after", r" (?:that|which)\b(?! we (?:tried|asked))"),
    ("back", "end", r" of(?: (?:story|the story|discussion|conversation))?\W*$"),
    ("back", "enough", r" said\b"),
    ("back", "say", r" no more\b"),
    ("back", "simple", r" as that\b"),
    ("back", "game", r" over\b"),
    ("back", "case", r" closed\b"),
    ("back", "thank thanks", r" but no thanks?\b"),
    ("back", "and", r" (?:that|there) (?:it was|was that|you (?:lost|had) (?:us|me|it))\b"),
    ("ahead", "although though while whilst granted admittedly sure true yes", r"\b,?"),
    ("ahead", "of", r" course\b,?"),
    ("ahead", "fair", r" enough\b,?"),
    ("ahead", "no", r" complaints?\b,?"),
    ("ahead", "leaving", r" aside\b,?"),
    ("ahead", "aside", r" from\b,?"),
    (
        "ahead",
        "i we",
        (
            r" (?:just |only |simply )?(?:ticked|clicked|marked|logged|put down|wrote down|picked"
            r"|selected|chose)\b(?= (?:the )?(?:box )?[\w ]{3,25}(?:because|since|as|for|but|,|$))"
        ),
    ),
    ("ahead", "on", r" (?:the (?:form|scorecard|face of it)|paper)\b"),
    ("ahead", "officially", r"\b"),
    ("ahead", "the", r" official (?:reason|line)\b"),
    ("ahead", "for", r" the record\b"),
    ("behind", "matter matters mattered count counts counted", r"\b"),
    ("behind", "played", r" (?:a|its|some) (?:part|role)\b"),
    ("behind", "came", r" into it\b"),
    ("behind", "did", r"(?:n't| not) help\b"),
    ("behind", "didn didnt", r"(?:'t)? help\b"),
    ("behind", "was", r" (?:a factor|(?:one|part) of it|on the)\b"),
    ("behind", "i", r" (?:won't|wouldn't|can't|don't) (?:pretend|deny|lie)\b"),
    ("behind", "was is s", rf"(?: \w+)? (?:an?|the|my|our|what) (?:\w+ )?{_STORY}"),
    (
        "behind",
        "box reason answer",
        r" (?:i|we)(?:'ve| have)? (?:ticked|gave|put|picked|chose|clicked)\b",
    ),
    ("behind", "aside apart", ","),
    ("turn", "but however actually yet instead rather", r"\b"),
    ("turn", "really", r" it was\b"),
)
_WORD = re.compile(r"\w+")


class Cue(NamedTuple):
    """A cue in a text: `text[start:end]`."""

    kind: Kind
    start: int
    end: int


def _filed() -> dict[str, list[tuple[Kind, re.Pattern[str]]]]:
    files: dict[str, list[tuple[Kind, re.Pattern[str]]]] = {}
    for kind, openers, rest in _CUES:
        expression = re.compile(r"\w+" + _rest(rest))
        for opener in openers.split():
            files.setdefault(opener, []).append((kind, expression))
    return files


def _any() -> dict[str, re.Pattern[str]]:
    """By opener, one expression for all its cues: it matches where any of them does."""
    rests: dict[str, list[str]] = {}
    for _, openers, rest in _CUES:
        for opener in openers.split():
            rests.setdefault(opener, []).append(_rest(rest))
    return {word: re.compile(rf"\w+(?:{'|'.join(each)})") for word, each in rests.items()}


def _rest(rest: str) -> str:
    return rest.replace("'", "['’]?")


_FILES = _filed()
_ANY = _any()


def cues(text: str) -> Iterator[Cue]:
    """The cues of a text in lower case, in order of their start."""
    for word in _WORD.finditer(text):
        opened = _ANY.get(word[0])
        if opened is None or opened.match(text, word.start()) is None:
            continue
        for kind, expression in _FILES[word[0]]:
            match = expression.match(text, word.start())
            if match:
                yield Cue(kind, match.start(), match.end())
