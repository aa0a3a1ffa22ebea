"""What people and the machine made of texts, put where a build puts it."""

from datetime import UTC, datetime, timedelta
from typing import Any

import duckdb
import polars as pl

from winloss.warehouse import models
from winloss.warehouse.database import frame

MONDAY = datetime(2026, 9, 7, 9, tzinfo=UTC)
NOW, THEN = "now", "then"


class Readings:
    """What people and the machine made of texts, in a warehouse of its own."""

    def __init__(self, connection: duckdb.DuckDBPyConnection) -> None:
        """A codebook in force with three reasons, and one that was left."""
        self.connection = connection
        for table in ("raw.labels", "staging.codings", "staging.codes", "staging.reasons"):
            connection.execute(f"delete from {table}")
        for table in ("ops.past_codes", "ops.codebooks"):
            connection.execute(f"delete from {table}")
        for reason in ("price", "support", "terms"):
            self.give("staging.reasons", reason=reason, parent=reason, stands_as=reason)
        self.give("ops.codebooks", codebook_version=THEN, taken_up_at=MONDAY - timedelta(days=90))
        self.give(
            "ops.codebooks",
            codebook_version=NOW,
            taken_up_at=MONDAY,
            reasons=["price", "support", "terms"],
        )

    def give(self, relation: str, **row: Any) -> None:
        """One row more; what is not named is null."""
        self.connection.register("given", pl.DataFrame([row]).to_arrow())
        self.connection.execute(f"insert into {relation} by name from given")
        self.connection.unregister("given")

    def person(
        self,
        text: str,
        reviewer: str,
        *reasons: str,
        day: int = 0,
        sample: str = "random",
        is_blind: bool = True,
        version: str = NOW,
    ) -> None:
        """One coding by one person; without reasons none applies."""
        at = MONDAY + timedelta(days=day)
        for reason in reasons or (None,):
            self.give(
                "raw.labels",
                label_id=f"{text}-{reviewer}-{day}",
                text_hash=text,
                stance="against",
                reviewer=reviewer,
                labelled_at=at,
                sample=sample,
                is_blind=is_blind,
                reason=reason,
                codebook_version=version,
                row_hash="h",
                fetched_at=at,
            )

    def machine(self, text: str, *reasons: str, language: str = "en", guess: str = "") -> None:
        """What the machine says with the codebook in force; a guess is only suggested."""
        key = {"text_hash": text, "stance": "against", "codebook_version": NOW}
        self.give("staging.codings", **key, language=language, needs_review=False)
        for reason in reasons:
            self.give("staging.codes", **key, reason=reason, is_suggested=False)
        if guess:
            self.give("staging.codes", **key, reason=guess, is_suggested=True)

    def machine_then(self, text: str, reason: str | None, *, version: str = THEN) -> None:
        """What it said with the codebook that was left."""
        self.give(
            "ops.past_codes",
            text_hash=text,
            stance="against",
            reason=reason,
            codebook_version=version,
            left_at=MONDAY,
        )

    def counts(self, pair: str, version: str = NOW) -> dict[str | None, tuple[int, int, int, int]]:
        """Reason -> texts, both, one and neither."""
        found = frame(self.connection, models.sql("steps/agreement_counts")).filter(
            pair=pair, codebook_version=version
        )
        columns = ("reason", "text_count", "both_count", "one_count", "neither_count")
        return {row[0]: row[1:] for row in found.select(columns).iter_rows()}

    def overlap(self, pair: str) -> float:
        """Of all reasons together."""
        found = frame(self.connection, models.sql("steps/agreement_counts"))
        kept = found.filter(pl.col("reason").is_null(), pair=pair, codebook_version=NOW)
        (overlap,) = kept["overlap"].to_list()
        assert isinstance(overlap, float)
        return overlap
