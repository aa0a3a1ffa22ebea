"""Alerts, the whole way: told at once, told once, and never more than the customer allows."""

import os
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from datetime import datetime, timedelta
from email import policy
from email.message import EmailMessage
from email.parser import BytesParser

import duckdb
import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

from winloss import alerting, running, sample, steps, warehouse
from winloss.errors import DeliveryError
from winloss.reporting import Edition
from winloss.weeks import Week

pytestmark = pytest.mark.slow

WORDS = "Go-live days were free in the offer"
READER = "listener@harbourline.example"

ALERT = """
import sys
from datetime import datetime
from pathlib import Path
from winloss import alerting
alerting.alert(Path(sys.argv[1]), datetime.fromisoformat(sys.argv[2]))
"""


class Post:
    """A mail server that takes mail, refuses it, or keeps whoever hands it over waiting."""

    def __init__(self) -> None:
        self.mails: list[bytes] = []
        self.is_refusing = False
        self.is_slow = False
        self.reached = threading.Event()

    async def handle_RCPT(  # noqa: N802 (aiosmtpd's name)
        self,
        _server: SMTP,
        _session: Session,
        envelope: Envelope,
        address: str,
        _options: list[str],
    ) -> str:
        if self.is_refusing:
            return "550 no such reader"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(  # noqa: N802
        self, _server: SMTP, _session: Session, envelope: Envelope
    ) -> str:
        import asyncio

        assert isinstance(envelope.content, bytes)
        self.mails.append(envelope.content)
        self.reached.set()
        if self.is_slow:
            await asyncio.sleep(60)
        return "250 OK"

    def read(self) -> list[EmailMessage]:
        """The mails as a reader's program understands them."""
        parser = BytesParser(policy=policy.default)
        found = [parser.parsebytes(mail) for mail in self.mails]
        return [mail for mail in found if isinstance(mail, EmailMessage)]


@pytest.fixture
def post(monkeypatch: pytest.MonkeyPatch) -> Iterator[Post]:
    """A mail server, named in the settings, and somebody to alert."""
    post = Post()
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    controller = Controller(post, hostname="127.0.0.1", port=port)
    controller.start()
    for name, value in {"host": "127.0.0.1", "port": str(port), "security": "none"}.items():
        monkeypatch.setenv(f"WINLOSS_MAIL__{name.upper()}", value)
    monkeypatch.setenv("WINLOSS_REPORT__ALERT_READERS", f'["{READER}"]')
    yield post
    controller.stop()


def listen(programme, now: datetime = sample.NOW) -> alerting.Alerted:
    """The steps of the listening flow, in its order."""
    steps.land(programme.home, steps.pull(programme.home, now), now)
    steps.build(programme.home, now)
    return alerting.alert(programme.home, now)


def deliveries(programme) -> list[tuple[str, str]]:
    """Reader and outcome of every alert's delivery."""
    with duckdb.connect(str(programme.home / "warehouse.duckdb"), read_only=True) as connection:
        return connection.execute(
            "select reader, outcome from ops.deliveries where edition_id like 'alert-%'"
        ).fetchall()


def test_told_once(programme, post: Post) -> None:
    """The week's case is mailed to whoever listens, and not again by the next run."""
    first = listen(programme)
    second = listen(programme, sample.NOW + timedelta(hours=1))

    (mail,) = post.read()
    assert (first.case_count, first.mail_count) == (1, 1)
    assert (second.case_count, second.mail_count, second.folders) == (0, 0, ())
    assert str(mail["To"]) == READER
    assert str(mail["Subject"]).startswith(f"“{WORDS}”: somebody found something different")
    text = mail.get_body(("plain",))
    assert text is not None
    assert WORDS in text.get_content()


def test_no_seller_and_no_account(built, post: Post) -> None:
    """Beside words without a name stands nobody: no seller, account or respondent."""
    alerting.alert(built.home, sample.NOW)
    with duckdb.connect(str(built.home / "warehouse.duckdb"), read_only=True) as connection:
        names = [
            name
            for (name,) in connection.execute(
                "select seller_name from staging.sellers union select account_name "
                "from staging.accounts union select respondent_name from staging.respondents"
            ).fetchall()
        ]

    printed = "\n".join(part.get_content() for part in bodies(post.read()[0]))
    assert len(names) > 100
    assert [name for name in names if name in printed] == []


