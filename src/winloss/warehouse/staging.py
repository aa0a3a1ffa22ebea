"""Brings staging up to raw, but for what coders say: unfolded, typed, and what people stated."""

import hashlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime

import duckdb
import polars as pl

from winloss import resources
from winloss.warehouse import coding, models, unfolding
from winloss.warehouse.coding import Coder
from winloss.warehouse.database import frame
from winloss.warehouse.load import load_rejects

_NEWLY_PERSONAL = """
delete from staging.{name}
where form_id in (select form_id from ({personal} except all from personal))
"""


@dataclass(frozen=True)
class Recipe:
    """What a build needs beside raw; the same recipe on the same raw gives the same marts."""

    taught: Callable[[pl.DataFrame], Coder]
    """A coder that has learned from what people made of words (see `labels.standing`)."""
    agreement: Callable[[pl.DataFrame], pl.DataFrame]
    """The counts of `sql/steps/agreement_counts.sql` -> the same rows, with what they say."""
    seeds: dict[str, pl.DataFrame]
    signatures: Callable[[pl.DataFrame], pl.DataFrame]
    """Hidden fields (`form_id`, `response_id`, `hidden` as JSON) -> the same keys with
    `signature`: valid, invalid, missing or not_required."""
    fingerprint: str
    """Changes when responses must be unfolded anew, as after a change of mapping."""


def stage(
    connection: duckdb.DuckDBPyConnection, recipe: Recipe, as_of: datetime, *, is_full: bool
) -> int:
    """Bring staging up to raw and seeds; returns how many responses were unfolded.

    Inside the caller's transaction. `is_full`, or a recipe or models other than the last ones,
    unfold everything anew; what was coded stays, since it hangs on words alone.
    """
    connection.execute("set variable as_of = ?", [as_of])
    fingerprint = _fingerprint(recipe)
    last = connection.execute("select unfolded_with from ops.programme").fetchall()[0][0]
    if is_full or last != fingerprint:
        _drop(connection)
        connection.execute("update ops.programme set unfolded_with = ?", [fingerprint])
    with _forgetting_newly_personal(connection):
        for name in models.STAGING_BEFORE:
            models.replace(connection, "staging", name)
    count = unfolding.unfold(connection, recipe.signatures)
    for name in ("odd_responses", "odd_decisions"):
        load_rejects(connection, frame(connection, models.sql(f"steps/{name}")), now=as_of)
    for name in models.STAGING_AFTER:
        models.replace(connection, "staging", name)
    return count


@contextmanager
def _forgetting_newly_personal(connection: duckdb.DuckDBPyConnection) -> Iterator[None]:
    """Forget the responses of forms that, since, ask for something personal under a name.

    What was answered under that name before is withheld too, so that all are unfolded anew.
    """
    if not {"questions", *unfolding.UNFOLDED} <= unfolding.staged(connection):
        yield
        return
    personal = models.sql("steps/personal")
    connection.execute(f"create or replace temp table personal as\n{personal}")
    yield
    for name in unfolding.UNFOLDED:
        connection.execute(_NEWLY_PERSONAL.format(name=name, personal=personal))
    connection.execute("drop table temp.personal")


def _drop(connection: duckdb.DuckDBPyConnection) -> None:
    for name in unfolding.staged(connection):
        if name not in coding.TABLES:
            connection.execute(f"drop table staging.{name}")


def _fingerprint(recipe: Recipe) -> str:
    digest = hashlib.sha256(recipe.fingerprint.encode())
    # Which answers are words to be coded hangs on what our forms ask.
    digest.update(recipe.seeds["questions"].write_json().encode())
    folder = resources.folder("sql")
    names = [*unfolding.STEPS, *(f"staging/{name}" for name in unfolding.UNFOLDED)]
    for name in [*names, "staging/questions", "steps/renewals"]:
        digest.update((folder / f"{name}.sql").read_bytes())
    return digest.hexdigest()
