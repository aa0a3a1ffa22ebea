"""The voices of an edition: handed out one at a time, nobody twice."""

from collections.abc import Collection
from dataclasses import dataclass, field

import polars as pl

from winloss.errors import QuoteError
from winloss.quotes.choose import candidates, choose, verify, voice, voices
from winloss.quotes.names import Names
from winloss.reporting import Quote

_TRIED = 200
"""How many answers, the newest first, are looked through for one voice."""


@dataclass
class Voices:
    """Consented words of a programme, from which lenses take the voices of their sections.

    `verbatims` are the rows of `sql/reports/voices.sql`, `codes` those of
    `sql/reports/voices_codes.sql`. Once given, neither the respondent nor the account is given
    again in the same edition; `taken` says who has spoken before.
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
    ) -> Quote | None:
        """A quote from an answer to one of the questions `refs`, the first ref preferred.

        `response_ids` limits who may speak; None lets everybody. With `reason` the evidence for
        that reason lies inside. None when nobody fitting consented.
        """
        for ref in refs:
            rows = self.verbatims.filter(pl.col("question_ref") == ref)
            if response_ids is not None:
                rows = rows.filter(pl.col("response_id").is_in(list(response_ids)))
            rows = rows.sort("submitted_at", "response_key", descending=True).head(_TRIED)
            pool = candidates(rows, self.codes)
            chosen = choose(pool, names=self.names, reason=reason, taken=self.taken)
            if chosen is not None:
                self.taken |= voices(pool, chosen)
                return chosen
        return None

    def verify(self, printed: Collection[Quote]) -> None:
        """Raise QuoteError unless every quote is a slice of its consented answer."""
        texts = {
            (row["form_id"], row["response_id"], row["question_ref"]): str(row["text"])
            for row in self.verbatims.iter_rows(named=True)
        }
        for quote in printed:
            key = (quote.form_id, quote.response_id, quote.question_ref)
            if key not in texts:
                raise QuoteError(
                    f"The quote from {quote.form_id}/{quote.response_id} ({quote.question_ref}) "
                    "has no answer that may be quoted; the report was not made."
                )
            verify(quote, texts[key], self.names)


def spoken_before(printed: pl.DataFrame) -> frozenset[str]:
    """The voices of quotes printed before: `form_id` and `response_id` of each."""
    pairs = printed.select("form_id", "response_id").iter_rows()
    return frozenset(voice(f"{form}/{response}") for form, response in pairs)
