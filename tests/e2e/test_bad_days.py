"""A programme's first week, an empty account, a host that is not there."""

import shutil
import socket
from pathlib import Path

import pytest

from winloss import editing, sample, settings, steps, warehouse
from winloss.errors import CrmError, SettingsError, TypeformMissing, TypeformUnreachable
from winloss.reporting import Edition
from winloss.typeform.sandbox import Sandbox
from winloss.weeks import Week

pytestmark = pytest.mark.slow

WANTED = Edition("weekly", Week.parse(sample.WEEK), steps.EVERYBODY, sample.NOW)


def run(home: Path) -> str:
    """All steps; the text of the mail."""
    landed = steps.land(home, steps.pull(home, sample.NOW), sample.NOW, WANTED)
    steps.build(home, sample.NOW)
    made = editing.report(home, landed.edition or WANTED)
    steps.publish(home, sample.NOW)
    steps.deliver(home, made.edition, sample.NOW)
    return (made.folder / "weekly.txt").read_text(encoding="utf-8")


def test_first_week(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Three answers in all still make a mail, in counts, without percentages."""
    sample.write(tmp_path, preset="small")
    with Sandbox(tmp_path / "typeform", token=sample.TOKEN) as sandbox:
        monkeypatch.setenv("WINLOSS_TYPEFORM__BASE_URL", sandbox.base_url)
        monkeypatch.setenv("WINLOSS_TYPEFORM_TOKEN", sample.TOKEN)
        monkeypatch.setenv("WINLOSS_SIGNING_KEY", sample.SIGNING_KEY)

        text = run(tmp_path)

    assert "Why did they leave?".upper() in text.upper()
    assert "%" not in text


def test_empty_account(tmp_path: Path) -> None:
    """Without forms and without a CRM a mail still goes out and says what is missing."""
    (tmp_path / settings.FILE).write_text('company = "Harbourline"\n')

    text = run(tmp_path)

    assert "typeform.forms" in text or "[[typeform.forms]]" in text
    assert "crm.decisions" in text or "[crm.decisions]" in text
    assert list((tmp_path / "outbox").rglob("*.eml"))


def test_forms_without_responses(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Forms nobody answered, and a form that was deleted, are no reason to fail."""
    sample.write(tmp_path, preset="small")
    shutil.rmtree(tmp_path / "typeform" / "responses")
    (tmp_path / "typeform" / "forms" / f"{sample.FORM_IDS['pulse']}.json").unlink()
    with Sandbox(tmp_path / "typeform", token=sample.TOKEN) as sandbox:
        monkeypatch.setenv("WINLOSS_TYPEFORM__BASE_URL", sandbox.base_url)
        monkeypatch.setenv("WINLOSS_TYPEFORM_TOKEN", sample.TOKEN)
        monkeypatch.setenv("WINLOSS_SIGNING_KEY", sample.SIGNING_KEY)

        text = run(tmp_path)

    with warehouse.reading(tmp_path / "warehouse.duckdb") as connection:
        rejects = connection.execute(
            "select record_id, reason from ops.rejects where entity = 'form'"
        ).fetchall()
    assert "No one told us why" in text
    assert rejects == [(sample.FORM_IDS["pulse"], "form missing")]


def test_unreachable_host(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A host that is not there is given up after bounded retries, and said so."""
    sample.write(tmp_path, preset="small")
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
    monkeypatch.setenv("WINLOSS_TYPEFORM__BASE_URL", f"http://127.0.0.1:{port}")
    monkeypatch.setenv("WINLOSS_TYPEFORM__RETRIES", "2")
    monkeypatch.setenv("WINLOSS_TYPEFORM__BACKOFF_SECONDS", "0")
    monkeypatch.setenv("WINLOSS_TYPEFORM_TOKEN", "tfp_secret")
    monkeypatch.setenv("WINLOSS_SIGNING_KEY", sample.SIGNING_KEY)

    with pytest.raises(TypeformUnreachable, match="base_url") as caught:
        steps.pull(tmp_path, sample.NOW)

    assert "tfp_secret" not in str(caught.value)


def test_no_signing_key(tmp_path: Path) -> None:
    """Signed forms without a key stop at once and name the setting."""
    sample.write(tmp_path, preset="small")

    with pytest.raises(SettingsError, match="WINLOSS_SIGNING_KEY"):
        steps.pull(tmp_path, sample.NOW)


def test_missing_column_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """An export without a column we need names the column and the file."""
    sample.write(tmp_path, preset="small")
    path = tmp_path / "crm" / "opportunities.csv"
    path.write_bytes(path.read_bytes().replace(b"Close Date", b"Closing", 1))
    with Sandbox(tmp_path / "typeform", token=sample.TOKEN) as sandbox:
        monkeypatch.setenv("WINLOSS_TYPEFORM__BASE_URL", sandbox.base_url)
        monkeypatch.setenv("WINLOSS_TYPEFORM_TOKEN", sample.TOKEN)
        monkeypatch.setenv("WINLOSS_SIGNING_KEY", sample.SIGNING_KEY)

        with pytest.raises(CrmError, match="Close Date") as caught:
            run(tmp_path)

    assert "opportunities.csv" in str(caught.value)


def test_no_form_readable(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where no form can be read nothing is mailed: it would be called silence."""
    sample.write(tmp_path, preset="small")
    toml = tmp_path / settings.FILE
    toml.write_text(toml.read_text(encoding="utf-8").replace('id = "hb', 'id = "gone'))
    with Sandbox(tmp_path / "typeform", token=sample.TOKEN) as sandbox:
        monkeypatch.setenv("WINLOSS_TYPEFORM__BASE_URL", sandbox.base_url)
        monkeypatch.setenv("WINLOSS_TYPEFORM_TOKEN", sample.TOKEN)
        monkeypatch.setenv("WINLOSS_SIGNING_KEY", sample.SIGNING_KEY)

        with pytest.raises(TypeformMissing, match="None of the forms"):
            steps.pull(tmp_path, sample.NOW)


def test_week_that_is_not_over(tmp_path: Path) -> None:
    """An edition of an unfinished week would be kept half told; it is refused."""
    sample.write(tmp_path, preset="small")

    with pytest.raises(SettingsError, match="2026-W41 is not over"):
        steps.week_of(tmp_path, "2026-W41", sample.NOW)
