"""No consent, no quote: looked for in every byte that leaves the private folder."""

import base64
import quopri
from collections.abc import Iterator
from email import policy
from email.parser import BytesParser
from html import unescape
from pathlib import Path
from typing import Any

import duckdb
import pytest

from winloss import sample, warehouse


def outputs(home: Path) -> Iterator[tuple[str, str]]:
    """Every text that leaves: editions, mails decoded, and every value of the published copy."""
    for path in (home / "editions").rglob("*.*"):
        yield path.name, unescape(path.read_text(encoding="utf-8"))
    for path in (home / "outbox").rglob("*.eml"):
        message = BytesParser(policy=policy.default).parsebytes(path.read_bytes())
        yield path.name, str(message["Subject"])
        for part in message.walk():
            if not part.is_multipart():
                content = part.get_content()
                yield path.name, unescape(content if isinstance(content, str) else content.decode())
    yield "published", "\n".join(published_values(home / "published" / "winloss.duckdb"))


def published_values(path: Path) -> Iterator[str]:
    """Every value of every column of every published table, as text."""
    with duckdb.connect(str(path), read_only=True) as connection:
        for schema, table in connection.execute(
            "select schema_name, table_name from duckdb_tables()"
        ).fetchall():
            for row in connection.execute(f"from {schema}.{table}").fetchall():
                yield from (str(value) for value in row)


def secrets(home: Path, query: str) -> list[Any]:
    """Values that must not leave."""
    with warehouse.reading(home / "warehouse.duckdb") as connection:
        return [value for (value,) in connection.execute(query).fetchall()]


COUNTED = """
select distinct text from marts.verbatims where may_quote = 'counted' and length(text) > 12
and text not in (select text from marts.verbatims where may_quote <> 'counted')
"""
REFUSED = """
select distinct text_value from staging.answers inner join staging.responses using (response_key)
where (signature in ('invalid', 'missing') or response_type = 'partial')
and length(text_value) > 12
and text_value not in (select text from marts.verbatims where may_quote <> 'counted')
"""
# Who takes an action on stands behind it with their name.
SELLERS = """
select distinct seller_name from staging.sellers
where seller_name is not null
and seller_name not in (select owner from staging.actions where owner is not null)
"""
NOTES = "select distinct seller_text from staging.seller_reasons where length(seller_text) > 12"
UNNAMED = """
select distinct respondent_name from staging.respondents where respondent not in (
    select respondent from marts.responses where may_quote = 'named' and respondent is not null
)
"""


# The ledger of the full edition prints what we promised; the copy holds only what the CRM has.
PROMISED = "select distinct promise_text from marts.promises where promise_text is not null"
FORMS = """
select distinct text from marts.verbatims
where form_kind = 'seller' and length(text) > 12
and text not in (select promise_text from staging.promises where promise_text is not null)
"""


@pytest.mark.parametrize("query", [COUNTED, REFUSED, SELLERS, NOTES, UNNAMED, FORMS])
def test_kept_private(query: str, finished: Path) -> None:
    """Words only to be counted, unsigned words, sellers, their notes and people stay inside."""
    private = secrets(finished, query)
    promised = set(secrets(finished, PROMISED))

    leaks = [
        (where, value)
        for where, text in outputs(finished)
        for value in private
        if value in text and (where == "published" or value not in promised)
    ]

    assert private
    assert leaks == []


def test_no_answers_of_sellers(finished: Path) -> None:
    """What a seller filled in is in the copy beside no customer, decision or day."""
    with duckdb.connect(str(finished / "published/winloss.duckdb"), read_only=True) as connection:
        rated = connection.execute("select count(respects_them) from marts.respect").fetchall()
        promised = connection.execute(
            "select count(*), count(promise_key), count(response_key), count(decision_id),"
            " count(promise_text), count(our_verdict), count(promise_due_on), count(recorded_at)"
            " from marts.promises where logged_in = 'seller_form'"
        ).fetchall()[0]
    sure = secrets(
        finished,
        f"attach '{finished / 'published' / 'winloss.duckdb'}' as copy (read_only);"
        " select count(copied.confidence) + count(copied.seller_value)"
        " from copy.marts.seller_reasons as copied"
        " inner join marts.seller_reasons as ours using (decision_id, recorded_at, label)"
        " where ours.logged_in = 'seller_form'",
    )

    assert rated == [(0,)]
    assert promised[0] > 20
    assert set(promised[1:]) == {0}
    assert sure == [0]


def test_consented_words_do_leave(finished: Path) -> None:
    """The check above can find something: a printed quote is in the published copy."""
    text = "\n".join(published_values(finished / "published" / "winloss.duckdb"))
    quotes = secrets(finished, "select quote from ops.findings where quote is not null")

    assert quotes
    assert all(quote in text for quote in quotes)


def test_unnamed_words_have_no_key(finished: Path) -> None:
    """Beside unnamed words stands nothing that joins to an account."""
    with duckdb.connect(str(finished / "published/winloss.duckdb"), read_only=True) as connection:
        unnamed = connection.execute(
            "select response_key, decision_id, account_id from marts.verbatims "
            "where may_quote <> 'named'"
        ).fetchall()
        joined = connection.execute(
            "select count(*) from marts.verbatims inner join marts.responses "
            "on verbatims.verbatim_key in (responses.vote_key, responses.response_key)"
        ).fetchall()

    assert unnamed
    assert set(unnamed) == {(None, None, None)}
    assert joined == [(0,)]


def test_in_confidence_has_no_account(finished: Path) -> None:
    """Without leave to be seen, no published row ties an answer to a decision or an account."""
    with duckdb.connect(str(finished / "published/winloss.duckdb"), read_only=True) as connection:
        hidden = "(select response_key from marts.responses where not may_see)"
        for table in ("responses", "answers", "decision_reasons", "ratings"):
            rows = connection.execute(
                f"select distinct decision_id, account_id from marts.{table} "
                f"where response_key in {hidden}"
            ).fetchall()
            assert rows == [(None, None)], table


def test_contact_details_stay(finished: Path) -> None:
    """An e-mail address or phone number a customer typed is masked wherever it leaves."""
    with warehouse.reading(finished / "warehouse.duckdb") as connection:
        texts = [
            text
            for (text,) in connection.execute(
                "select text from marts.verbatims where text like '%@example.%'"
            ).fetchall()
        ]

    assert texts
    assert [
        where
        for where, text in outputs(finished)
        if "@example." in text.replace("leader@", "") and where == "published"
    ] == []


def forms(value: bytes) -> tuple[bytes, ...]:
    """A value as it is, and as mails write it."""
    return value, base64.b64encode(value), quopri.encodestring(value)


def test_bytes_of_the_published_file(finished: Path) -> None:
    """Not even the file's bytes hold what was withheld, in any of the ways text is stored."""
    content = (finished / "published" / "winloss.duckdb").read_bytes()
    private = [value for query in (COUNTED, SELLERS, NOTES) for value in secrets(finished, query)]

    found = [
        value
        for value in private
        for form in (
            value.encode(),
            base64.b64encode(value.encode()),
            quopri.encodestring(value.encode()),
        )
        if form in content
    ]

    assert sample.TOKEN.encode() not in content
    assert found == []