def bodies(mail: EmailMessage) -> list[EmailMessage]:
    """Text and HTML of a mail."""
    return [
        part
        for part in mail.walk()
        if isinstance(part, EmailMessage) and part.get_content_maintype() == "text"
    ]


def test_confidential_words_stay(programme, post: Post) -> None:
    """What the customer lets us only count is told without its words."""
    form = sample.FORM_IDS["lost_deal"]
    confide(programme, form)

    listen(programme)

    (mail,) = post.read()
    printed = "\n".join(part.get_content() for part in bodies(mail))
    assert str(mail["Subject"]) == "Somebody found something different from what we had said"
    assert "Heard, in confidence." in printed
    assert "Go-live" not in printed


def confide(programme, form_id: str) -> None:
    """The week's case as if its customer had let us only count it."""
    import json

    for page in (programme.home / "typeform" / "responses" / form_id).glob("page_*.json"):
        content = json.loads(page.read_text(encoding="utf-8"))
        for item in content["items"]:
            answers = item.get("answers") or []
            if not any(WORDS in str(each.get("text")) for each in answers):
                continue
            quoted = next(each for each in answers if each["field"]["ref"] == "may_quote")
            quoted["choice"] |= {"ref": "counted"}
            quoted["choice"].pop("label", None)
            programme.sandbox.put(form_id, item)


def test_a_refused_alert_goes_out_later(built, post: Post) -> None:
    """Certainly not sent means sent by the next run, once."""
    post.is_refusing = True
    with pytest.raises(DeliveryError, match=READER):
        alerting.alert(built.home, sample.NOW)
    post.is_refusing = False

    again = listen(built, sample.NOW + timedelta(hours=1))
    after = listen(built, sample.NOW + timedelta(hours=2))

    assert (again.case_count, again.mail_count, after.mail_count) == (0, 1, 0)
    assert len(post.mails) == 1


def test_killed_while_sending(built, post: Post) -> None:
    """Killed between claim and record, the alert is in doubt, and never sent again by itself."""
    post.is_slow = True
    process = subprocess.Popen(
        [sys.executable, "-c", ALERT, str(built.home), sample.NOW.isoformat()],
        env=dict(os.environ),
        stderr=subprocess.PIPE,
    )
    assert post.reached.wait(60)
    process.kill()
    process.communicate()
    post.is_slow = False

    again = listen(built, sample.NOW + timedelta(hours=1))

    assert deliveries(built) == [(READER, "unknown")]
    assert (again.mail_count, len(post.mails)) == (0, 1)


def test_cut_off_before_it_was_made(built, post: Post) -> None:
    """A case bound to an alert that was never made is told by the next run."""
    begun = Edition("alert", Week.parse("2026-W41"), "begun", sample.NOW)
    with warehouse.writing(built.home / "warehouse.duckdb") as connection:
        cases = warehouse.Reader(connection).report("alert_new", as_of=sample.NOW)
        warehouse.open_alert(connection, begun, cases)

    again = listen(built, sample.NOW + timedelta(hours=1))

    assert (again.case_count, again.mail_count, len(post.mails)) == (0, 1, 1)
    assert (built.home / "editions" / begun.edition_id / "alert.html").is_file()


def test_resent_by_hand(built, post: Post) -> None:
    """An alert in doubt is sent again by its name, with the same Message-ID."""
    alerted = alerting.alert(built.home, sample.NOW)
    (folder,) = alerted.folders
    with duckdb.connect(str(built.home / "warehouse.duckdb")) as connection:
        connection.execute("update ops.deliveries set outcome = 'unknown'")

    running.resend(built.home, folder.name)

    first, second = post.read()
    assert first["Message-ID"] == second["Message-ID"]


def test_without_a_server(built) -> None:
    """Without mail settings the alert lies in the outbox, for the report's own readers."""
    alerting.alert(built.home, sample.NOW)

    (mail,) = (built.home / "outbox").glob("alert-*/*.eml")
    assert "leader@harbourline.example" in mail.name


def test_listening_opens_no_edition(built) -> None:
    """An hourly run leaves Monday's edition to Monday."""
    listen(built)

    with warehouse.reading(built.home / "warehouse.duckdb") as connection:
        reports = connection.execute("select distinct report from ops.editions").fetchall()
    assert reports == [("alert",)]
    assert not (built.home / "published").exists()
