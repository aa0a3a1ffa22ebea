"""The voices of an edition: handed out one at a time, nobody twice in one section."""

from collections.abc import Collection
from dataclasses import dataclass, field, replace

import polars as pl

from winloss.errors import QuoteError
from winloss.quotes.candidates import candidates
from winloss.quotes.choose import Stance, choose
from winloss.quotes.names import Names
from winloss.quotes.printing import entire
from winloss.quotes.sides import sides, voices
from winloss.quotes.verify import verify
from winloss.reporting import WITHHELD, Figure, Quote, tells_few

_TRIED = 200
"""How many answers, the newest first, are looked through for one voice."""


@dataclass
class Voices:
    """Consented words of a programme, from which lenses take the voices of their sections.

    `verbatims` are the rows of `sql/reports/voices.sql`, `codes` those of
    `sql/reports/voices_codes.sql`. Once given, neither the respondent nor the account is given
    again; `taken` says who has spoken before.
    """

    verbatims: pl.DataFrame
    codes: pl.DataFrame
    names: Names
    taken: frozenset[str] = field(default=frozenset())

    def choose(
        self,
        refs: Collection[str],
        response_ids: Collection[str] | None = None,
        *,
        reason: str | None = None,
        stance: Stance | None = None,
        beside: Collection[Figure] = (),
    ) -> Quote | None:
        """A quote from an answer to one of the questions `refs`, the first ref preferred.

        `response_ids` limits who may speak; None lets everybody. With `reason` the evidence for
        that reason lies inside; `stance` says whether the words are to speak for us or against.
        `beside` are the figures printed with it: next to a handful only a named voice is chosen.
        None when nobody fitting consented.
        """
        is_named_only = tells_few(beside)
        for ref in refs:
            rows = self.verbatims.filter(pl.col("question_ref") == ref)
            if response_ids is not None:
                rows = rows.filter(pl.col("response_id").is_in(list(response_ids)))
            if is_named_only:
                rows = rows.filter(pl.col("may_quote") == "named")
            rows = rows.sort("submitted_at", "response_key", descending=True).head(_TRIED)
            pool = candidates(rows, self.codes)
            if is_named_only:
                pool = pool.filter(pl.col("attribution") != WITHHELD)
            chosen = choose(pool, names=self.names, reason=reason, stance=stance, taken=self.taken)
            if chosen is not None:
                self.taken |= voices(pool, chosen)
                return chosen
        return None

    def anew(self) -> "Voices":
        """The same voices for another section, which may hear any of them once."""
        return replace(self)

    def without(self, account_ids: Collection[str]) -> "Voices":
        """The same voices but for unnamed words of accounts that are named beside them."""
        return replace(self, verbatims=unnamed_left_out(self.verbatims, account_ids))

    def sides(self, quote: Quote) -> frozenset[str]:
        """The response, respondent, account and words behind a quote, for `meets`."""
        rows = self.verbatims.filter(
            (pl.col("form_id") == quote.form_id)
            & (pl.col("response_id") == quote.response_id)
            & (pl.col("question_ref") == quote.question_ref)
        )
        span = {"span_start": quote.span_start, "span_end": quote.span_end}
        return frozenset[str]().union(*(sides(row | span) for row in rows.iter_rows(named=True)))

    def again(self, refs: Collection[str], response_id: str) -> Quote | None:
        """What one respondent said, whole where that fits, also where they have spoken before.

        For what must be shown one by one; it takes nobody's turn.
        """
        quote = replace(self, taken=frozenset()).choose(refs, (response_id,))
        return quote and self.entire(quote)

    def entire(self, quote: Quote) -> Quote:
        """The quote, widened to the whole answer where that may be printed in one piece."""
        key = (quote.form_id, quote.response_id, quote.question_ref)
        return entire(quote, self._texts()[key], self.names)

    def _texts(self) -> dict[tuple[str, str, str], str]:
        return {
            (row["form_id"], row["response_id"], row["question_ref"]): str(row["text"])
            for row in self.verbatims.iter_rows(named=True)
        }

    def verify(self, printed: Collection[Quote]) -> None:
        """Raise QuoteError unless every quote is a slice of its consented answer."""
        texts = self._texts()
        for quote in printed:
            key = (quote.form_id, quote.response_id, quote.question_ref)
            if key not in texts:
                raise QuoteError(
                    f"The quote from {quote.form_id}/{quote.response_id} ({quote.question_ref}) "
                    "has no answer that may be quoted; the report was not made."
                )
            verify(quote, texts[key], self.names)


def unnamed_left_out(verbatims: pl.DataFrame, account_ids: Collection[str]) -> pl.DataFrame:
    """The rows of `verbatims` without words that may be quoted unnamed, of these accounts."""
    is_unnamed = pl.col("may_quote") == "unnamed"
    is_theirs = pl.col("account_id").is_in(list(account_ids)).fill_null(value=False)
    return verbatims.filter(~(is_unnamed & is_theirs))
