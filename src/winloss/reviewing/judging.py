"""What a person filled in, judged row by row: taken whole, or refused with what to do."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cached_property
from typing import get_args

from winloss.coding.codebook import Codebook, Polarity
from winloss.errors import ReviewError
from winloss.quotes import Names
from winloss.reviewing.ids import Draw, Key, RowName
from winloss.reviewing.rows import check_words
from winloss.reviewing.shown import Shown, Span
from winloss.reviewing.spreadsheets import Filled
from winloss.wording import listed, plain

NONE = "none"
"""What a person writes where no reason applies."""
_POLARITIES: tuple[str, ...] = get_args(Polarity)
LIKELY = {"against": "ours_bad", "for": "ours_good", "none": "neutral"}
"""What a bare reason says by the stance of its text, where the codebook does not say."""
_LONGEST = 40
_NAMED = 3


@dataclass(frozen=True)
class Code:
    """One reason a person gave, with the words that show it as a span of the stored text."""

    reason: str
    is_primary: bool
    polarity: str
    start: int
    end: int


@dataclass(frozen=True)
class Coding:
    """What a person says of one text: its reasons, the main one first; none where none applies."""

    line: int
    key: Key
    draw: Draw
    codes: tuple[Code, ...]


@dataclass(frozen=True)
class Judged:
    """A row that is taken."""

    coding: Coding | None
    """None where the row was left open, and only says who is a person."""
    people: tuple[str, ...]
    """Words that are somebody's name."""
    cleared: tuple[str, ...]
    """Words that might have been, and are not."""


class RowError(ReviewError):
    """A row that cannot be taken: `cause` in a few words of ours, the message says what to do."""

    def __init__(self, cause: str, message: str) -> None:
        """Refuse a row for `cause`."""
        super().__init__(message)
        self.cause = cause


@dataclass(frozen=True)
class Judge:
    """Everything a row is judged by."""

    codebook: Codebook
    names: Names
    texts: Mapping[Key, str]
    rows: Mapping[RowName, Key]
    """Which text each row of the sheet is about."""
    suggested: Mapping[Key, Mapping[str, tuple[str, Span]]]
    """Of each text the reasons the coder found: polarity and span."""

    def judge(self, filled: Filled, name: RowName | None) -> Judged:
        """The row as it is taken; raises RowError."""
        name, key = self._known(name)
        shown = Shown.of(self.texts[key], self.names)
        people = self._people(filled, shown)
        if not filled.reasons:
            if filled.polarity or filled.evidence:
                raise RowError(
                    "no reasons",
                    "it has a polarity or evidence but no reason; fill in reasons, or write none",
                )
            return Judged(None, people, ())
        codes = tuple(self._codes(filled, key, shown, is_blind=name.draw.is_blind))
        maybe = check_words(shown, self.names)
        cleared = tuple(word for word in maybe if word not in people)
        return Judged(Coding(filled.line, key, name.draw, codes), people, cleared)

    def _known(self, name: RowName | None) -> tuple[RowName, Key]:
        if name is None:
            raise RowError(
                "unknown row",
                "the first cell is not as exported; copy it from the sheet as it was made",
            )
        key = self.rows.get(name)
        if key is None:
            raise RowError(
                "changed text",
                "its text was changed or removed since; export a new sheet for what is there now",
            )
        return name, key

    def _people(self, filled: Filled, shown: Shown) -> tuple[str, ...]:
        words = _parted(filled.people, ";")
        for word in words:
            if shown.found(word) is None:
                raise RowError(
                    "people not in the text",
                    "people names a word that is not in the text; copy it from the column check",
                )
        return words

    def _codes(self, filled: Filled, key: Key, shown: Shown, *, is_blind: bool) -> list[Code]:
        reasons = self._reasons(filled.reasons)
        polarities = _polarities(filled.polarity, len(reasons))
        spans = _spans(filled.evidence, shown, len(reasons))
        suggested = self.suggested.get(key, {})
        codes = []
        for place, reason in enumerate(reasons):
            said, span = suggested.get(reason, (None, shown.whole))
            start, end = spans[place] or span
            assumed = assumed_polarity(self.codebook, reason, key[1])
            polarity = polarities[place] or (None if is_blind else said) or assumed
            codes.append(Code(reason, place == 0, polarity, start, end))
        return codes

    def _reasons(self, cell: str) -> tuple[str, ...]:
        """The codes meant, the main one first; empty where no reason applies."""
        written = _parted(cell, ";")
        if any(word.casefold() == NONE for word in written):
            if len(written) > 1:
                raise RowError("none and a reason", "it says none and a reason; keep one of them")
            return ()
        reasons = tuple(map(self._reason, written))
        if len(set(reasons)) < len(reasons):
            raise RowError("a reason twice", "it names a reason twice; keep one of them")
        return reasons

    def _reason(self, written: str) -> str:
        folded = " ".join(written.split()).casefold()
        if folded in self._spelled:
            return self._spelled[folded]
        code = next((one for one in self.codebook.reasons if one.casefold() == folded), None)
        if code is not None:
            raise RowError("a reason not given", self._instead(code))
        near = get_close_matches(folded, self._spelled, n=_NAMED, cutoff=0.6)
        codes = list(dict.fromkeys(self._spelled[one] for one in near))
        hint = f"; near it: {', '.join(codes)}" if codes else "; the page has all of them"
        raise RowError("unknown reason", f"no reason is called {plain(written, _LONGEST)!r}{hint}")

    def _instead(self, code: str) -> str:
        """What to write for a code that is a family or retired."""
        known = self.codebook.reasons[code]
        if known.valid_to is None:
            below = [
                one for one in self.codebook.given if self.codebook.reasons[one].parent == code
            ]
            return f"{code} is a family; write one of its reasons: {', '.join(below)}"
        became = self.codebook.successors(code)
        hint = f"; write {listed(became)} instead" if became else "; choose another"
        return f"{code} is no longer given{hint}"

    @cached_property
    def _spelled(self) -> dict[str, str]:
        """Code by what may be written for it: the code, or a label no other reason has."""
        codebook = self.codebook
        labels = [codebook.reasons[code].label.casefold() for code in codebook.given]
        by_label = {
            label: code
            for label, code in zip(labels, codebook.given, strict=True)
            if labels.count(label) == 1 and label != NONE
        }
        return by_label | {code.casefold(): code for code in codebook.given}


