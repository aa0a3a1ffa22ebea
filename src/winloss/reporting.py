"""What a report is made of: figures with their n, quotes, findings and sections.

Values only; they are made by lenses, looked at by templates and stored as sent.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from winloss.weeks import Week

Verdict = Literal["right", "partly", "wrong", "silent", "unstated"]


@dataclass(frozen=True)
class Figure:
    """A count out of a total, with what an analyst needs to get it again."""

    name: str
    count: int
    total: int
    low: float | None
    """Lower end of the 95 % Wilson interval, 0 to 1; None where nothing can be said."""
    high: float | None
    query: str
    """The file that counted it, such as `sql/reports/drivers.sql`."""
    row_ids: tuple[str, ...] = ()
    """Response ids behind the count."""


@dataclass(frozen=True)
class Quote:
    """A slice of one answer, as printed."""

    text: str
    """As printed: the slice with visible masks such as `[name]`."""
    attribution: str
    form_id: str
    response_id: str
    question_ref: str
    span_start: int
    """Unicode code points into the answer as typed, half-open."""
    span_end: int
    is_cut_before: bool = False
    """True when the sentence goes on to the left; shown as an ellipsis."""
    is_cut_after: bool = False


@dataclass(frozen=True)
class Finding:
    """A customer's sentence, the claim it stands for, how many meant it, and our view."""

    reason: str
    label: str
    quote: Quote
    voices: Figure
    """Decisions that named the reason, among those heard in the week."""
    ours: tuple[tuple[str, int], ...]
    """What we had logged for the same decisions: label and count; `nothing` where nothing."""
    contrary: Quote | None
    trend: Figure
    """The same among decisions whose survey closed in the window."""
    call: str
    """What may be said of the change, such as `No change we can call.`"""


@dataclass(frozen=True)
class Section:
    """One lens's part of a report; each lens adds what it alone shows."""

    lens: str
    title: str
    caveats: tuple[str, ...]


@dataclass(frozen=True)
class Edition:
    """One report for one period, one audience, one `as_of`."""

    report: str
    week: Week
    audience: str
    as_of: datetime

    @property
    def edition_id(self) -> str:
        """`weekly-2026-W40-all`: names the edition's folder and rows."""
        return f"{self.report}-{self.week}-{self.audience}"
