"""What each lens shows, where it shows more than tables; and all lenses of one edition."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Self

from winloss.reporting.saying import Figure, Quote, Section


@dataclass(frozen=True)
class RankedReason:
    """One reason over the window, by the way it was given."""

    label: str
    theirs: Figure
    primary: Figure
    """The main reason; the others of `theirs` were named beside another."""
    written: Figure
    chosen: Figure
    decisive: Figure
    tentative: str = ""
    """As of a finding: how little our reading of it agrees with people's."""


@dataclass(frozen=True)
class Pair:
    """Two reasons of the same decisions, such as ticked and wrote, or ours and theirs."""

    first: str
    second: str
    figure: Figure


@dataclass(frozen=True)
class Drivers(Section):
    """Why they left: the week's findings, and the ranking over the window."""

    heard: int
    """Defections heard in the week."""
    ranking: tuple[RankedReason, ...]
    disagreements: tuple[Pair, ...]
    """Ticked one reason, wrote another."""
    codebook: str = field(default="", kw_only=True)
    """That the codebook changed within the time compared, and what that moved; else empty."""

    def guarded(self) -> Self:
        """The tables guarded; a finding keeps its voice, and has left out what we had logged."""
        return replace(super().guarded(), findings=self.findings)


@dataclass(frozen=True)
class CardRow:
    """One defection of the card: what we said beside what they said."""

    who: str  # `chose a competitor` or `cancelled`
    ours: str
    theirs: str  # empty unless they let us show it
    note: str
    """`right`, `partly right`, `wrong`, `nobody heard them`, `heard, in confidence`, …"""
    written: str = ""
    chosen: str = ""  # what they ticked in the list
    decisive: str = ""  # what would have changed it
    quote: Quote | None = None
    """Named: our reason of one decision stands beside it."""


@dataclass(frozen=True)
class KnowWhy(Section):
    """Whether we knew why, before they told us."""

    card: tuple[CardRow, ...]
    rates: tuple[Figure, ...]  # right, partly, wrong: of those heard whose reason we had logged
    line: str
    others: tuple[Figure, ...]  # silent, unstated, uncoded: of all whose survey closed
    believed: str  # what we logged for the week's exits nobody has explained

    @property
    def quotes(self) -> tuple[Quote, ...]:
        """Every quote of the section, those of the card first."""
        on_card = tuple(row.quote for row in self.card if row.quote is not None)
        return (*on_card, *super().quotes)


@dataclass(frozen=True)
class Coverage(Section):
    """Who is silent, what is still running, what came in and what was set aside."""

    closed: tuple[Figure, ...]
    """By state of asking, among defections whose survey closed in the window."""
    running: tuple[tuple[str, int], ...]
    silence: str
    bound: str  # how far the lead reason could move if the silent differ
    surveys: str  # which surveys are open, and until when
    exits: str
    exit_count: int
    rejects: tuple[tuple[str, int], ...]
    set_aside: str
    open_opportunities: str
    export: str = field(default="", kw_only=True)
    """Where the CRM export ends, or begins, if the week lies outside it; else empty."""
    unread: str = field(default="", kw_only=True)
    """Which forms could not be read, so that their answers only seem to be missing."""
    uncoded: str = field(default="", kw_only=True)
    """How many answers in words could not be read for a reason, where that is many; else empty."""


CALL = "asked_for_a_call"
"""The sign to act on first."""


@dataclass(frozen=True)
class Sign:
    """One way in which customers show that they can still be kept."""

    said: str
    names: str
    """Accounts that let us name them, as a list in words; empty where none does."""
    figure: Figure
    account_ids: tuple[str, ...] = ()
    """The accounts named, who speak nowhere beside it without their name."""


@dataclass(frozen=True)
class Prevention(Section):
    """What can still be kept."""

    signs: tuple[Sign, ...]
    calls: int  # customers who asked for a call in the week


@dataclass(frozen=True)
class Sections:
    """Every lens of an edition, complete; a mail may print less."""

    drivers: Drivers
    know_why: KnowWhy
    coverage: Coverage
    prevention: Prevention
    ideas: Mapping[str, Section]
    """The other lenses by name, in the order in which a report shows them."""

    def __getitem__(self, lens: str) -> Section:
        """A lens's section by its name."""
        found: Section = self.ideas[lens] if lens in self.ideas else getattr(self, lens)
        return found

    @property
    def voices(self) -> tuple[Quote, ...]:
        """Every quote but those of the drivers' findings, which choose theirs first."""
        trade = (self.drivers, self.know_why, self.prevention, self.coverage)
        every = [quote for each in (*trade, *self.ideas.values()) for quote in each.quotes]
        first = {quote for each in self.drivers.findings for quote in (each.quote, each.contrary)}
        return tuple(quote for quote in every if quote not in first)
