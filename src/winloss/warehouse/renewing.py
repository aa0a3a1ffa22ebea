"""Brings the marts of one row per answer up to staging: only those of responses that changed.

They are as long as all that was ever answered, and a week changes little of it. What they hold of
a response follows from the response and from what all have in common: the questions, how they are
mapped, and the models themselves.
"""

import hashlib

import duckdb

from winloss.warehouse import models
from winloss.warehouse.database import one_thread

RENEWED = ("answers", "ratings")
"""The marts whose models read the responses `renewed`, and what is said of them."""

_KEPT = "create table if not exists staging.renewals as from renewals limit 0"

_CHANGED = """
create or replace temp table changed_keys as
select response_key
from staging.renewals as known
full join renewals using (response_key)
where known.own_hash is distinct from renewals.own_hash
"""

_IS_ALL = """
select count(*) = 0 from staging.renewals semi join renewals using (shared_hash)
"""

_CHANGED_ALONE = "where response_key in (from changed_keys)"


def renew(connection: duckdb.DuckDBPyConnection) -> None:
    """Make the rows of `RENEWED` anew that could be other than before; the others stay.

    Inside the caller's transaction, once `marts.responses` is as it shall be.
    """
    model = hashlib.sha256("".join(models.sql(f"marts/{name}") for name in RENEWED).encode())
    connection.execute(
        f"create or replace temp table renewals as {models.sql('steps/renewals')}",
        {"model": model.hexdigest()},
    )
    connection.execute(_KEPT)
    is_all = connection.execute(_IS_ALL).fetchall() == [(True,)]
    connection.execute(_CHANGED)
    look_at(connection, "" if is_all else _CHANGED_ALONE)
    for name in RENEWED:
        if is_all:
            models.replace(connection, "marts", name)
        else:
            _replace_changed(connection, name)
    connection.execute("create or replace table staging.renewals as from renewals")
    connection.execute("drop view temp.renewed")
    for name in ("renewals", "changed_keys"):
        connection.execute(f"drop table temp.{name}")


def look_at(connection: duckdb.DuckDBPyConnection, which: str = "") -> None:
    """Have the models of `RENEWED` read the responses of `marts.responses` that are meant."""
    connection.execute(f"create or replace temp view renewed as from marts.responses {which}")


def _replace_changed(connection: duckdb.DuckDBPyConnection, name: str) -> None:
    connection.execute(f"delete from marts.{name} {_CHANGED_ALONE}")
    with one_thread(connection):
        connection.execute(f"insert into marts.{name} by name\n{models.sql(f'marts/{name}')}")
