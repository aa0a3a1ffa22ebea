"""The first coder: the codebook's terms, read in their clause.

The same text under the same stance gets the same codes, whatever stands around it in the frame.

1. Terms are found with their spans; one that the clause denies or excuses is dropped, so is one
   inside an idiom ("an expensive mistake").
2. Each hit gets a polarity: the term's own, turned by a negation or given to a rival; for a mere
   subject the nearest judgement, else what the stance makes likely. Asked what would have changed
   their mind, people name the remedy ("better training"): praise is then a complaint.
3. Each reason keeps its strongest hit. Strength is the term's weight, plus up to 1 for its length,
   1 for a judged subject, 0.5 for each repetition up to 1, and what `emphasis` adds or takes: 3
   where the text says what decided, 1 after a "but", 2 less where it grants or excuses.
4. Primary is the strongest reason that goes along with the stance (no praise of us explains why
   they left); equals are told apart by place, the first wins. Where no reason goes along with a
   stance, nothing is coded.
5. A text with words and no code, in a language the codebook does not speak, or whose first two
   reasons are about equally strong needs review.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Literal

import polars as pl

from winloss.coding import language
from winloss.coding.codebook import Codebook, Polarity
from winloss.coding.rules import emphasis, scope
from winloss.coding.rules.finding import Finder, Hit, lowered

Stance = Literal["against", "for", "none"]

CODER = "rules"
SPEAKS = "en"
LONGEST = 20_000
"""Code points into a text beyond which nothing is coded."""

AGAINST_STANCE: dict[str, frozenset[str]] = {
    "against": frozenset({"ours_good", "theirs_bad"}),
    "for": frozenset({"ours_bad", "theirs_good"}),
    "none": frozenset(),
}
_LIKELY: dict[str, Polarity] = {"against": "ours_bad", "for": "ours_good", "none": "neutral"}
_TURNED: dict[Polarity, Polarity] = {"ours_bad": "ours_good", "ours_good": "ours_bad"}
_GIVEN_TO_RIVAL: dict[Polarity, Polarity] = {"ours_bad": "theirs_bad", "ours_good": "theirs_good"}
_LONG = 40
"""Characters of a term's slice that add one to its strength: a longer slice says more."""
_FAR = 2.0
_NEAR = 0.25

_REQUEST = re.compile(
    r"\W*(?:an?|one|two|three|some|somebody|someone|anyone|anybody|just|only|more|less|fewer|better"
    r"|faster|quicker|cheaper|lower|earlier|sooner|clearer|simpler|shorter|longer|real|proper"
    r"|honest|maybe|probably|perhaps|if|had|having|getting|giving|being|knowing|seeing|asking"
    r"|telling|sending|making|dropping|keeping|letting|showing|fixing|offering|listening|talking"
    r"|answering|calling|ringing|visiting|matching|training|helping|putting|doing|ask|tell|send"
    r"|show|give|keep|call|ring|listen|let|make|fix|offer|answer|lower|drop|train|help|visit)\b"
    r"|.*\b(?:would|might|could|['’]d)(?: (?:well|probably|still|easily|perhaps))? have (?:stayed"
    r"|signed|bought|chosen|changed|gone with|kept|helped|made the difference|renewed|picked)\b",
    re.DOTALL,
)
"""An answer that says what would have changed their mind: it names the reason by its remedy."""
_LONGEST_REQUEST = 240

_NOTHING_SAID = re.compile(
    r"\W*(?:n\W?a|none|nothing(?: (?:else|more|to add|comes to mind))?|nope?|no comments?|nil"
    r"|not applicable|no answer|see above|as above|idk|don['’]?t know|-+|\.+|x+|test)?\W*",
    re.IGNORECASE,
)

CODINGS = pl.Schema(
    {"text_hash": pl.String(), "stance": pl.String(), "language": pl.String()}
    | {"needs_review": pl.Boolean()}
)
CODES = pl.Schema(
    {
        "text_hash": pl.String(),
        "stance": pl.String(),
        "reason": pl.String(),
        "is_primary": pl.Boolean(),
        "polarity": pl.String(),
        "span_start": pl.Int64(),
        "span_end": pl.Int64(),
        "coder": pl.String(),
        "confidence": pl.Float64(),
    }
)


@dataclass(frozen=True)
class Code:
    """One reason a text gives, with the slice that says so."""

    reason: str
    polarity: Polarity
    start: int
    end: int
    strength: float
    is_primary: bool = False
    confidence: float = 0.0


@dataclass(frozen=True)
class Coding:
    """All a coder says of one text under one stance."""

    language: str
    needs_review: bool
    codes: tuple[Code, ...]


class RuleCoder:
    """Codes texts with the terms of one codebook."""

    def __init__(self, codebook: Codebook) -> None:
        """Raises CodebookError for a term that cannot be read."""
        self.version = codebook.version
        self._finder = Finder(codebook.terms)

    def code(self, texts: pl.DataFrame) -> tuple[pl.DataFrame, pl.DataFrame]:
        """Two frames, CODINGS (one row per text and stance) and CODES (one per reason of it).

        `texts`: text_hash, text, stance (against | for | none). Both are sorted by text_hash and
        stance, the codes also by place.
        """
        codings, codes = [], []
        unique = texts.select("text_hash", "text", "stance").unique(["text_hash", "stance"])
        for text_hash, text, stance in unique.iter_rows():
            coding = self.code_text(text or "", stance)
            codings.append((text_hash, stance, coding.language, coding.needs_review))
            codes += [(text_hash, stance, *_row(code)) for code in coding.codes]
        return (
            pl.DataFrame(codings, schema=CODINGS, orient="row").sort("text_hash", "stance"),
            pl.DataFrame(codes, schema=CODES, orient="row").sort(
                "text_hash", "stance", "span_start", "reason"
            ),
        )

    def code_text(self, text: str, stance: Stance) -> Coding:
        """The coding of one text."""
        spoken = language.detect(text)
        if spoken != SPEAKS:
            return Coding(spoken, needs_review=True, codes=())
        read = lowered(text[:LONGEST])
        codes = _ranked(_strongest(_heard(read, self._finder.find(read), stance)), stance)
        is_silent = not codes and _NOTHING_SAID.fullmatch(read[:200]) is None
        return Coding(spoken, needs_review=is_silent or _is_close(codes, stance), codes=codes)


