"""Whether a clause takes back what it names: "not the price", "nobody could say that it was slow".

Frames reach from their own words to the end of the clause, or to a comma.
"""

import re
from typing import NamedTuple

from winloss.coding.codebook import patterns
from winloss.coding.rules.speech import ASSERTED_BEFORE, BE_NOT, REST, SOFTLY, expression

_NOT = r"(?:not|never|NT|nothing|no longer)"
_SAY = (
    r"(?:say|said|claim|claimed|suggest|suggested|think|thought|believe|believed|feel|felt|call"
    r"|called|pretend|pretended|complain|complained|argue|argued)"
)
_WEIGHTED = (
    r"(?:issues?|problems?|reasons?|factors?|concerns?|blockers?|points?|obstacles?|questions?"
    r"|causes?|topics?|matters?)"
)

FIRST_BIT = 1 << 8
"""Of the bits by word; those below are others' to give."""
BITS: dict[str, int] = {}
"""`BITS[word]`: the expressions of this module that match nothing without one of such words."""
_count = iter(range(100))


def _needing(words: str, *expressions: str) -> tuple[tuple[int, re.Pattern[str]], ...]:
    """Expressions, each with the bit of words of which each of their matches has one."""
    bit = FIRST_BIT << next(_count)
    for word in words.split():
        BITS[word] = BITS.get(word, 0) | bit
    return tuple((bit, expression(each)) for each in expressions)


_SAID = (
    "say said claim claimed suggest suggested think thought believe believed feel felt call called"
    " pretend pretended complain complained argue argued"
)
_FRAMES = (
    # It is not true that …; it would be wrong to say that …; not that …
    *_needing(
        "true case correct right fair if though",
        rf"\b(?:not|NT|never|hardly|no longer) (?:at all |quite |really |even )?(?:true|the case"
        rf"|correct|right|fair|as if|as though)(?: (?:that|to say))?\b {REST}",
    ),
    *_needing(
        "untrue false wrong myth lie nonsense mistaken unfair absurd",
        r"\b(?:untrue|false|wrong|myth|lie|nonsense|mistaken|unfair|absurd)"
        rf" (?:that|to (?:say|think|claim|believe|suggest))\b {REST}",
    ),
    *_needing("that", rf"^\W*not that {REST}"),
    # We never said …; I do not think …; nobody could say …; nobody complained about …
    *_needing(
        _SAID,
        rf"\b(?:we|i|one|myself|i've|we've|i'd|we'd)(?: (?:have|had|would|could|can|do|did|will))?"
        rf" (?:not|never)(?: (?:really|ever|actually))? {_SAY}\b {REST}",
        r"(?:\b(?:we|i|one|you|myself) |^\W*)(?:really )?(?:don't|didn't|wouldn't|can't|couldn't"
        rf"|cannot|won't)(?: (?:really|ever|actually|honestly))? {_SAY}\b {REST}",
        r"\b(?:(?:nobody|no one|noone|no-one|none of us) (?:could|can|would|will)"
        r"|(?:you|they) (?:could|can|would) not)"
        rf"(?: (?:really|ever|honestly))? {_SAY}\b {REST}",
    ),
    *_needing(
        "complain complained complains fault faulted",
        r"\b(?:nobody|no one|noone|cannot|can't|couldn't|could not|can not|hardly|never|nothing"
        rf"(?: to)?) (?:ever )?(?:complain(?:ed|s)? (?:about|of)|fault(?:ed)?)\b {REST}",
    ),
    *_needing(
        "nothing",
        rf"\bnothing (?:bad|negative|wrong|ill)(?: to say)? (?:about|with|against|of)\b {REST}",
    ),
    # Not because …; it had nothing to do with …
    *_needing(
        "because",
        r"(?<!could )(?<!did )(?<!can )(?<!do )(?<!would )"
        rf"\b(?:not|{BE_NOT}) {SOFTLY}because\b {REST}",
    ),
    *_needing("do", rf"\b(?:nothing|little|not much|NT anything) (?:at all )?to do with\b {REST}"),
    *_needing(
        "leave left cancel cancelled quit switch go move end walk",
        r"\b(?:not|never|NT) (?:leave|left|cancel|cancelled|quit|switch|go|move|end it|walk away)"
        rf"(?: \w+){{0,3}} (?:because|due to|over|for|on account of)\b {REST}",
    ),
    *_needing(
        "put deterred bothered worried scared troubled concerned annoyed influenced swayed driven"
        " decided moved caused",
        r"\b(?:not|never|NT) (?:put off|deterred|bothered|worried|scared|troubled|concerned|annoyed"
        rf"|influenced|swayed|driven|decided|moved|caused)(?: away)? (?:by|about|over)\b {REST}",
    ),
)

