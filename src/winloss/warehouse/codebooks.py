"""Keeps which codebook coded when, and what one that was left had said."""

from datetime import datetime

import duckdb

from winloss.warehouse import models
from winloss.warehouse.database import one_thread

_LEFT = """
insert into ops.past_codes by name
select *, cast($as_of as timestamptz) as left_at from ({left_codes})
"""

_LAST = "select codebook_version from ops.codebooks order by taken_up_at desc, rowid desc limit 1"

# Of a programme that began before codebooks were kept, the one it was coded with last.
_FIRST = """
insert into ops.codebooks
select codebook_version, min(as_of), null from ops.runs
where codebook_version in (select codebook_version from staging.codings)
group by codebook_version
"""

_TAKEN_UP = """
insert into ops.codebooks
select $codebook, $as_of, list(distinct reason order by reason) from seeds.reasons
where nullif(valid_to, '') is null
"""


def take_up(connection: duckdb.DuckDBPyConnection, version: str, as_of: datetime) -> None:
    """Keep what the codebook before said, and note that this one is in force, where it is new."""
    if not connection.execute(_LAST).fetchall():
        connection.execute(_FIRST)
    if connection.execute(_LAST).fetchall() == [(version,)]:
        return
    with one_thread(connection):
        left_codes = models.sql("steps/left_codes")
        connection.execute(_LEFT.format(left_codes=left_codes), {"as_of": as_of})
    connection.execute(_TAKEN_UP, {"codebook": version, "as_of": as_of})
