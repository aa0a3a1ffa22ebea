"""What people made of words, for whoever learns from it."""

import duckdb
import polars as pl

from winloss.warehouse.database import frame

_STANDING = """
select labels.text_hash, texts.text, labels.stance, labels.reason, labels.is_primary,
    labels.polarity
from staging.standing_labels as labels
inner join (
    select text_hash, any_value(text) as text from staging.verbatims
    semi join staging.standing_labels using (text_hash)
    group by text_hash
) as texts using (text_hash)
order by labels.text_hash, labels.stance, labels.reason nulls first
"""


def standing(connection: duckdb.DuckDBPyConnection) -> pl.DataFrame:
    """One row per reason of a text under its stance, as the coding by a person that decides has it.

    Columns: text_hash, text, stance, reason (null: none applies), is_primary and polarity (null:
    not said). Words that are not there any more teach nothing.
    """
    return frame(connection, _STANDING)