_NOTS = "not never wasn wasnt isn isnt weren werent aren arent ain aint"
_NEAR = (
    *_needing(
        "about because due down for over matter question do driven decided caused",
        rf"\b{_NOT} {SOFTLY}(?:about|because(?: of)?|due to|down to|for|over|a (?:matter|question)"
        r" of|(?:have |had )?(?:anything )?to do with|driven by|decided by|caused by)"
        r" (?:[\w'’]+ ){0,3}$",
    ),
    *_needing(_NOTS, rf"\b(?:not|{BE_NOT}) {SOFTLY}(?:the|your|our|their|my) (?:[\w]+ )?$"),
    *_needing(
        "despite spite regardless irrespective apart aside other except leaving mind rather instead"
        " opposed far anything",
        r"\b(?:despite|in spite of|regardless of|irrespective of|apart from|aside from|other than"
        r"|except for|leaving aside|never mind|rather than|instead of|as opposed to|far from"
        r"|anything but) (?:[\w'’]+ ){0,2}$",
    ),
    *_needing(
        "neither nor hardly scarcely",
        r"\b(?:neither|nor|hardly|scarcely) (?:about |for |over |a (?:question|matter) of )?"
        r"(?:the |your |our |their |any )?$",
    ),
)
_UNCOMPLAINING = expression(
    r"\b(?:no|without|few|never any|never had any|never had a|zero|can't complain|not a single)"
    r" (?:(?:real|major|big|particular|serious) )?(?:complaints?|issues?|problems?|trouble"
    r"|concerns?|quarrels?|objections?|worries|faults?|criticism)? ?(?:at all )?"
    r"(?:with|about|on|regarding|over|around)\b(?P<list>[^.!?;:]*)$"
)
_VERB = expression(r"\b(?:was|were|is|are|did|had|has|took|takes|never|didn't|wasn't|came|made)\b")
_VERB_AFTER = expression(r"^ (?:was|were|is|are|did|had|has|took|takes|never|didn't|wasn't|came)\b")
_AFTER = (
    *_needing(
        _NOTS,
        rf"^[ \w'’]{{0,25}}?\b{BE_NOT} {SOFTLY}(?:the |an? |our |my |what |why |it|in doubt"
        r"|to blame|decisive|important|relevant|something )(?!only\b|first\b|best\b|good\b)"
        r"(?:[\w-]+ ){0,2}?(?:issue|problem|reason|factor|concern|blocker|point|obstacle|question"
        r"|cause|decid\w+|lost|made|it|decisive|topic|matter|blame|doubt|important|relevant"
        r"|(?:we|i) (?:left|went))\b",
    ),
    *_needing(
        "matter difference bearing part influence say come came played nothing mattered never"
        " little decide",
        r"^(?: [\w]+){0,2}? (?:didn't matter|did not matter|doesn't matter|made no difference"
        r"|(?:had|has) no (?:bearing|part|influence|say)|(?:didn't|did not|never) c[oa]me? into"
        r"|played no|had nothing to do|has nothing to do|came second|mattered less|never came up"
        r"|had little to do|did not decide|didn't decide|never the|was never the)\b",
    ),
)
_NO_MATTER = expression(
    r"^[^,]{0,40}?\b(?:not (?:so |too |that )?bad\b|(?:no|never|not|without|few|NT) "
    rf"(?:(?:an?|the|our|my|real|really|any|big|major|more|main) )*(?:complaints?|trouble"
    rf"|objections?|{_WEIGHTED})\b(?! solv| fix| resol| to (?:change|switch|move|leave)))"
)
_DENYING = (
    "not never no nothing nobody noone none neither nor hardly scarcely barely few little zero"
    " without despite spite regardless irrespective apart aside other rather instead opposed far"
    " anything except leaving mind made played came mattered cannot untrue false wrong myth lie"
    " nonsense mistaken unfair absurd don dont doesn doesnt didn didnt isn isnt aren arent wasn"
    " wasnt weren werent hasn hasnt haven havent hadn hadnt won wont wouldn wouldnt couldn couldnt"
    " can cant shouldn shouldnt ain aint"
)
WORDS = frozenset(_DENYING.split())
"""A text without any of these words denies nothing."""
_FRAME_BITS = sum({bit for bit, _ in _FRAMES})
_NEAR_BITS = sum({bit for bit, _ in _NEAR})
_LEAD = re.compile(r"(?:because(?: of)?|due to|down to|over|about|for) (?:(?:the|your|our) )?")
NEGATION = (
    r"not(?! only| just| merely| simply)|never|hardly|(?:do|does|did|is|are|was|were|has|have|had"
    r"|wo|would|could|ca|should|ai)n'?t"
)
CLAIM = (
    r"say|said|claim|claimed|think|thought|believe|believed|complain|complained|because|true|due to"
)
_INSIDE = {words: re.compile(rf"\b(?:{words})\b") for words in (NEGATION, CLAIM)}
_OWN_SILENCE = expression(r"\b(?:we|i|we've|i've)(?: have| had)? $")
_UNSAID = expression(
    r"(?:never|not|didn't|haven't|hadn't) (?:ever )?(?:say|said|mention|mentioned|tell|told)\b"
)


