"""The codes of written reasons, taken from the work file as given: coding is tested elsewhere."""

import hashlib
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path

from tests.e2e.figures.given import Response

from winloss import warehouse

REASONS = """
select response_id, source, reason, parent, is_primary, is_theirs, polarity
from marts.decision_reasons
"""
CODES = """
select
    text_hash, stance, coder, reason, polarity,
    row_number() over (
        partition by text_hash, stance
        order by coder = 'human' desc, is_primary desc, confidence desc, span_start, reason
    ) = 1 as is_first
from staging.codes
where is_suggested is distinct from true
"""
CODINGS = "select text_hash, stance, language, needs_review from staging.codings"
AGAINST_US = {"ours_bad", "theirs_good", "neutral"}


@dataclass(frozen=True)
class Named:
    """One reason as one respondent gave it."""

    source: str
    """`written`, `chosen`, or `decisive`: what would have changed it."""
    reason: str
    parent: str
    is_primary: bool
    is_theirs: bool
    polarity: str


@dataclass(frozen=True)
class Codes:
    """What the coder found."""

    named: dict[str, list[Named]]
    """Response id -> the reasons given in it."""
    words: dict[tuple[str, str], list[tuple[str, str, bool]]]
    """Hash of a text, and stance -> reason, polarity, whether it is the text's first."""
    coders: dict[tuple[str, str], set[str]]
    """The same -> what coded it: `rules`, `model`."""
    codings: dict[tuple[str, str], tuple[str | None, bool]]
    """The same -> its language, and whether somebody should look at it."""

    def theirs(self, response: Response) -> list[Named]:
        """The reasons that count as the respondent's own."""
        return [each for each in self.named.get(response.response_id, []) if each.is_theirs]

    def of(self, response: Response, ref: str) -> list[tuple[str, str, bool]]:
        """The codes of one answer in words."""
        return self.words.get(key(response, ref), [])


def key(response: Response, ref: str) -> tuple[str, str]:
    """What the coder knows the words of an answer by."""
    text = response.answers.get(ref, "")
    return hashlib.md5(text.encode(), usedforsecurity=False).hexdigest(), stance(response)


def stance(response: Response) -> str:
    """Whether words speak against us or for us, by what became of it."""
    if response.decision:
        return "against" if response.decision.is_defection else "for"
    kinds = {"lost_deal": "against", "cancellation": "against", "won_deal": "for"}
    return kinds.get(response.kind, "none")


def codes(home: Path) -> Codes:
    """What the work file holds of them."""
    named: dict[str, list[Named]] = defaultdict(list)
    words: dict[tuple[str, str], list[tuple[str, str, bool]]] = defaultdict(list)
    coders: dict[tuple[str, str], set[str]] = defaultdict(set)
    with warehouse.reading(home / "warehouse.duckdb") as connection:
        for response_id, *rest in connection.execute(REASONS).fetchall():
            named[response_id].append(Named(*rest))
        for text_hash, stood, coder, *found in connection.execute(CODES).fetchall():
            words[text_hash, stood].append((found[0], found[1], found[2]))
            coders[text_hash, stood].add(coder)
        codings = {
            (text_hash, stood): (language, needs_review)
            for text_hash, stood, language, needs_review in connection.execute(CODINGS).fetchall()
        }
    return Codes(dict(named), dict(words), dict(coders), codings)
