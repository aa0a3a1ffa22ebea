"""The edition, handed to a real mail server on loopback."""

import socket
from datetime import timedelta
from email import policy
from email.message import EmailMessage
from email.parser import BytesParser

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

from winloss import sample
from winloss.errors import DeliveryError

pytestmark = pytest.mark.slow


class Box:
    """Takes every mail, or refuses the readers named."""

    def __init__(self) -> None:
        self.mails: list[bytes] = []
        self.refused: set[str] = set()

    async def handle_RCPT(  # noqa: N802 (aiosmtpd's name)
        self,
        _server: SMTP,
        _session: Session,
        envelope: Envelope,
        address: str,
        _options: list[str],
    ) -> str:
        if address in self.refused:
            return "550 no such reader"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(  # noqa: N802
        self, _server: SMTP, _session: Session, envelope: Envelope
    ) -> str:
        assert isinstance(envelope.content, bytes)
        self.mails.append(envelope.content)
        return "250 OK"

    @property
    def weekly(self) -> list[EmailMessage]:
        """The mails of the company's edition; teams and sellers get theirs beside it."""
        parser = BytesParser(policy=policy.default)
        mails = [parser.parsebytes(mail) for mail in self.mails]
        return [mail for mail in mails if mail["Winloss-Edition"].startswith("weekly-")]


@pytest.fixture
def box(monkeypatch: pytest.MonkeyPatch):
    """A mail server, named in the settings."""
    box = Box()
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    controller = Controller(box, hostname="127.0.0.1", port=port)
    controller.start()
    for name, value in {"host": "127.0.0.1", "port": str(port), "security": "none"}.items():
        monkeypatch.setenv(f"WINLOSS_MAIL__{name.upper()}", value)
    monkeypatch.setenv(
        "WINLOSS_REPORT__READERS", '["first@harbourline.example", "second@harbourline.example"]'
    )
    yield box
    controller.stop()


def test_each_reader_once(programme, box: Box) -> None:
    """Two readers, two runs, two mails; nothing lands in the outbox."""
    first = programme.run()
    everything = len(box.mails)
    second = programme.run(sample.NOW + timedelta(hours=1))

    messages = box.weekly
    subject = (programme.edition / "subject.txt").read_text(encoding="utf-8").strip()
    assert sorted(str(message["To"]) for message in messages) == sorted(first.sent)
    assert {str(message["Subject"]) for message in messages} == {subject}
    assert len({str(message["Message-ID"]) for message in messages}) == 2
    assert (second.sent, len(messages), len(box.mails)) == ((), 2, everything)
    assert not (programme.home / "outbox").exists()


def test_refused_reader_gets_it_later(programme, box: Box) -> None:
    """A reader certainly not reached is named, and alone is mailed by the next run."""
    box.refused = {"second@harbourline.example"}
    with pytest.raises(DeliveryError, match="second@harbourline"):
        programme.run()
    box.refused = set()

    again = programme.run(sample.NOW + timedelta(hours=1))

    assert again.sent == ("second@harbourline.example",)
    assert [str(mail["To"]).partition("@")[0] for mail in box.weekly] == ["first", "second"]
