"""No known name and no address is left in anything printed; no rival is ever hidden."""

import html
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import duckdb
import pytest
from hypothesis import HealthCheck, Phase, assume, example, given, settings
from hypothesis import strategies as st
from tests.quotes import planted
from tests.quotes.words import answer, offered
from tests.render.conftest import edition_of

from winloss import quotes, render, warehouse

AT = datetime(2026, 10, 5, 4, tzinfo=UTC)
MANY = settings(deadline=None, max_examples=200, suppress_health_check=list(HealthCheck))


def test_what_is_planted_is_found() -> None:
    """The search finds every name and address where nothing is masked."""
    for name, how in planted.SPELLED:
        assert planted.left(how(name)), how(name)
    for typed in planted.ADDRESSES:
        assert planted.left(planted.hidden(typed)), typed


@MANY
@given(planted.texts)
def test_nothing_is_left(text: str) -> None:
    """In whatever spelling, and whatever stands beside it."""
    printed = quotes.mask(text, planted.NAMES).text

    assert not planted.left(printed), printed


@MANY
@given(planted.texts)
def test_rivals_stay(text: str) -> None:
    """Products and rivals are readable as often as they were typed."""
    printed = quotes.mask(text, planted.NAMES).text

    for name in planted.KEPT:
        assert printed.count(name) == text.count(name)


@settings(MANY, max_examples=25)
@given(planted.texts)
@example("Bodil sold us Dockmaster.")
@example("We called Ｂｏｄｉｌ twice.")
def test_nothing_is_left_of_a_quote(text: str) -> None:
    """Nor in the quote that is chosen, nor in the mail, in either of its twins."""
    quote = quotes.choose(offered([answer("1", text)]), names=planted.NAMES)
    assume(quote is not None)
    assert quote is not None
    weekly = edition_of("We waited.")
    mail = replace(weekly, findings=(replace(weekly.findings[0], quote=quote),))

    rendered = render.weekly(mail)

    assert quote.text in rendered.text.replace("\n", " ") or "\n" in rendered.text
    for printed in (quote.text, rendered.text, html.unescape(rendered.html), rendered.subject):
        assert not planted.left(printed)


@settings(MANY, max_examples=1, phases=[Phase.generate])
@given(st.lists(planted.texts, min_size=150, max_size=150))
def test_nothing_is_left_in_the_copy(
    tmp_path_factory: pytest.TempPathFactory, recipe: warehouse.Recipe, texts: list[str]
) -> None:
    """Nor in any byte of the analysts' copy."""
    home = tmp_path_factory.mktemp("copy")

    public = published(home, recipe, texts)

    with duckdb.connect(str(public), read_only=True) as connection:
        printed = connection.execute("select text from marts.verbatims").fetchall()
    assert len(printed) == len(texts)
    assert not [rest for (text,) in printed if (rest := planted.left(text))]
    assert b"quillfeather" not in public.read_bytes().lower()


def published(home: Path, recipe: warehouse.Recipe, texts: list[str]) -> Path:
    """The analysts' copy of answers that may be quoted by name."""
    work, public = home / "work.duckdb", home / "public.duckdb"
    with warehouse.writing(work, zone="UTC") as connection:
        warehouse.build(connection, recipe, as_of=AT)
        for number, text in enumerate(texts):
            about = [f"f/{number}", "f", str(number), "lost_deal", "named", AT, AT]
            columns = (
                "response_key, form_id, response_id, form_kind, may_quote, submitted_at, fetched_at"
            )
            marks = ", ".join("?" * len(about))
            connection.execute(f"insert into marts.responses ({columns}) values ({marks})", about)
            connection.execute(
                f"insert into marts.verbatims (verbatim_key, question_ref, text, {columns})"
                f" values (?, 'what_happened', ?, {marks})",
                [f"v{number}", text, *about],
            )
    warehouse.publish(work, public, names=lambda _: planted.NAMES, as_of=AT, zone="UTC")
    return public
