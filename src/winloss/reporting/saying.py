"""What a report says: figures with their n, quotes, findings, tables and sections."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass, field, replace
from typing import Self

WITHHELD = "Name withheld"


FEWEST_LISTED = 5
"""Below so many rows a figure names its query alone."""


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

    @property
    def listed_ids(self) -> tuple[str, ...]:
        """The ids that may be printed: none of a handful.

        One id beside a quote without a name would lead whoever holds the analysts' copy to
        its author.
        """
        return self.row_ids if len(self.row_ids) >= FEWEST_LISTED else ()


def tells_few(figures: Collection[Figure]) -> bool:
    """True where one of them counts a handful: beside it words without a name tell their author.

    Nobody stands behind a count of none, so that it tells nothing.
    """
    return any(0 < each.count < FEWEST_LISTED for each in figures)


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
    language: str = "en"
    """ISO 639-1, for the `lang` attribute; `en` where unknown."""

    @property
    def is_named(self) -> bool:
        """True when the customer lets us print who speaks."""
        return self.attribution != WITHHELD


@dataclass(frozen=True)
class Finding:
    """A customer's sentence, the claim it stands for, how many meant it, and our view."""

    reason: str
    label: str
    quote: Quote | None  # None where nobody who said it lets us quote them
    voices: Figure
    """Decisions that named the reason, among those heard in the week."""
    who: str
    """How many, as a sentence begins: `3 of the 4`."""
    claim: str
    """How that sentence goes on: `who told us why this week named help to start.`"""
    ours: tuple[tuple[str, int], ...]
    """What we had logged for the same decisions: label and count; `nothing` where nothing."""
    logged: str
    """The same as a sentence; empty where the programme logs no reasons at all."""
    contrary: Quote | None
    trend: Figure
    """The same among decisions heard whose survey closed in the window."""
    call: str
    """What may be said of the change, such as `No change we can call.`"""
    lens: str = "drivers"
    tentative: str = ""
    """How little our reading of the reason agrees with people's, where it is too little; else
    empty."""

    @property
    def has_enough(self) -> bool:
        """True where it speaks of more than a handful, or of somebody who lends their name."""
        is_named = self.quote is not None and self.quote.is_named
        return is_named or self.voices.total >= FEWEST_LISTED


@dataclass(frozen=True)
class Cell:
    """What one column says of a row, and the figure behind it."""

    said: str
    figure: Figure | None = None
    """None where the cell only says something, such as a promise's words."""
    is_aside: bool = False
    """True where it counts others than those whose words stand here: who left the question open,
    or some of them that the words do not single out."""


@dataclass(frozen=True)
class Row:
    """One line of a panel, and a customer who stands on it."""

    label: str
    cells: tuple[Cell, ...]
    quote: Quote | None = None

    @property
    def figures(self) -> tuple[Figure, ...]:
        """The figures that may count whoever speaks on it."""
        return tuple(
            cell.figure for cell in self.cells if cell.figure is not None and not cell.is_aside
        )


@dataclass(frozen=True)
class Panel:
    """One table of a section."""

    name: str
    """What templates know it by, such as `rungs`."""
    title: str
    rows: tuple[Row, ...]
    columns: tuple[str, ...] = ()
    """Headers: of the labels first, then of each cell; none where the rows speak for themselves."""
    note: str = ""

    @property
    def quotes(self) -> tuple[Quote, ...]:
        """The quotes on its rows, in their order."""
        return tuple(row.quote for row in self.rows if row.quote is not None)

    def guarded(self) -> "Panel":
        """The table without words that lack a name beside a figure of a handful."""
        return replace(self, rows=tuple(self._guarded()))

    def _guarded(self) -> Iterator[Row]:
        above: tuple[Figure, ...] = ()
        for row in self.rows:
            # A row without a label goes on with the one above it.
            above = row.figures if row.label else (*above, *row.figures)
            is_unnamed = row.quote is not None and not row.quote.is_named
            yield replace(row, quote=None) if is_unnamed and tells_few(above) else row


@dataclass(frozen=True)
class Section:
    """One lens's part of a report; a lens may add what it alone shows."""

    lens: str
    title: str
    """The lens's question to us, such as `Did we keep our word?`."""
    caveats: tuple[str, ...]
    voice: Quote | None = field(default=None, kw_only=True)
    """The customer who opens the section."""
    lines: tuple[str, ...] = field(default=(), kw_only=True)
    """What there is to say, in sentences, the most important first; a mail prints the first."""
    panels: tuple[Panel, ...] = field(default=(), kw_only=True)
    findings: tuple["Finding", ...] = field(default=(), kw_only=True)
    """What this lens offers to a mail's findings, from voices of the week."""
    is_news: bool = field(default=False, kw_only=True)
    """True when a response of the week gave the lens something new to say."""

    @property
    def quotes(self) -> tuple[Quote, ...]:
        """Every quote of the section, in the order printed."""
        found = [each.quote for each in self.findings] + [each.contrary for each in self.findings]
        panels = [quote for panel in self.panels for quote in panel.quotes]
        return tuple(quote for quote in (self.voice, *found, *panels) if quote is not None)

    def guarded(self) -> Self:
        """The section as it may be printed: no words without a name beside a figure of a handful.

        With the published marts such a figure would lead to whoever said it.
        """
        return replace(
            self,
            panels=tuple(panel.guarded() for panel in self.panels),
            findings=tuple(each for each in self.findings if each.has_enough),
        )
