"""Checks what was built: rows that must not be end the run, odd ones become caveats.

Three kinds, and no list of marts but these files: `sql/keys.csv` (no two rows of a mart are one
thing), `sql/links.csv` (what a key names is there) and the queries of `sql/checks`: `stop` and
`warn` of what was built, `printed` of an edition that is being kept.

Of a mart that is made anew response by response, the rows that stayed were checked when they were
made: `sql/steps/looked_at.sql` says of which responses rows are looked at.
"""

import csv
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb
import polars as pl

from winloss import resources
from winloss.errors import CheckFailed
from winloss.warehouse import models, renewing
from winloss.warehouse.database import frame
from winloss.warehouse.lending import lending
from winloss.warehouse.tables import row_keys

BATCH = 200_000
"""Responses that a check looks at in one go, so that memory does not grow with how many."""

_LOOKED_AT = """
create or replace temp table all_looked_at as
select response_key, (row_number() over () - 1) // {batch} as batch from ({keys})
"""

_LOOKS = re.compile(r"\blooked_at\b")

_CAVEATS = {"check_name": pl.String, "caveat": pl.String, "row_count": pl.Int64}

_IS_EVERY = "select (select count(*) from renewed) = (select count(*) from marts.responses)"


@dataclass(frozen=True)
class Check:
    """One question to what was built: every row of its answer is one too many."""

    name: str
    query: str
    caveat: str
    """What its rows are, in words for readers."""
    doubt: str = "true"
    """An expression that is cheap to ask, and false where the query would find nothing."""


@dataclass(frozen=True)
class Link:
    """A column whose values another relation must know; see `sql/links.csv`."""

    column: str
    points_to: str
    consequence: str
    caveat: str


def run(connection: duckdb.DuckDBPyConnection) -> tuple[tuple[str, int], ...]:
    """Run every check on what the caller's transaction built; returns the warnings, in words.

    The view `renewed` has the rows of marts.responses that were made anew (see `renewing`).
    Raises CheckFailed where a check that stops finds rows.
    """
    look(connection)
    for check in stopping(connection):
        _stop(connection, check)
    connection.execute("drop view temp.looked_at")
    connection.execute("drop table temp.all_looked_at")
    return warn(connection)


def look(connection: duckdb.DuckDBPyConnection) -> None:
    """Find the responses that the checks that stop look at; see `sql/steps/looked_at.sql`."""
    connection.execute(_LOOKED_AT.format(batch=BATCH, keys=models.sql("steps/looked_at")))
    _look_at(connection)


def warn(connection: duckdb.DuckDBPyConnection) -> tuple[tuple[str, int], ...]:
    """Keep in `staging.caveats` what the checks that only warn find; returns it, in words."""
    counted = [(check, count(connection, check)) for check in warning(connection)]
    odd = [(check, found) for check, found in counted if found]
    rows = [(check.name, check.caveat, found) for check, found in odd]
    with lending(connection, "caveats", pl.DataFrame(rows, schema=_CAVEATS, orient="row")):
        connection.execute("create or replace table staging.caveats as from caveats")
    return tuple((check.caveat, found) for check, found in odd)


def printed(connection: duckdb.DuckDBPyConnection, edition_id: str) -> None:
    """Hold what an edition prints against the marts it was made of.

    Raises CheckFailed where a check of `sql/checks/printed` finds rows. A build asks none of
    them: what was sent cannot be unsent, and must not end every run from then on.
    """
    for check in _files("printed"):
        found = frame(connection, check.query, {"edition_id": edition_id}).rows()
        if found:
            raise CheckFailed(
                f"The edition {edition_id} prints words that may not be printed: the check "
                f"{check.name} found {_rows_of(len(found))}, such as {found[0]}. The edition is "
                "neither kept, published nor sent. Somebody took their words back, or mapped the "
                "question to another one, while it was written, or a query of sql/reports lets "
                "them through. Run `winloss build`, then make the edition again; if it stops "
                "again, put that query right."
            )


def stopping(connection: duckdb.DuckDBPyConnection) -> Iterator[Check]:
    """The checks that end a run."""
    yield from _repeated(connection)
    yield from _lost(connection)
    yield from _files("stop")


def warning(connection: duckdb.DuckDBPyConnection) -> Iterator[Check]:
    """The checks whose rows become caveats of a report."""
    yield from _unknown(connection)
    yield from _files("warn")


def _repeated(connection: duckdb.DuckDBPyConnection) -> Iterator[Check]:
    partly = _partly_renewed(connection)
    for relation, columns in row_keys().items():
        if relation.startswith("marts."):
            listed = ", ".join(columns)
            rows = _looked_at(relation) if relation in partly else relation
            yield Check(
                f"sql/keys.csv of {relation}",
                f"select {listed} from {rows} group by all having count(*) > 1",
                f"Rows of {relation} that are one thing",
                # Fingerprints of a key take a fraction of its memory, at a million responses.
                f"(select count(*) > count(distinct hash({listed})) from {rows})",
            )


