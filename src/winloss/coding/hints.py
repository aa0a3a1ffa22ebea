"""What is worth a look in a codebook with which nothing is wrong."""

from collections.abc import Collection, Iterable, Iterator
from pathlib import Path

import polars as pl

from winloss import wording
from winloss.coding.codebook import Codebook, Finding, Reason, read, terms_beside
from winloss.coding.codebook.panels import PANELS
from winloss.coding.codebook.seeding import beside, seeds
from winloss.coding.codebook.shape import REASON_COLUMNS, TERM_COLUMNS
from winloss.coding.codebook.tables import near, table
from winloss.coding.rules.coder import RuleCoder
from winloss.coding.rules.codes import Stance

_MOST_NAMED = 5
_STANCES: tuple[Stance, ...] = ("against", "none")


def hints(path: Path, codebook: Codebook, ticked: Collection[str]) -> tuple[Finding, ...]:
    """What is worth a look, most useful first; `ticked` are the reasons our forms list."""
    unread = (*_unread(path, REASON_COLUMNS), *_unread(terms_beside(path), TERM_COLUMNS))
    said = (
        *_unsold(path),
        *_untaught(codebook),
        *_undescribed(codebook),
        *_examples(codebook),
        *_shared(codebook),
        *_panels(codebook),
        *_ticks(codebook, ticked),
    )
    return (*unread, *(Finding(path.name, None, what, to_do) for what, to_do in said))


def _unread(path: Path, columns: tuple[str, ...]) -> Iterator[Finding]:
    """Columns that nobody reads, one of them perhaps misspelt."""
    if not path.exists():
        return
    for name in table(path, columns, ()).header:
        if name and name not in columns:
            what = f"the column {name!r} is not read{near(name, columns)}"
            yield Finding(path.name, 1, what, "rename it if it was meant to be")


def _unsold(path: Path) -> Iterator[tuple[str, str]]:
    """Nothing beside the codebook says which of its reasons our sellers' values mean."""
    if not beside(path).is_file():
        placed = seeds(path)["seller_reasons"].filter(pl.col("reason").is_not_null()).height
        known = "none of the values" if not placed else f"only {placed} values"
        what = (
            f"there is no {beside(path).name} beside it, and {known} that sellers log have a"
            " place in it: what has none is neither right nor wrong"
        )
        yield what, "write one, with the columns seller_value and reason"


def _untaught(codebook: Codebook) -> Iterator[tuple[str, str]]:
    heard = {term.reason for term in codebook.terms}
    silent = [code for code in codebook.given if code not in heard]
    if silent:
        yield (
            f"no term speaks for {_named(silent)}",
            "add terms, or code texts yourself until enough is learned",
        )


def _undescribed(codebook: Codebook) -> Iterator[tuple[str, str]]:
    for name in ("definition", "example"):
        empty = [each.reason for each in _given(codebook) if not getattr(each, name)]
        if empty:
            yield (
                f"there is no {name} of {_named(empty)}",
                "write one, so that two people code alike",
            )


def _examples(codebook: Codebook) -> Iterator[tuple[str, str]]:
    """Examples that do not get their own reason as the primary one, whatever was asked."""
    coder = RuleCoder(codebook)
    for each in _given(codebook):
        found = [_primary(coder, each.example, stance) for stance in _STANCES]
        if each.example and each.reason not in found:
            other = next((code for code in found if code), None)
            gets = f"is coded {other!r}" if other else "is coded as nothing"
            yield (
                f"the example of {each.reason!r} {gets}",
                "add a term that hears it, or take a plainer example",
            )


def _primary(coder: RuleCoder, text: str, stance: Stance) -> str | None:
    codes = coder.code_text(text, stance).codes
    return next((code.reason for code in codes if code.is_primary and not code.is_suggested), None)


def _shared(codebook: Codebook) -> Iterator[tuple[str, str]]:
    owners: dict[str, list[str]] = {}
    for term in codebook.terms:
        owners.setdefault(term.pattern, []).append(term.reason)
    for pattern, reasons in owners.items():
        if len(reasons) > 1:
            yield (
                f"the term {pattern!r} speaks for {wording.listed(reasons)}",
                "leave it to one, if a text that says it means only one",
            )


def _panels(codebook: Codebook) -> Iterator[tuple[str, str]]:
    for panel in PANELS:
        missing = [code for code in panel.reasons if code not in codebook.reasons]
        if missing:
            yield (
                f"there is no {wording.listed(missing)}: {panel.without} ({panel.query})",
                "name yours so, or leave it",
            )


def _ticks(codebook: Codebook, ticked: Collection[str]) -> Iterator[tuple[str, str]]:
    missing = [code for code in read().reasons if code in ticked and code not in codebook.reasons]
    if missing:
        what = f"our forms list {_named(missing)}, which the codebook lacks: no such tick is read"
        yield what, "ask with a form of your own, or map its choices in winloss.toml"


def _given(codebook: Codebook) -> Iterable[Reason]:
    return (codebook.reasons[code] for code in codebook.given)


def _named(codes: Collection[str]) -> str:
    return wording.listed(list(codes), most=_MOST_NAMED)