class Denials(NamedTuple):
    """Where a clause has a word that denies: before a term, inside it, or after it."""

    before: bool
    inside: bool
    after: bool
    bits: int
    """Of its words, by `BITS`."""


def is_denied(before: str, term: str, after: str, pattern: str, words: Denials) -> bool:
    """True when the clause says that it was not so, or not this.

    `before` ends at the term, which was found by `pattern`.
    """
    if is_claimed_inside(term, pattern):
        return True
    if words.inside and _UNSAID.match(term) and _OWN_SILENCE.search(before):
        return True
    if words.before and "not " in before and ASSERTED_BEFORE.search(before):
        return False
    return (
        _is_led(before, term, words)
        or (words.before and _is_uncomplaining(before, term, after))
        or (words.after and any(each.match(after) for bit, each in _AFTER if bit & words.bits))
        or ((words.inside or words.after) and _NO_MATTER.match(term + after) is not None)
    )


def _is_led(before: str, term: str, words: Denials) -> bool:
    """A frame, or a denial that stands close, leads to the term."""
    if (words.before or words.inside) and framed(before, term, words.bits) is not None:
        return True
    return words.before and _is_near(before, term, words.bits)


def is_claimed_inside(term: str, pattern: str) -> bool:
    """True when somebody only says so, in a gap of the term: "the price is said to be high"."""
    return _is_inside(CLAIM, term, pattern)


def _is_near(before: str, term: str, bits: int) -> bool:
    if not bits & _NEAR_BITS:
        return False
    lead = _LEAD.match(term)
    led = before + lead[0] if lead else before
    return any(bit & bits and each.search(led) for bit, each in _NEAR)


def framed(before: str, term: str, bits: int) -> str | None:
    """What stands between a frame and the end of the term; None where no frame begins before it."""
    if not bits & _FRAME_BITS:
        return None
    led = before + term[: term.rfind(" ") + 1]
    for bit, each in _FRAMES:
        match = each.search(led) if bit & bits else None
        if match and match.start() < len(before.rstrip()):
            return match["rest"]
    return None


def is_negated_inside(term: str, pattern: str) -> bool:
    """True when a negation stands in a gap of the term: "support was never slow"."""
    return _is_inside(NEGATION, term, pattern)


def _is_inside(words: str, term: str, pattern: str) -> bool:
    """True when one of these words stands in a gap of the term."""
    if ".." not in pattern or _INSIDE[words].search(term) is None:
        return False
    return patterns.without(pattern, words).match(term) is None


def _is_uncomplaining(before: str, term: str, after: str) -> bool:
    """No complaints about price, training or support, up to where the clause speaks anew."""
    listed = _UNCOMPLAINING.search(before)
    if listed is None or ("," in listed["list"] and _VERB.search(listed["list"])):
        return False
    speaks_anew = _VERB_AFTER.search(after) or _VERB.search(term)
    return "," not in listed["list"] or not speaks_anew