def assumed_polarity(codebook: Codebook, reason: str, stance: str) -> str:
    """What a reason says where no person says: as the codebook has it, else what is likely."""
    return codebook.reasons[reason].polarity or LIKELY[stance]


def _polarities(cell: str, reason_count: int) -> list[str | None]:
    """One for each reason, in their order; what is left out is None."""
    written = [part.strip().casefold().replace(" ", "_") for part in cell.split(";")]
    while written and not written[-1]:
        written.pop()
    if len(written) > reason_count:
        raise RowError(
            "too many polarities",
            "it has more polarities than reasons; write one for each, in the order of the reasons",
        )
    for one in written:
        if one and one not in _POLARITIES:
            said = plain(one, _LONGEST)
            raise RowError(
                "unknown polarity",
                f"{said!r} is no polarity; write one of {', '.join(_POLARITIES)}",
            )
    return [one or None for one in written] + [None] * (reason_count - len(written))


def _spans(cell: str, shown: Shown, reason_count: int) -> Sequence[Span | None]:
    """One for each reason, in their order; what is left out is None."""
    if not cell:
        return [None] * reason_count
    parts = [part.strip() for part in cell.split("|")]
    if len(parts) > reason_count:
        parts = [cell]  # a text may hold the sign that parts evidence
    if len(parts) > reason_count:
        raise RowError("evidence for nothing", "it has evidence where no reason applies; clear it")
    spans = [shown.found(part) if part else None for part in parts]
    if any(part and span is None for part, span in zip(parts, spans, strict=True)):
        raise RowError(
            "evidence not in the text",
            "its evidence is not in the text word for word; copy it from the text, one piece for "
            "each reason with | between",
        )
    return spans + [None] * (reason_count - len(spans))


def _parted(cell: str, sign: str) -> tuple[str, ...]:
    return tuple(filter(None, (part.strip() for part in cell.split(sign))))
