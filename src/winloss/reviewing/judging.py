"""What a person filled in, judged row by row: taken whole, or refused with what to do."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cached_property
from typing import get_args

from winloss.coding.codebook import Codebook, Polarity
from winloss.quotes import Names, folded
from winloss.quotes.spelling import Words
from winloss.reviewing.ids import Draw, Key, RowName
from winloss.reviewing.naming import Naming
from winloss.reviewing.refusing import RowError
from winloss.reviewing.shown import Shown, Span
from winloss.reviewing.spreadsheets import Filled
from winloss.wording import listed, plain

NONE = "none"
"""What a person writes where no reason applies."""
_POLARITIES: tuple[str, ...] = get_args(Polarity)
_LONGEST = 40
_NAMED = 3


@dataclass(frozen=True)
class Code:
    """One reason a person gave; what they did not say of it is None and stays so on record."""

    reason: str
    is_primary: bool
    polarity: str | None
    span: Span | None
    """The words that show it, in the stored text."""


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
    """Words that they say are none."""


@dataclass(frozen=True)
class Judge:
    """Everything a row is judged by."""

    codebook: Codebook
    names: Names
    texts: Mapping[Key, str]
    rows: Mapping[RowName, Key]
    """Which text each row of the sheet is about."""
    called: frozenset[Words]
    """What reviewers have called a person's name before."""

    def judge(self, filled: Filled, name: RowName | None) -> Judged:
        """The row as it is taken; raises RowError."""
        name, key = self._known(name)
        shown = Shown.of(self.texts[key], self.names)
        people, no_names = self._names(filled, shown)
        if not filled.reasons:
            if filled.polarity or filled.evidence:
                raise RowError(
                    "no reasons",
                    "it has a polarity or evidence but no reason; fill in reasons, or write none",
                )
            return Judged(None, people, no_names)
        codes = tuple(self._codes(filled, shown))
        return Judged(Coding(filled.line, key, name.draw, codes), people, no_names)

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

    def _names(self, filled: Filled, shown: Shown) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """Words that are somebody's name, and words that are none."""
        people, no_names = _parted(filled.people, ";"), _parted(filled.no_names, ";")
        naming = Naming(shown, self.names, self.called)
        naming.people(people)
        naming.no_names(no_names)
        if set(map(folded, people)) & set(map(folded, no_names)):
            raise RowError(
                "a name and none", "a word is in people and in no_names; keep it in one of them"
            )
        return people, no_names

    def _codes(self, filled: Filled, shown: Shown) -> list[Code]:
        reasons = self._reasons(filled.reasons)
        polarities = _polarities(filled.polarity, len(reasons))
        spans = _spans(filled.evidence, shown, len(reasons))
        given = zip(reasons, polarities, spans, strict=True)
        return [
            Code(reason, place == 0, polarity, span)
            for place, (reason, polarity, span) in enumerate(given)
        ]

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
        if written in self.codebook.given:
            return written
        wanted = " ".join(written.split()).casefold()
        if wanted in self._spelled:
            return self._spelled[wanted]
        code = next((one for one in self.codebook.reasons if one.casefold() == wanted), None)
        if code is not None:
            raise RowError("a reason not given", self._instead(code))
        near = get_close_matches(wanted, self._spelled, n=_NAMED, cutoff=0.6)
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