def _partly_renewed(connection: duckdb.DuckDBPyConnection) -> frozenset[str]:
    """The marts of which some rows stayed as they were."""
    is_every = connection.execute(_IS_EVERY).fetchall() == [(True,)]
    return frozenset() if is_every else _renewed()


def _renewed() -> frozenset[str]:
    return frozenset(f"marts.{name}" for name in models.MARTS if renewing.is_renewed(name))


def _looked_at(relation: str) -> str:
    return f"(from {relation} semi join looked_at using (response_key))"


def _lost(connection: duckdb.DuckDBPyConnection) -> Iterator[Check]:
    """What names something that is not there, and stops: one query for each relation named."""
    partly = _partly_renewed(connection)
    naming: dict[tuple[str, str], list[str]] = {}
    for (relation, column), link in links(connection).items():
        if link.consequence == "stop":
            naming.setdefault((column, link.points_to), []).append(relation)
    for (column, points_to), relations in naming.items():
        # What is not of a response that counts is looked for in the rows that stayed too.
        is_whole = column == "response_key"
        looked_at = frozenset() if is_whole else partly
        is_narrow = looked_at.issuperset((points_to, *relations))
        named = " union all ".join(
            f"select '{relation}' as relation, {column}"
            f" from {_looked_at(relation) if relation in looked_at else relation}"
            f"{'' if is_whole and relation in _renewed() else f' where {column} is not null'}"
            for relation in relations
        )
        known = _looked_at(points_to) if is_narrow else points_to
        yield Check(
            f"sql/links.csv to {points_to}",
            f"select relation, {column} from ({named}) anti join {known} using ({column})",
            f"Rows that name what {points_to} does not have",
        )


def _unknown(connection: duckdb.DuckDBPyConnection) -> Iterator[Check]:
    """What names something that is not there, and is a caveat: one query for each column."""
    for (relation, column), link in links(connection).items():
        if link.consequence == "warn":
            yield Check(
                f"sql/links.csv of {relation}.{column}",
                # Who keeps no accounts, or no sellers, has none that could be missing.
                f"select {column} from {relation} anti join {link.points_to} using ({column})"
                f" where {column} is not null and exists (from {link.points_to})",
                link.caveat,
            )


def links(connection: duckdb.DuckDBPyConnection) -> dict[tuple[str, str], Link]:
    """What each key of a relation points to: as its own row says, or that of its column."""
    stated = {
        (row["relation"], row["column"]): Link(
            row["column"], row["points_to"], row["consequence"], row["caveat"]
        )
        for row in _rows("links")
    }
    made = connection.execute(
        "select concat(schema_name, '.', table_name), column_name from duckdb_columns()"
        " where schema_name in ('staging', 'marts') and database_name = current_database()"
        " order by schema_name, table_name, column_index"
    ).fetchall()
    found = {}
    for relation, column in made:
        general = ("", column) if relation.startswith("marts.") else None
        link = stated.get((relation, column)) or stated.get(general or ("", ""))
        if link and link.points_to != relation:
            found[relation, column] = link
    return found


def _files(consequence: str) -> Iterator[Check]:
    for path in models.check_files(consequence):
        text = path.read_text(encoding="utf-8")
        said = text.partition("\n")[0].removeprefix("-- ").removesuffix(".")
        yield Check(f"sql/checks/{consequence}/{path.name}", text, said)


def _stop(connection: duckdb.DuckDBPyConnection, check: Check) -> None:
    found = count(connection, check)
    if found:
        first = next(row for rows in _asked(connection, check, "{} limit 1") for row in rows)
        raise CheckFailed(
            f"The check {check.name} found {_rows_of(found)}, such as {first}; nothing was built, "
            "published or sent. Put right what it names, or its model, then run again."
        )


def _rows_of(count: int) -> str:
    return f"{count} {'row' if count == 1 else 'rows'}"


def count(connection: duckdb.DuckDBPyConnection, check: Check) -> int:
    """How many rows a check finds."""
    if not connection.execute(f"select {check.doubt}").fetchall()[0][0]:
        return 0
    counts = _asked(connection, check, "select count(*) from (\n{}\n)")
    return sum(int(rows[0][0]) for rows in counts)


def _asked(
    connection: duckdb.DuckDBPyConnection, check: Check, form: str
) -> Iterator[list[tuple[Any, ...]]]:
    """What a check says in some form: once, or of some of the responses it looks at at a time."""
    query = form.format(check.query)
    if not _LOOKS.search(check.query):
        yield connection.execute(query).fetchall()
        return
    batches = connection.execute("select distinct batch from all_looked_at order by all").fetchall()
    for (batch,) in batches:
        _look_at(connection, f"where batch = {batch}")
        yield connection.execute(query).fetchall()
    _look_at(connection)


def _look_at(connection: duckdb.DuckDBPyConnection, which: str = "") -> None:
    connection.execute(
        f"create or replace temp view looked_at as select response_key from all_looked_at {which}"
    )


def _rows(name: str) -> list[dict[str, str]]:
    path: Path = resources.folder("sql") / f"{name}.csv"
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))
