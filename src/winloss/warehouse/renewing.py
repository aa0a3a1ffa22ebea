"""Brings the marts of what responses say up to staging: only those of responses that changed.

They are as long as all that was ever answered, and a week changes little of it. What they hold of
a response follows from the response, from what coders and people make of its words, and from what
all have in common: the questions, the codebook, and the models themselves.
"""

import hashlib
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import duckdb

from winloss.warehouse import models
from winloss.warehouse.database import one_thread

BATCH = 50_000
"""Responses made anew in one go, so that memory does not grow with how many there are."""

_READS_RENEWED = re.compile(r"\b(from|join) renewed\b")

_READ_BY_THEM = ("macros/marts", "staging/labels", "staging/standing_labels")
"""What decides what the models of renewed marts say, beside the rows that are compared."""

_KEPT = "create table if not exists staging.renewals as from renewals limit 0"

_IS_ALL = """
select
    not exists (from staging.renewals semi join renewals using (shared_hash))
    or exists (from recoded_texts where text_hash is null)
"""

# Fingerprints of whole rows tell changed from unchanged: keys in full take twice as long.
_CHANGED = """
select response_key from staging.renewals anti join renewals using (own_hash)
union
select response_key from renewals anti join staging.renewals using (own_hash)
union
select response_key from staging.verbatims semi join recoded_texts using (text_hash, stance)
"""

_ALL = "select response_key from renewals"

_BATCHED = """
create or replace temp table changed_keys as
select response_key, (row_number() over () - 1) // {batch} as batch from ({keys})
"""

_REMEMBER = """
delete from staging.renewals where response_key in (select response_key from changed_keys);
insert into staging.renewals
from renewals where response_key in (select response_key from changed_keys)
"""


@dataclass(frozen=True)
class Renewal:
    """Which responses are made anew, while it lasts."""

    connection: duckdb.DuckDBPyConnection
    is_all: bool
    """Whether it is every response, and the tables too."""
    batches: tuple[int, ...]
    source: str
    """Where the rows of `marts.responses` are that are made anew."""

    def make(self, name: str) -> None:
        """Make `marts.<name>` anew: of one that reads `renewed`, the rows that could be other."""
        if not is_renewed(name):
            models.replace(self.connection, "marts", name)
            return
        self._clear(name)
        for batch in self.batches:
            self._look(_of("changed_keys", f"where batch = {batch}"))
            with one_thread(self.connection):
                self.connection.execute(
                    f"insert into marts.{name} by name\n{models.sql(f'marts/{name}')}"
                )
        self._look("")

    def _clear(self, name: str) -> None:
        if self.is_all:
            self._look("limit 0")
            models.replace(self.connection, "marts", name)
        else:
            self.connection.execute(f"delete from marts.{name} {_of('changed_keys')}")

    def _look(self, which: str) -> None:
        look_at(self.connection, which, self.source)


@contextmanager
def renewal(connection: duckdb.DuckDBPyConnection) -> Iterator[Renewal]:
    """Find the responses whose rows could be other than before; the rows of others stay.

    Inside the caller's transaction, once `marts.responses` and what coders say are as they shall
    be; `recoded_texts` holds the texts that they say something else of. Until the end the view
    `renewed` has the rows of `marts.responses` that are made anew.
    """
    _fingerprint(connection)
    is_all = connection.execute(_IS_ALL).fetchall() == [(True,)]
    keys = _ALL if is_all else _CHANGED
    connection.execute(_BATCHED.format(keys=keys, batch=BATCH))
    batches = connection.execute("select distinct batch from changed_keys order by all").fetchall()
    found = tuple(batch for (batch,) in batches)
    source = "marts.responses" if is_all else _narrowed(connection, found)
    look_at(connection, source=source)
    yield Renewal(connection, is_all, found, source)
    if is_all:
        connection.execute("create or replace table staging.renewals as from renewals")
    else:
        connection.execute(_REMEMBER)
    connection.execute("drop view temp.renewed")
    for name in ("renewals", "changed_keys", "changed_responses", "recoded_texts"):
        connection.execute(f"drop table if exists temp.{name}")


def is_renewed(name: str) -> bool:
    """Whether the model of a mart reads `renewed`: of other responses, what is there stays."""
    return bool(_READS_RENEWED.search(models.sql(f"marts/{name}")))


def look_at(
    connection: duckdb.DuckDBPyConnection, which: str = "", source: str = "marts.responses"
) -> None:
    """Have the models that read `renewed` read the rows of `marts.responses` that are meant."""
    connection.execute(f"create or replace temp view renewed as from {source} {which}")


def _of(keys: str, which: str = "") -> str:
    return f"where response_key in (select response_key from {keys} {which})"


def _narrowed(connection: duckdb.DuckDBPyConnection, batches: tuple[int, ...]) -> str:
    """Where the rows of the changed responses are: set aside, if they are few."""
    changed = "marts.responses semi join changed_keys using (response_key)"
    if len(batches) > 1:
        return changed
    connection.execute(f"create or replace temp table changed_responses as from {changed}")
    return "changed_responses"


def _fingerprint(connection: duckdb.DuckDBPyConnection) -> None:
    renewed = [f"marts/{name}" for name in models.MARTS if is_renewed(name)]
    model = hashlib.sha256("".join(map(models.sql, [*renewed, *_READ_BY_THEM])).encode())
    connection.execute(
        f"create or replace temp table renewals as {models.sql('steps/renewals')}",
        {"model": model.hexdigest()},
    )
    connection.execute(_KEPT)
