"""From Typeform to the e-mail, on the sample company."""

import json
import re
from dataclasses import replace
from datetime import timedelta
from email import policy
from email.parser import BytesParser
from pathlib import Path

import duckdb
import pytest

from winloss import recipes, sample, settings, steps, warehouse
from winloss.errors import CheckFailed, TypeformRefused

pytestmark = pytest.mark.slow

RELATIONS = (
    "select schema_name || '.' || table_name from duckdb_tables() "
    "where schema_name in ('staging', 'marts') order by 1"
)


def rows(path: Path, relations: list[str] | None = None) -> dict[str, list[tuple[object, ...]]]:
    """Every row of the given relations, or of all of staging and marts, in order."""
    with warehouse.reading(path) as connection:
        names = relations or [name for (name,) in connection.execute(RELATIONS).fetchall()]
        return {
            name: connection.execute(f"select * from {name} order by all").fetchall()
            for name in names
        }


def test_everything_lies_where_it_should(finished: Path) -> None:
    """One run leaves the mail, its twin, the full report, the outbox and the analysts' copy."""
    programme = settings.read(finished)
    folder = programme.editions / f"weekly-{sample.WEEK}-all"

    assert {path.name for path in folder.iterdir()} >= {
        "subject.txt",
        "weekly.txt",
        "weekly.html",
        "full.html",
    }
    assert programme.published.stat().st_mode & 0o777 == 0o444
    assert len(list((programme.outbox / folder.name).glob("*.eml"))) == len(
        programme.report.readers
    )


def test_subject_is_the_customers_own_words(finished: Path) -> None:
    """The quoted part of the subject is a slice of a consented answer."""
    subject = (finished / f"editions/weekly-{sample.WEEK}-all/subject.txt").read_text()
    quoted = re.search("“(.*?)…?”", subject)
    assert quoted is not None

    with warehouse.reading(finished / "warehouse.duckdb") as connection:
        found = connection.execute(
            "select count(*) from marts.verbatims where contains(text, ?) "
            "and may_quote in ('named', 'unnamed')",
            [quoted[1]],
        ).fetchall()

    assert found[0][0] >= 1


def test_again_sends_nothing_twice(programme) -> None:
    """The same edition again: no mail, no other figure, also after late answers came in."""
    first = programme.run()
    before = {path.name: path.read_bytes() for path in programme.edition.iterdir()}
    answer_late(programme)

    second = programme.run(sample.NOW + timedelta(days=1))

    assert first.sent
    assert (second.sent, second.skipped) == ((), first.sent)
    assert {path.name: path.read_bytes() for path in programme.edition.iterdir()} == before


def test_made_again_is_the_same_edition(delivered) -> None:
    """An edition lost from disk is made again byte for byte, from what was known at its time."""
    before = {path.name: path.read_bytes() for path in delivered.edition.iterdir()}
    for path in delivered.edition.iterdir():
        path.unlink()
    answer_late(delivered)
    correct_the_crm(delivered.home)

    delivered.run(sample.NOW + timedelta(days=1))

    assert {path.name: path.read_bytes() for path in delivered.edition.iterdir()} == before


def answer_late(programme) -> None:
    """Somebody asked in time answers; it reaches Typeform's API after the edition went out."""
    form_id = sample.FORM_IDS["lost_deal"]
    page = programme.home / "typeform" / "responses" / form_id / "page_1.json"
    items = json.loads(page.read_text(encoding="utf-8"))["items"]
    answered = max(items, key=lambda item: item.get("submitted_at") or "")
    identity = dict.fromkeys(("response_id", "token", "landing_id"), "f" * 32)
    programme.sandbox.put(form_id, {**answered, **identity})


def correct_the_crm(home: Path) -> None:
    """Somebody corrects amounts and reasons in the CRM."""
    path = home / "crm" / "opportunities.csv"
    path.write_bytes(path.read_bytes().replace(b"Price", b"Support"))


def test_rebuilt_from_raw(delivered) -> None:
    """Staging and marts, dropped and built again from raw, hold the same rows."""
    path = delivered.home / "warehouse.duckdb"
    before = rows(path)
    with duckdb.connect(str(path)) as connection:
        connection.execute("drop schema staging cascade")
        connection.execute("drop schema marts cascade")

    steps.build(delivered.home, sample.NOW)

    assert rows(path) == before


def test_full_build_equals_increments(programme) -> None:
    """What weekly increments leave is what a full build makes."""
    early = sample.NOW - timedelta(weeks=3)
    programme.run(early, "2026-W37")
    programme.run(sample.NOW)
    path = programme.home / "warehouse.duckdb"
    before = rows(path)

    steps.build(programme.home, sample.NOW, is_full=True)

    assert rows(path) == before


def test_a_stop_check_stops(delivered) -> None:
    """When a check finds a row nothing is published or sent, and the marts before stay."""
    path = delivered.home / "warehouse.duckdb"
    before = rows(path, ["marts.codes", "marts.decisions"])
    recipe = recipes.recipe(settings.read(delivered.home))

    class Careless:
        """A coder that invents evidence."""

        model_version = "careless"

        def __init__(self, labels):
            self.coder = recipe.taught(labels)
            self.codebook_version = self.coder.codebook_version

        def code(self, texts, progress=None):
            codings, codes = self.coder.code(texts, progress)
            return codings, codes.with_columns(span_end=10_000_000)

    careless = replace(recipe, taught=Careless)
    with warehouse.writing(path) as connection, pytest.raises(CheckFailed, match="code_without"):
        warehouse.build(connection, careless, as_of=sample.NOW)

    assert rows(path, ["marts.codes", "marts.decisions"]) == before


def test_wrong_token_names_the_setting(
    programme,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """A refused token says which setting to change, and never shows the token."""
    monkeypatch.setenv("WINLOSS_TYPEFORM_TOKEN", "tfp_wrong")

    with pytest.raises(TypeformRefused, match="WINLOSS_TYPEFORM_TOKEN") as caught:
        programme.run()

    assert "tfp_wrong" not in str(caught.value)


def test_rejects_are_counted_in_the_report(finished: Path) -> None:
    """What was set aside is said in the full report."""
    full = (finished / f"editions/weekly-{sample.WEEK}-all/full.html").read_text()
    with warehouse.reading(finished / "warehouse.duckdb") as connection:
        reasons = [
            r for (r,) in connection.execute("select distinct reason from ops.rejects").fetchall()
        ]

    assert len(reasons) >= 5
    assert [reason for reason in reasons if reason not in full] == []


def test_mail_holds_what_was_made(finished: Path) -> None:
    """The mail in the outbox carries subject, text, HTML and the full report unchanged."""
    folder = finished / f"editions/weekly-{sample.WEEK}-all"
    mail = next((finished / "outbox" / folder.name).glob("*.eml"))
    message = BytesParser(policy=policy.default).parsebytes(mail.read_bytes())
    text = message.get_body(("plain",))
    html = message.get_body(("html",))

    assert text is not None
    assert html is not None
    assert message["Subject"] == (folder / "subject.txt").read_text().strip()
    assert lines(text.get_content()) == lines((folder / "weekly.txt").read_text())
    assert lines(html.get_content()) == lines((folder / "weekly.html").read_text())
    (attached,) = message.iter_attachments()
    content = attached.get_content()
    assert (content.encode() if isinstance(content, str) else content) == (
        folder / "full.html"
    ).read_bytes()


def lines(text: str) -> list[str]:
    """The lines of a text, whatever ends them."""
    return text.strip().splitlines()