def _row(code: Code) -> tuple[object, ...]:
    return (
        *(code.reason, code.is_primary, code.polarity, code.start, code.end),
        *(CODER, code.confidence),
    )


def _heard(text: str, hits: list[Hit], stance: Stance) -> Iterable[Code]:
    """The hits that stand, each as a code."""
    if not hits:
        return
    ends = scope.breaks(text)
    weights = emphasis.Emphasis(text)
    is_request = stance == "against" and _is_request(text)
    for hit in hits:
        found = scope.clause(text, hit.start, hit.end, ends)
        polarity = _polarity(hit, found, stance)
        if is_request and polarity == "ours_good":
            polarity = "ours_bad"
        if polarity is not None:
            strength = _strength(hit, found) + weights.of(hit.start, hit.end)
            yield Code(hit.term.reason, polarity, hit.start, hit.end, strength)


def _is_request(text: str) -> bool:
    return len(text) <= _LONGEST_REQUEST and _REQUEST.match(text) is not None


def _polarity(hit: Hit, found: scope.Clause, stance: Stance) -> Polarity | None:
    """Whose merit or fault the hit is; None where the clause takes it back."""
    own = hit.term.polarity
    if found.is_denied:
        return None
    if own is None:
        return _of_subject(found, stance)
    if found.is_negated:
        turned = _TURNED.get(own)
        return None if turned is None or (own == "ours_bad" and stance == "against") else turned
    return _of_side(own, found, stance)


def _of_subject(found: scope.Clause, stance: Stance) -> Polarity | None:
    """The polarity of a term that only names its subject."""
    if found.is_plainly_denied:
        return None
    if found.is_excused:
        return None if stance == "against" else "ours_good"
    tone = found.tone
    if not tone:
        return _LIKELY[stance]
    polarity: Polarity = "ours_good" if tone > 0 else "ours_bad"
    return _GIVEN_TO_RIVAL[polarity] if found.side == "theirs" else polarity


def _of_side(own: Polarity, found: scope.Clause, stance: Stance) -> Polarity:
    """A term's own polarity, given to the side the clause speaks of."""
    if own == "ours_good":
        return "theirs_good" if found.side == "theirs" else own
    if own == "theirs_good" and found.is_our_merit and not found.term.startswith("undercut"):
        return "ours_good"
    if own == "theirs_good" and stance != "against":
        return own if found.side == "theirs" else "ours_good"
    return own


def _strength(hit: Hit, found: scope.Clause) -> float:
    """How strongly one hit speaks for its reason by itself."""
    words = min(hit.end - hit.start, _LONG) / _LONG
    return hit.term.weight + (1.0 if hit.term.polarity is None and found.tone else 0.0) + words


def _strongest(codes: Iterable[Code]) -> list[Code]:
    """One code per reason: its strongest hit, the first among equals, with its repetitions."""
    best: dict[str, Code] = {}
    times: dict[str, int] = {}
    for code in codes:
        times[code.reason] = times.get(code.reason, 0) + 1
        if code.reason not in best or code.strength > best[code.reason].strength:
            best[code.reason] = code
    return [
        replace(code, strength=code.strength + min(0.5 * (times[reason] - 1), 1.0))
        for reason, code in best.items()
    ]


def _ranked(codes: list[Code], stance: Stance) -> tuple[Code, ...]:
    """The codes in order of their place, one of them primary; none where none goes along."""
    along = _along(codes, stance)
    if not along:
        return ()
    margin = along[0].strength - along[1].strength if len(along) > 1 else _FAR
    return tuple(
        replace(
            code,
            is_primary=code is along[0],
            confidence=_confidence(code.strength, margin if code is along[0] else _FAR),
        )
        for code in sorted(codes, key=lambda code: (code.start, code.end, code.reason))
    )


def _along(codes: Iterable[Code], stance: Stance) -> list[Code]:
    """The codes that go along with the stance, the strongest first."""
    going = [code for code in codes if code.polarity not in AGAINST_STANCE[stance]]
    return sorted(going, key=lambda code: (-code.strength, code.start, -code.end, code.reason))


def _is_close(codes: tuple[Code, ...], stance: Stance) -> bool:
    """True when the first two reasons are about equally strong: a coin would have done it."""
    along = _along(codes, stance)
    return len(along) > 1 and along[0].strength - along[1].strength < _NEAR


def _confidence(strength: float, margin: float) -> float:
    """0.35 to 0.95, rising with the strength, lower where another reason is as strong."""
    sure = 0.3 + 0.12 * min(strength, 5.0) - (0.1 if margin < _NEAR else 0.0)
    return round(min(max(sure, 0.35), 0.95), 2)
